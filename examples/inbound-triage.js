// Answers what people write or tap. Everybody who has just written can be
// answered freely, since it is less than 24 hours ago. Nobody is answered for
// a reaction, a deletion or an edit, and groups are not answered.
const answers = [
  [/^\W*(yes|confirm|ndiyo)\b/i, 'Thank you, we will see you then.'],
  [/^\W*(no|change|hapana)\b/i, 'We will call you to find another day.'],
];
// The whole message: "The bleeding won't stop" is no wish to opt out.
const stop = /^\W*(please )?stop( please| messages)?\W*$/i;

const answerTo = text =>
  stop.test(text)
    ? 'You will get no more reminders from us.'
    : (answers.find(([pattern]) => pattern.test(text))?.[1] ??
      'Thank you. A nurse will read your message today.');

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

// OpenFn gives every run its Collections. On a laptop without them nothing is
// remembered: neither who was answered, nor who has opted out.
const hasCollections = state => state.configuration.collections_endpoint;
const isDone = ({ error }) => !error.retryable;

parseWebhook();

// Meta repeats a webhook that it got no answer for: nobody is answered twice.
fnIf(
  hasCollections,
  as(
    'answered',
    collections.get('answered', {
      key: '*',
      createdAfter: () => new Date(Date.now() - 8 * 86400000).toISOString(),
    }),
  ),
);

fn(state => ({
  ...state,
  messages: state.data.messages.filter(isWritten),
  optOuts: [
    ...state.data.messages.filter(({ text }) => stop.test(text)),
    ...state.data.events.filter(({ kind }) => kind === 'optOut'),
  ].map(({ from, userId }) => ({ from, userId })),
}));

// Kept before anything is promised: a list is sent with skip: opt-outs.
fnIf(
  hasCollections,
  collections.set('opt-outs', ({ from, userId }) => from ?? userId, $.optOuts),
);

sendBulk(
  $.messages,
  {
    to: $.data,
    text: state => answerTo(state.data.text),
    reference: $.data.id,
    replyTo: $.data.id,
  },
  { previous: state => state.answered ?? [] },
);

fnIf(
  hasCollections,
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
  ),
);
