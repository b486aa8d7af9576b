import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import {
  applyAfter,
  applyBefore,
  FAULT_KEYS,
  Faults,
  type Fault,
} from './faults';
import type { Delivery, Happening, Inbound } from './types';
import { addCollections, Collections, LISTS } from './collections';
import { guardControls, readControl } from './controls';
import { badParameter, GraphError } from './graph-error';
import { storeFile } from './media';
import { checkMessage } from './messages';
import { approvedTemplates } from './templates';
import { readInbound } from './webhooks';

export interface SandboxOptions {
  port?: number;
  /** Where `sent`, `delivered` and `read` go by themselves. */
  webhook?: string;
  /** How long a review of a template takes (default: 2). */
  reviewSeconds?: number;
  /** A private key and its certificate: then it speaks https. */
  tls?: { key: string; cert: string };
}

export interface SendOptions {
  /** Put all that happened into one webhook. */
  batch?: boolean;
  /** How often each webhook is sent: Meta repeats what it has no answer for. */
  times?: number;
}

/** What a platform does in its own way. */
export interface Dialect {
  /** The number that people write to, if nothing else is said. */
  phoneNumberId?: string;
  /** A refusal in its words and codes. */
  refuse: (error: GraphError) => { status: number; body: any };
  authenticate: (request: FastifyRequest<any>) => void;
  /** Where a request goes instead. */
  rewriteUrl?: (request: IncomingMessage) => string;
  webhook: (happenings: Happening[]) => {
    body: string;
    headers: Record<string, string>;
  };
  inboundId: (inbound: Inbound, number: number) => string;
  /** A person writes. */
  message: (inbound: Inbound, id: string, at: number) => Happening;
  /** Something happens to a message that was sent. */
  status: (
    delivery: Delivery,
    status: string,
    at: number,
    code?: number,
  ) => Happening;
}

export const MAX_FILE = 200 * 2 ** 20;
const WINDOW = 24 * 60 * 60 * 1000;
const TOO_LATE = 131047;

/** A file that is there from the start: a photo of one pixel. */
const PHOTO = {
  id: '9000000000000002',
  mimetype: 'image/png',
  filename: 'photo.png',
  content: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
};

function createStore() {
  let lastId = 0;
  return {
    deliveries: [] as Delivery[],
    requests: [] as { method: string; path: string; at: number }[],
    reads: [] as { message_id: string; typing: boolean }[],
    files: new Map([[PHOTO.id, storeFile(PHOTO.id, PHOTO, PHOTO.mimetype)]]),
    collections: new Collections(LISTS),
    templates: approvedTemplates(),
    happenings: [] as Happening[],
    /** When people last wrote, to which number. */
    windows: new Map<string, number>(),
    secondsPassed: 0,
    nextId: () => ++lastId,
  };
}

const STATUSES = ['sent', 'delivered', 'read', 'played', 'failed'];

const warnOfWebhook = (error: Error) =>
  console.warn(`The webhook could not be sent: ${error.message}`);

export type Request = FastifyRequest<any>;

export const idOf = ({ params }: Request) => (params as { id: string }).id;

type Work = (
  request: Request,
  reply: FastifyReply,
  fault?: Fault,
) => Promise<unknown>;

/** What the servers of both platforms have in common: faults, deliveries, webhooks. */
export class Base {
  readonly app: FastifyInstance;
  readonly faults = new Faults();
  store = createStore();
  origin = '';

  constructor(
    readonly options: SandboxOptions,
    readonly dialect: Dialect,
  ) {
    const https = options.tls ?? null;
    this.app = fastify({
      bodyLimit: MAX_FILE,
      forceCloseConnections: true,
      https,
      ...(dialect.rewriteUrl && { rewriteUrl: dialect.rewriteUrl }),
    } as object) as unknown as FastifyInstance;
    this.app.setErrorHandler((error, _request, reply) => {
      const refusal =
        error instanceof GraphError
          ? error
          : badParameter((error as Error).message);
      const { status, body } = dialect.refuse(refusal);
      return reply.code(status).send(body);
    });
    guardControls(this.app);
    this.addControls();
    addCollections(this.app, () => this.store.collections);
  }

  now = () => Date.now() + this.store.secondsPassed * 1000;

  record({ method, url }: FastifyRequest) {
    const path = url.split('?')[0];
    this.store.requests.push({ method, path, at: Date.now() });
  }

  /** A route with the faults that fall on it. */
  handle =
    (work: Work, authenticate = this.dialect.authenticate) =>
    async (request: FastifyRequest<any>, reply: FastifyReply) => {
      this.record(request);
      const fault = this.faults.take(request);
      if (fault && (await applyBefore(fault, reply, this.dialect.refuse)))
        return reply;
      authenticate(request);
      const answer = await work(request, reply, fault);
      if (!fault?.reset) return answer;
      applyAfter(fault, reply, JSON.stringify(answer));
      return reply;
    };

  /** Checks a message and delivers it. */
  deliver(
    payload: any,
    idOf: (tail: string) => string,
    phoneNumberId?: string,
  ): Delivery {
    const { templates, files, deliveries, nextId } = this.store;
    const { waId, shown } = checkMessage(payload, {
      templates,
      hasMedia: id => files.has(id),
    });
    // Like a real one it holds the number, in base64.
    const tail = Buffer.from(`${waId} ${nextId()}`).toString('base64');
    const at = Date.now();
    const id = idOf(tail);
    const delivery = { id, to: waId, payload, shown, at, phoneNumberId };
    deliveries.push(delivery);
    const { webhook } = this.options;
    if (webhook) void this.report(delivery, webhook);
    else if (this.isOutsideWindow(delivery))
      this.setStatus(delivery.id, 'failed', TOO_LATE);
    return delivery;
  }

  /** What happens on the phone, as it is told by webhooks. */
  private async report(delivery: Delivery, url: string) {
    const isLate = this.isOutsideWindow(delivery);
    const statuses = isLate ? ['failed'] : ['sent', 'delivered', 'read'];
    for (const status of statuses)
      await this.post(url, [
        this.dialect.status(
          delivery,
          status,
          this.now(),
          isLate ? TOO_LATE : undefined,
        ),
      ]).catch(warnOfWebhook);
  }

  /** Free messages arrive within 24 hours after a person wrote; who never wrote has no window that could close. */
  private isOutsideWindow({ to, payload, phoneNumberId }: Delivery): boolean {
    const { windows } = this.store;
    const wroteAt = windows.get(`${phoneNumberId} ${to}`);
    const isFree = payload.type !== 'template';
    return isFree && wroteAt !== undefined && this.now() - wroteAt >= WINDOW;
  }

  /** A person does something: it is told by the next webhook. Returns the id. */
  receive = (given: Inbound): string => {
    const { deliveries, files, nextId, windows, happenings } = this.store;
    const inbound = readInbound(given, deliveries, type => {
      const id = String(9_100_000_000_000_000 + nextId());
      const content = Buffer.from(`A sample: ${type}`);
      const file = { content, mimetype: type, filename: 'sample' };
      const stored = storeFile(id, file, type);
      files.set(id, { ...stored, phoneNumberId: given.phoneNumberId });
      return stored;
    });
    const id = this.dialect.inboundId(inbound, nextId());
    windows.set(
      `${inbound.phoneNumberId ?? this.dialect.phoneNumberId} ${inbound.from}`,
      this.now(),
    );
    happenings.push(this.dialect.message(inbound, id, this.now()));
    return id;
  };

  /** Something happened to a message that was sent. */
  setStatus = (id: string, status: string, code?: number) => {
    const delivery = this.findDelivery(id);
    this.store.happenings.push(
      this.dialect.status(delivery, status, this.now(), code),
    );
  };

  /** Something that is told by the next webhook, or by itself. */
  tell = (happening: Happening) => {
    const { webhook } = this.options;
    if (!webhook) return void this.store.happenings.push(happening);
    void this.post(webhook, [happening]).catch(warnOfWebhook);
  };

  async post(url: string, happenings: Happening[]) {
    const { body, headers } = this.dialect.webhook(happenings);
    await fetch(url, { method: 'POST', headers, body });
    return { body, headers };
  }

  /** Posts all that happened to a URL. Returns what was posted. */
  sendWebhooks = async (
    url: string,
    { batch = false, times = 1 }: SendOptions = {},
  ) => {
    const happenings = this.store.happenings.splice(0);
    const webhooks = batch ? [happenings] : happenings.map(one => [one]);
    const sent = [];
    for (const webhook of webhooks)
      for (let time = 0; time < times; time++)
        sent.push(await this.post(url, webhook));
    return sent;
  };

  findDelivery(id: string): Delivery {
    const delivery = this.store.deliveries.find(one => one.id === id);
    if (!delivery) throw new Error(`No message ${id} was sent.`);
    return delivery;
  }

  // For tests in another process. Not part of Meta's API, and without a token.
  private addControls() {
    this.app.get('/_sandbox/messages', async () => this.store.deliveries);
    this.app.post('/_sandbox/faults', async ({ body }) => {
      this.faults.add(readControl(body, FAULT_KEYS, 'A fault') as Fault);
      return { success: true };
    });
    this.app.post('/_sandbox/clock', async ({ body }) => {
      const { hours = 0, seconds = 0 } = readControl(
        body,
        ['hours', 'seconds'],
        'The clock',
      );
      const passed = Number(hours) * 3600 + Number(seconds);
      if (!(passed > 0)) throw badParameter('Give hours or seconds above 0');
      this.store.secondsPassed += passed;
      return { success: true };
    });
    this.app.post('/_sandbox/webhooks', async ({ body }) => {
      const { url, receive, status, ...options } = readControl(
        body,
        ['url', 'receive', 'status', 'batch', 'times'],
        'A webhook',
      );
      if (!URL.canParse(String(url)))
        throw badParameter('url must be the address that gets the webhook');
      if (receive) this.receive(receive);
      if (status) this.tellStatus(status);
      return this.sendWebhooks(url, options);
    });
  }

  private tellStatus(given: unknown) {
    const known = ['id', 'status', 'code'];
    const { id, status, code } = readControl(given, known, 'status');
    if (!STATUSES.includes(status))
      throw badParameter(`status.status must be one of ${STATUSES.join(', ')}`);
    if (!this.store.deliveries.some(one => one.id === id))
      throw badParameter(`status.id: no message ${id} was sent`);
    this.setStatus(id, status, code);
  }

  async listen() {
    const { port = 0, tls } = this.options;
    await this.app.listen({ port, host: '127.0.0.1' });
    const address = this.app.server.address() as AddressInfo;
    this.origin = `${tls ? 'https' : 'http'}://127.0.0.1:${address.port}`;
  }

  /** What tests of both platforms use. */
  controls() {
    const state = () => this.store;
    return {
      origin: this.origin,
      get deliveries() {
        return state().deliveries;
      },
      get requests() {
        return state().requests;
      },
      get reads() {
        return state().reads;
      },
      /** All but the one that is there from the start. */
      get files() {
        return [...state().files.values()].filter(({ id }) => id !== PHOTO.id);
      },
      get collections() {
        return state().collections;
      },
      /** How often a number (digits) got a message. */
      countOf: (to: string) =>
        state().deliveries.filter(delivery => delivery.to === to).length,
      addFile(id: string, mimetype: string, content: Buffer) {
        const file = { content, mimetype, filename: 'file' };
        const stored = storeFile(id, file, mimetype);
        state().files.set(id, stored);
        return stored;
      },
      fault: (fault: Fault) => this.faults.add(fault),
      clearFaults: () => this.faults.clear(),
      /** Lets time pass, for what expires. */
      pass: (seconds: number) => {
        state().secondsPassed += seconds;
      },
      tell: this.tell,
      receive: this.receive,
      setStatus: this.setStatus,
      sendWebhooks: this.sendWebhooks,
      close: () => this.app.close(),
    };
  }

  reset = () => {
    this.faults.clear();
    this.store = createStore();
  };
}

/** Both, with their getters alive. */
export function join<A extends object, B extends object>(a: A, b: B): A & B {
  const descriptors = Object.getOwnPropertyDescriptors(b);
  return Object.defineProperties(a as object, descriptors) as A & B;
}
