import { expect } from 'chai';
import { Pacer } from '../../src/bulk/pacer';

interface Options {
  rate: number;
  messages: number;
  /** Milliseconds from the moment that a message is taken until it leaves. */
  until?: (index: number) => number;
}

/** When messages leave if a pacer decides, by a clock that does not wait. */
function leavingTimes({ rate, messages, until = () => 0 }: Options) {
  const pacer = new Pacer(rate);
  const left: number[] = [];
  const onTheWay: number[] = [];
  let now = 0;
  for (let index = 0; index < messages;) {
    while (onTheWay.length && onTheWay[0] <= now) {
      left.push(onTheWay.shift()!);
      pacer.finish(left.at(-1)!, true);
    }
    const delay = pacer.delay(now);
    if (delay > 0) {
      now = Math.min(now + delay, onTheWay[0] ?? Infinity);
      continue;
    }
    pacer.start(now);
    onTheWay.push(now + until(index++));
    onTheWay.sort((a, b) => a - b);
  }
  return [...left, ...onTheWay];
}

/** The most that leave within any second. */
function mostInASecond(times: number[], second = 1000): number {
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last++) {
    while (times[last] - times[first] >= second) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

describe('pacer', () => {
  for (const rate of [1, 7, 20, 80, 250, 1000])
    it(`sends at most ${rate} messages in any second`, () => {
      const times = leavingTimes({ rate, messages: rate * 5 + 3 });
      expect(mostInASecond(times)).to.be.at.most(rate);
    });

  it('stays below the rate if the network delivers messages in bursts', () => {
    const times = leavingTimes({ rate: 100, messages: 500 });
    expect(mostInASecond(times, 1029)).to.be.at.most(100);
  });

  it('uses at least 95% of the rate', () => {
    const times = leavingTimes({ rate: 80, messages: 800 });
    expect(times.at(-1)! - times[0]).to.be.below(10_000 / 0.95);
  });

  it('counts messages that are reserved but not sent yet', () => {
    const until = (index: number) => (index < 100 ? 900 : 0);
    const times = leavingTimes({ rate: 100, messages: 400, until });
    expect(mostInASecond(times)).to.be.at.most(100);
  });

  it('does not start with a burst', () => {
    const times = leavingTimes({ rate: 100, messages: 100 });
    expect(times.filter(time => time < 100)).to.have.length.within(1, 13);
  });

  it('does not catch up after a pause', () => {
    const pacer = new Pacer(100);
    pacer.start(0);
    pacer.finish(0, true);
    let taken = 0;
    for (let now = 60_000; now < 60_100; now++)
      while (pacer.delay(now) === 0) {
        pacer.start(now);
        pacer.finish(now, true);
        taken++;
      }
    expect(taken).to.be.within(9, 14);
  });

  it('does not count a message that was never sent', () => {
    const pacer = new Pacer(2);
    pacer.start(0);
    pacer.finish(0, false);
    pacer.start(600);
    pacer.finish(600, true);
    expect(pacer.delay(1200)).to.equal(0);
  });

  it('has no limit without a rate', () => {
    const pacer = new Pacer(Infinity);
    for (let i = 0; i < 10_000; i++) pacer.start(0);
    expect(pacer.delay(0)).to.equal(0);
  });

  /** Messages per second that leave after a moment. */
  function paceAfter(pacer: Pacer, from: number): number {
    let taken = 0;
    for (let now = from; now < from + 1000; now++)
      if (pacer.delay(now) === 0) {
        pacer.start(now);
        pacer.finish(now, true);
        taken++;
      }
    return taken;
  }

  it('halves the rate on slowdown', () => {
    const pacer = new Pacer(100);
    pacer.slowDown(5000);
    expect(paceAfter(pacer, 5000)).to.be.within(45, 51);
  });

  it('slows down at most once a second', () => {
    const pacer = new Pacer(100);
    for (let now = 5000; now < 5900; now += 100) pacer.slowDown(now);
    expect(paceAfter(pacer, 5900)).to.be.within(45, 60);
  });

  it('slows down from at most 1,000 messages a second', () => {
    const pacer = new Pacer(1e9);
    pacer.slowDown(5000);
    expect(paceAfter(pacer, 5000)).to.be.at.most(501);
  });

  it('never goes below one message a second', () => {
    const pacer = new Pacer(4);
    for (let now = 5000; now < 25_000; now += 1000) pacer.slowDown(now);
    expect(paceAfter(pacer, 25_000)).to.be.at.least(1);
  });

  it('recovers by 15% a second up to the rate', () => {
    const pacer = new Pacer(100);
    pacer.slowDown(5000);
    expect(paceAfter(pacer, 7000)).to.be.within(52, 62);
    for (let now = 8000; now < 20_000; now += 1000) pacer.delay(now);
    expect(paceAfter(pacer, 20_000)).to.be.within(95, 100);
  });

  it('forgets old messages', () => {
    const times = leavingTimes({ rate: 1000, messages: 20_000 });
    expect(mostInASecond(times)).to.be.at.most(1000);
  });
});
