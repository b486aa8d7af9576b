import { request as httpRequest } from 'node:http';
import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import {
  startDialog360Sandbox,
  startOnPremiseSandbox,
  startSandbox,
} from '../sandbox/server';
import { jobFile } from './support/job-file';
import { sendByMeta } from './support/send';

const AMINA = '254712345678';
const people = [{ number: AMINA, name: 'Amina' }];
const PHOTO = '9000000000000002';

type Phone = { origin: string; close: () => Promise<unknown> };

async function call(
  { origin }: Phone,
  method: string,
  path: string,
  body?: unknown,
) {
  const response = await fetch(`${origin}/_sandbox/${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  return { status: response.status, body: (await response.json()) as any };
}

const stateOf = async (phone: Phone): Promise<any> =>
  (await call(phone, 'GET', 'state')).body;

const write = (phone: Phone, message: object) =>
  call(phone, 'POST', `people/${AMINA}/messages`, message);

/** Waits until the state is as a test wants it. */
async function until(phone: Phone, isSo: (state: any) => boolean) {
  for (let tries = 0; tries < 100; tries++) {
    const state = await stateOf(phone);
    if (isSo(state)) return state;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error('It did not become so within 10 s.');
}

const allDone = (count: number) => (state: any) =>
  state.runs.length === count &&
  state.runs.every(({ ms }: any) => ms !== undefined);

/** The events of the sandbox, until `count` have come. */
async function readEvents({ origin }: Phone, count: number, last?: number) {
  const controller = new AbortController();
  const response = await fetch(`${origin}/_sandbox/events`, {
    signal: controller.signal,
    ...(last !== undefined && { headers: { 'last-event-id': String(last) } }),
  });
  let text = '';
  const events = () =>
    [...text.matchAll(/id: (\d+)\nevent: (\w+)\ndata: (.*)\n\n/g)].map(
      ([, id, type, data]) => ({
        id: Number(id),
        type,
        data: JSON.parse(data),
      }),
    );
  for await (const chunk of response.body as any) {
    text += Buffer.from(chunk).toString();
    if (events().length >= count) break;
  }
  controller.abort();
  return events();
}

describe('the phone', () => {
  const opened: Phone[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(phone => phone.close()));
  });
  const keep = <Started extends Phone>(phone: Started): Started => {
    opened.push(phone);
    return phone;
  };
  const start = async (phone: object = {}, options: object = {}) =>
    keep(await startSandbox({ ...options, phone: { people, ...phone } }));

  const send = (phone: Awaited<ReturnType<typeof start>>, message: object) =>
    sendByMeta(phone, AMINA, message);
  const buttons = {
    type: 'interactive',
    interactive: {
      type: 'button',
      body: { text: 'Well?' },
      action: {
        buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }],
      },
    },
  };

  describe('has events that', () => {
    it('count up, and resume after the last one that was read', async () => {
      const phone = await start();
      const { event } = await stateOf(phone);
      await write(phone, { text: 'One' });
      await write(phone, { text: 'Two' });
      const all = await readEvents(phone, 6, event);
      const types = all.map(({ type }) => type);
      expect(types.slice(0, 3)).to.deep.equal(['person', 'message', 'webhook']);
      const steps = all.map(({ id }, index) => id - event - index);
      expect(new Set(steps)).to.deep.equal(new Set([1]));
      const rest = await readEvents(phone, 2, all[3].id);
      expect(rest[0]).to.deep.equal(all[4]);
    });

    it('begin with reset if the last one is not known', async () => {
      const phone = await start();
      const [first] = await readEvents(phone, 1, 57);
      expect(first.type).to.equal('reset');
    });

    it('never have the token, whatever a job logs', async () => {
      const job = jobFile(
        'fn(state => { console.log(state.configuration); return { ...state, data: state.configuration }; });',
      );
      const phone = await start({ job });
      const { event } = await stateOf(phone);
      await write(phone, { text: 'Hi' });
      const state = await until(phone, allDone(1));
      expect(state.runs[0].log).to.contain('apiToken');
      const events = await readEvents(phone, 6, event);
      for (const text of [JSON.stringify(state), JSON.stringify(events)]) {
        expect(text).not.to.contain(phone.credential.apiToken);
        expect(text).not.to.contain(phone.credential.appSecret);
      }
    });
  });

  describe('answers 400 and says what is wrong:', () => {
    const refused: [
      method: string,
      path: string,
      body: object,
      says: string,
    ][] = [
      ['POST', 'people', { number: '12' }, 'country code'],
      ['POST', 'people', { number: AMINA, nam: 'x' }, 'nam'],
      ['POST', 'people/999/messages', { text: 'x' }, 'no person 999'],
      ['POST', `people/${AMINA}/messages`, { txt: 'x' }, 'txt'],
      ['POST', `people/${AMINA}/messages`, {}, 'needs one of'],
      [
        'POST',
        `people/${AMINA}/messages`,
        { tap: { message: 'x', button: 'No' } },
        'offers',
      ],
      [
        'POST',
        `people/${AMINA}/messages`,
        { tap: { button: 'No' } },
        'message',
      ],
      ['POST', `people/${AMINA}/messages`, { reaction: {} }, 'message'],
      ['POST', 'messages/wamid.x/status', { status: 'read' }, 'wamid.x'],
      ['POST', 'messages/wamid.x/status', { status: 'lost' }, 'delivered'],
      ['POST', 'messages/wamid.x/status', { state: 'read' }, 'state'],
      ['POST', 'webhooks/x/again', {}, 'no webhook x'],
      ['POST', 'runs/x/again', {}, 'no run x'],
      ['POST', 'run', {}, '--job'],
      ['POST', 'run', { jobs: 'x' }, 'jobs'],
      ['POST', 'clock', { minutes: 5 }, 'minutes'],
      ['POST', 'faults', { codes: 5 }, 'codes'],
      ['POST', 'templates/2001/review', { event: 'LOVED' }, 'APPROVED'],
      ['POST', 'templates/1/review', { event: 'PAUSED' }, 'no template 1'],
      ['PUT', 'state', { people: [] }, 'exported'],
    ];
    for (const [method, path, body, says] of refused)
      it(`${method} ${path} ${JSON.stringify(body)}`, async () => {
        const phone = await start();
        const answer = await call(phone, method, path, body);
        expect(answer.status).to.equal(400);
        expect(JSON.stringify(answer.body)).to.contain(says);
      });

    it('a tap on what another message offered', async () => {
      const phone = await start();
      await send(phone, buttons);
      const other = await send(phone, { type: 'text', text: { body: 'x' } });
      const { status } = await write(phone, {
        tap: { message: other, button: 'Yes' },
      });
      expect(status).to.equal(400);
    });

    it('a run of a job that the command line does not name', async () => {
      const phone = await start({ job: jobFile('fn(state => state);') });
      const { status } = await call(phone, 'POST', 'run', {
        job: '/etc/passwd',
      });
      expect(status).to.equal(400);
      expect((await stateOf(phone)).runs).to.deep.equal([]);
    });
  });

  describe('answers 403', () => {
    const from = (
      phone: Phone,
      path: string,
      headers: object,
      method = 'GET',
    ) =>
      new Promise<number | undefined>((resolve, reject) => {
        const { port } = new URL(phone.origin);
        httpRequest(
          { host: '127.0.0.1', port, path, method, headers: { ...headers } },
          response => {
            response.resume();
            resolve(response.statusCode);
          },
        )
          .on('error', reject)
          .end();
      });
    for (const path of ['/', '/_sandbox/state', '/_sandbox/events'])
      it(`to another host: ${path}`, async () => {
        const phone = await start();
        const { port } = new URL(phone.origin);
        for (const host of [
          'evil.example',
          `evil.example:${port}`,
          '127.0.0.1:1',
        ])
          expect(await from(phone, path, { host })).to.equal(403);
      });

    it('to a page of another site', async () => {
      const phone = await start();
      const origin = 'https://evil.example';
      for (const path of ['run', 'people', 'clock', 'faults'])
        expect(
          await from(phone, `/_sandbox/${path}`, { origin }, 'POST'),
        ).to.equal(403);
    });

    it('not to localhost', async () => {
      const phone = await start();
      const host = `localhost:${new URL(phone.origin).port}`;
      expect(await from(phone, '/', { host })).to.equal(200);
    });
  });

  it('has a page that loads nothing from anywhere else', async () => {
    const phone = await start();
    const page = await fetch(`${phone.origin}/`);
    expect(page.headers.get('content-security-policy')).to.contain(
      "default-src 'self'",
    );
    expect(await page.text()).not.to.match(/https?:/);
    for (const file of ['phone.js', 'phone.css', 'preact.js'])
      expect(
        (await fetch(`${phone.origin}/_sandbox/page/${file}`)).status,
      ).to.equal(200);
    for (const file of ['..%2fmain.ts', 'index.ts', 'none.js'])
      expect(
        (await fetch(`${phone.origin}/_sandbox/page/${file}`)).status,
      ).to.equal(404);
  });

  it('sends a tap as the answer that the message offered', async () => {
    const phone = await start();
    const message = await send(phone, buttons);
    await write(phone, { tap: { message, button: 'yes' } });
    const { webhooks } = await until(phone, state =>
      Boolean(state.webhooks[0]?.rows),
    );
    const [{ reply, context }] = webhooks[0].rows.messages;
    expect(reply).to.include({ id: 'yes', title: 'Yes' });
    expect(context.id).to.equal(message);
  });

  it('keeps a file that a person sends, for the job to download', async () => {
    const phone = await start();
    const content = Buffer.from('A letter').toString('base64');
    await write(phone, {
      document: { filename: 'letter.txt', type: 'text/plain', content },
    });
    const [file] = phone.files;
    expect(file.content.toString()).to.equal('A letter');
    expect(file.filename).to.equal('letter.txt');
  });

  it('hides the number of a person who hides it', async () => {
    const phone = await start();
    await call(phone, 'POST', 'people', {
      number: '254799000000',
      name: 'Neema',
      hidden: true,
    });
    await call(phone, 'POST', 'people/254799000000/messages', { text: 'Hi' });
    const { webhooks } = await stateOf(phone);
    expect(webhooks[0].body).not.to.contain('"from":"254799000000"');
    expect(webhooks[0].body).to.contain('KE.254799000000');
  });

  it('takes the taps of who hides the number, or has a BSUID only', async () => {
    const phone = await start();
    await call(phone, 'POST', 'people', {
      number: '254799000000',
      hidden: true,
    });
    for (const [id, to] of [
      ['254799000000', 'KE.254799000000'],
      ['KE.1A2B3C', 'KE.1A2B3C'],
    ]) {
      const address = { to: undefined, recipient: to };
      const message = await send(phone, { ...buttons, ...address });
      const tap = { tap: { message, button: 'Yes' } };
      const answer = await call(phone, 'POST', `people/${id}/messages`, tap);
      expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    }
    const { people: all, messages } = await stateOf(phone);
    expect(all.map(({ id }: any) => id)).to.deep.equal([
      AMINA,
      '254799000000',
      'KE.1A2B3C',
    ]);
    expect(messages.map(({ person }: any) => person)).to.deep.equal([
      '254799000000',
      '254799000000',
      'KE.1A2B3C',
      'KE.1A2B3C',
    ]);
  });

  it('keeps what it has if a file to import is broken', async () => {
    const phone = await start();
    await write(phone, { text: 'Keep me' });
    const state = await stateOf(phone);
    for (const broken of [
      { ...state, stored: { ...state.stored, deliveries: [null] } },
      { ...state, stored: { ...state.stored, received: [{}] } },
      { ...state, people: [7] },
      { ...state, version: 2 },
      null,
      [],
    ]) {
      const { status } = await call(phone, 'PUT', 'state', broken);
      expect(status).to.equal(400);
      expect((await stateOf(phone)).messages).to.have.length(1);
    }
  });

  it('runs one job at a time, in the order of the webhooks', async () => {
    const job = jobFile(`
      parseWebhook();
      each($.data.messages, sendMessage($.data.from, $.data.text));`);
    const phone = await start({ job });
    for (const text of ['1', '2', '3']) await write(phone, { text });
    const state = await until(phone, allDone(3));
    expect(phone.deliveries.map(({ shown }) => shown.body)).to.deep.equal([
      '1',
      '2',
      '3',
    ]);
    expect(state.runs.map(({ sent }: any) => sent)).to.deep.equal([1, 1, 1]);
    const ids = state.runs.map(({ id }: any) => id);
    expect(state.webhooks.map(({ answer }: any) => answer)).to.deep.equal(ids);
  });

  it('reads the job anew for each run, and says that it has changed', async () => {
    const job = jobFile(`sendMessage('+${AMINA}', 'First');`);
    const phone = await start({ job });
    await write(phone, { text: 'Hi' });
    await until(phone, allDone(1));
    await new Promise(resolve => setTimeout(resolve, 20));
    writeFileSync(job, `sendMessage('+${AMINA}', 'Second');`);
    await write(phone, { text: 'Hi' });
    const { runs } = await until(phone, allDone(2));
    expect(phone.deliveries.map(({ shown }) => shown.body)).to.deep.equal([
      'First',
      'Second',
    ]);
    expect(runs[1].log).to.contain('has changed');
  });

  it('never lets a job reach the server of its state file', async () => {
    const state = jobFile(
      JSON.stringify({
        configuration: {
          baseUrl: 'https://graph.facebook.com/v25.0',
          apiToken: 'a real token',
          phoneNumberId: '1',
          defaultCountry: 'TZ',
        },
        data: { phone: '0712345678' },
      }),
      'state.json',
    );
    const send = jobFile("sendMessage($.data.phone, 'Hi');", 'send.js');
    const phone = await start({ send, state });
    await until(phone, allDone(1));
    expect(phone.deliveries.map(({ to }) => to)).to.deep.equal([
      '255712345678',
    ]);
  });

  it('stops a job that answers its own webhooks', async () => {
    const job = jobFile(`sendMessage('+${AMINA}', 'Hi');`);
    const phone = await start({ job });
    await write(phone, { text: 'Hi' });
    await until(phone, allDone(1));
    // From now on each message fails, and each failure runs the job.
    await call(phone, 'POST', 'clock', { hours: 24 });
    await call(phone, 'POST', 'run', {});
    const { webhooks } = await until(phone, ({ webhooks: all }) =>
      all.some(({ answer }: any) => /^not run/.test(answer)),
    );
    expect(webhooks).to.have.length.below(10);
  });

  it('posts what people do to --webhook, and again if that is asked for', async () => {
    const target = keep(await start());
    const webhook = `${target.origin}/v25.0/nothing`;
    const phone = await start({}, { webhook });
    await write(phone, { text: 'Hi' });
    const { webhooks } = await until(phone, state =>
      /HTTP/.test(state.webhooks[0]?.answer ?? ''),
    );
    await call(phone, 'POST', `webhooks/${webhooks[0].id}/again`);
    const state = await stateOf(target);
    expect(state.requests).to.have.length(2);
  });

  it('comes back whole from what it has exported', async () => {
    const first = await start();
    const message = await send(first, buttons);
    await send(first, { type: 'image', image: { id: PHOTO } });
    await write(first, { image: true });
    await call(first, 'POST', 'faults', { code: 130429, times: 3 });
    await call(first, 'POST', 'clock', { hours: 5 });
    const state = await stateOf(first);

    const second = await start();
    expect((await call(second, 'PUT', 'state', state)).status).to.equal(200);
    const after = await stateOf(second);
    const same = ['people', 'messages', 'webhooks', 'requests', 'faults'];
    for (const key of same) expect(after[key], key).to.deep.equal(state[key]);
    expect(after.stored.files).to.deep.equal(state.stored.files);
    expect(after.now - state.now).to.be.below(60_000);
    const tap = { tap: { message, button: 'Yes' } };
    expect((await write(second, tap)).status).to.equal(200);
    const ids = (await stateOf(second)).messages.map(({ id }: any) => id);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('reviews a template, arms faults and takes them away', async () => {
    const phone = await start();
    const review = await call(phone, 'POST', 'templates/2001/review', {
      event: 'REJECTED',
      reason: 'INCORRECT_CATEGORY',
    });
    expect(review.body).to.include({ name: 'hello_world', status: 'REJECTED' });
    await call(phone, 'POST', 'faults', { code: 131000 });
    expect((await call(phone, 'GET', 'faults')).body).to.have.length(1);
    await call(phone, 'DELETE', 'faults');
    expect((await call(phone, 'GET', 'faults')).body).to.deep.equal([]);
  });

  it('gives the credential of each platform', async () => {
    for (const begin of [
      startSandbox,
      startOnPremiseSandbox,
      startDialog360Sandbox,
    ]) {
      const phone = keep(await begin({ phone: {} }));
      const { body } = await call(phone, 'GET', 'credential');
      expect(body).to.include(phone.credential);
      const page = JSON.stringify(await stateOf(phone));
      for (const key of ['apiToken', 'password', 'appSecret'])
        if (key in phone.credential)
          expect(page).not.to.contain((phone.credential as any)[key]);
    }
  });
});
