// Sends a campaign to everybody who has not opted out. Opt-outs are kept in a
// Collection by inbound-triage.js: those who wrote STOP, and those who told
// WhatsApp. The numbers are compared as WhatsApp knows them, however the list
// writes them. With the CLI and the sandbox, add
// --collections-endpoint http://127.0.0.1:3700 to the command.
as('optOuts', collections.get('opt-outs', '*'));

fn(state => ({
  ...state,
  optOuts: state.optOuts.filter(({ value }) => value.kind !== 'optIn'),
}));

sendBulk(
  $.data.patients,
  { to: $.data.phone, text: $.data.text, reference: $.data.id },
  { skip: $.optOuts, timeLimit: 240 },
);
