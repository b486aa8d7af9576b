// Keeps what Meta decided on templates: which one, how, and why.
parseWebhook();

fn(state => ({
  ...state,
  data: state.data.events
    .filter(({ field }) => field === 'message_template_status_update')
    .map(({ value }) => ({
      template: value.message_template_name,
      language: value.message_template_language,
      status: value.event,
      reason: value.reason,
    })),
}));
