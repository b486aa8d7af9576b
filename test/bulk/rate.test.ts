import { expect } from 'chai';
import { startOnPremiseSandbox } from '../../sandbox/server';
import { sendBulk } from '../support/adaptor';
import { errorOf } from '../support/errors';
import { captureLog } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';

const people = [
  { phone: '+254712345678' },
  { phone: '+254722000111', from: '123456789012346' },
];
const message = { to: (s: any) => s.data.phone, text: 'Hi' };

describe("rate: 'auto'", () => {
  const sandbox = useSandbox();
  const run = async (
    options: object = {},
    configuration: object = sandbox.credential,
    given: object = message,
  ) => {
    const log = captureLog();
    const state = { configuration: { ...configuration }, data: {} };
    try {
      const { data } = await sendBulk(people, given, {
        rate: 'auto',
        ...options,
      })(state);
      return { data, log: log.lines.join('\n') };
    } finally {
      log.stop();
    }
  };
  const reads = () => sandbox.requests.filter(({ method }) => method === 'GET');

  it('reads how many messages the number may send, once', async () => {
    const { data, log } = await run();
    expect(data.summary.accepted).to.equal(2);
    expect(reads()).to.have.length(1);
    expect(log).to.contain('123456789012345 may send 80 messages a second');
  });

  it('is 1,000 with high throughput, and 20 with the Business app', async () => {
    const number = () => sandbox.numbers.get('123456789012345')!;
    for (const [changes, rate] of [
      [{ throughput: { level: 'HIGH' } }, '1000'],
      [{ is_on_biz_app: true }, '20'],
    ] as const) {
      sandbox.numbers.set('123456789012345', { ...number(), ...changes });
      expect((await run()).log).to.contain(`may send ${rate} messages`);
    }
  });

  it('is read for each number of the list', async () => {
    await run({}, sandbox.credential, {
      ...message,
      phoneNumberId: (s: any) => s.data.from ?? '123456789012345',
    });
    expect(reads()).to.have.length(2);
  });

  it('is the usual rate if the number cannot be read', async () => {
    sandbox.fault({ method: 'GET', code: 10 });
    const { data, log } = await run();
    expect(data.summary.accepted).to.equal(2);
    expect(log).to.contain("can't be read (10): 80 messages a second");
  });

  it('is the usual rate on-premise', async () => {
    const server = await startOnPremiseSandbox();
    const { data } = await run({}, server.credential);
    await server.close();
    expect(data.summary.accepted).to.equal(2);
  });

  it("can't be another word", async () => {
    const error = await errorOf(() => run({ rate: 'fast' }));
    expect(error.description).to.contain("greater than 0, or 'auto'");
  });
});
