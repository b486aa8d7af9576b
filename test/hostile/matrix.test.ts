import type { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import _ from 'lodash';
import * as source from '../../src';
import * as adaptor from '../support/adaptor';
import { captureLog, skipWaits } from '../support/fixtures';
import { json, rawServer } from '../support/raw-server';

// Every fault of one table, on every operation of one list.

const require = createRequire(import.meta.url);
const PHONE = '+254712345678';
const TOKEN = 'EAAtoken0123456789';
const PDF = Buffer.from('%PDF-1.4');
const MAY = { start: '2026-05-01', end: '2026-05-31' };
const DEFINITION = {
  name: 'reminder',
  language: 'sw',
  category: 'UTILITY',
  components: [{ type: 'BODY', text: 'Hi' }],
};
const FLOW = { name: 'intake', categories: ['SURVEY'], json: {} };

/** A response that has what any operation looks for. */
const GOOD = {
  id: '111',
  h: '4::handle',
  success: true,
  url: '/file',
  messages: [{ id: 'wamid.1' }],
  contacts: [{ input: PHONE, wa_id: '254712345678', status: 'valid' }],
  data: [{ id: '1', name: 'reminder', language: 'sw', status: 'APPROVED' }],
  block_users: { added_users: [{}], removed_users: [{}], failed_users: [] },
  analytics: { data_points: [] },
  media: [{ id: '111' }],
  users: [{ token: 'token-of-the-login' }],
};

interface Fault {
  name: string;
  act: (response: ServerResponse) => void;
  /** The server refuses for certain: a message was not sent. */
  refuses?: boolean;
}

const head = (
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
) => response.writeHead(status, headers);
const raw = (response: ServerResponse, text: string) => {
  response.socket!.end(text);
};
const status = (code: number, body: unknown, headers = {}): Fault => ({
  name: `${code} ${JSON.stringify(body)}`,
  act: response => json(response, body, code, headers),
});
const refusal = (code: number, body: unknown, headers = {}): Fault => ({
  ...status(code, body, headers),
  refuses: true,
});

const FAULTS: Fault[] = [
  {
    name: 'a reset before the response',
    act: response => response.destroy(),
  },
  {
    name: 'a reset in the middle of the response',
    act(response) {
      head(response, 200, { 'content-type': 'application/json' });
      response.write(JSON.stringify(GOOD).slice(0, 30));
      setTimeout(() => response.destroy(), 2);
    },
  },
  {
    name: 'a response that is shorter than it says',
    act: response =>
      raw(
        response,
        `HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n${JSON.stringify(GOOD)}`,
      ),
  },
  {
    name: 'a broken chunk',
    act: response =>
      raw(
        response,
        'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n',
      ),
  },
  { name: 'garbage', act: response => raw(response, '\u0000\u0001nothing') },
  {
    name: 'half a header',
    act: response => raw(response, 'HTTP/1.1 200 OK\r\ncontent-ty'),
  },
  {
    name: '101',
    act: response =>
      raw(
        response,
        'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      ),
  },
  { name: 'nothing with 200', act: response => head(response, 200).end() },
  { name: '204', act: response => void head(response, 204).end() },
  {
    name: 'a web page',
    act: response =>
      head(response, 200, { 'content-type': 'text/html' }).end('<html>'),
  },
  {
    name: 'a redirect',
    act: response =>
      void head(response, 302, { location: 'http://127.0.0.1:1/x' }).end(),
  },
  {
    name: 'a redirect to no address',
    act: response => void head(response, 307, { location: 'http://[' }).end(),
  },
  status(200, 'null'),
  status(200, '[]'),
  status(200, '"x"'),
  status(200, '{}'),
  status(200, { success: false }),
  status(200, { messages: [], data: {}, block_users: null, id: 5 }),
  status(200, { data: [], paging: { next: 'x', cursors: { after: 'a' } } }),
  status(200, { error: { code: null, message: 'x' } }),
  status(200, { error: { code: 131000 } }),
  refusal(400, { error: { code: 100, message: `bad ${TOKEN}` } }),
  refusal(400, { error: { message: 'no code' } }),
  refusal(401, { error: { code: 190 } }),
  refusal(400, { error: { code: 130429 } }, { 'retry-after': '0' }),
  refusal(400, { errors: [{ code: 1005, details: `of ${TOKEN}` }] }),
  status(404, '<html>'),
  status(500, '{}'),
  status(500, { error: { code: '' } }),
  status(500, { error: { code: 131000, message: TOKEN } }),
  status(500, { errors: [{ code: 1000 }] }),
  status(502, '<html>'),
  status(503, { message: `x ${encodeURIComponent(TOKEN)}` }),
];

type Operation = [name: string, run: (state: any) => Promise<unknown>];

const { sendMessage, sendTemplate, sendBulk } = adaptor;
const SENDS: Operation[] = [
  ['sendMessage', sendMessage(PHONE, 'Hi')],
  ['sendTemplate', sendTemplate(PHONE, 'hello_world')],
  [
    'sendBulk',
    sendBulk([PHONE], (s: any) => ({ to: s.data, text: 'Hi' }), {
      timeLimit: 0.2,
    }),
  ],
];
const ON_PREMISE: Operation[] = [
  ...SENDS.filter(([name]) => name !== 'sendTemplate'),
  ['checkContacts', adaptor.checkContacts(PHONE)],
  ['markAsRead', adaptor.markAsRead('gBEG')],
  ['uploadMedia', adaptor.uploadMedia(PDF)],
  ['downloadMedia', adaptor.downloadMedia('111')],
  ['deleteMedia', adaptor.deleteMedia('111')],
  ['request', adaptor.request('PATCH', 'settings/application', {})],
];
const CLOUD: Operation[] = [
  ...SENDS,
  ['post to messages', adaptor.post('messages', { to: PHONE, type: 'text' })],
  ['markAsRead', adaptor.markAsRead('wamid.1')],
  ['uploadMedia', adaptor.uploadMedia(PDF)],
  ['getMedia', adaptor.getMedia('111')],
  ['downloadMedia', adaptor.downloadMedia('111')],
  [
    'downloadMedia as a stream',
    async state =>
      (
        await adaptor.downloadMedia('111', { as: 'stream' })(state)
      ).data.content.toArray(),
  ],
  ['deleteMedia', adaptor.deleteMedia('111')],
  ['uploadFileHandle', adaptor.uploadFileHandle(PDF)],
  ['listTemplates', adaptor.listTemplates()],
  ['getTemplate', adaptor.getTemplate('reminder', { language: 'sw' })],
  ['waitForTemplate', adaptor.waitForTemplate('reminder')],
  ['createTemplate', adaptor.createTemplate(DEFINITION)],
  ['updateTemplate', adaptor.updateTemplate('2001', { components: [] })],
  ['deleteTemplate', adaptor.deleteTemplate('reminder')],
  ['listPhoneNumbers', adaptor.listPhoneNumbers()],
  ['getPhoneNumber', adaptor.getPhoneNumber()],
  ['getBusinessProfile', adaptor.getBusinessProfile()],
  ['updateBusinessProfile', adaptor.updateBusinessProfile({ about: 'Clinic' })],
  ['getAnalytics', adaptor.getAnalytics('messaging', MAY)],
  ['blockUsers', adaptor.blockUsers(PHONE)],
  ['unblockUsers', adaptor.unblockUsers(PHONE)],
  ['listBlockedUsers', adaptor.listBlockedUsers()],
  ['subscribeWebhook', adaptor.subscribeWebhook()],
  ['unsubscribeWebhook', adaptor.unsubscribeWebhook()],
  ['createFlow', adaptor.createFlow({ ...FLOW, publish: true })],
  ['updateFlow', adaptor.updateFlow('3001', FLOW)],
  ['publishFlow', adaptor.publishFlow('3001')],
  ['deprecateFlow', adaptor.deprecateFlow('3001')],
  ['deleteFlow', adaptor.deleteFlow('3001')],
  ['getFlow', adaptor.getFlow('3001')],
  ['listFlows', adaptor.listFlows()],
  ['get', adaptor.get('/1/flows')],
  ['post', adaptor.post('/1/flows', { name: 'a' })],
  ['post a form', adaptor.post('/1/assets', null, { form: { a: 'b' } })],
  ['del', adaptor.del('/1')],
  ['metadata', ({ configuration }) => source.metadata(configuration)],
];

interface Outcome {
  result?: any;
  error?: any;
  log: string[];
}

describe('every fault on every operation', () => {
  let server: Awaited<ReturnType<typeof rawServer>>;
  let fault: Fault;
  let deliveries = 0;
  const isSend = (method = '', url = '') =>
    method === 'POST' && /\/messages$/.test(url);

  before(async () => {
    server = await rawServer(({ method, url, text }, response) => {
      if (url?.endsWith('/users/login')) return json(response, GOOD);
      const isMessage = isSend(method, url) && !text.includes('"read"');
      if (isMessage && !fault.refuses) deliveries++;
      fault.act(response);
    });
  });
  after(() => server.close());
  beforeEach(() => {
    deliveries = 0;
    skipWaits();
  });

  /** What an operation returns or throws, and what it logs. */
  async function outcomeOf(
    run: Operation[1],
    configuration: object,
  ): Promise<Outcome> {
    const log = captureLog();
    try {
      const state: any = { configuration: { ...configuration }, data: {} };
      const result: any = await run(state);
      return { result, log: log.lines };
    } catch (error: any) {
      return { error, log: log.lines };
    } finally {
      log.stop();
    }
  }

  function checkError({ error }: Outcome, what: string) {
    if (!error) return;
    expect(error.code, what).not.to.equal(undefined);
    expect(error.description, what).to.be.a('string');
    expect(error.fix, what).to.be.a('string');
  }

  function checkSecrets({ error, result, log }: Outcome, what: string) {
    // The configuration is the job's own.
    const seen = JSON.stringify([
      error && { ...error, message: error.message },
      _.pick(result, 'data', 'response'),
      log,
    ]);
    expect(seen, what).not.to.contain(TOKEN);
    expect(seen, what).not.to.contain(server.onPremise.password);
  }

  /** Whether a message that was delivered counts as sent, or as unknown. */
  const isTold = ({ error, result }: Outcome) =>
    error?.code === 'DELIVERY_UNKNOWN' ||
    ['messages', 'accepted', 'unknown'].some(
      list => _.size(_.get(result, ['data', list])) === 1,
    );

  const platforms: [string, Operation[], () => object][] = [
    ['Cloud API', CLOUD, () => ({ ...server.cloud, appId: '77' })],
    [
      'On-Premise API',
      ON_PREMISE,
      () => ({ ...server.onPremise, apiToken: TOKEN }),
    ],
  ];
  for (const [platform, operations, credential] of platforms)
    for (const [name, run] of operations)
      it(`${name} (${platform}) ends, tells the truth, and shows no secret`, async () => {
        for (fault of FAULTS) {
          deliveries = 0;
          const outcome = await outcomeOf(run, credential());
          const what = `${fault.name}: ${outcome.error?.message}`;
          checkError(outcome, what);
          checkSecrets(outcome, what);
          expect(deliveries, what).to.be.at.most(1);
          const isSilent = name === 'post to messages' && !outcome.error;
          if (deliveries && !isSilent)
            expect(isTold(outcome), what).to.equal(true);
        }
      });

  it('has every operation of the adaptor that uses the network', () => {
    const names = [...CLOUD, ...ON_PREMISE].map(([name]) => name);
    const common = Object.keys(require('@openfn/language-common'));
    const others = ['parseWebhook', 'phoneNumber', ...common];
    for (const name of Object.keys(source.default))
      if (!others.includes(name)) expect(names).to.include(name);
  });
});
