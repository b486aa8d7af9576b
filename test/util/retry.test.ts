import { expect } from 'chai';
import { backoff, secondsUntilRetry } from '../../src/util/retry';

describe('the retry policy', () => {
  const next = (more: object = {}) =>
    secondsUntilRetry({
      tries: 1,
      seconds: 0,
      code: 130429,
      headers: {},
      ...more,
    });

  it('waits ever longer, up to a minute', () => {
    for (const tries of [1, 2, 3, 4]) {
      expect(backoff(tries)).to.be.at.least(2 ** (tries - 1) / 2);
      expect(backoff(tries)).to.be.at.most(2 ** (tries - 1));
    }
    expect(backoff(20)).to.be.at.most(60);
  });

  it('waits 1, 4, 16 and 64 seconds for one recipient', () => {
    expect([1, 2, 3, 4].map(tries => backoff(tries, 131056))).to.eql([
      1, 4, 16, 64,
    ]);
  });

  it('waits two seconds more for an On-Premise server', () => {
    expect(backoff(1, 1015)).to.be.within(2.5, 3);
  });

  it('waits as long as the server says: in seconds, or until a date', () => {
    expect(next({ headers: { 'retry-after': '7' } })).to.equal(7);
    expect(next({ headers: { 'retry-after': '0' } })).to.equal(0);
    const date = new Date(Date.now() + 10_000).toUTCString();
    expect(next({ headers: { 'retry-after': date } })).to.be.within(8, 10);
    expect(next({ headers: { 'retry-after': 'soon' } })).to.be.at.most(1);
  });

  it('ends after five tries, or when it would take longer than 90 seconds', () => {
    expect(next({ tries: 5 })).to.equal(undefined);
    expect(next({ headers: { 'retry-after': '91' } })).to.equal(undefined);
    expect(next({ seconds: 89.9, tries: 4 })).to.equal(undefined);
  });
});
