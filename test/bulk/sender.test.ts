import { expect } from 'chai';
import _ from 'lodash';
import { fromMeta } from '../../src/errors/error';
import { captureLog } from '../support/fixtures';
import { errorOf } from '../support/errors';
import { fakeServer, numberOf, type Fault } from '../support/fake-server';

type Server = ReturnType<typeof fakeServer>;

/** The most that arrive within any second. */
function mostInASecond(times: number[]): number {
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last++) {
    while (times[last] - times[first] >= 1000) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

const arrivalsOf = ({ arrivals }: Server, index: number) =>
  _.filter(arrivals, { to: numberOf(index) }).map(({ at }) => at);

/** Every row in one list, and once; nobody served twice, and nobody served whom the report does not name. */
function expectWhole(report: any, server: Server, total: number) {
  const lists = [report.accepted, report.failed, report.unknown, report.unsent];
  const indexes = _.map(lists.flat(), 'index');
  expect(_.sortBy(indexes)).to.eql(_.range(total));
  for (const list of lists)
    expect(_.map(list, 'index')).to.eql(_.sortBy(_.map(list, 'index')));
  const { accepted } = server;
  expect(_.uniq(accepted)).to.have.length(accepted.length);
  const maybe = _.map([...report.accepted, ...report.unknown], 'to');
  expect(_.difference(accepted, maybe)).to.eql([]);
  expect(_.difference(_.map(report.accepted, 'to'), accepted)).to.eql([]);
}

describe('bulk sender', () => {
  let server: Server;
  beforeEach(() => {
    server = fakeServer();
  });

  for (const rate of [10, 80, 1000])
    it(`sends at most ${rate} messages in any second, close to the rate`, async () => {
      const report = await server.send(_.range(rate * 5), { rate });
      const times = _.map(server.arrivals, 'at');
      expect(mostInASecond(times)).to.be.at.most(rate);
      expect(times.at(-1)! - times[0]).to.be.below(5000 * 1.06);
      expectWhole(report, server, rate * 5);
    });

  it('keeps the rate when responses are slow', async () => {
    server = fakeServer({ latency: 800 });
    await server.send(_.range(400), { rate: 80 });
    const times = _.map(server.arrivals, 'at');
    expect(mostInASecond(times)).to.be.within(75, 80);
  });

  describe('with several numbers of yours', () => {
    const numberFor = (index: number) => `number ${index % 2}`;
    const of = (index: number) =>
      server.arrivals.filter(({ to }) => Number(to.slice(-4)) % 2 === index);

    it('has a pace for each number', async () => {
      const report = await server.send(_.range(400), { rate: 20 }, numberFor);
      expectWhole(report, server, 400);
      for (const index of [0, 1])
        expect(mostInASecond(_.map(of(index), 'at'))).to.be.within(18, 20);
      const times = _.map(server.arrivals, 'at');
      expect(times.at(-1)! - times[0]).to.be.below(10_000 * 1.06);
    });

    it('is not held up by the rows of one number', async () => {
      // The first 90 rows are of one number, and the last 10 of another.
      const report = await server.send(_.range(100), { rate: 10 }, index =>
        index < 90 ? 'first' : 'second',
      );
      expectWhole(report, server, 100);
      const last = server.arrivals.filter(
        ({ to }) => Number(to.slice(-4)) >= 90,
      );
      expect(last.at(-1)!.at - server.arrivals[0].at).to.be.below(2000);
    });

    it('slows down only the number that is too fast', async () => {
      server.answerWith((to, count) =>
        Number(to.slice(-4)) % 2 === 0 && count < 40
          ? { code: 130429 }
          : undefined,
      );
      const report = await server.send(_.range(200), { rate: 20 }, numberFor);
      expectWhole(report, server, 200);
      const [slow, fast] = [of(0), of(1)].map(arrivals => arrivals.at(-1)!.at);
      expect(fast).to.be.below(slow);
    });

    it('asks for the rate of each number once', async () => {
      const asked: string[] = [];
      const report = await server.send(
        _.range(100),
        {
          rate: async sender => {
            asked.push(sender);
            return sender === 'number 0' ? 10 : 40;
          },
        },
        numberFor,
      );
      expectWhole(report, server, 100);
      expect(asked).to.eql(['number 0', 'number 1']);
      expect(mostInASecond(_.map(of(0), 'at'))).to.be.at.most(10);
      expect(mostInASecond(_.map(of(1), 'at'))).to.be.within(30, 40);
    });
  });

  it('counts retries in the rate', async () => {
    server.answerWith((_to, count) =>
      count % 3 ? undefined : { code: 131016, retryAfter: '0' },
    );
    await server.send(_.range(300), { rate: 50 });
    expect(mostInASecond(_.map(server.arrivals, 'at'))).to.be.at.most(50);
  });

  it('limits concurrent requests to concurrency', async () => {
    server = fakeServer({ latency: 1000 });
    await server.send(_.range(20), { rate: Infinity, concurrency: 5 });
    const times = _.map(server.arrivals, 'at');
    expect(mostInASecond(times)).to.equal(5);
  });

  it('waits six seconds between messages to one recipient without delaying others', async () => {
    const report = await server.send([0, 0, ..._.range(1, 51)]);
    const [first, second] = arrivalsOf(server, 0);
    expect(second - first).to.be.within(6000, 6200);
    const others = _.reject(server.arrivals, { to: numberOf(0) });
    expect(others.at(-1)!.at - others[0].at).to.be.below(1000);
    expect(report.summary).to.include({ accepted: 52 });
  });

  it('postpones a row that hits the recipient limit and continues', async () => {
    server.fault(0, { code: 131056 });
    const report = await server.send(_.range(20));
    expect(server.accepted.at(-1)).to.equal(numberOf(0));
    const [first, second] = arrivalsOf(server, 0);
    expect(second - first).to.be.within(6000, 7100);
    expect(report.summary.accepted).to.equal(20);
    expectWhole(report, server, 20);
  });

  it('slows down on a rate limit error and speeds up again', async () => {
    server.answerWith((_to, count) =>
      _.inRange(count, 100, 105) ? { code: 130429 } : undefined,
    );
    const report = await server.send(_.range(2000), { rate: 200 });
    const since = (from: number) =>
      server.arrivals.filter(({ at }) => _.inRange(at, from, from + 500));
    const slowedAt = server.arrivals[104].at;
    expect(since(slowedAt + 100).length).to.be.below(70);
    expect(since(server.arrivals.at(-1)!.at - 600).length).to.be.above(85);
    expectWhole(report, server, 2000);
  });

  it("stops if the server can't be reached, and reports every row", async () => {
    server.answerWith((_to, count) =>
      count < 10 ? undefined : { refused: true },
    );
    const report = await server.send(_.range(30), { rate: 20 });
    expect(report.summary).to.include({ accepted: 10, unsent: 20 });
    expect(report.summary.stopped).to.contain('CONNECTION_FAILED');
    expectWhole(report, server, 30);
  });

  it('stops at an account error and lists the rest as unsent', async () => {
    server.answerWith((_to, count) => (count < 20 ? undefined : { code: 190 }));
    const report = await server.send(_.range(200), { concurrency: 3 });
    expect(report.failed[0].error).to.include({ code: 190, retryable: true });
    expect(report.failed.length).to.be.at.most(3);
    expect(report.summary.unsent).to.be.at.least(177);
    expectWhole(report, server, 200);
  });

  it('stops at the time limit and lists the rest as unsent', async () => {
    server = fakeServer({ latency: 50 });
    const startedAt = server.clock.now();
    const report = await server.send(_.range(2000), { rate: 50, timeLimit: 2 });
    expect(server.clock.now() - startedAt).to.be.within(1500, 2000);
    expect(report.summary).to.include({
      stopped: 'time limit reached',
      unknown: 0,
    });
    expectWhole(report, server, 2000);
  });

  it('stops at the time limit, even if the last responses are missing', async () => {
    server.answerWith((_to, count) =>
      count < 20 ? undefined : { delay: 5000 },
    );
    const startedAt = server.clock.now();
    const report = await server.send(_.range(100), { rate: 50, timeLimit: 1 });
    expect(server.clock.now() - startedAt).to.be.at.most(1000);
    expect(report.summary.unknown).to.be.above(0);
    expectWhole(report, server, 100);
  });

  it('starts no row after the time limit, including waiting rows', async () => {
    server.fault(0, { code: 131056 });
    const startedAt = server.clock.now();
    const report = await server.send(_.range(3), { timeLimit: 5 });
    expect(server.clock.now() - startedAt).to.be.at.most(5000);
    expect(report.unsent).to.eql([
      { index: 0, to: numberOf(0), reference: 'p-0' },
    ]);
  });

  it('fails a row if the server asks for too long a wait', async () => {
    server.fault(1, { code: 130429, retryAfter: '120' });
    const report = await server.send(_.range(3));
    expect(report.failed[0]).to.include({ index: 1 });
    expect(report.failed[0].error).to.include({ retryable: true });
    expect(report.summary.accepted).to.equal(2);
  });

  it('fails a row after five attempts', async () => {
    const again = { code: 131016, retryAfter: '0' };
    server.fault(0, again, again, again, again, again);
    const report = await server.send([0, 1]);
    expect(report.failed).to.have.length(1);
    expect(arrivalsOf(server, 0)).to.have.length(5);
  });

  it('does not resend a row whose response was lost', async () => {
    server.fault(0, { lost: true });
    const report = await server.send([0, 1]);
    expect(report.unknown[0].error).to.include({ code: 'DELIVERY_UNKNOWN' });
    expect(arrivalsOf(server, 0)).to.have.length(1);
  });

  it('reports a sent message as unknown if an internal error follows', async () => {
    const report = await server.send([0, 1], {
      attempt: async (call, { onRequestSent }) => {
        onRequestSent();
        if (call.path === numberOf(0)) throw new TypeError('half a response');
        return {
          outcome: { body: { messages: [{ id: 'wamid.1' }] } },
          result: { headers: {} },
        };
      },
    });
    expect(_.map(report.unknown, 'index')).to.eql([0]);
    expect(report.summary.accepted).to.equal(1);
  });

  it('throws if no message was accepted and none is unknown', async () => {
    server.answerWith(() => ({ code: 131026 }));
    const error = await errorOf(() => server.send([0, 1]));
    expect(error).to.include({ code: 'NOTHING_ACCEPTED', metaCode: 131026 });
    expect(error.fix).to.equal(fromMeta({ code: 131026 }).fix);
  });

  it('logs progress every ten seconds and a summary at the end', async () => {
    const log = captureLog();
    await server.send(_.range(2500), { rate: 100 });
    log.stop();
    expect(log.lines).to.have.length(3);
    expect(log.lines[0]).to.match(
      /^9\d\d of 2,500 messages: 9\d\d accepted, 0 failed, 0 unknown \(9\d(\.\d)?\/s, about 1\d s left\)$/,
    );
    expect(log.lines[2]).to.match(
      /^2,500 of 2,500 messages accepted in 25\.\d s \(9\d(\.\d)?\/s\): 0 failed, 0 unknown, 0 unsent$/,
    );
  });

  const FAULTS: Fault[] = [
    { code: 130429 },
    { code: 131056 },
    { code: 131016, retryAfter: '0' },
    { code: 131016, retryAfter: '100' },
    { code: 131026 },
    { lost: true },
    { refused: true },
    { delay: 31_000 },
    { delay: 300 },
  ];

  it('reports each of 2,000 rows once under random faults', async function () {
    const seed = Number(process.env.SEED ?? Date.now() % 1e6);
    let random = seed;
    const pick = () => (random = (random * 48_271 + 11) % 2_147_483_647);
    for (let index = 0; index < 2000; index++)
      if (pick() % 4 === 0)
        server.fault(
          index,
          ..._.times(1 + (pick() % 2), () => FAULTS[pick() % FAULTS.length]),
        );
    const report = await server.send(_.range(2000), { rate: 200 });
    // Printed by mocha if what follows fails.
    this.test!.title += ` (SEED=${seed})`;
    expectWhole(report, server, 2000);
    expect(report.summary.accepted).to.be.above(1500);
  });
});
