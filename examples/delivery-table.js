// Keeps how far each message has come in a Collection, by your reference.
// Statuses come late, twice and out of order: only a step forward counts.
// With the CLI and the sandbox, add --collections-endpoint http://127.0.0.1:3700
// to the command.
parseWebhook();

as(
  'known',
  collections.get('deliveries', {
    key: '*',
    createdAfter: () => new Date(Date.now() - 30 * 86400000).toISOString(),
  }),
);

fn(state => {
  const known = new Map(state.known.map(({ key, value }) => [key, value]));
  const rows = new Map();
  for (const status of state.data.statuses) {
    const { reference, rank = 0, timestamp, error } = status;
    if (!reference) continue;
    const before = rows.get(reference) ?? known.get(reference);
    if (before && before.rank >= rank) continue;
    rows.set(reference, {
      reference,
      status: status.status,
      rank,
      timestamp,
      why: error?.description,
    });
  }
  return { ...state, data: [...rows.values()] };
});

collections.set('deliveries', ({ reference }) => reference, $.data);
