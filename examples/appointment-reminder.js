// Reminds every patient of an appointment, in their own time zone. A bad row
// fails alone, and the report says which one and why.
sendBulk(
  $.data.appointments,
  {
    to: $.data.phone,
    template: {
      name: 'appointment_reminder',
      language: 'en_US',
      // Only the On-Premise API needs it.
      namespace: 'clinic_namespace',
      body: [$.data.name, { date: $.data.time, timeZone: 'Africa/Nairobi' }],
      buttons: [{ payload: 'CONFIRM' }, { payload: 'CHANGE' }],
    },
    reference: $.data.id,
  },
  { timeLimit: 240 },
);
