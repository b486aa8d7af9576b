/** The clock is passed in so that tests can replace it. */
export interface Clock {
  /** Monotonic milliseconds since an arbitrary moment. */
  now(): number;
  setTimeout(callback: () => void, milliseconds: number): Timer;
  clearTimeout(timer: Timer | undefined): void;
}

export type Timer = number | NodeJS.Timeout;

export const systemClock: Clock = {
  now: () => performance.now(),
  setTimeout: (callback, milliseconds) => setTimeout(callback, milliseconds),
  clearTimeout: timer => clearTimeout(timer),
};

export const sleep = (clock: Clock, milliseconds: number) =>
  new Promise<void>(resolve => {
    clock.setTimeout(resolve, milliseconds);
  });
