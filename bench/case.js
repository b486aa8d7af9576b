// One measurement in a process of its own: `case.js NAME PORT JSON`.
import { Agent } from 'undici';

const [, , name, port, options] = process.argv;
const origin = `http://127.0.0.1:${port}`;
const {
  count = 1000,
  concurrency = 50,
  rate = Infinity,
  report,
  shape = 'plus',
} = JSON.parse(options);
const configuration = {
  baseUrl: `${origin}/v25.0`,
  apiToken: 'EAAbench0123456789',
  phoneNumberId: '123456789012345',
  defaultCountry: 'KE',
  ...(shape === 'template' && { wabaId: '987654321098765' }),
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

const START = { plus: '+2547', digits: '2547', local: '07' };

/** People as lists have them: with +, without it, or as they dial. */
const people = total =>
  Array.from({ length: total }, (_value, index) => ({
    phone: `${START[shape] ?? START.digits}${String(index).padStart(8, '0')}`,
    text: `Your appointment is on ${index}.`,
    name: 'Amina',
    id: `visit-${index}`,
  }));

const textParameter = text => ({ type: 'text', text });

/** What the adaptor sends for the same person. */
const bodyOf = ({ phone, text, name, id }) => ({
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  to: phone,
  biz_opaque_callback_data: id,
  ...(shape === 'template'
    ? {
        type: 'template',
        template: {
          name: 'appointment_reminder',
          language: { code: 'en_US' },
          components: [
            { type: 'body', parameters: [name, text].map(textParameter) },
          ],
        },
      }
    : { type: 'text', text: { body: text } }),
});
const PATH = '/v25.0/123456789012345/messages';
const HEADERS = {
  'content-type': 'application/json',
  authorization: `Bearer ${configuration.apiToken}`,
};

/** As many at a time as the adaptor sends. */
async function all(list, send) {
  let next = 0;
  const worker = async () => {
    while (next < list.length) await send(list[next++]);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

async function bareUndici(list) {
  const agent = new Agent();
  await all(list, async person => {
    const { body } = await agent.request({
      origin,
      path: PATH,
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify(bodyOf(person)),
    });
    await body.json();
  });
}

const globalFetch = list =>
  all(list, async person => {
    const response = await fetch(origin + PATH, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify(bodyOf(person)),
    });
    await response.json();
  });

async function commonRequest(list) {
  const { request } = await import('@openfn/language-common/util');
  await all(list, person =>
    request('POST', origin + PATH, {
      headers: HEADERS,
      body: bodyOf(person),
      parseAs: 'json',
    }),
  );
}

async function kapso(list) {
  const { WhatsAppClient } = await import('@kapso/whatsapp-cloud-api');
  const client = new WhatsAppClient({
    accessToken: configuration.apiToken,
    baseUrl: origin,
    graphVersion: 'v25.0',
  });
  await all(list, ({ phone, text }) =>
    client.messages.sendText({
      phoneNumberId: configuration.phoneNumberId,
      to: phone,
      body: text,
    }),
  );
}

const load = () => import('../dist/index.js');

// As the compiler makes them of `{ to: $.data.phone, … }`.
const textOf = state => ({
  to: state.data.phone,
  text: state.data.text,
  reference: state.data.id,
});
const templateOf = state => ({
  to: state.data.phone,
  template: {
    name: 'appointment_reminder',
    language: 'en_US',
    body: [state.data.name, state.data.text],
  },
  reference: state.data.id,
});

async function sendBulk(list) {
  const adaptor = await load();
  const operation = adaptor.sendBulk(
    state => state.data,
    shape === 'template' ? templateOf : textOf,
    { rate, concurrency, ...(report && { report }) },
  );
  const { data } = await operation({
    configuration: { ...configuration },
    data: list,
    references: [],
  });
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

const CASES = {
  bareUndici,
  globalFetch,
  commonRequest,
  kapso,
  sendBulk,
  eachSendMessage,
  upload,
  readAndDrop,
};
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
