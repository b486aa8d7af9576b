// For a cron trigger and a list that is too long for one run: it is kept in a
// Collection, and each run works on a page of it until nothing of the page is
// left. What failed for good, or is unknown, is kept in state.problems.
// With the CLI and the sandbox, which has two patients, add
// --collections-endpoint http://127.0.0.1:3700 to the command.
fnIf(
  state => !state.page && !state.isOver,
  combine(
    collections.get('patients', {
      key: '*',
      limit: 1000,
      cursor: state => state.cursor,
    }),
    fn(state => ({
      ...state,
      page: state.data.map(({ value }) => value),
      cursor: state.data.cursor,
      report: [],
    })),
  ),
);

sendBulk(
  state => state.page ?? [],
  { to: $.data.phone, text: $.data.text, reference: $.data.id },
  { timeLimit: 240, previous: state => state.report ?? [] },
);

fn(state => {
  const { failed, unknown, unsent } = state.data;
  const lasting = failed.filter(({ error }) => !error.retryable);
  const isDone = !unsent.length && lasting.length === failed.length;
  return {
    ...state,
    problems: [...(state.problems ?? []), ...lasting, ...unknown],
    report: isDone ? [] : state.data,
    page: isDone ? undefined : state.page,
    isOver: isDone && !state.cursor,
  };
});
