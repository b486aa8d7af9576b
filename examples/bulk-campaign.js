// A campaign that survives a run that is killed: what is about to be sent, and
// what became of it, is kept in the Collection "campaign". Run the job again,
// by hand or by cron, until nothing is left: nobody gets the message twice.
// Who was being served when a run was killed is listed as unknown, and is not
// served again. People in the Collection "opt-outs" get nothing.
// With the CLI and the sandbox, add --collections-endpoint http://127.0.0.1:3700
// to the command.
fn(state => ({ ...state, patients: state.data.patients, sent: [], stop: [] }));

collections.each('campaign', { key: '*' }, (state, record) => {
  state.sent.push(record);
});

collections.each('opt-outs', { key: '*' }, (state, person) => {
  state.stop.push(person);
});

sendBulk(
  $.patients,
  {
    to: $.data.phone,
    template: {
      name: 'visit_reminder',
      language: 'sw',
      values: { name: $.data.name, day: $.data.day },
    },
    reference: $.data.id,
  },
  {
    timeLimit: 240,
    previous: $.sent,
    skip: $.stop,
    checkpoint: collections.set('campaign', record => record.key, $.data),
    chunk: 100,
  },
);

fn(state => {
  const { summary } = state.data;
  console.log(`Not served yet: ${summary.unsent}`, summary.reasons);
  return state;
});
