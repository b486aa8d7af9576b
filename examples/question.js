// Asks a question with buttons: the answer comes back in a webhook.
sendMessage(
  $.data.phone,
  {
    header: 'North Clinic',
    text: $.data.question,
    buttons: [
      { id: 'coming', title: 'Yes, I am coming' },
      { id: 'not-coming', title: 'No' },
      { id: 'call-me', title: 'Please call me' },
    ],
    footer: 'You can answer at any time.',
  },
  { reference: $.data.id },
);
