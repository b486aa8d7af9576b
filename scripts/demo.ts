// Starts the phone with the example jobs: reminders are sent, and what people
// write or tap is answered. With --text it shows the conversation in the terminal.
const PAGE = [
  ...['--job', 'examples/inbound-triage.js'],
  ...['--send', 'examples/appointment-reminder.js'],
  ...['--state', 'examples/appointment-reminder.state.json'],
  ...['--person', '254712345678=Amina'],
  ...['--person', '254722000111=Joseph'],
];

if (process.argv.includes('--text')) await import('./demo-text');
else {
  process.argv.push(...PAGE);
  await import('../sandbox/main');
}

export {};
