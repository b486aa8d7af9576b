import { expect } from 'chai';
import { sendBulk } from '../../src';
import {
  startOnPremiseSandbox,
  startSandbox,
  type Sandbox,
} from '../../sandbox/server';
import { errorOf } from '../support/errors';
import { captureLog, configuration, mockApi } from '../support/fixtures';

const numberOf = (index: number) => `+2547${String(index).padStart(8, '0')}`;
const people = (count: number, from = 0) =>
  Array.from({ length: count }, (_value, index) => ({
    phone: numberOf(index + from),
    id: `p-${index + from}`,
    text: `Hi ${index + from}`,
  }));

const MESSAGE = {
  to: (state: any) => state.data.phone,
  text: (state: any) => state.data.text,
  reference: (state: any) => state.data.id,
};

/** The most that fall into any second, by the clock of the server. */
function mostInASecond(times: number[]): number {
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last++) {
    while (times[last] - times[first] >= 1000) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

describe('sendBulk', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  const send = async (items: any, options: any = {}, message: any = MESSAGE) =>
    (
      await sendBulk(items, message, { rate: Infinity, ...options })({
        configuration: { ...sandbox.credential },
        data: { people: items },
        references: [],
      })
    ).data;

  /** Every item in one list, and once; every recipient served once at the most. */
  function expectWhole(report: any, total: number) {
    const lists = [
      report.accepted,
      report.failed,
      report.unknown,
      report.unsent,
    ];
    const indexes = lists.flat().map(({ index }: any) => index);
    expect(indexes.sort((a, b) => a - b)).to.eql([...Array(total).keys()]);
    const served = sandbox.deliveries.map(({ to }) => to);
    expect(new Set(served).size).to.equal(served.length);
    const maybe = report.accepted.length + report.unknown.length;
    expect(served.length).to.be.at.least(report.accepted.length);
    expect(served.length).to.be.at.most(maybe);
    for (const { to } of report.accepted)
      expect(served).to.include(to.replace('+', ''));
    for (const { to } of [...report.unsent, ...report.failed])
      expect(served).not.to.include(String(to).replace('+', ''));
  }

  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.close());
  beforeEach(() => sandbox.reset());

  it('sends to everybody, with state.data = the item', async () => {
    const report = await send(people(3));
    expect(report.accepted[1]).to.eql({
      index: 1,
      to: '+254700000001',
      id: sandbox.deliveries.find(({ to }) => to.endsWith('1'))!.id,
      waId: '+254700000001',
      reference: 'p-1',
    });
    expect(report.summary).to.include({
      total: 3,
      accepted: 3,
      failed: 0,
      unknown: 0,
      unsent: 0,
    });
    expect(sandbox.deliveries.map(({ shown }) => shown.body).sort()).to.eql([
      'Hi 0',
      'Hi 1',
      'Hi 2',
    ]);
  });

  it('takes items as each does: lazy, or as JSONPath', async () => {
    const state = {
      configuration: sandbox.credential,
      data: { people: people(2) },
      references: ['before'],
    };
    for (const items of ['$.data.people[*]', (s: any) => s.data.people]) {
      sandbox.reset();
      const next = await sendBulk(items, MESSAGE, { rate: 500 })(state);
      expect(next.data.summary.accepted).to.equal(2);
      expect(next.references).to.eql(['before']);
    }
  });

  it('gives the index of the item', async () => {
    await send(people(2), {}, (state: any) => ({
      to: state.data.phone,
      text: `Number ${state.index}`,
    }));
    expect(sandbox.deliveries.map(({ shown }) => shown.body).sort()).to.eql([
      'Number 0',
      'Number 1',
    ]);
  });

  it('sends nothing to an empty list', async () => {
    const report = await send([]);
    expect(report.summary).to.include({ total: 0, accepted: 0 });
  });

  it('lets a row that cannot be made fail alone', async () => {
    const items: any[] = people(4);
    items[1].phone = '0712';
    items[2].text = '';
    const report = await send(items);
    expect(report.summary).to.include({ accepted: 2, failed: 2 });
    expect(
      report.failed.map(({ index, error }: any) => [index, error.code]),
    ).to.eql([
      [1, 'INVALID_RECIPIENT'],
      [2, 'INVALID_MESSAGE'],
    ]);
    expect(report.failed[0]).to.include({ reference: 'p-1', to: '0712' });
    expect(report.failed[0].error.message).to.be.a('string');
    expectWhole(report, 4);
  });

  it('lets an item that breaks the job code fail alone', async () => {
    const items: any[] = [...people(1), null];
    const report = await send(items);
    expect(report.failed[0].error.code).to.equal('INVALID_MESSAGE');
    expect(report.summary.accepted).to.equal(1);
  });

  it('never goes above the rate in any second', async () => {
    const rate = 100;
    const report = await send(people(450), { rate });
    const times = sandbox.deliveries.map(({ at }) => at);
    expect(mostInASecond(times)).to.be.at.most(rate);
    expectWhole(report, 450);
  });

  it('keeps the rate when answers are slow', async () => {
    sandbox.fault({ path: 'messages', delay: 200, times: 1000 });
    await send(people(200), { rate: 80 });
    const times = sandbox.deliveries.map(({ at }) => at);
    expect(mostInASecond(times)).to.be.at.most(80);
  });

  it('leaves six seconds between messages to one person, and holds up nobody else', async () => {
    const twice = [...people(1), ...people(1), ...people(50, 1)];
    const report = await send(twice);
    const times = sandbox.deliveries
      .filter(({ to }) => to === '254700000000')
      .map(({ at }) => at);
    expect(times[1] - times[0]).to.be.at.least(6000);
    const others = sandbox.deliveries.filter(({ to }) => to !== '254700000000');
    expect(others.at(-1)!.at - others[0].at).to.be.below(3000);
    expect(report.summary.accepted).to.equal(52);
  });

  it('puts a row that comes too fast for one person back, and goes on', async () => {
    sandbox.fault({ path: 'messages', code: 131056, to: '254700000000' });
    const report = await send(people(20));
    expect(sandbox.deliveries.at(-1)!.to).to.equal('254700000000');
    expectWhole(report, 20);
    expect(report.summary.accepted).to.equal(20);
  });

  it('slows the whole line down when it is too fast, and speeds up again', async () => {
    sandbox.fault({ path: 'messages', code: 130429, times: 5, after: 100 });
    const report = await send(people(500), { rate: 200 });
    expect(report.summary.accepted).to.equal(500);
    const times = sandbox.deliveries.map(({ at }) => at);
    expect(times.at(-1)! - times[0]).to.be.above((500 / 200) * 1000 * 1.1);
    expectWhole(report, 500);
  });

  for (const code of [190, 131042, 133010, 131048, 131031, 10, 368])
    it(`stops the line at ${code}, and lists the rest`, async () => {
      sandbox.fault({ path: 'messages', code, times: 999, after: 20 });
      const report = await send(people(200), { concurrency: 5 });
      expect(report.summary.stopped).to.contain(String(code));
      expect(report.failed[0].error).to.include({ code, retryable: true });
      expect(report.failed.length).to.be.at.most(5);
      expect(report.unsent.length).to.be.at.least(170);
      expect(report.unsent[0]).to.have.keys('index', 'to', 'reference');
      expectWhole(report, 200);
    });

  it('stops the line when nothing can be reached, and loses nobody', async () => {
    const other = await startSandbox();
    const items = people(30);
    const slow = sendBulk(items, MESSAGE, { rate: 20 })({
      configuration: other.credential,
      data: {},
    });
    await new Promise(done => setTimeout(done, 500));
    await other.close();
    const { data: report } = await slow;
    const { accepted, unknown, unsent, failed } = report;
    expect(failed).to.eql([]);
    expect(accepted.length + unknown.length + unsent.length).to.equal(30);
    expect(unsent.length).to.be.above(10);
    expect(report.summary.stopped).to.contain('CONNECTION_FAILED');
  });

  it('never sends again what may have been sent', async () => {
    for (const reset of ['before', 'after', 'half'] as const)
      sandbox.fault({ path: 'messages', reset, times: 3 });
    sandbox.fault({ path: 'messages', code: 131000, times: 3 });
    const report = await send(people(40));
    expect(report.summary).to.include({ accepted: 28, unknown: 12 });
    expect(report.unknown[0].error.code).to.equal('DELIVERY_UNKNOWN');
    expectWhole(report, 40);
  });

  it('throws only when nothing was accepted and nothing is unknown', async () => {
    sandbox.fault({ path: 'messages', code: 131026, times: 2 });
    const failed = await errorOf(() => send(people(2)));
    expect(failed).to.include({ code: 'NOTHING_ACCEPTED', metaCode: 131026 });
    sandbox.fault({ path: 'messages', code: 190, times: 9 });
    const refused = await errorOf(() => send(people(2)));
    expect(refused.code).to.equal(190);
    sandbox.reset();
    sandbox.fault({ path: 'messages', reset: 'after' });
    sandbox.fault({ path: 'messages', code: 131026 });
    expect((await send(people(2))).summary).to.include({ unknown: 1 });
  });

  it('says what the credential lacks', async () => {
    const error = await errorOf(() =>
      sendBulk(people(3), MESSAGE)({ configuration: {}, data: {} }),
    );
    expect(error.code).to.equal('INVALID_CONFIGURATION');
    expect(error.message).to.contain('phoneNumberId');
  });

  it('ends in time, with the rest unsent', async () => {
    sandbox.fault({ path: 'messages', delay: 50, times: 9999 });
    const startedAt = Date.now();
    const report = await send(people(2000), { rate: 50, timeLimit: 2 });
    expect(Date.now() - startedAt).to.be.within(1000, 2200);
    expect(report.summary.stopped).to.contain('time limit');
    expect(report.summary.unknown).to.equal(0);
    expect(report.unsent.length).to.be.above(1800);
    expectWhole(report, 2000);
  });

  it('ends in time, even if the last answers do not come', async () => {
    // One of its own, since what is late would be delivered to the next test.
    const late = await startSandbox();
    late.fault({ path: 'messages', delay: 5000, times: 9999, after: 20 });
    const options = { rate: 50, timeLimit: 1 };
    const startedAt = Date.now();
    const { data: report } = await sendBulk(
      people(100),
      MESSAGE,
      options,
    )({
      configuration: late.credential,
      data: {},
    });
    expect(Date.now() - startedAt).to.be.below(1300);
    expect(report.summary.unknown).to.be.above(0);
    await late.close();
  });

  it('counts accepted rows only, for very long lists', async () => {
    const report = await send(people(5), { report: 'problems' });
    expect(report.accepted).to.eql([]);
    expect(report.summary.accepted).to.equal(5);
  });

  it('shows the requests, and sends nothing', async () => {
    const items: any[] = people(2);
    items[1].phone = 'x';
    const { requests, failed, summary } = await send(items, { dryRun: true });
    expect(requests).to.have.length(1);
    expect(requests[0]).to.include({ index: 0, to: '+254700000000' });
    expect(requests[0].body.text.body).to.equal('Hi 0');
    expect(failed[0]).to.include({ index: 1, to: 'x', reference: 'p-1' });
    expect(summary).to.eql({ total: 2, requests: 1, failed: 1 });
    expect(sandbox.requests).to.have.length(0);
  });

  describe('with templates', () => {
    const template = (more: object) => ({
      to: (state: any) => state.data.phone,
      template: { name: 'visit_reminder', language: 'sw', ...more },
    });
    const reads = () =>
      sandbox.requests.filter(({ method }) => method === 'GET').length;

    it('reads each template once', async () => {
      const body = { name: 'A', day: 'B' };
      const report = await send(people(30), {}, template({ body }));
      expect(report.summary.accepted).to.equal(30);
      expect(reads()).to.equal(1);
    });

    it('fails rows that do not fit without a call', async () => {
      const message = (state: any) =>
        template(
          state.index === 1
            ? { body: { name: 'A' } }
            : state.index === 2
              ? { language: 'fr', body: { name: 'A', day: 'B' } }
              : { body: { name: 'A', day: 'B' } },
        );
      const report = await send(people(3), {}, message);
      expect(report.failed.map(({ error }: any) => error.code)).to.eql([
        132000, 132001,
      ]);
      expect(report.failed[0].error.details).to.contain(
        'Missing: body {{day}}.',
      );
      expect(report.failed[1].error.details).to.contain('sw');
      expect(sandbox.requests).to.have.length(2);
    });

    it('warns once and goes on when templates cannot be read', async () => {
      sandbox.fault({ path: 'message_templates', code: 10, times: 9 });
      const log = captureLog();
      const body = { name: 'A', day: 'B' };
      const report = await send(people(5), {}, template({ body }));
      log.stop();
      expect(report.summary.accepted).to.equal(5);
      expect(
        log.lines.filter(line => line.includes('templates')),
      ).to.have.length(1);
    });
  });

  const wrong: [string, unknown, object][] = [
    ['items that are no array', { a: 1 }, {}],
    ['a rate of 0', [], { rate: 0 }],
    ['a rate in words', [], { rate: 'fast' }],
    ['half a concurrency', [], { concurrency: 1.5 }],
    ['an unknown report', [], { report: 'short' }],
    ['an unknown option', [], { speed: 1 }],
  ];
  for (const [what, items, options] of wrong)
    it(`refuses ${what}`, async () => {
      const error = await errorOf(() => send(items, options));
      expect(error.code).to.match(/^INVALID_(MESSAGE|OPTIONS)$/);
    });

  it('says how it goes in the log, without numbers and texts of people', async () => {
    const log = captureLog();
    await send(people(20));
    log.stop();
    expect(log.lines).to.have.length(1);
    expect(log.lines[0]).to.match(/^Sent 20 of 20 messages in .* a second\)/);
    expect(log.lines.join()).not.to.match(/2547|Hi/);
  });

  it('logs in once, however many messages there are (On-Premise)', async () => {
    const onPremise = await startOnPremiseSandbox();
    const { data } = await sendBulk(
      people(100),
      { to: MESSAGE.to, text: 'Hi' },
      { rate: 500 },
    )({
      configuration: onPremise.credential,
      data: {},
    });
    expect(data.summary.accepted).to.equal(100);
    expect(onPremise.logins).to.equal(1);
    await onPremise.close();
  });

  it('keeps the token out of the report', async () => {
    mockApi()
      .intercept({ path: /messages/, method: 'POST' })
      .reply(400, {
        error: { code: 131026, message: `Token ${configuration.apiToken}` },
      });
    const { wabaId: _gone, ...rest } = configuration;
    const error = await errorOf(() =>
      sendBulk(people(1), MESSAGE)({ configuration: rest, data: {} }),
    );
    expect(JSON.stringify(error)).not.to.contain(configuration.apiToken);
  });

  it('does not wait for a row longer than for a single message', async () => {
    sandbox.fault({
      path: 'messages',
      code: 130429,
      headers: { 'retry-after': '120' },
    });
    const report = await send(people(3), {});
    expect(report.failed[0].error).to.include({
      code: 130429,
      retryable: true,
    });
    expect(report.summary.accepted).to.equal(2);
  });

  it('has every one of thousands exactly once, whatever falls on the run', async () => {
    const total = 3000;
    const kinds: object[] = [
      { reset: 'before' },
      { reset: 'after' },
      { reset: 'half' },
      { code: 130429 },
      { code: 131056 },
      { code: 131016, headers: { 'retry-after': '0' } },
      { code: 131026 },
      { code: 131000 },
      { code: 99999, status: 503 },
      { status: 502, body: '<html>' },
      { status: 200, body: '' },
      { delay: 30 },
    ];
    kinds.forEach((kind, index) => {
      for (let part = 0; part < 8; part++)
        sandbox.fault({
          path: 'messages',
          to: numberOf(part * 371 + index * 17).slice(1),
          times: 1 + (part % 2),
          ...kind,
        });
    });
    const report = await send(people(total), { rate: 1000, concurrency: 50 });
    expectWhole(report, total);
    expect(report.summary.unknown).to.be.above(20);
    expect(report.summary.failed).to.be.above(0);
  });
});
