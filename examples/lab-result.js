// Uploads a lab result as PDF and sends it to the patient.
as('upload', uploadMedia($.data.pdf, { filename: 'lab-result.pdf' }));

sendMessage($.data.phone, {
  document: $.upload.id,
  filename: 'Lab result.pdf',
  caption: $.data.caption,
});
