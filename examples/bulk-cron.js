// For a cron trigger: each run starts with the state of the one before it, and
// sends what that has left, until the list is done.
fn(state => ({ ...state, todo: state.todo ?? state.data.patients }));

sendBulk(
  $.todo,
  { to: $.data.phone, text: $.data.text, reference: $.data.id },
  { timeLimit: 240 },
);

fn(state => {
  const { unsent, failed } = state.data;
  const left = [...unsent, ...failed.filter(({ error }) => error.retryable)];
  return { ...state, todo: left.map(({ index }) => state.todo[index]) };
});
