// Keeps the messages that did not arrive: who, why, and what to do.
parseWebhook();

fn(state => ({
  ...state,
  data: state.data.statuses
    .filter(({ status }) => status === 'failed')
    .map(({ reference, to, error }) => ({
      reference,
      to,
      why: error.description,
      whatToDo: error.fix,
    })),
}));
