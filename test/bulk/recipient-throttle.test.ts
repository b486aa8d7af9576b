import { expect } from 'chai';
import { RecipientThrottle } from '../../src/bulk/recipient-throttle';

describe('recipient throttle', () => {
  it('keeps the interval between two messages to one recipient', () => {
    const throttle = new RecipientThrottle(6000);
    throttle.sent('a', 1000);
    expect(throttle.delay('a', 1000)).to.equal(6000);
    expect(throttle.delay('a', 6999)).to.equal(1);
    expect(throttle.delay('a', 7000)).to.equal(0);
  });

  it('does not delay other recipients', () => {
    const throttle = new RecipientThrottle(6000);
    throttle.sent('a', 1000);
    expect(throttle.delay('b', 1000)).to.equal(0);
  });

  it('tracks all recipients of the last interval', () => {
    const throttle = new RecipientThrottle(6000);
    for (let now = 0; now < 30_000; now += 10) {
      throttle.sent(`p-${now}`, now);
      const before = now - 5990;
      if (before >= 0) expect(throttle.delay(`p-${before}`, now)).to.equal(10);
    }
  });

  it('measures the interval from the last of several messages', () => {
    const throttle = new RecipientThrottle(6000);
    throttle.sent('a', 0);
    throttle.sent('b', 6500);
    throttle.sent('a', 7000);
    expect(throttle.delay('a', 8000)).to.equal(5000);
  });
});
