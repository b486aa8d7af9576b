import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/util/clock';

interface Waiting {
  at: number;
  callback: () => void;
}

/** Time that passes only when nothing else is left to do: seconds take none. */
export function virtualClock() {
  let now = 1000;
  let last = 0;
  const timers = new Map<number, Waiting>();

  const fireNext = () => {
    const [id, timer] = [...timers].reduce((a, b) =>
      b[1].at < a[1].at ? b : a,
    );
    timers.delete(id);
    now = Math.max(now, timer.at);
    timer.callback();
  };

  const clock = {
    now: () => now,
    setTimeout(callback: () => void, milliseconds: number) {
      timers.set(++last, { at: now + milliseconds, callback });
      return last;
    },
    clearTimeout(id: unknown) {
      timers.delete(id as number);
    },
    /** Lets time pass until some work is done. */
    async until<T>(work: Promise<T>): Promise<T> {
      let isDone = false;
      const done = () => void (isDone = true);
      work.then(done, done);
      for (;;) {
        await setImmediate();
        if (isDone) return work;
        if (!timers.size) throw new Error('Nothing is left that could happen.');
        fireNext();
      }
    },
  };
  return clock satisfies Clock;
}
