// Sends reminders to a list out of a spreadsheet. Numbers may be written in
// any common format, also as 254712345678.0. For dates as 05/05/2026 the job
// says whether the day or the month comes first. Correct the rows that are in
// report.failed, and run the job again: nobody gets a second message.
sendBulk(
  $.data.rows,
  {
    to: $.data.phone,
    template: {
      name: 'visit_reminder',
      language: 'sw',
      namespace: 'clinic_namespace',
      body: {
        name: $.data.name,
        day: {
          date: state =>
            dateFns.format(
              dateFns.parse(state.data.visit, 'dd/MM/yyyy', new Date()),
              'yyyy-MM-dd',
            ),
        },
      },
    },
    reference: state => `${state.data.id} ${state.data.visit}`,
  },
  { timeLimit: 240, previous: state => state.report ?? [] },
);

fn(state => ({ ...state, report: state.data }));
