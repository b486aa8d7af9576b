import type { FastifyRequest } from 'fastify';
import { Base, idOf, join, type Dialect, type SandboxOptions } from './base';
import { GraphError } from './graph-error';
import { storeFile } from './media';
import { Phone } from './phone';
import type { Delivery, Inbound } from './types';
import { inboundValue, seconds } from './webhooks';

const CREDENTIAL = { username: 'openfn', password: 'S3cret!password' };
const NAMESPACE = 'clinic_namespace';
const META = { api_status: 'stable', version: 'v2.57.1' };
const FIELDS = [
  'to',
  'type',
  'recipient_type',
  'preview_url',
  'context',
  'text',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'interactive',
  'template',
  'reaction',
];

class OnPremiseError extends GraphError {}

const TITLES: Record<number, [title: string, status: number]> = {
  1000: ['Generic error', 500],
  1005: ['Access denied', 401],
  1006: ['Resource not found', 404],
  1008: ['Required parameter is missing', 400],
  1009: ['Parameter value is not valid', 400],
  1010: ['Parameter is not required', 400],
  1011: ['Service not ready', 500],
  1014: ['Internal error', 500],
  1015: ['Too many requests', 429],
  1016: ['System overloaded', 503],
  1024: ['Password change required', 401],
};

function problem(code: number, details: string) {
  const [title, status] = TITLES[code] ?? ['An error of the sandbox', 400];
  return new OnPremiseError(code, title, details, status);
}

/** The same problem of a message has another code on each platform. */
const CODES: Record<number, [code: number, status: number]> = {
  100: [1009, 400],
  131008: [1008, 400],
  131009: [1009, 400],
  132000: [2000, 400],
  132001: [2001, 404],
  132012: [2012, 400],
};

function refuse(error: GraphError) {
  const { code, details } = error;
  const known = TITLES[code];
  const [ours, status] =
    error instanceof OnPremiseError
      ? [code, error.status]
      : (CODES[code] ?? [code, known?.[1] ?? error.status]);
  const title = TITLES[ours]?.[0] ?? error.title;
  const href = 'https://developers.facebook.com/docs/whatsapp/api/errors/';
  return {
    status,
    body: { errors: [{ code: ours, title, details, href }], meta: META },
  };
}

/** A strict server refuses what it does not know. */
function checkForm(payload: any) {
  for (const key of Object.keys(payload ?? {}))
    if (!FIELDS.includes(key)) throw problem(1010, `Unknown parameter ${key}`);
  if (payload?.text && 'preview_url' in payload.text)
    throw problem(1010, 'Unknown parameter text.preview_url');
  if (/^\+/.test(payload?.to ?? '')) throw problem(1009, 'to is not a number');
  if (payload?.template) checkTemplate(payload.template);
}

function checkTemplate(template: any) {
  if (!template.namespace) throw problem(1008, 'template.namespace');
  if (template.namespace !== NAMESPACE)
    throw problem(1006, `Unknown namespace ${template.namespace}`);
  if (template.language?.policy !== 'deterministic')
    throw problem(1008, 'template.language.policy');
}

function createSession() {
  return {
    tokens: new Set<string>(),
    logins: 0,
    mustChangePassword: false,
    settings: { application: { webhooks: { url: '' } } } as any,
  };
}

function statusOf(
  { id, to }: Delivery,
  status: string,
  at: number,
  code?: number,
) {
  return {
    statuses: [
      {
        id,
        status,
        recipient_id: to,
        timestamp: seconds(at),
        type: 'message',
        ...(code && {
          errors: [{ code, title: 'Failed', details: 'Failed.' }],
        }),
      },
    ],
  };
}

const message = (inbound: Inbound, id: string, at: number) => ({
  field: 'messages',
  value: inboundValue(inbound, id, at),
});

const status: Dialect['status'] = (delivery, name, at, code) => ({
  field: 'messages',
  value: statusOf(delivery, name, at, code),
});

/** Flat, and unsigned. */
function webhook(happenings: { value: Record<string, any> }[]) {
  const body: Record<string, unknown[]> = {};
  for (const { value } of happenings)
    for (const [key, items] of Object.entries(value))
      body[key] = [...(body[key] ?? []), ...items];
  const headers = { 'content-type': 'application/json' };
  return { body: JSON.stringify(body), headers };
}

/** A local WhatsApp On-Premise API. */
export async function startOnPremise(options: SandboxOptions) {
  let session = createSession();
  const base = new Base(options, {
    name: 'On-Premise API',
    secrets: [CREDENTIAL.password, 'eyJsandbox.token'],
    numbers: {},
    refuse,
    webhook,
    inboundId: (_inbound, number) => `ABGG${number}`,
    message,
    status,
    authenticate({ headers }) {
      const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
      if (!token || !session.tokens.has(token))
        throw problem(1005, 'The token is missing or has expired');
    },
  });
  const { app, handle } = base;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer' },
    (request: FastifyRequest, body: Buffer, done: any) => {
      const type = request.headers['content-type'] ?? '';
      if (!type.startsWith('application/json')) return done(null, body);
      try {
        done(null, body.length ? JSON.parse(body.toString()) : null);
      } catch {
        done(problem(1025, 'The body is not JSON'));
      }
    },
  );
  app.setNotFoundHandler(() => {
    throw problem(1006, 'Unknown path');
  });

  function checkPassword({ headers }: FastifyRequest<any>) {
    const { username, password } = CREDENTIAL;
    const basic = Buffer.from(`${username}:${password}`).toString('base64');
    if (headers.authorization !== `Basic ${basic}`)
      throw problem(1005, 'User name or password is wrong');
    if (session.mustChangePassword)
      throw problem(1024, 'Please change the password');
  }

  app.post(
    '/v1/users/login',
    handle(async (_request, reply) => {
      const token = `eyJsandbox.token.${++session.logins}`;
      session.tokens.add(token);
      const expires_after = '2030-09-14 15:29:26+00:00';
      reply.code(200);
      return { users: [{ token, expires_after }], meta: META };
    }, checkPassword),
  );

  addRoutes(base);

  app.get(
    '/v1/settings/application',
    handle(async () => ({ settings: session.settings, meta: META })),
  );
  app.patch(
    '/v1/settings/application',
    handle(async (request, reply) => {
      Object.assign(session.settings.application, request.body);
      return reply.code(200).send();
    }),
  );

  const credential = () => ({ baseUrl: `${base.origin}/v1`, ...CREDENTIAL });
  if (options.phone) new Phone(base, options.phone, credential);
  await base.listen();
  return join(
    {
      credential: credential(),
      get logins() {
        return session.logins;
      },
      /** A token that somebody pasted into the credential. */
      addToken: (token: string) => void session.tokens.add(token),
      expireTokens: () => session.tokens.clear(),
      requirePasswordChange: () => {
        session.mustChangePassword = true;
      },
      reset() {
        base.reset();
        session = createSession();
      },
    },
    base.controls(),
  );
}

function addRoutes(base: Base) {
  const { app, handle } = base;

  app.post(
    '/v1/messages',
    handle(async (request, reply) => {
      const payload = request.body as any;
      checkForm(payload);
      const { preview_url: _preview, ...message } = payload;
      const delivery = base.deliver(
        { messaging_product: 'whatsapp', ...message },
        tail => `gBEG${tail}`,
      );
      delivery.payload = payload;
      reply.code(201);
      return { messages: [{ id: delivery.id }], meta: META };
    }),
  );

  app.put(
    '/v1/messages/:id',
    handle(async (request, reply) => {
      const { status } = (request.body ?? {}) as any;
      if (status !== 'read') throw problem(1009, 'status');
      base.store.reads.push({ message_id: idOf(request), typing: false });
      return reply.code(200).send();
    }),
  );

  app.post(
    '/v1/media',
    handle(async (request, reply) => {
      const mimetype = request.headers['content-type'] ?? '';
      if (!Buffer.isBuffer(request.body)) throw problem(1009, 'body');
      const number = String(base.store.nextId()).padStart(12, '0');
      const id = `4b5b0000-0000-0000-0000-${number}`;
      const file = { content: request.body, mimetype, filename: '' };
      base.store.files.set(id, storeFile(id, file, mimetype));
      reply.code(201);
      return { media: [{ id }], meta: META };
    }),
  );

  app.get(
    '/v1/media/:id',
    handle(async (request, reply) => {
      const file = base.store.files.get(idOf(request));
      if (!file) return reply.code(404).send();
      return reply.type(file.mime_type).send(file.content);
    }),
  );

  app.delete(
    '/v1/media/:id',
    handle(async (request, reply) => {
      const isThere = base.store.files.delete(idOf(request));
      return reply.code(isThere ? 200 : 404).send();
    }),
  );

  app.post(
    '/v1/contacts',
    handle(async request => {
      const { contacts, blocking } = request.body as any;
      if (!Array.isArray(contacts)) throw problem(1008, 'contacts');
      if (!['wait', 'no_wait', undefined].includes(blocking))
        throw problem(1009, 'blocking');
      const rows = contacts.map((input: string) =>
        /^\+\d{7,15}$/.test(input)
          ? { input, status: 'valid', wa_id: input.slice(1) }
          : { input, status: 'invalid' },
      );
      return { contacts: rows, meta: META };
    }),
  );

  app.get(
    '/v1/health',
    handle(async () => ({ health: { gateway_status: 'connected' } })),
  );
  app.get(
    '/v1/settings/business/profile',
    handle(async () => ({
      settings: { business: { profile: { vertical: 'Medical and Health' } } },
      meta: META,
    })),
  );
}
