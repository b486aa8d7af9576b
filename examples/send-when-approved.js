// For a cron trigger: sends a list as soon as Meta has approved its template,
// which takes up to a day. Runs before that send nothing, and runs after it
// send what is left.
getTemplate('clinic_visit', { language: 'en' });

fn(state => {
  const { status } = state.data;
  console.log(`The template is ${status}.`);
  return { ...state, list: status === 'APPROVED' ? state.patients : [] };
});

sendBulk(
  $.list,
  {
    to: $.data.phone,
    template: {
      name: 'clinic_visit',
      language: 'en',
      body: { name: $.data.name, day: { date: $.data.visit } },
    },
    reference: $.data.id,
  },
  { timeLimit: 240, previous: state => state.report ?? [] },
);

// A run that had nothing to send knows nobody.
fn(state => ({
  ...state,
  report: state.list.length ? state.data : state.report,
}));
