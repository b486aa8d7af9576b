// Reminds everybody on a list of their appointment, in their own time zone.
each(
  $.data.appointments,
  sendTemplate(
    $.data.phone,
    {
      name: 'appointment_reminder',
      language: 'en_US',
      body: [$.data.name, { date: $.data.time, timeZone: 'Africa/Nairobi' }],
      buttons: [{ payload: 'CONFIRM' }, { payload: 'CHANGE' }],
    },
    { reference: $.data.id },
  ),
);
