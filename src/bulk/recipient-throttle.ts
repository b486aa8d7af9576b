/** Decides when a recipient may get the next message. */
export class RecipientThrottle {
  // Two generations: a recipient in neither got the last message long enough ago.
  #recent = new Map<string, number>();
  #older = new Map<string, number>();
  #startedAt = -Infinity;

  constructor(readonly milliseconds: number) {}

  /** Milliseconds until this recipient may get a message. */
  delay(recipientKey: string, now: number): number {
    const sent =
      this.#recent.get(recipientKey) ?? this.#older.get(recipientKey);
    if (sent === undefined) return 0;
    return Math.max(0, sent + this.milliseconds - now);
  }

  sent(recipientKey: string, now: number) {
    if (now - this.#startedAt > this.milliseconds) {
      this.#older = this.#recent;
      this.#recent = new Map();
      this.#startedAt = now;
    }
    this.#recent.set(recipientKey, now);
  }
}
