/** Where time decides, it is passed in: tests have a clock of their own. */
export interface Clock {
  /** Milliseconds since any fixed moment; never goes back. */
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
