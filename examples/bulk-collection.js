// For a cron trigger and a list that is too long for one run: it is kept in a
// Collection, and each run takes the next page of it. What a run leaves unsent
// comes before the next page.
fnIf(
  state => !state.todo?.length && !state.isLastPage,
  combine(
    collections.get('patients', {
      key: '*',
      limit: 1000,
      cursor: state => state.cursor,
    }),
    fn(state => ({
      ...state,
      todo: state.data.map(({ value }) => value),
      cursor: state.data.cursor,
      isLastPage: !state.data.cursor,
    })),
  ),
);

sendBulk(
  state => state.todo ?? [],
  { to: $.data.phone, text: $.data.text, reference: $.data.id },
  { timeLimit: 240, report: 'problems' },
);

fn(state => {
  const { unsent, failed } = state.data;
  const left = [...unsent, ...failed.filter(({ error }) => error.retryable)];
  return { ...state, todo: left.map(({ index }) => state.todo[index]) };
});
