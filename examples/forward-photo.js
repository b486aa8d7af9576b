// Forwards every photo that a health worker sends to the coordinator.
const coordinator = '+254733000000';

parseWebhook();

each(
  state => state.data.messages.filter(({ type }) => type === 'image'),
  combine(
    fn(state => ({ ...state, sender: state.data.name })),
    downloadMedia($.data.media, { as: 'stream' }),
    uploadMedia($.data.content, { type: $.data.mimeType }),
    sendMessage(coordinator, {
      image: $.data.id,
      caption: state => `From ${state.sender}`,
    }),
  ),
);
