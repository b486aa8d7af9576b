// Runs the examples in the real runtime against a local WhatsApp, and shows the conversation.
import { readFileSync } from 'node:fs';
import { startSandbox, type Delivery, type Sandbox } from '../sandbox/server';
import { runJob } from '../test/support/run-job';

const EXAMPLES = ['appointment-reminder', 'lab-result', 'question'];
const WIDTH = 46;

function wrap(text: string): string[] {
  const lines: string[] = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}

function bubble({ id, to, shown }: Delivery): string {
  const { header, body, footer, buttons = [] } = shown;
  const lines = [header, body, footer && `· ${footer}`]
    .filter(Boolean)
    .flatMap(text => wrap(text!));
  const box = [
    `  ╭${'─'.repeat(WIDTH + 2)}╮`,
    ...lines.map(line => `  │ ${line.padEnd(WIDTH)} │`),
    ...buttons.map(title => `  │ ${`[ ${title} ]`.padEnd(WIDTH)} │`),
    `  ╰${'─'.repeat(WIDTH + 2)}╯`,
  ];
  return [`To +${to}`, ...box, `  ${id}`].join('\n');
}

async function runExample(name: string, sandbox: Sandbox) {
  const job = readFileSync(`examples/${name}.js`, 'utf8');
  const state = JSON.parse(readFileSync(`examples/${name}.state.json`, 'utf8'));
  const { baseUrl } = sandbox.credential;
  const configuration = { ...state.configuration, baseUrl };
  const before = sandbox.deliveries.length;

  console.log(`\n── examples/${name}.js ${'─'.repeat(40)}\n\n${job}`);
  const result = await runJob(job, { ...state, configuration });
  if (result.errors) throw new Error(JSON.stringify(result.errors, null, 2));

  console.log('\nOn the phone:\n');
  for (const delivery of sandbox.deliveries.slice(before))
    console.log(`${bubble(delivery)}\n`);
  console.log('The last answer, in state.data:\n');
  console.log(JSON.stringify(result.data, null, 2));
}

const sandbox = await startSandbox();
try {
  for (const name of EXAMPLES) await runExample(name, sandbox);
  console.log(
    `\n${sandbox.deliveries.length} messages were sent to a local WhatsApp; nothing left this machine.`,
  );
} finally {
  await sandbox.close();
}
