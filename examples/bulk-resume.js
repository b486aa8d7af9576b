// Sends what an earlier report has left: the unsent, and the failures that may
// succeed now. Nobody who was served, or may have been, gets it again.
fn(state => {
  const { patients, report } = state.data;
  const left = [
    ...report.unsent,
    ...report.failed.filter(({ error }) => error.retryable),
  ];
  return { ...state, patients: left.map(({ index }) => patients[index]) };
});

sendBulk($.patients, {
  to: $.data.phone,
  text: $.data.text,
  reference: $.data.id,
});
