// Makes a FHIR Binary of every file that somebody has sent. A file that has
// expired loses no other: it is kept in state.problems.
parseWebhook();

fn(async state => {
  const binaries = [];
  const problems = [];
  for (const message of state.data.messages.filter(({ media }) => media))
    try {
      const { data: file } = await downloadMedia(message)(state);
      binaries.push({
        resourceType: 'Binary',
        id: message.media.id,
        contentType: file.mimeType,
        data: file.content,
      });
    } catch ({ code, description, fix }) {
      problems.push({ id: message.id, code, description, fix });
    }
  return { ...state, data: binaries, problems };
});
