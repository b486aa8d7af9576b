// Asks the next question of a survey whenever somebody has answered one. The
// ID of a button says which question it belongs to: `q1:good`.
const questions = {
  start: { text: 'How was your visit?', answers: ['Good', 'Bad'], id: 'q1' },
  q1: { text: 'Did you get your medicine?', answers: ['Yes', 'No'], id: 'q2' },
};

const questionAfter = id => {
  const { text, answers, id: next } = questions[id];
  const buttons = answers.map(title => ({
    id: `${next}:${title.toLowerCase()}`,
    title,
  }));
  return { text, buttons };
};

parseWebhook();

fn(state => {
  const taps = state.data.messages
    .filter(({ reply }) => /^q\d+:/.test(reply?.id ?? ''))
    .map(message => {
      const [question, answer] = message.reply.id.split(':');
      return { message, question, answer };
    });
  return { ...state, taps };
});

sendBulk(
  state => state.taps.filter(({ question }) => questions[question]),
  state => ({
    to: state.data.message,
    ...questionAfter(state.data.question),
    reference: state.data.message.id,
  }),
);

// What was answered, for your records.
fn(state => ({
  ...state,
  report: state.data,
  data: state.taps.map(({ message, question, answer }) => ({
    question,
    answer,
    from: message.from ?? message.userId,
    at: message.timestamp,
  })),
}));
