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
}

const VERSION = 'v25.0';
const MAX_FILE = 200 * 2 ** 20;

const CREDENTIAL = {
  apiToken: 'EAAsandbox0123456789',
  phoneNumberId: '123456789012345',
  wabaId: '987654321098765',
};

function createStore() {
  let lastId = 0;
  return {
    deliveries: [] as Delivery[],
    requests: [] as { method: string; path: string; at: number }[],
    reads: [] as { message_id: string; typing: boolean }[],
    files: new Map<string, StoredFile>(),
    templates: approvedTemplates(),
    profile: { messaging_product: 'whatsapp', about: 'Clinic', email: '' },
    nextId: () => ++lastId,
  };
}

type Work = (request: FastifyRequest<any>) => Promise<unknown>;

/** A local WhatsApp Cloud API. It listens on this machine alone, and forgets all when it ends. */
export async function startSandbox({ port = 0 }: SandboxOptions = {}) {
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

  function authenticate({ headers, params }: FastifyRequest<any>) {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (!token) throw graphError(104, 'An access token is required', 401);
    if (token !== CREDENTIAL.apiToken)
      throw graphError(190, 'Invalid OAuth access token');
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
    store.deliveries.push({ id, to: waId, payload, shown, at: Date.now() });
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
        const file_size = content.length;
        return {
          messaging_product: 'whatsapp',
          id,
          mime_type,
          sha256,
          file_size,
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

  // For tests in another process. Not part of Meta's API, and without a token.
  app.get('/_sandbox/messages', async () => store.deliveries);
  app.post('/_sandbox/faults', async ({ body }) => {
    faults.add(body as Fault);
    return { success: true };
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
      store.files.set(id, storeFile(id, file, mimetype));
    },
    fault: (fault: Fault) => faults.add(fault),
    reset() {
      faults.clear();
      store = createStore();
    },
    close: () => app.close(),
  };
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;
