// Runs the examples in the real runtime against a local WhatsApp, and shows the
// conversation in the terminal.
import { readFileSync } from 'node:fs';
import {
  startOnPremiseSandbox,
  startSandbox,
  type Delivery,
  type OnPremiseSandbox,
  type Sandbox,
} from '../sandbox/server';
import { runJob } from '../test/support/run-job';
import { startTrigger } from '../test/support/trigger';

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
  return [`To +${to}: ${id}`, ...box].join('\n');
}

const title = (text: string) =>
  console.log(`\n── ${text} ${'─'.repeat(Math.max(3, 66 - text.length))}`);

type AnySandbox = Sandbox | OnPremiseSandbox;

async function run(name: string, sandbox: AnySandbox, more: object = {}) {
  const job = readFileSync(`examples/${name}.js`, 'utf8');
  const state = JSON.parse(readFileSync(`examples/${name}.state.json`, 'utf8'));
  const { defaultCountry } = state.configuration;
  const configuration = {
    ...sandbox.credential,
    defaultCountry,
    collections_endpoint: `${sandbox.origin}/collections`,
    collections_token: 'sandbox',
  };
  const before = sandbox.deliveries.length;

  title(`examples/${name}.js`);
  const result = await runJob(job, { ...state, ...more, configuration });
  if (result.errors) throw new Error(JSON.stringify(result.errors, null, 2));

  const sent = sandbox.deliveries.slice(before);
  for (const delivery of sent) console.log(bubble(delivery));
  console.log(`In state.data at the end: ${brief(result.data)}`);
}

/** What is in an object, in a line. */
function brief(data: any): string {
  if (data?.summary) return JSON.stringify(data.summary);
  const text = JSON.stringify(data);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** What people do with what they got, and what becomes of it. */
async function roundTrip(sandbox: Sandbox) {
  const [reminder, another] = sandbox.deliveries;
  const trigger = await startTrigger();
  const nextRun = async (what: string) => {
    title(what);
    await sandbox.sendWebhooks(trigger.url, { batch: true });
    const [run] = trigger.runs.splice(0);
    console.log(`A webhook, signed by "Meta": ${brief(run.data)}`);
    return run;
  };

  sandbox.setStatus(reminder.id, 'read');
  sandbox.setStatus(another.id, 'failed', 131026);
  const statuses = await nextRun(
    'On the phone: one is read, one does not arrive',
  );
  await run('delivery-report', sandbox, statuses);

  sandbox.receive({
    from: reminder.to,
    answers: reminder.id,
    quickReply: { payload: 'CONFIRM', text: 'Confirm' },
  });
  const tap = await nextRun('On the phone: Amina taps [ Confirm ]');
  await run('inbound-triage', sandbox, tap);

  const photo = sandbox.addFile('9001', 'image/png', Buffer.from('A photo.'));
  const { mime_type, sha256 } = photo;
  const base64 = Buffer.from(sha256, 'hex').toString('base64');
  sandbox.receive({
    from: '254711222333',
    name: 'Nurse Joy',
    image: { id: photo.id, mime_type, sha256: base64 },
  });
  const image = await nextRun('On the phone: a health worker sends a photo');
  await run('forward-photo', sandbox, image);

  await run('new-template', sandbox);
  const [language, reason] = ['sw', 'INCORRECT_CATEGORY'];
  sandbox.review({ name: 'clinic_visit', event: 'APPROVED' });
  sandbox.review({ name: 'clinic_visit', language, event: 'REJECTED', reason });
  const decisions = await nextRun('Meta has reviewed the templates');
  await run('template-report', sandbox, decisions);
  trigger.close();
}

/** The same job, with another credential. */
async function onPremise() {
  const sandbox = await startOnPremiseSandbox();
  title('The same job on an On-Premise API');
  await run(EXAMPLES[0], sandbox);
  await sandbox.close();
}

const sandbox = await startSandbox();
try {
  for (const name of EXAMPLES) await run(name, sandbox);
  await roundTrip(sandbox);
  await onPremise();
  console.log(
    `${sandbox.deliveries.length} messages were sent to a local Cloud API. Nothing left this machine.`,
  );
} finally {
  await sandbox.close();
}
