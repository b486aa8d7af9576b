import { Pacer } from './pacer';

/** A message in a queue. */
interface Queued {
  recipientKey: string;
}

/** The queue of one of your phone numbers, which has a pace of its own. */
export class Lane<Message extends Queued> {
  readonly ready: Message[] = [];
  readonly pacer: Pacer;

  constructor(readonly rate: number) {
    this.pacer = new Pacer(rate);
  }
}

/** The queues of all phone numbers that a list is sent from. */
export class Lanes<Message extends Queued> {
  readonly #lanes = new Map<string, Lane<Message>>();
  /** Messages that wait for their turn. */
  size = 0;

  constructor(
    /** How long a recipient must wait, in milliseconds; 0 if the next message may be sent. */
    readonly delayOf: (recipientKey: string, now: number) => number,
    readonly postpone: (message: Message, milliseconds: number) => void,
  ) {}

  get(sender: string): Lane<Message> | undefined {
    return this.#lanes.get(sender);
  }

  open(sender: string, rate: number): Lane<Message> {
    const lane = new Lane<Message>(rate);
    this.#lanes.set(sender, lane);
    return lane;
  }

  add(lane: Lane<Message>, message: Message) {
    lane.ready.push(message);
    this.size++;
  }

  /** The next message whose number and recipient are free. */
  take(now: number): Message | undefined {
    for (const lane of this.#lanes.values()) {
      if (!lane.ready.length || lane.pacer.delay(now) > 0) continue;
      const message = this.#takeFrom(lane, now);
      if (message) return message;
    }
    return undefined;
  }

  #takeFrom(lane: Lane<Message>, now: number): Message | undefined {
    for (;;) {
      const message = lane.ready.shift();
      if (!message) return undefined;
      this.size--;
      const delay = this.delayOf(message.recipientKey, now);
      if (!delay) return message;
      this.postpone(message, delay);
    }
  }

  /** Milliseconds until a number may send its next message. */
  delay(now: number): number {
    let shortest = Infinity;
    for (const { ready, pacer } of this.#lanes.values())
      if (ready.length) shortest = Math.min(shortest, pacer.delay(now));
    return shortest;
  }

  /** The rates of all numbers together. */
  get rate(): number {
    let sum = 0;
    for (const { rate } of this.#lanes.values()) sum += rate;
    return sum;
  }

  /** All messages that wait. */
  *[Symbol.iterator](): Iterator<Message> {
    for (const { ready } of this.#lanes.values()) yield* ready;
  }
}
