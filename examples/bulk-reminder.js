// Reminds everybody on a list, and ends before the run would be killed.
sendBulk(
  $.data.patients,
  {
    to: $.data.phone,
    template: {
      name: 'visit_reminder',
      language: 'sw',
      namespace: 'clinic_namespace',
      body: { name: $.data.name, day: { date: $.data.visit } },
    },
    reference: $.data.id,
  },
  { timeLimit: 240 },
);
