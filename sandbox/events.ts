import type { FastifyReply, FastifyRequest } from 'fastify';

/** What the page of the sandbox is told. */
export type EventType =
  | 'person'
  | 'message'
  | 'status'
  | 'request'
  | 'webhook'
  | 'run'
  | 'template'
  | 'fault'
  | 'clock'
  | 'reset';

interface Event {
  id: number;
  text: string;
}

const KEPT = 2000;
const BEAT = 15_000;

/** What happens, as server-sent events that can be resumed. */
export class Events {
  readonly #kept: Event[] = [];
  readonly #streams = new Set<FastifyReply>();
  // The numbers of another start are lower, so that they aren't mistaken for ours.
  #last = Date.now();

  /** `hide` replaces the secrets of the sandbox in a text. */
  constructor(readonly hide: (text: string) => string) {}

  get last(): number {
    return this.#last;
  }

  publish(type: EventType, data: unknown) {
    const id = ++this.#last;
    const json = this.hide(JSON.stringify(data));
    const event = { id, text: `id: ${id}\nevent: ${type}\ndata: ${json}\n\n` };
    this.#kept.push(event);
    if (this.#kept.length > KEPT) this.#kept.shift();
    for (const { raw } of this.#streams) raw.write(event.text);
  }

  /** What came after an event; undefined if that is no longer known. */
  #since(id: number): Event[] | undefined {
    const oldest = this.#kept[0]?.id ?? this.#last + 1;
    if (id > this.#last || id < oldest - 1) return undefined;
    return this.#kept.filter(event => event.id > id);
  }

  /** Sends what was missed and then what happens, until the reader leaves. */
  stream({ headers, query }: FastifyRequest<any>, reply: FastifyReply) {
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
    });
    const seen =
      headers['last-event-id'] ?? (query as { after?: string }).after;
    const missed = seen === undefined ? [] : this.#since(Number(seen));
    reply.raw.write(
      missed
        ? `: hello\n\n${missed.map(({ text }) => text).join('')}`
        : `id: ${this.#last}\nevent: reset\ndata: {}\n\n`,
    );
    this.#streams.add(reply);
    const beat = setInterval(() => reply.raw.write(': beat\n\n'), BEAT);
    reply.raw.once('close', () => {
      clearInterval(beat);
      this.#streams.delete(reply);
    });
  }

  /** Ends all streams, so that the server can stop. */
  close() {
    for (const { raw } of this.#streams) raw.end();
  }
}
