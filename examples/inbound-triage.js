// Answers what people write or tap. Everybody who has just written can be
// answered freely, since it is less than 24 hours ago.
const answers = [
  [/^(yes|confirm|ndiyo)/i, 'Thank you, we will see you then.'],
  [/^(no|change|hapana)/i, 'We will call you to find another day.'],
  [/^stop/i, 'You will get no more reminders from us.'],
];

const answerTo = text =>
  answers.find(([pattern]) => pattern.test(text))?.[1] ??
  'Thank you. A nurse will read your message today.';

parseWebhook();

each(
  $.data.messages,
  sendMessage(
    state => state.data.from ?? state.data.userId,
    state => answerTo(state.data.text),
    { replyTo: $.data.id },
  ),
);
