// Answers what people write or tap. Everybody who has just written can be
// answered freely, since it is less than 24 hours ago. Nobody is answered for
// a reaction, a deletion or an edit, and groups are not answered.
// It needs Collections. With the CLI and the sandbox, add
// --collections-endpoint http://127.0.0.1:3700 to the command.
const answers = [
  [/^[\s\p{P}]*(yes|confirm|ndiyo)\b/iu, 'Thank you, we will see you then.'],
  // The whole message: "No problem" is no wish for another day.
  [
    /^[\s\p{P}]*(no|change|hapana)[\s\p{P}]*$/iu,
    'We will call you to find another day.',
  ],
];
// The whole message: "The bleeding won't stop" is no wish to opt out. Add the
// words of your languages.
const stop =
  /^[\s\p{P}]*(please )?(stop+|unsubscribe|opt ?out|remove me|🛑)( (stop|all|it|this|please|now|(sending )?(me )?(any )?(more )?messages?|sending|sending me))*[\s\p{P}]*$/iu;

const answerTo = state => {
  const { text } = state.data;
  const found = answers.find(([pattern]) => pattern.test(text));
  if (stop.test(text)) return 'You will get no more reminders from us.';
  return found?.[1] ?? 'Thank you. A nurse will read your message today.';
};

const isWritten = ({ type, groupId }) =>
  !groupId &&
  [
    'text',
    'button',
    'interactive',
    'image',
    'audio',
    'video',
    'document',
  ].includes(type);

const isDone = ({ error }) => !error.retryable;

parseWebhook();

// Meta repeats a webhook that it got no answer for: what a run before this one
// has answered is not answered again.
as(
  'answered',
  collections.get('answered', {
    key: '*',
    createdAfter: () => new Date(Date.now() - 8 * 86400000).toISOString(),
  }),
);

fn(state => ({
  ...state,
  messages: state.data.messages.filter(isWritten),
  optOuts: [
    ...state.data.events.filter(({ kind }) => /^opt(Out|In)$/.test(kind)),
    ...state.data.messages
      .filter(({ text }) => stop.test(text))
      .map(message => ({ ...message, kind: 'optOut' })),
  ]
    // The last word counts.
    .sort((a, b) => a.timestamp.localeCompare(b.timestamp))
    .map(({ from, userId, kind }) => ({ from, userId, kind })),
}));

// Kept before anything is promised: opt-out.js leaves these people out. Whoever
// tells WhatsApp later to get messages again is in, with kind 'optIn'.
collections.set('opt-outs', ({ from, userId }) => from ?? userId, $.optOuts);

sendBulk(
  $.messages,
  {
    to: $.data,
    text: answerTo,
    reference: $.data.id,
    replyTo: $.data.id,
  },
  { previous: state => state.answered ?? [] },
);

collections.set(
  'answered',
  ({ reference }) => reference,
  state => [
    ...state.data.accepted.map(row => ({ ...row, status: 'accepted' })),
    ...state.data.unknown.map(row => ({ ...row, status: 'unknown' })),
    ...state.data.failed
      .filter(isDone)
      .map(row => ({ ...row, status: 'failed' })),
  ],
);
