// Longer than a second, since network jitter can bunch messages together.
const WINDOW = 1030;
const SPREAD = 1.02;
const CATCH_UP = 30;
const SLOWEST = 1;
const FASTEST_WHEN_SLOWED = 1000;
const RECOVERY = 1.15;

/** Decides when the next message may be sent: at most `rate` in any second. */
export class Pacer {
  /** When the messages of the last second were sent, oldest first. */
  #left: number[] = [];
  #oldest = 0;
  /** Started but not yet sent. */
  #pending = 0;
  #slot = -Infinity;
  #rate: number;
  #changedAt = -Infinity;

  constructor(readonly rate: number) {
    this.#rate = rate;
  }

  /** Milliseconds until the next message may be sent; 0 if one may be sent now. */
  delay(now: number): number {
    if (this.#rate === Infinity) return 0;
    this.#recover(now);
    this.#forget(now);
    const limit = Math.max(1, Math.floor(this.#rate));
    if (this.#left.length - this.#oldest + this.#pending >= limit)
      return this.#oldest < this.#left.length
        ? Math.max(1, this.#left[this.#oldest] + WINDOW - now)
        : CATCH_UP;
    return Math.max(0, this.#slot + this.#interval - now);
  }

  /** A message is about to be sent. */
  start(now: number) {
    this.#slot = Math.max(this.#slot + this.#interval, now - CATCH_UP);
    this.#pending++;
  }

  /** A message has been sent, or won't be. */
  finish(now: number, requestSent: boolean) {
    this.#pending--;
    if (requestSent && this.#rate !== Infinity) this.#left.push(now);
  }

  /** Halves the rate after a rate limit error, at most once per second. */
  slowDown(now: number) {
    if (now - this.#changedAt < 1000) return;
    const rate = Math.min(this.#rate, FASTEST_WHEN_SLOWED);
    this.#rate = Math.max(Math.min(SLOWEST, this.rate), rate / 2);
    this.#changedAt = now;
  }

  get #interval(): number {
    return (1000 / this.#rate) * SPREAD;
  }

  #recover(now: number) {
    if (this.#rate >= this.rate || now - this.#changedAt < 1000) return;
    this.#rate = Math.min(this.rate, this.#rate * RECOVERY);
    this.#changedAt = now;
  }

  #forget(now: number) {
    while (
      this.#oldest < this.#left.length &&
      this.#left[this.#oldest] <= now - WINDOW
    )
      this.#oldest++;
    if (this.#oldest < 1024) return;
    this.#left = this.#left.slice(this.#oldest);
    this.#oldest = 0;
  }
}
