import type { FastifyReply, FastifyRequest } from 'fastify';
import { badParameter, graphError, type GraphError } from './graph-error';
import { digits } from './messages';

type Refuse = (error: GraphError) => { status: number; body: any };

/** A failure that a test asks for. Nothing fails otherwise. */
export interface Fault {
  /** Only for calls whose path ends like this, such as `messages`. */
  path?: string;
  method?: string;
  /** Only for messages to this number (digits). */
  to?: string;
  /** How many calls it falls on (default 1). */
  times?: number;
  /** How many matching calls it lets through first. */
  after?: number;
  /** Milliseconds before anything else happens. */
  delay?: number;
  /** An answer in Meta's form. */
  code?: number;
  transient?: boolean;
  details?: string;
  status?: number;
  headers?: Record<string, string>;
  /** An answer as it is, instead of Meta's form. */
  body?: string;
  /** How many bytes of a file come through before the connection is cut. */
  cut?: number;
  /** Cut the connection: before the call was handled, after it, or in the middle of its answer. */
  reset?: 'before' | 'after' | 'half';
}

export const FAULT_KEYS = [
  'path',
  'method',
  'to',
  'times',
  'after',
  'delay',
  'code',
  'transient',
  'details',
  'status',
  'headers',
  'body',
  'cut',
  'reset',
];
const EFFECTS = ['delay', 'code', 'status', 'body', 'cut', 'reset'];

export class Faults {
  #pending: Fault[] = [];

  add(fault: Fault) {
    if (!EFFECTS.some(key => key in fault))
      throw badParameter(`A fault needs one of ${EFFECTS.join(', ')}`);
    this.#pending.push({ times: 1, ...fault });
    this.onChange();
  }

  clear() {
    this.#pending = [];
    this.onChange();
  }

  get pending(): Fault[] {
    return this.#pending;
  }

  onChange = () => {};

  /** The fault that falls on a call, if one does. */
  take(request: FastifyRequest): Fault | undefined {
    const path = request.url.split('?')[0];
    const to = digits((request.body as any)?.to);
    const fault = this.#pending.find(
      pending =>
        (!pending.path || path.endsWith(pending.path)) &&
        (!pending.method || pending.method === request.method) &&
        (!pending.to || pending.to === to),
    );
    if (!fault) return undefined;
    if (fault.after) {
      fault.after--;
      return undefined;
    }
    fault.times!--;
    if (fault.times! <= 0)
      this.#pending = this.#pending.filter(pending => pending !== fault);
    this.onChange();
    return { ...fault };
  }
}

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** Before a call is handled. Returns true if the call ends here. */
export async function applyBefore(
  fault: Fault,
  reply: FastifyReply,
  refuse: Refuse,
): Promise<boolean> {
  if (fault.delay) await wait(fault.delay);
  if (fault.reset === 'before') {
    reply.hijack();
    reply.raw.destroy();
    return true;
  }
  if (fault.reset) return false;
  if (fault.code !== undefined) {
    const error = graphError(
      fault.code,
      fault.details ?? 'Asked for by the test',
      fault.status,
    );
    const { status, body } = refuse(error);
    if (fault.transient) Object.assign(body.error, { is_transient: true });
    await reply
      .code(fault.status ?? status)
      .headers(fault.headers ?? {})
      .send(body);
    return true;
  }
  if (fault.status === undefined && fault.body === undefined) return false;
  await reply
    .code(fault.status ?? 200)
    .headers({ 'content-type': 'text/html', ...fault.headers })
    .send(fault.body ?? '');
  return true;
}

/** After a call was handled: the answer gets lost. */
export function applyAfter(fault: Fault, reply: FastifyReply, payload: string) {
  reply.hijack();
  const { raw } = reply;
  if (fault.reset === 'after') return raw.destroy();
  raw.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(payload),
  });
  raw.write(payload.slice(0, payload.length / 2), () => raw.destroy());
}
