// For a cron trigger, whose runs start with the state of the run before. Each
// run sends what the runs before it have left of the list in state.patients;
// next week's list has other references, and is sent from the start.
sendBulk(
  $.patients,
  {
    to: $.data.phone,
    text: $.data.text,
    reference: state => `${state.data.id} ${state.data.visit}`,
  },
  { timeLimit: 240, previous: state => state.report ?? [] },
);

// The report names all that must not be sent again, also from earlier runs.
fn(state => ({ ...state, report: state.data }));
