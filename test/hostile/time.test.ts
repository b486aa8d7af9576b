import { expect } from 'chai';
import { open } from '../../src/platforms';
import type { Call } from '../../src/util/call';
import { openStream, send } from '../../src/util/client';
import { sendBulk, sendMessage } from '../support/adaptor';
import { errorOf } from '../support/errors';
import { skipWaits } from '../support/fixtures';
import { accepted, json, rawServer } from '../support/raw-server';

const people = (count: number) =>
  Array.from({ length: count }, (_value, index) => ({
    phone: `+2547${String(index).padStart(8, '0')}`,
  }));
const MESSAGE = { to: (s: any) => s.data.phone, text: 'Hi' };

type Handle = Parameters<typeof rawServer>[0];

/** A server for one test. */
async function withServer<T>(
  handle: Handle,
  work: (server: Awaited<ReturnType<typeof rawServer>>) => Promise<T>,
) {
  const server = await rawServer(handle);
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

const login = (token: string) => ({ users: [{ token }] });
const isLogin = (url = '') => url.endsWith('/users/login');
const isSend = ({ method, url }: { method: string; url: string }) =>
  method === 'POST' && url.endsWith('/messages');
const tokenOf = (headers: any) =>
  String(headers.authorization).replace('Bearer ', '');

describe('On-Premise login', () => {
  it('accepts the same token again', async () => {
    await withServer(
      ({ url, method }, response, count) => {
        if (isLogin(url))
          return json(response, login('samesametoken0123456789'));
        if (method === 'POST' && count === 2)
          return json(response, { errors: [{ code: 1005 }] }, 401);
        return json(response, accepted());
      },
      async server => {
        const { data } = await sendMessage(
          '+254712345678',
          'Hi',
        )({
          configuration: server.onPremise,
        });
        expect(data.messages[0].id).to.equal('wamid.1');
        expect(server.requests.filter(isSend)).to.have.length(2);
      },
    );
  });

  it('runs once for all rows when the token expires', async () => {
    let newest = '';
    let logins = 0;
    let served = 0;
    await withServer(
      ({ url, headers }, response) => {
        if (isLogin(url)) {
          newest = `token-number-${++logins}`;
          return json(response, login(newest));
        }
        const token = tokenOf(headers);
        return void setTimeout(() => {
          if (token !== newest || (served >= 60 && token.endsWith('-1')))
            return json(response, { errors: [{ code: 1005 }] }, 401);
          served++;
          json(response, accepted(served));
        }, 10);
      },
      async server => {
        const { data } = await sendBulk(people(200), MESSAGE, {
          concurrency: 40,
          rate: 1000,
        })({ configuration: server.onPremise, data: {} });
        expect(data.summary).to.include({ accepted: 200, failed: 0 });
        expect(logins).to.equal(2);
      },
    );
  });

  it('runs at most twice when every token is rejected', async () => {
    let logins = 0;
    await withServer(
      ({ url }, response) =>
        isLogin(url)
          ? json(response, login(`token-number-${++logins}`))
          : json(response, { errors: [{ code: 1005 }] }, 401),
      async server => {
        const error = await errorOf(() =>
          sendBulk(people(50), MESSAGE, { concurrency: 10, rate: 1000 })({
            configuration: server.onPremise,
            data: {},
          }),
        );
        expect(error.code).to.equal(1005);
        expect(logins).to.equal(2);
      },
    );
  });
});

describe('timeLimit', () => {
  const slow: [string, Handle][] = [
    [
      'the login hangs',
      ({ url }, response) =>
        isLogin(url) ? undefined : json(response, accepted()),
    ],
    [
      'a new login hangs',
      ({ url, headers }, response, count) => {
        if (isLogin(url))
          return count === 1 ? json(response, login('first-token')) : undefined;
        if (tokenOf(headers) === 'first-token' && count < 7)
          return json(response, accepted(count));
        return json(response, { errors: [{ code: 1005 }] }, 401);
      },
    ],
  ];
  for (const [what, handle] of slow)
    it(`is kept when ${what} (On-Premise)`, async () => {
      await withServer(handle, async server => {
        const startedAt = Date.now();
        const report = await sendBulk(people(20), MESSAGE, {
          timeLimit: 0.5,
          concurrency: 4,
        })({ configuration: server.onPremise, data: {} }).then(
          ({ data }: any) => data,
          (error: any) => error,
        );
        const sent = server.requests.filter(isSend).length;
        await new Promise(done => setTimeout(done, 150));
        expect(Date.now() - startedAt).to.be.below(2000);
        expect(server.requests.filter(isSend)).to.have.length(sent);
        if (report.summary) expect(report.summary.failed).to.equal(0);
        else expect(report.code).to.equal('NOTHING_ACCEPTED');
      });
    });

  it('is kept when fetching a template takes too long', async () => {
    await withServer(
      ({ url }, response) =>
        url?.includes('message_templates')
          ? undefined
          : json(response, accepted()),
      async server => {
        const startedAt = Date.now();
        const error = await errorOf(() =>
          sendBulk(
            people(5),
            { to: MESSAGE.to, template: 'hello_world' },
            { timeLimit: 0.5 },
          )({ configuration: server.cloud, data: {} }),
        );
        expect(error.code).to.equal('NOTHING_ACCEPTED');
        expect(error.details).to.contain('time limit');
        expect(Date.now() - startedAt).to.be.below(900);
        expect(server.requests.filter(isSend)).to.have.length(0);
      },
    );
  });
});

describe('timeout', () => {
  beforeEach(() => skipWaits());

  const timeout = 60;
  const drip: Handle = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 10);
    response.on('close', () => clearInterval(timer));
  };
  const never: Handle = () => undefined;
  const flood: Handle = (_request, response) => {
    response.writeHead(404, { 'content-type': 'text/html' });
    const timer = setInterval(() => response.write('x'.repeat(1e5)), 1);
    response.on('close', () => clearInterval(timer));
  };

  const calls: [string, Call['idempotency'], Handle, string][] = [
    ['a message whose response drips', 'message', drip, 'DELIVERY_UNKNOWN'],
    ['a message without response', 'message', never, 'DELIVERY_UNKNOWN'],
    ['what a POST creates', 'create', never, 'OUTCOME_UNKNOWN'],
    ['a safe call whose response drips', 'safe', drip, 'TIMEOUT'],
    ['a safe call without response', 'safe', never, 'TIMEOUT'],
  ];
  for (const [what, idempotency, handle, code] of calls)
    it(`ends ${what}`, async () => {
      await withServer(handle, async server => {
        const call = { method: 'POST', path: '/x', idempotency, timeout };
        const error = await errorOf(() => send(open(server.cloud), call));
        expect(error.code).to.equal(code);
        const tries = idempotency === 'safe' ? 5 : 1;
        expect(server.requests).to.have.length(tries);
      });
    });

  const download: Call = {
    method: 'GET',
    path: '/file',
    idempotency: 'safe',
    timeout,
  };

  it('ends a download stream whose error page never ends', async () => {
    await withServer(flood, async server => {
      const error = await errorOf(() =>
        openStream(open(server.cloud), { ...download, timeout: 2000 }),
      );
      expect(error.statusCode).to.equal(404);
    });
  });

  it('ends a download stream without a response', async () => {
    await withServer(never, async server => {
      const error = await errorOf(() =>
        openStream(open(server.cloud), download),
      );
      expect(error.code).to.equal('TIMEOUT');
    });
  });

  it('ends a download stream that sends data too slowly', async () => {
    await withServer(drip, async server => {
      const { stream } = await openStream(open(server.cloud), download);
      const error = await errorOf(() => stream.toArray());
      expect(error.code).to.equal('TIMEOUT');
    });
  });
});
