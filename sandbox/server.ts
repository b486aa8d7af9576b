import { createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import multipart from '@fastify/multipart';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { applyAfter, applyBefore, Faults, type Fault } from './faults';
import {
  badParameter,
  graphError,
  GraphError,
  missing,
  noObject,
} from './graph-error';
import { storeFile, type StoredFile } from './media';
import { checkMessage, type Shown } from './messages';
import { approvedTemplates } from './templates';
import {
  messageChange,
  sign,
  statusChange,
  type Change,
  type Inbound,
  type SendOptions,
} from './webhooks';

/** A message that the sandbox has accepted. */
export interface Delivery {
  id: string;
  to: string;
  payload: any;
  shown: Shown;
  at: number;
}

export interface SandboxOptions {
  port?: number;
  /** Where `sent`, `delivered` and `read` go by themselves. */
  webhook?: string;
}

const VERSION = 'v25.0';
const MAX_FILE = 200 * 2 ** 20;

const CREDENTIAL = {
  apiToken: 'EAAsandbox0123456789',
  phoneNumberId: '123456789012345',
  wabaId: '987654321098765',
  appSecret: 'sandbox-app-secret',
};

const URL_SECONDS = 5 * 60;

function createStore() {
  let lastId = 0;
  return {
    deliveries: [] as Delivery[],
    requests: [] as { method: string; path: string; at: number }[],
    reads: [] as { message_id: string; typing: boolean }[],
    files: new Map<string, StoredFile>(),
    templates: approvedTemplates(),
    changes: [] as Change[],
    subscription: undefined as
      { override_callback_uri?: string; verify_token?: string } | undefined,
    secondsPassed: 0,
    profile: { messaging_product: 'whatsapp', about: 'Clinic', email: '' },
    nextId: () => ++lastId,
  };
}

type Work = (request: FastifyRequest<any>) => Promise<unknown>;

/** A local WhatsApp Cloud API. It listens on this machine alone, and forgets all when it ends. */
export async function startSandbox({ port = 0, webhook }: SandboxOptions = {}) {
  const app = fastify({ bodyLimit: MAX_FILE, forceCloseConnections: true });
  const faults = new Faults();
  let store = createStore();

  await app.register(multipart, { limits: { fileSize: MAX_FILE } });
  app.setErrorHandler((error, _request, reply) => {
    const refusal =
      error instanceof GraphError
        ? error
        : badParameter((error as Error).message);
    return reply.code(refusal.status).send(refusal.toJSON());
  });
  app.setNotFoundHandler(request => {
    throw noObject(request.url.split('?')[0].split('/').pop() ?? '');
  });

  function checkProof({
    appsecret_proof: proof,
  }: {
    appsecret_proof?: string;
  }) {
    const { appSecret, apiToken } = CREDENTIAL;
    const expected = createHmac('sha256', appSecret).update(apiToken);
    if (proof !== undefined && proof !== expected.digest('hex'))
      throw badParameter(
        'Invalid appsecret_proof provided in the API argument',
      );
  }

  function authenticate({ headers, params, query }: FastifyRequest<any>) {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (!token) throw graphError(104, 'An access token is required', 401);
    if (token !== CREDENTIAL.apiToken)
      throw graphError(190, 'Invalid OAuth access token');
    checkProof(query as object);
    const { version } = params as { version: string };
    if (!/^v\d+\.\d+$/.test(version)) throw noObject(version);
  }

  const handle =
    (work: Work) =>
    async (request: FastifyRequest<any>, reply: FastifyReply) => {
      const path = request.url.split('?')[0];
      store.requests.push({ method: request.method, path, at: Date.now() });
      const fault = faults.take(request);
      if (fault && (await applyBefore(fault, reply))) return reply;
      authenticate(request);
      const answer = await work(request);
      if (!fault?.reset) return answer;
      applyAfter(fault, reply, JSON.stringify(answer));
      return reply;
    };

  function requireNumber({ params }: FastifyRequest<any>) {
    const { id } = params as { id: string };
    if (id !== CREDENTIAL.phoneNumberId) throw noObject(id);
  }

  function markAsRead({ message_id, typing_indicator }: any) {
    if (!message_id) throw missing('message_id');
    store.reads.push({ message_id, typing: Boolean(typing_indicator) });
    return { success: true };
  }

  function accept(payload: any) {
    const { templates, files } = store;
    const { waId, shown } = checkMessage(payload, {
      templates,
      hasMedia: id => files.has(id),
    });
    // Like a real one it holds the number, in base64.
    const tail = Buffer.from(`${waId} ${store.nextId()}`).toString('base64');
    const id = `wamid.${tail}`;
    const delivery = { id, to: waId, payload, shown, at: Date.now() };
    store.deliveries.push(delivery);
    if (webhook) void report(delivery, webhook);
    const { to, recipient } = payload;
    return {
      messaging_product: 'whatsapp',
      contacts: [
        to === undefined
          ? { input: recipient, user_id: recipient }
          : { input: to, wa_id: waId },
      ],
      messages: [
        payload.type === 'template'
          ? { id, message_status: 'accepted' }
          : { id },
      ],
    };
  }

  const now = () => Date.now() + store.secondsPassed * 1000;

  /** What happens on the phone, as it is told by webhooks. */
  async function report(delivery: Delivery, url: string) {
    for (const status of ['sent', 'delivered', 'read']) {
      const change = statusChange(delivery, status, now(), CREDENTIAL);
      await post(url, [change]).catch(error =>
        console.warn(`The webhook could not be sent: ${error.message}`),
      );
    }
  }

  async function post(url: string, changes: Change[]) {
    const { body, headers } = sign(changes, CREDENTIAL, CREDENTIAL.appSecret);
    await fetch(url, { method: 'POST', headers, body });
    return { body, headers };
  }

  async function sendWebhooks(
    url: string,
    { batch = false, times = 1 }: SendOptions = {},
  ) {
    const changes = store.changes.splice(0);
    const webhooks = batch ? [changes] : changes.map(change => [change]);
    const sent = [];
    for (const webhook of webhooks)
      for (let time = 0; time < times; time++)
        sent.push(await post(url, webhook));
    return sent;
  }

  function setStatus(id: string, status: string, code?: number) {
    const delivery = store.deliveries.find(delivery => delivery.id === id);
    if (!delivery) throw noObject(id);
    store.changes.push(statusChange(delivery, status, now(), CREDENTIAL, code));
  }

  function receive(inbound: Inbound): string {
    const number = Buffer.from(`${inbound.from} ${store.nextId()}`);
    const id = `wamid.in.${number.toString('base64')}`;
    store.changes.push(messageChange(inbound, id, now(), CREDENTIAL));
    return id;
  }

  async function readForm(request: FastifyRequest) {
    const fields: Record<string, any> = {};
    for await (const part of request.parts())
      fields[part.fieldname] =
        part.type === 'file'
          ? {
              content: await part.toBuffer(),
              mimetype: part.mimetype,
              filename: part.filename,
            }
          : part.value;
    return fields;
  }

  app.post(
    '/:version/:id/messages',
    handle(async request => {
      requireNumber(request);
      const payload = request.body as any;
      return payload?.status === 'read' ? markAsRead(payload) : accept(payload);
    }),
  );

  app.post(
    '/:version/:id/media',
    handle(async request => {
      requireNumber(request);
      const { file, type, messaging_product } = await readForm(request);
      if (messaging_product !== 'whatsapp')
        throw badParameter('The parameter messaging_product is required.');
      if (!file) throw badParameter('The parameter file is required.');
      if (!type) throw badParameter('The parameter type is required.');
      const id = String(1000000000000000 + store.nextId());
      store.files.set(id, storeFile(id, file, type));
      return { id };
    }),
  );

  app.get(
    '/:version/:id/whatsapp_business_profile',
    handle(async request => {
      requireNumber(request);
      return { data: [store.profile] };
    }),
  );

  app.post(
    '/:version/:id/whatsapp_business_profile',
    handle(async request => {
      requireNumber(request);
      Object.assign(store.profile, request.body);
      return { success: true };
    }),
  );

  app.get(
    '/:version/:id/message_templates',
    handle(async ({ params, query }) => {
      const { id } = params as any;
      const { name, limit = 25 } = query as any;
      if (id !== CREDENTIAL.wabaId) throw noObject(id);
      const data = store.templates.filter(
        template => !name || template.name.includes(name),
      );
      return { data: data.slice(0, Number(limit)), paging: {} };
    }),
  );

  app.get(
    '/:version/:id',
    handle(async ({ params }) => {
      const { id } = params as any;
      const file = store.files.get(id);
      if (file) {
        const { mime_type, sha256, content } = file;
        const expires = Math.floor(now() / 1000) + URL_SECONDS;
        return {
          messaging_product: 'whatsapp',
          id,
          url: `${origin}/whatsapp_business/attachments/?mid=${id}&ext=${expires}`,
          mime_type,
          sha256,
          file_size: content.length,
        };
      }
      if (id === CREDENTIAL.phoneNumberId)
        return { id, display_phone_number: '+1 555 000 1111' };
      throw noObject(id);
    }),
  );

  app.delete(
    '/:version/:id',
    handle(async ({ params }) => {
      const { id } = params as any;
      if (!store.files.delete(id)) throw noObject(id);
      return { success: true };
    }),
  );

  // Meta answers 404 with a web page for an old address and for a wrong token.
  app.get('/whatsapp_business/attachments/', async (request, reply) => {
    const { mid, ext } = request.query as Record<string, string>;
    const { authorization, 'user-agent': agent } = request.headers;
    const path = '/whatsapp_business/attachments/';
    store.requests.push({ method: 'GET', path, at: Date.now() });
    const fault = faults.take(request);
    if (fault && (await applyBefore(fault, reply))) return reply;
    const file = store.files.get(mid);
    const isAllowed = authorization === `Bearer ${CREDENTIAL.apiToken}`;
    const isFresh = Number(ext) * 1000 > now();
    if (!file || !isAllowed || !isFresh || !agent)
      return reply.code(404).type('text/html').send('<html>Not found</html>');
    return reply.type(file.mime_type).send(file.content);
  });

  app.post(
    '/:version/:id/subscribed_apps',
    handle(async ({ params, body }) => {
      const { id } = params as any;
      if (id !== CREDENTIAL.wabaId) throw noObject(id);
      const { override_callback_uri, verify_token } = (body ?? {}) as any;
      if (override_callback_uri && !verify_token) throw missing('verify_token');
      store.subscription = { override_callback_uri, verify_token };
      return { success: true };
    }),
  );

  app.delete(
    '/:version/:id/subscribed_apps',
    handle(async ({ params }) => {
      const { id } = params as any;
      if (id !== CREDENTIAL.wabaId) throw noObject(id);
      store.subscription = undefined;
      return { success: true };
    }),
  );

  // For tests in another process. Not part of Meta's API, and without a token.
  app.get('/_sandbox/messages', async () => store.deliveries);
  app.post('/_sandbox/faults', async ({ body }) => {
    faults.add(body as Fault);
    return { success: true };
  });

  app.post('/_sandbox/webhooks', async ({ body }) => {
    const { url, receive: inbound, status, ...options } = body as any;
    if (inbound) receive(inbound);
    if (status) setStatus(status.id, status.status, status.code);
    return sendWebhooks(url, options);
  });

  await app.listen({ port, host: '127.0.0.1' });
  const address = app.server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${address.port}`;

  return {
    origin,
    credential: { baseUrl: `${origin}/${VERSION}`, ...CREDENTIAL },
    get deliveries() {
      return store.deliveries;
    },
    get requests() {
      return store.requests;
    },
    get reads() {
      return store.reads;
    },
    get files() {
      return [...store.files.values()];
    },
    /** How often a number (digits) got a message. */
    countOf: (to: string) =>
      store.deliveries.filter(delivery => delivery.to === to).length,
    addFile(id: string, mimetype: string, content: Buffer) {
      const file = { content, mimetype, filename: 'file' };
      const stored = storeFile(id, file, mimetype);
      store.files.set(id, stored);
      return stored;
    },
    get subscription() {
      return store.subscription;
    },
    fault: (fault: Fault) => faults.add(fault),
    /** Lets time pass, for what expires. */
    pass: (seconds: number) => {
      store.secondsPassed += seconds;
    },
    /** A person writes: it is told by the next webhook. Returns the id. */
    receive,
    /** Something happened to a message that was sent. */
    setStatus,
    /** Anything else that Meta tells. */
    tell: (change: Change) => {
      store.changes.push(change);
    },
    /** Posts all that happened to a URL, signed. Returns what was posted. */
    sendWebhooks,
    reset() {
      faults.clear();
      store = createStore();
    },
    close: () => app.close(),
  };
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;
