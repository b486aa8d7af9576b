// One measurement in a process of its own: `case.js NAME PORT JSON`.
import { Agent } from 'undici';

const [, , name, port, options] = process.argv;
const origin = `http://127.0.0.1:${port}`;
const {
  count = 1000,
  concurrency = 50,
  rate = Infinity,
  report,
} = JSON.parse(options);
const configuration = {
  baseUrl: `${origin}/v25.0`,
  apiToken: 'EAAbench0123456789',
  phoneNumberId: '123456789012345',
};

const quietly = async work => {
  const { log } = console;
  console.log = () => {};
  try {
    return await work();
  } finally {
    console.log = log;
  }
};

const people = total =>
  Array.from({ length: total }, (_value, index) => ({
    phone: `+2547${String(index).padStart(8, '0')}`,
    text: `Your appointment is on ${index}.`,
    id: `visit-${index}`,
  }));

async function bareUndici(list) {
  const agent = new Agent();
  let next = 0;
  const worker = async () => {
    while (next < list.length) {
      const { phone, text } = list[next++];
      const { body } = await agent.request({
        origin,
        path: '/v25.0/123456789012345/messages',
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${configuration.apiToken}`,
        },
        body: JSON.stringify({
          messaging_product: 'whatsapp',
          recipient_type: 'individual',
          to: phone,
          type: 'text',
          text: { body: text },
        }),
      });
      await body.json();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

const load = () => import('../dist/index.js');

async function sendBulk(list) {
  const adaptor = await load();
  const operation = adaptor.sendBulk(
    list,
    {
      to: state => state.data.phone,
      text: state => state.data.text,
      reference: state => state.data.id,
    },
    { rate, concurrency, ...(report && { report }) },
  );
  const { data } = await operation({ configuration, data: {}, references: [] });
  if (data.summary.accepted !== list.length) throw new Error('Not all sent.');
}

async function eachSendMessage(list) {
  const { each, sendMessage } = await load();
  const operation = each(
    list,
    sendMessage(
      state => state.data.phone,
      state => state.data.text,
    ),
  );
  await operation({ configuration, data: {}, references: [] });
}

async function upload() {
  const { uploadMedia } = await load();
  await uploadMedia(`${origin}/file`)({ configuration, references: [] });
}

/** Reads the same file, and drops it. */
async function readAndDrop() {
  const { body } = await new Agent().request({
    origin,
    path: '/file',
    method: 'GET',
  });
  for await (const chunk of body) void chunk;
}

const CASES = { bareUndici, sendBulk, eachSendMessage, upload, readAndDrop };
const work = CASES[name];
const isMessages = !['upload', 'readAndDrop'].includes(name);

// So that what is measured is neither compiling nor connecting.
if (isMessages) await quietly(() => work(people(Math.min(300, count))));
else await load();
global.gc?.();

const list = isMessages ? people(count) : [];
const before = process.memoryUsage();
let peak = before.rss;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 5);
const cpu = process.cpuUsage();
const startedAt = performance.now();
await quietly(() => work(list));
const seconds = (performance.now() - startedAt) / 1000;
const { user, system } = process.cpuUsage(cpu);
clearInterval(watch);

console.log(
  JSON.stringify({
    perSecond: count / seconds,
    cpuMicroseconds: (user + system) / count,
    extraMegabytes:
      (Math.max(peak, process.memoryUsage().rss) - before.rss) / 2 ** 20,
    seconds,
  }),
);
process.exit();
