import { expect } from 'chai';
import { waitForTemplate } from '../../src';
import { runtime } from '../../src/util/dispatcher';
import { systemClock } from '../../src/util/clock';
import { errorOf } from '../support/errors';
import { configuration, mockApi } from '../support/fixtures';

describe('waitForTemplate', () => {
  const pauses: number[] = [];
  const state = () => ({ configuration: { ...configuration }, data: {} });

  /** Answers with one status after the other, in time that does not pass. */
  function answer(...statuses: string[]) {
    let now = 0;
    pauses.length = 0;
    runtime.clock = {
      ...systemClock,
      now: () => now,
      setTimeout(callback, milliseconds) {
        pauses.push(milliseconds);
        now += milliseconds;
        return setTimeout(callback);
      },
    };
    const api = mockApi();
    for (const status of statuses)
      api.intercept({ path: /message_templates/ }).reply(200, {
        data: [
          {
            id: '1',
            name: 'reminder',
            language: 'sw',
            status,
            rejected_reason: 'INCORRECT_CATEGORY',
          },
        ],
      });
  }

  it('returns the template once Meta has approved it', async () => {
    answer('PENDING', 'PENDING', 'APPROVED');
    const wait = waitForTemplate('reminder', { language: 'sw' });
    const { data } = await wait(state());
    expect(data.status).to.equal('APPROVED');
    expect(pauses).to.eql([5000, 7500]);
  });

  it('throws the reason if Meta has rejected it', async () => {
    answer('PENDING', 'REJECTED');
    const error = await errorOf(() => waitForTemplate('reminder')(state()));
    expect(error).to.include({
      code: 'TEMPLATE_REJECTED',
      details: 'INCORRECT_CATEGORY',
    });
  });

  it('ends in time if the review takes longer', async () => {
    answer(...Array(20).fill('PENDING'));
    const error = await errorOf(() =>
      waitForTemplate('reminder', { timeout: 30 })(state()),
    );
    expect(error).to.include({ code: 'TEMPLATE_PENDING', retryable: true });
    expect(pauses.reduce((a, b) => a + b)).to.be.at.most(30_000);
  });
});
