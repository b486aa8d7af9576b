import { expect } from 'chai';
import { sendBulk } from '../support/adaptor';
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

  it('sends to each item, with the item as state.data', async () => {
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

  it('accepts items as a function or a JSONPath, like each()', async () => {
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

  it('sets state.index to the index of the item', async () => {
    await send(people(2), {}, (state: any) => ({
      to: state.data.phone,
      text: `Number ${state.index}`,
    }));
    expect(sandbox.deliveries.map(({ shown }) => shown.body).sort()).to.eql([
      'Number 0',
      'Number 1',
    ]);
  });

  it('sends nothing for an empty list', async () => {
    const report = await send([]);
    expect(report.summary).to.include({ total: 0, accepted: 0 });
  });

  it("fails only the row whose message can't be built", async () => {
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

  it('fails only the row for which the job code throws', async () => {
    const items: any[] = [...people(1), null];
    const report = await send(items);
    expect(report.failed[0].error.code).to.equal('INVALID_MESSAGE');
    expect(report.summary.accepted).to.equal(1);
  });

  for (const code of [190, 131042, 133010, 131048, 131031, 10, 368])
    it(`stops at error ${code} and lists the rest as unsent`, async () => {
      sandbox.fault({ path: 'messages', code, times: 999, after: 20 });
      const report = await send(people(200), { concurrency: 5 });
      expect(report.summary.stopped).to.contain(String(code));
      expect(report.failed[0].error).to.include({ code, retryable: true });
      expect(report.failed.length).to.be.at.most(5);
      expect(report.unsent.length).to.be.at.least(170);
      expect(report.unsent[0]).to.have.keys('index', 'to', 'reference');
      expectWhole(report, 200);
    });

  it('never resends a message whose outcome is unknown', async () => {
    for (const reset of ['before', 'after', 'half'] as const)
      sandbox.fault({ path: 'messages', reset, times: 3 });
    sandbox.fault({ path: 'messages', code: 131000, times: 3 });
    const report = await send(people(40));
    expect(report.summary).to.include({ accepted: 28, unknown: 12 });
    expect(report.unknown[0].error.code).to.equal('DELIVERY_UNKNOWN');
    expectWhole(report, 40);
  });

  it('throws only if no message was accepted and none is unknown', async () => {
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

  it('names missing credential fields', async () => {
    const error = await errorOf(() =>
      sendBulk(people(3), MESSAGE)({ configuration: {}, data: {} }),
    );
    expect(error.code).to.equal('INVALID_CONFIGURATION');
    expect(error.message).to.contain('phoneNumberId');
  });

  it("counts accepted rows without listing them with report: 'problems'", async () => {
    const report = await send(people(5), { report: 'problems' });
    expect(report.accepted).to.eql([]);
    expect(report.summary.accepted).to.equal(5);
  });

  it('returns the requests without sending them with dryRun', async () => {
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

    it('fetches each template once', async () => {
      const body = { name: 'A', day: 'B' };
      const report = await send(people(30), {}, template({ body }));
      expect(report.summary.accepted).to.equal(30);
      expect(reads()).to.equal(1);
    });

    it("fails rows that don't match their template without a request", async () => {
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

    it("warns once and continues if templates can't be fetched", async () => {
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
    it(`rejects ${what}`, async () => {
      const error = await errorOf(() => send(items, options));
      expect(error.code).to.match(/^INVALID_(MESSAGE|OPTIONS)$/);
    });

  it('logs progress without phone numbers and message texts', async () => {
    const log = captureLog();
    await send(people(20));
    log.stop();
    expect(log.lines).to.have.length(1);
    expect(log.lines[0]).to.match(
      /^20 of 20 messages accepted in .*\/s\): 0 failed/,
    );
    expect(log.lines.join()).not.to.match(/2547|Hi/);
  });

  it('logs in once per run (On-Premise)', async () => {
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

  it('retries a row no longer than a single message', async () => {
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

  it('reports each row once under random server behavior', async () => {
    const total = 600;
    const kinds: object[] = [
      { reset: 'before' },
      { reset: 'after' },
      { reset: 'half' },
      { code: 131026 },
      { code: 131000 },
      { code: 99999, status: 503 },
      { status: 502, body: '<html>' },
      { status: 200, body: '' },
      { delay: 30 },
    ];
    kinds.forEach((kind, index) => {
      for (let part = 0; part < 4; part++)
        sandbox.fault({
          path: 'messages',
          to: numberOf(part * 141 + index * 13).slice(1),
          times: 1 + (part % 2),
          ...kind,
        });
    });
    const report = await send(people(total), { concurrency: 50 });
    expectWhole(report, total);
    expect(report.summary.unknown).to.be.above(20);
    expect(report.summary.failed).to.be.above(0);
  });
});
