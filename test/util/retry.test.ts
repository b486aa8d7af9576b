import { expect } from 'chai';
import { WhatsAppError } from '../../src/errors/error';
import { backoff, decide } from '../../src/util/retry';
import { virtualClock } from '../support/virtual-clock';

describe('retry policy', () => {
  const clock = virtualClock();
  const next = ({
    tries = 1,
    seconds = 0,
    code = 130429 as number | string,
    repeat = true,
    headers = {},
  } = {}) =>
    decide(
      { error: new WhatsAppError(code, { description: '' }), repeat, headers },
      { tries, startedAt: clock.now() - seconds * 1000 },
      clock,
    ) as { again?: number; stop?: true };
  const after = (header: string) =>
    next({ headers: { 'retry-after': header } });

  it('stops if the outcome is unknown', () => {
    expect(next({ repeat: false })).to.eql({ stop: true });
  });

  it('doubles the pause with each attempt, up to a minute', () => {
    expect([1, 2, 3, 4].map(tries => backoff(tries, '', 1))).to.eql([
      1000, 2000, 4000, 8000,
    ]);
    expect(backoff(20, '', 1)).to.equal(60_000);
  });

  it('adds jitter between half the pause and the full pause', () => {
    expect(backoff(3, '', 0)).to.equal(2000);
    expect(backoff(3, '', 0.5)).to.equal(3000);
    const pauses = Array.from({ length: 50 }, () => backoff(3));
    expect(new Set(pauses).size).to.be.above(10);
    for (const pause of pauses) expect(pause).to.be.within(2000, 4000);
  });

  it('waits 1, 4, 16 and 64 seconds for the recipient limit', () => {
    expect([1, 2, 3, 4].map(tries => backoff(tries, 131056))).to.eql([
      1000, 4000, 16_000, 64_000,
    ]);
  });

  it('waits two seconds more for an On-Premise server', () => {
    expect(backoff(1, 1015, 1)).to.equal(3000);
  });

  it('waits as long as Retry-After says, in seconds or as a date', () => {
    expect(after('7')).to.eql({ again: 7000 });
    expect(after('0')).to.eql({ again: 0 });
    const date = new Date(Date.now() + 10_000).toUTCString();
    expect(after(date).again).to.be.within(8000, 10_000);
    expect(after('soon').again).to.be.at.most(1000);
  });

  it('stops after five attempts', () => {
    expect(next({ tries: 4 })).to.have.property('again');
    expect(next({ tries: 5 })).to.eql({ stop: true });
  });

  it('stops when it would take longer than 90 seconds', () => {
    expect(after('90')).to.eql({ again: 90_000 });
    expect(after('91')).to.eql({ stop: true });
    expect(next({ seconds: 89.9, tries: 4 })).to.eql({ stop: true });
  });
});
