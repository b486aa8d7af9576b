import { Readable } from 'node:stream';
import { expect } from 'chai';
import { parseJson } from '../../src/util/json';
import {
  checkContacts,
  downloadMedia,
  get,
  post,
  sendBulk,
  sendMessage,
  uploadMedia,
} from '../support/adaptor';
import { errorOf } from '../support/errors';
import { skipWaits } from '../support/fixtures';
import { accepted, json, rawServer } from '../support/raw-server';

type Server = Awaited<ReturnType<typeof rawServer>>;
type Handle = Parameters<typeof rawServer>[0];

const PHONE = '+254712345678';
const TOKEN = 'EAAtoken0123456789';
const MESSAGE = { to: (s: any) => s.data.phone, text: 'Hi' };
const people = (count: number) =>
  Array.from({ length: count }, (_value, index) => ({
    phone: `+2547${String(index).padStart(8, '0')}`,
  }));

describe('attacks that once succeeded', () => {
  let server: Server;
  let handle: Handle;
  const cloud = (operation: any) =>
    operation({ configuration: { ...server.cloud }, data: {} });
  const onPremise = (operation: any) =>
    operation({ configuration: { ...server.onPremise }, data: {} });
  const sends = () =>
    server.requests.filter(
      ({ method, url }) => method === 'POST' && url.endsWith('/messages'),
    ).length;

  before(async () => {
    server = await rawServer((request, response, count) =>
      request.url?.endsWith('/users/login')
        ? json(response, { users: [{ token: `token-number-${count}` }] })
        : handle(request, response, count),
    );
  });
  after(() => server.close());
  beforeEach(() => {
    server.requests.length = 0;
    skipWaits();
  });

  const refusals: [string, (response: any) => void, string][] = [
    [
      'has an ID',
      response => json(response, { messages: [{ id: 'gB1' }] }, 401),
      'accepted',
    ],
    [
      'has an ID beside an error',
      response =>
        json(
          response,
          { messages: [{ id: 'gB1' }], errors: [{ code: 1005 }] },
          401,
        ),
      'accepted',
    ],
    [
      'is a web page',
      response => json(response, '<html>', 401),
      'DELIVERY_UNKNOWN',
    ],
    [
      'is cut off',
      response => {
        response.writeHead(401, { 'content-length': '500' });
        response.write('{"erro');
        setTimeout(() => response.destroy(), 2);
      },
      'DELIVERY_UNKNOWN',
    ],
  ];
  for (const [what, act, expected] of refusals)
    it(`does not send again after a 401 that ${what} (On-Premise)`, async () => {
      handle = (_request, response) => act(response);
      const outcome = await onPremise(sendMessage(PHONE, 'Hi')).then(
        () => 'accepted',
        (error: any) => error.code,
      );
      expect(outcome).to.equal(expected);
      expect(sends()).to.equal(1);
    });

  it('hides the token in an error_data that is JSON in a text', async () => {
    const data = `{"details":"bad \\u0045${TOKEN.slice(1)}"}`;
    handle = (_request, response) =>
      json(
        response,
        {
          error: {
            code: 100,
            message: 'm',
            error_data: data,
            error_subcode: { [TOKEN]: 1 },
          },
        },
        400,
      );
    const error = await errorOf(() => cloud(sendMessage(PHONE, 'Hi')));
    expect(JSON.stringify(error) + error.message).not.to.contain(TOKEN);
    expect(error.details).to.equal('bad [redacted]');
  });

  it('accepts a message whose response is nested deep', async () => {
    handle = (_request, response) =>
      json(
        response,
        `{"messages":[{"id":"wamid.1"}],"t":"a\\nb","x":${'['.repeat(5000)}${']'.repeat(5000)}}`,
      );
    const { data } = await cloud(sendMessage(PHONE, 'Hi'));
    expect(data.messages[0].id).to.equal('wamid.1');
  });

  it('keeps digits in a long response, in linear time', () => {
    const long = { n: 1234567890123456, big: 'x'.repeat(8 << 20) };
    expect(parseJson(JSON.stringify(long))).to.eql(long);
    const quotes = `{"a":"1234567890123456${'\\"'.repeat(200_000)}","id":12345678901234567890}`;
    expect((parseJson(quotes) as any).id).to.equal('12345678901234567890');
  });

  for (const status of [408, 499])
    it(`is unknown after ${status}, which a middleman may have sent`, async () => {
      handle = (_request, response) => json(response, { message: 'x' }, status);
      const error = await errorOf(() => cloud(sendMessage(PHONE, 'Hi')));
      expect(error.code).to.equal('DELIVERY_UNKNOWN');
    });

  it('is unknown after an unknown error with 200', async () => {
    handle = (_request, response) => json(response, { error: { code: 99999 } });
    const error = await errorOf(() => cloud(sendMessage(PHONE, 'Hi')));
    expect(error.code).to.equal('DELIVERY_UNKNOWN');
  });

  it('sends a body with status read and a recipient once', async () => {
    handle = (_request, response) => response.destroy();
    const body = { status: 'read', to: PHONE, text: { body: 'Hi' } };
    const error = await errorOf(() => cloud(post('messages', body)));
    expect(error.code).to.equal('DELIVERY_UNKNOWN');
    expect(sends()).to.equal(1);
  });

  it('refuses a method in the query, however it is written', async () => {
    for (const path of ['/1?method=delete', '/1?a=b&%6dethod=delete']) {
      const error = await errorOf(() => cloud(get(path)));
      expect(error.code).to.equal('INVALID_REQUEST');
    }
    expect(server.requests).to.have.length(0);
  });

  it('names the variable of a proxy that is no URL, and not its value', async () => {
    const { HTTPS_PROXY } = process.env;
    try {
      for (const proxy of [
        'http://usr:pw123456@:::',
        'usr:pw123456@host:1',
        'http://usr:p%zz@127.0.0.1:1',
      ]) {
        process.env.HTTPS_PROXY = proxy;
        const state = {
          configuration: {
            ...server.cloud,
            baseUrl: 'https://graph.example.test/v25.0',
          },
          data: {},
        };
        const error = await errorOf(() => sendMessage(PHONE, 'Hi')(state));
        expect(error.code).to.equal('CONNECTION_FAILED');
        expect(JSON.stringify(error) + error.message).not.to.contain(
          'pw123456',
        );
      }
    } finally {
      if (HTTPS_PROXY === undefined) delete process.env.HTTPS_PROXY;
      else process.env.HTTPS_PROXY = HTTPS_PROXY;
    }
  });

  it('stops a list when the login is down (On-Premise)', async () => {
    const down = await rawServer((_request, response) =>
      json(response, '{}', 503),
    );
    const error = await errorOf(() =>
      sendBulk(people(60), MESSAGE, { concurrency: 5, rate: 1000 })({
        configuration: down.onPremise,
        data: {},
      }),
    );
    expect(error.code).to.equal('LOGIN_FAILED');
    expect(down.requests.length).to.be.at.most(25);
    await down.close();
  });

  it('ends a list in time, however slow the functions of its rows are', async () => {
    handle = (_request, response, count) => json(response, accepted(count));
    const startedAt = Date.now();
    const slow = (state: any) => {
      const until = Date.now() + 5;
      while (Date.now() < until);
      return state.data.phone;
    };
    const { data } = await cloud(
      sendBulk(people(2000), { ...MESSAGE, to: slow }, { timeLimit: 0.6 }),
    );
    expect(Date.now() - startedAt).to.be.below(1000);
    const { accepted: done, unsent, unknown, failed } = data;
    expect(
      done.length + unsent.length + unknown.length + failed.length,
    ).to.equal(2000);
    // Requests and responses get their turn between the rows.
    expect(done.length).to.be.above(20);
    expect(unknown.length).to.be.below(done.length);
  });

  const streams: [string, () => Readable][] = [
    [
      'throws',
      () =>
        Readable.from(
          (async function* () {
            yield Buffer.from('%PDF-1.4');
            throw new Error('boom');
          })(),
        ),
    ],
    [
      'was read before',
      () => {
        const stream = Readable.from([Buffer.from('%PDF-1.4')]);
        stream.resume();
        return stream;
      },
    ],
  ];
  for (const [what, create] of streams)
    it(`says that the file is to blame if a stream ${what}`, async () => {
      handle = (_request, response) => json(response, { id: '1' });
      const stream = create();
      await new Promise(done => setTimeout(done, 5));
      const error = await errorOf(() =>
        cloud(uploadMedia(stream, { type: 'application/pdf' })),
      );
      expect(error.code).to.equal('INVALID_MEDIA');
    });

  it('refuses a stream of a file that was cut off', async () => {
    handle = ({ url, headers }, response) => {
      if (url?.startsWith('/file')) return response.end('short');
      return json(response, {
        id: '1',
        url: `http://${headers.host}/file`,
        file_size: 1000,
      });
    };
    const { data } = await cloud(downloadMedia('1', { as: 'stream' }));
    const error = await errorOf(() => data.content.toArray());
    expect(error.code).to.equal('INVALID_MEDIA');
  });

  it('reads contacts that are no objects', async () => {
    handle = (_request, response) => json(response, { contacts: [null, 1] });
    const { data } = await onPremise(checkContacts(PHONE));
    expect(data).to.eql([]);
  });
});
