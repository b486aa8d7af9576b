// Forwards every photo that a health worker sends to the coordinator. A photo
// that can't be had loses no other: it is kept in state.data.problems.
const coordinator = '+254733000000';

// What was forwarded is kept in a Collection, since Meta repeats webhooks. With
// the CLI and the sandbox: --collections-endpoint http://127.0.0.1:3700
parseWebhook();

as(
  'forwarded',
  collections.get('forwarded', {
    key: '*',
    createdAfter: () => new Date(Date.now() - 8 * 86400000).toISOString(),
  }),
);

fn(async state => {
  const known = new Set((state.forwarded ?? []).map(({ key }) => key));
  const photos = state.data.messages.filter(
    ({ id, type }) => type === 'image' && !known.has(id),
  );
  const done = [];
  const problems = [];
  for (const photo of photos)
    try {
      const { data: file } = await downloadMedia(photo)(state);
      const { data: upload } = await uploadMedia(file.content, {
        type: file.mimeType,
      })(state);
      await sendMessage(
        coordinator,
        {
          image: upload.id,
          caption: `From ${photo.name ?? photo.from ?? 'somebody'}`,
        },
        { reference: photo.id },
      )(state);
      done.push({ id: photo.id });
    } catch ({ code, description, fix }) {
      problems.push({ id: photo.id, code, description, fix });
      // It may have been sent: it must not be forwarded again.
      if (code === 'DELIVERY_UNKNOWN') done.push({ id: photo.id });
    }
  return { ...state, data: { done, problems } };
});

collections.set('forwarded', ({ id }) => id, $.data.done);
