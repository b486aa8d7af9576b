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
import type {
  Delivery,
  Happening,
  Inbound,
  Received,
  RequestFact,
  RunFact,
  WebhookFact,
} from './types';
import { receivedMessage, sentMessage } from './chat';
import { Events } from './events';
import { People } from './people';
import type { PhoneOptions } from './phone';
import { addCollections, Collections, LISTS } from './collections';
import { guardControls, readControl } from './controls';
import { badParameter, GraphError } from './graph-error';
import { storeFile } from './media';
import { checkMessage } from './messages';
import { approvedTemplates, type StoredTemplate } from './templates';
import { failureOf, readInbound } from './webhooks';

export interface SandboxOptions {
  port?: number;
  /** Where `sent`, `delivered` and `read` go by themselves. */
  webhook?: string;
  /** How long a review of a template takes (default: 2). */
  reviewSeconds?: number;
  /** A private key and its certificate: then it speaks https. */
  tls?: { key: string; cert: string };
  /** The page with the phones of the people. */
  phone?: PhoneOptions;
}

export interface SendOptions {
  /** Put all that happened into one webhook. */
  batch?: boolean;
  /** How often each webhook is sent: Meta repeats what it has no answer for. */
  times?: number;
}

/** What a platform does in its own way. */
export interface Dialect {
  name: string;
  /** What is never shown. */
  secrets: string[];
  /** The numbers of ours, by their IDs, as people see them. */
  numbers: Record<string, string>;
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

type Facts = ReturnType<typeof createStore>['facts'];

const EVENT_OF = {
  requests: 'request',
  webhooks: 'webhook',
  runs: 'run',
} as const;
const KEPT_FACTS = 500;
const LONGEST_ANSWER = 100_000;

/** What a webhook is about. */
function aboutOf([{ field, value }, ...others]: Happening[]) {
  const [status] = value.statuses ?? [];
  const [message] = value.messages ?? [];
  const kind = others.length
    ? `${others.length + 1} changes`
    : status
      ? `status ${status.status}`
      : (message?.type ?? field);
  const person = message?.from ?? message?.from_user_id;
  return {
    kind,
    message: status?.id ?? message?.id,
    person: status?.recipient_id ?? person,
  };
}

const isJson = (body: unknown) =>
  Array.isArray(body) || Object.getPrototypeOf(body) === Object.prototype;

/** The JSON of an answer, if it is JSON and not too long. */
function readAnswer(payload: unknown): unknown {
  if (typeof payload !== 'string' || payload.length > LONGEST_ANSWER)
    return undefined;
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
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

/** The smallest files that are what they say. */
const SAMPLES: Record<string, Buffer> = {
  'image/png': PHOTO.content,
  'image/webp': Buffer.from(
    'UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==',
    'base64',
  ),
  'application/pdf': Buffer.from('%PDF-1.4\n% A sample\n%%EOF\n'),
};

function createStore() {
  const store = {
    lastId: 0,
    deliveries: [] as Delivery[],
    requests: [] as { method: string; path: string; at: number }[],
    reads: [] as { message_id: string; typing: boolean }[],
    files: new Map([[PHOTO.id, storeFile(PHOTO.id, PHOTO, PHOTO.mimetype)]]),
    collections: new Collections(LISTS),
    templates: approvedTemplates(),
    happenings: [] as Happening[],
    people: new People(),
    received: [] as Received[],
    facts: {
      requests: [] as RequestFact[],
      webhooks: [] as WebhookFact[],
      runs: [] as RunFact[],
    },
    /** When people last wrote, to which number. */
    windows: new Map<string, number>(),
    secondsPassed: 0,
    nextId: (): number => ++store.lastId,
  };
  return store;
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
  readonly events: Events;
  /** The run that sends now. */
  currentRun?: string;
  /** What is filled in in the flow of a message. */
  flowFields: (payload: any) => string[] = () => [];
  /** How a review of a template ends, if the platform has reviews. */
  decide?: (template: StoredTemplate, event: string, reason?: string) => void;
  /** Adds to a webhook what the adaptor reads in it. */
  explain?: (webhook: WebhookFact) => void;
  /** Where webhooks go by themselves, other than to a URL. */
  job?: (webhook: WebhookFact) => void;
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
    this.events = new Events(text =>
      dialect.secrets.reduce(
        (hidden, secret) => hidden.replaceAll(secret, '[hidden]'),
        text,
      ),
    );
    this.faults.onChange = () =>
      this.events.publish('fault', this.faults.pending);
    this.app.addHook('preClose', async () => this.events.close());
    this.app.addHook('onSend', async (request, reply, payload) =>
      this.noteRequest(request, reply, payload),
    );
    guardControls(this.app);
    this.addControls();
    addCollections(this.app, () => this.store.collections);
  }

  now = () => Date.now() + this.store.secondsPassed * 1000;

  /** Keeps a fact for the page, and tells it. */
  note<Kind extends keyof Facts>(kind: Kind, fact: Facts[Kind][number]) {
    const facts = this.store.facts[kind] as unknown[];
    if (!facts.includes(fact)) facts.push(fact);
    if (facts.length > KEPT_FACTS) facts.shift();
    this.events.publish(EVENT_OF[kind], fact);
  }

  private noteRequest(
    { method, url, body, is404 }: FastifyRequest<any>,
    { statusCode, elapsedTime }: FastifyReply,
    payload: unknown,
  ) {
    const path = url.split('?')[0];
    if (is404 && !path.startsWith('/v')) return;
    if (/^\/($|favicon|_sandbox|collections)/.test(path)) return;
    const answer = readAnswer(payload);
    const message = (answer as any)?.messages?.[0]?.id;
    this.note('requests', {
      id: `request-${this.store.nextId()}`,
      at: this.now(),
      method,
      path,
      status: statusCode,
      ms: Math.round(elapsedTime),
      ...(body ? { body: isJson(body) ? body : '(a file)' } : {}),
      ...(answer !== undefined && { answer }),
      ...(message && { message }),
      ...(this.currentRun && { run: this.currentRun }),
    });
  }

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
    const at = this.now();
    const id = idOf(tail);
    const delivery: Delivery = {
      id,
      to: waId,
      payload,
      shown,
      at,
      phoneNumberId,
      status: 'sent',
      flowFields: this.flowFields(payload),
      ...(this.currentRun && { run: this.currentRun }),
    };
    deliveries.push(delivery);
    this.meet(waId);
    this.events.publish('message', sentMessage(delivery, this.store.people));
    const { webhook } = this.options;
    if (webhook) void this.report(delivery, webhook);
    else if (this.isOutsideWindow(delivery))
      this.tell(this.changeStatus(delivery.id, 'failed', TOO_LATE));
    return delivery;
  }

  /** Whoever gets a message or writes one has a phone. */
  private meet(id: string) {
    const { person, isNew } = this.store.people.meet(id);
    if (isNew) this.events.publish('person', person);
  }

  /** What happens on the phone, as it is told by webhooks. */
  private async report(delivery: Delivery, url: string) {
    const isLate = this.isOutsideWindow(delivery);
    const statuses = isLate ? ['failed'] : ['sent', 'delivered', 'read'];
    for (const status of statuses)
      await this.post(url, [
        this.changeStatus(delivery.id, status, isLate ? TOO_LATE : undefined),
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
    const { id, happening } = this.write(given);
    this.store.happenings.push(happening);
    return id;
  };

  /** What a person does, and how it will be told. */
  write(given: Inbound): { id: string; happening: Happening } {
    const { deliveries, files, nextId, windows, people, received } = this.store;
    const inbound = readInbound(given, deliveries, type => {
      const id = String(9_100_000_000_000_000 + nextId());
      const content = SAMPLES[type] ?? Buffer.from(`A sample: ${type}`);
      const file = { content, mimetype: type, filename: 'sample' };
      const stored = storeFile(id, file, type);
      files.set(id, { ...stored, phoneNumberId: given.phoneNumberId });
      return stored;
    });
    const id = this.dialect.inboundId(inbound, nextId());
    const at = this.now();
    const number = inbound.phoneNumberId ?? this.dialect.phoneNumberId;
    for (const who of [inbound.from, inbound.userId])
      if (who) windows.set(`${number} ${who}`, at);
    this.events.publish('person', people.wrote(inbound, String(number), at));
    const happening = this.dialect.message(inbound, id, at);
    const [message] = happening.value.messages ?? [];
    if (message) {
      const from = inbound.from;
      const one = { id, from, at, phoneNumberId: number, message };
      received.push(one);
      this.events.publish('message', receivedMessage(one, people));
    }
    return { id, happening };
  }

  /** Something happened to a message that was sent. */
  setStatus = (id: string, status: string, code?: number) => {
    this.store.happenings.push(this.changeStatus(id, status, code));
  };

  /** Changes the status of a message, and returns how it will be told. */
  changeStatus(id: string, status: string, code?: number): Happening {
    const delivery = this.findDelivery(id);
    delivery.status = status;
    delivery.error = code ? { code, title: failureOf(code) } : undefined;
    const { error } = delivery;
    this.events.publish('status', { message: id, status, error });
    return this.dialect.status(delivery, status, this.now(), code);
  }

  /** Something that is told by the next webhook, or by itself. */
  tell = (happening: Happening) => {
    const { webhook } = this.options;
    if (webhook)
      return void this.post(webhook, [happening]).catch(warnOfWebhook);
    if (this.job) return this.job(this.makeWebhook([happening]));
    this.store.happenings.push(happening);
  };

  /** A webhook that is ready to go, as a fact of the page. */
  makeWebhook(happenings: Happening[]): WebhookFact {
    const { body, headers } = this.dialect.webhook(happenings);
    const [{ field }] = happenings;
    const webhook: WebhookFact = {
      id: `webhook-${this.store.nextId()}`,
      at: this.now(),
      field,
      isSigned: 'x-hub-signature-256' in headers,
      body,
      headers,
      ...aboutOf(happenings),
    };
    this.explain?.(webhook);
    return webhook;
  }

  async post(url: string, happenings: Happening[]) {
    const webhook = this.makeWebhook(happenings);
    const { body, headers } = webhook;
    await this.repost(url, webhook);
    return { body, headers };
  }

  /** Posts a webhook, perhaps once more, and notes what the answer is. */
  async repost(url: string, webhook: WebhookFact) {
    const { body, headers } = webhook;
    webhook.answer = 'waiting';
    this.note('webhooks', webhook);
    try {
      const { status } = await fetch(url, { method: 'POST', headers, body });
      webhook.answer = `HTTP ${status}`;
    } catch (error) {
      webhook.answer = `not delivered: ${(error as Error).message}`;
      throw error;
    } finally {
      this.note('webhooks', webhook);
    }
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
      this.events.publish('clock', { now: this.now() });
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
    this.events.publish('reset', {});
  };
}

/** Both, with their getters alive. */
export function join<A extends object, B extends object>(a: A, b: B): A & B {
  const descriptors = Object.getOwnPropertyDescriptors(b);
  return Object.defineProperties(a as object, descriptors) as A & B;
}
