// Sends what an earlier report has left: rows that were not tried, that failed
// for a while, or that are new in the list. `previous` goes by the reference,
// so the list may have changed in the meantime.
sendBulk(
  $.data.patients,
  { to: $.data.phone, text: $.data.text, reference: $.data.id },
  { previous: $.data.report, timeLimit: 240 },
);
