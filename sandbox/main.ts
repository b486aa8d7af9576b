import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  startDialog360Sandbox,
  startOnPremiseSandbox,
  startSandbox,
} from './server';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3700' },
    webhook: { type: 'string' },
    job: { type: 'string' },
    send: { type: 'string' },
    state: { type: 'string' },
    limit: { type: 'string', default: '60' },
    person: { type: 'string', multiple: true, default: [] },
    'no-open': { type: 'boolean', default: false },
    'on-premise': { type: 'boolean', default: false },
    '360dialog': { type: 'boolean', default: false },
  },
});

function fail(problem: string): never {
  console.error(problem);
  process.exit(1);
}

for (const option of ['job', 'send', 'state'] as const) {
  const file = values[option];
  if (file !== undefined && !existsSync(file))
    fail(`--${option} ${file}: there is no such file.`);
}
for (const option of ['port', 'limit'] as const)
  if (!(Number(values[option]) > 0))
    fail(`--${option} must be a number above 0, got ${values[option]}.`);

const start = values['on-premise']
  ? startOnPremiseSandbox
  : values['360dialog']
    ? startDialog360Sandbox
    : startSandbox;

/** `254712345678=Amina` */
const readPerson = (text: string) => {
  const [number, name] = text.split('=');
  return { number, name };
};

/** Opens the page in the browser of a person, and nowhere else. */
function openPage(url: string) {
  if (values['no-open'] || !process.stdout.isTTY) return;
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open']
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start']
        : ['xdg-open'];
  spawn(command, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

const { job, send, state, limit } = values;
const sandbox = await start({
  port: Number(values.port),
  webhook: values.webhook,
  phone: {
    job,
    send,
    state,
    limit: Number(limit),
    people: values.person.map(readPerson),
  },
}).catch(error =>
  fail(
    error.code === 'EADDRINUSE'
      ? `Port ${values.port} is in use: choose another with --port, such as --port 3701.`
      : error.message,
  ),
);
const page = `${sandbox.origin}/`;
const configuration = { ...sandbox.credential, defaultCountry: 'KE' };

console.log(`Open ${page}

${
  job
    ? `${job} runs for each webhook. Write or tap as a person on the page.`
    : `To run a job when a person writes: npm run sandbox -- --job job.js`
}

To run a job with OpenFn's CLI, paste this into state.json:

${JSON.stringify({ configuration, data: {} }, null, 2)}

The page can do what the control endpoints do: see sandbox/README.md.
Stop it with Ctrl-C.`);

openPage(page);
