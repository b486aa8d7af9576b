import { createHmac } from 'node:crypto';
import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Base, join, MAX_FILE, type SandboxOptions } from './base';
import { badParameter, graphError, missing, noObject } from './graph-error';
import { storeFile } from './media';
import { messageChange, sign, statusChange } from './webhooks';

const VERSION = 'v25.0';
const URL_SECONDS = 5 * 60;
const CREDENTIAL = {
  apiToken: 'EAAsandbox0123456789',
  phoneNumberId: '123456789012345',
  wabaId: '987654321098765',
  appSecret: 'sandbox-app-secret',
};

function checkProof({ appsecret_proof: proof }: { appsecret_proof?: string }) {
  const { appSecret, apiToken } = CREDENTIAL;
  const expected = createHmac('sha256', appSecret).update(apiToken);
  if (proof !== undefined && proof !== expected.digest('hex'))
    throw badParameter('Invalid appsecret_proof provided in the API argument');
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

const idOf = ({ params }: FastifyRequest<any>) => (params as { id: string }).id;

function requireNumber(request: FastifyRequest<any>) {
  const id = idOf(request);
  if (id !== CREDENTIAL.phoneNumberId) throw noObject(id);
}

function requireAccount(request: FastifyRequest<any>) {
  const id = idOf(request);
  if (id !== CREDENTIAL.wabaId) throw noObject(id);
}

interface Subscription {
  override_callback_uri?: string;
  verify_token?: string;
}

const newState = () => ({
  profile: { messaging_product: 'whatsapp', about: 'Clinic', email: '' },
  subscription: undefined as Subscription | undefined,
});

/** A local WhatsApp Cloud API. It listens on this machine alone, and forgets all when it ends. */
export async function startCloud(options: SandboxOptions) {
  let state = newState();
  const base = new Base(options, {
    refuse: error => ({ status: error.status, body: error.toJSON() }),
    authenticate,
    webhook: changes => sign(changes, CREDENTIAL, CREDENTIAL.appSecret),
    inboundId: ({ from }, number) =>
      `wamid.in.${Buffer.from(`${from} ${number}`).toString('base64')}`,
    message: (inbound, id, at) => messageChange(inbound, id, at, CREDENTIAL),
    status: (delivery, status, at, code) =>
      statusChange(delivery, status, at, CREDENTIAL, code),
  });
  const { app, handle } = base;
  await app.register(multipart, { limits: { fileSize: MAX_FILE } });
  app.setNotFoundHandler(request => {
    throw noObject(request.url.split('?')[0].split('/').pop() ?? '');
  });

  addMessages(base);
  addMedia(base);

  app.get(
    '/:version/:id/whatsapp_business_profile',
    handle(async request => {
      requireNumber(request);
      return { data: [state.profile] };
    }),
  );

  app.post(
    '/:version/:id/whatsapp_business_profile',
    handle(async request => {
      requireNumber(request);
      Object.assign(state.profile, request.body);
      return { success: true };
    }),
  );

  app.get(
    '/:version/:id/message_templates',
    handle(async request => {
      requireAccount(request);
      const { name, limit = 25 } = request.query as any;
      const data = base.store.templates.filter(
        template => !name || template.name.includes(name),
      );
      return { data: data.slice(0, Number(limit)), paging: {} };
    }),
  );

  app.post(
    '/:version/:id/subscribed_apps',
    handle(async request => {
      requireAccount(request);
      const { override_callback_uri, verify_token } = (request.body ??
        {}) as Subscription;
      if (override_callback_uri && !verify_token) throw missing('verify_token');
      state.subscription = { override_callback_uri, verify_token };
      return { success: true };
    }),
  );

  app.delete(
    '/:version/:id/subscribed_apps',
    handle(async request => {
      requireAccount(request);
      state.subscription = undefined;
      return { success: true };
    }),
  );

  await base.listen();

  return join(
    {
      credential: { baseUrl: `${base.origin}/${VERSION}`, ...CREDENTIAL },
      get subscription() {
        return state.subscription;
      },
      reset() {
        base.reset();
        state = newState();
      },
    },
    base.controls(),
  );
}

function addMessages(base: Base) {
  function markAsRead({ message_id, typing_indicator }: any) {
    if (!message_id) throw missing('message_id');
    base.store.reads.push({ message_id, typing: Boolean(typing_indicator) });
    return { success: true };
  }

  function accept(payload: any) {
    const delivery = base.deliver(payload, tail => `wamid.${tail}`);
    const { id, to: waId } = delivery;
    const { to, recipient, type } = payload;
    return {
      messaging_product: 'whatsapp',
      contacts: [
        to === undefined
          ? { input: recipient, user_id: recipient }
          : { input: to, wa_id: waId },
      ],
      messages: [
        type === 'template' ? { id, message_status: 'accepted' } : { id },
      ],
    };
  }

  base.app.post(
    '/:version/:id/messages',
    base.handle(async request => {
      requireNumber(request);
      const payload = request.body as any;
      return payload?.status === 'read' ? markAsRead(payload) : accept(payload);
    }),
  );
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

function addMedia(base: Base) {
  const { app, handle } = base;
  const PATH = '/whatsapp_business/attachments/';

  app.post(
    '/:version/:id/media',
    handle(async request => {
      requireNumber(request);
      const { file, type, messaging_product } = await readForm(request);
      if (messaging_product !== 'whatsapp')
        throw badParameter('The parameter messaging_product is required.');
      if (!file) throw badParameter('The parameter file is required.');
      if (!type) throw badParameter('The parameter type is required.');
      const id = String(1000000000000000 + base.store.nextId());
      base.store.files.set(id, storeFile(id, file, type));
      return { id };
    }),
  );

  app.get(
    '/:version/:id',
    handle(async request => {
      const id = idOf(request);
      const file = base.store.files.get(id);
      if (id === CREDENTIAL.phoneNumberId)
        return { id, display_phone_number: '+1 555 000 1111' };
      if (!file) throw noObject(id);
      const { mime_type, sha256, content } = file;
      const expires = Math.floor(base.now() / 1000) + URL_SECONDS;
      return {
        messaging_product: 'whatsapp',
        id,
        url: `${base.origin}${PATH}?mid=${id}&ext=${expires}`,
        mime_type,
        sha256,
        file_size: content.length,
      };
    }),
  );

  app.delete(
    '/:version/:id',
    handle(async request => {
      const id = idOf(request);
      if (!base.store.files.delete(id)) throw noObject(id);
      return { success: true };
    }),
  );

  // Meta answers 404 with a web page for an old address and for a wrong token.
  app.get(
    PATH,
    handle(
      async (request, reply) => {
        const { mid, ext } = request.query as Record<string, string>;
        const { authorization, 'user-agent': agent } = request.headers;
        const file = base.store.files.get(mid);
        const isAllowed = authorization === `Bearer ${CREDENTIAL.apiToken}`;
        const isFresh = Number(ext) * 1000 > base.now();
        if (file && isAllowed && isFresh && agent)
          return reply.type(file.mime_type).send(file.content);
        return reply.code(404).type('text/html').send('<html>Not found</html>');
      },
      () => undefined,
    ),
  );
}
