// Longer than a second, so that the network cannot press messages into one.
const WINDOW = 1030;
const SPREAD = 1.02;
const CATCH_UP = 30;
const SLOWEST = 1;
const FASTEST_WHEN_SLOWED = 1000;
const RECOVERY = 1.15;

/** Says when the next message may leave: never more than `rate` in any second. */
export class Pacer {
  /** When the messages of the last second left, oldest first. */
  #left: number[] = [];
  #oldest = 0;
  /** Taken, and not yet seen to leave. */
  #pending = 0;
  #slot = -Infinity;
  #rate: number;
  #changedAt = -Infinity;

  constructor(readonly rate: number) {
    this.#rate = rate;
  }

  /** Milliseconds until a message may leave; 0 if one may leave now. */
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

  /** A message is on its way. */
  take(now: number) {
    this.#slot = Math.max(this.#slot + this.#interval, now - CATCH_UP);
    this.#pending++;
  }

  /** A message has left this machine, or will not leave it. */
  leave(now: number, hasLeft: boolean) {
    this.#pending--;
    if (hasLeft && this.#rate !== Infinity) this.#left.push(now);
  }

  /** WhatsApp says that it is too fast: half as fast, at most once a second. */
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

/** Says when a person may get the next message. */
export class Spacing {
  // Two generations: what is in neither was sent long enough ago.
  #recent = new Map<string, number>();
  #older = new Map<string, number>();
  #startedAt = -Infinity;

  constructor(readonly milliseconds: number) {}

  /** Milliseconds until this person may get a message. */
  delay(who: string, now: number): number {
    const sent = this.#recent.get(who) ?? this.#older.get(who);
    if (sent === undefined) return 0;
    return Math.max(0, sent + this.milliseconds - now);
  }

  sent(who: string, now: number) {
    if (now - this.#startedAt > this.milliseconds) {
      this.#older = this.#recent;
      this.#recent = new Map();
      this.#startedAt = now;
    }
    this.#recent.set(who, now);
  }
}
