// Reminds everybody on a list of their appointment, in their own time zone.
each(
  $.data.appointments,
  sendTemplate(
    $.data.phone,
    {
      name: 'appointment_reminder',
      language: 'en_US',
      // Only the On-Premise API needs it.
      namespace: 'clinic_namespace',
      body: [$.data.name, { date: $.data.time, timeZone: 'Africa/Nairobi' }],
      buttons: [{ payload: 'CONFIRM' }, { payload: 'CHANGE' }],
    },
    { reference: $.data.id },
  ),
);
