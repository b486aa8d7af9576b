// Asks the next question of a survey whenever somebody has answered one. The
// ID of a button says which question it belongs to: `q1:good`. It needs
// Collections: with the CLI and the sandbox, add
// --collections-endpoint http://127.0.0.1:3700 to the command.
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

// Kept before the next question is asked, which may fail.
collections.set(
  'answers',
  ({ id }) => id,
  state =>
    state.taps.map(({ message, question, answer }) => ({
      id: message.id,
      question,
      answer,
      from: message.from ?? message.userId,
      at: message.timestamp,
    })),
);

// Meta repeats a webhook that it got no answer for: what a run before this one
// has asked is not asked again.
as(
  'asked',
  collections.get('asked', {
    key: '*',
    createdAfter: () => new Date(Date.now() - 8 * 86400000).toISOString(),
  }),
);

sendBulk(
  state => state.taps.filter(({ question }) => questions[question]),
  state => ({
    to: state.data.message,
    ...questionAfter(state.data.question),
    reference: state.data.message.id,
  }),
  { previous: state => state.asked ?? [] },
);

collections.set(
  'asked',
  ({ reference }) => reference,
  state => [
    ...state.data.accepted.map(row => ({ ...row, status: 'accepted' })),
    ...state.data.unknown.map(row => ({ ...row, status: 'unknown' })),
  ],
);
