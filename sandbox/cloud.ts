import multipart from '@fastify/multipart';
import { addBlocking, addNumbers, addProfile } from './account';
import { addAnalytics } from './analytics';
import {
  Base,
  idOf,
  join,
  MAX_FILE,
  type Dialect,
  type Request,
  type SandboxOptions,
} from './base';
import {
  addAutomation,
  addGroups,
  addHistory,
  addQrCodes,
  addRegistration,
  addSignups,
  addUsername,
} from './extras';
import { addFlows } from './flows';
import { readForm } from './form';
import {
  authenticate,
  below,
  CREDENTIAL,
  newState,
  SECOND_NUMBER,
  VERSION,
  type Cloud,
} from './graph';
import { badParameter, graphError, missing, noObject } from './graph-error';
import { addTemplates } from './management';
import { addLibrary } from './template-library';
import { storeFile, type StoredFile } from './media';
import { digits, requireProduct } from './messages';
import { Phone } from './phone';
import { addUploads } from './uploads';
import { messageChange, sign, statusChange } from './webhooks';

const URL_SECONDS = 5 * 60;
const ACCOUNT = {
  ...CREDENTIAL,
  displays: {
    [CREDENTIAL.phoneNumberId]: '15550001111',
    [SECOND_NUMBER]: '15550002222',
  },
};

/** What stands in front of the Cloud API. */
type Gateway = Pick<Dialect, 'refuse' | 'rewriteUrl' | 'secrets'> & {
  credentialOf: (origin: string) => Record<string, string>;
};

/** A local WhatsApp Cloud API. It listens on this machine alone, and forgets all when it ends. */
export async function startCloud(
  options: SandboxOptions,
  { credentialOf, ...gateway }: Partial<Gateway> = {},
) {
  const base = new Base(options, {
    refuse: error => ({ status: error.status, body: error.toJSON() }),
    name: 'Cloud API',
    secrets: [CREDENTIAL.apiToken, CREDENTIAL.appSecret],
    ...gateway,
    numbers: ACCOUNT.displays,
    authenticate,
    phoneNumberId: CREDENTIAL.phoneNumberId,
    webhook: changes => sign(changes, CREDENTIAL, CREDENTIAL.appSecret),
    inboundId: ({ from }, number) =>
      `wamid.in.${Buffer.from(`${from} ${number}`).toString('base64')}`,
    message(inbound, id, at) {
      cloud.state.writers.set(inbound.from, at);
      return messageChange(inbound, id, at, ACCOUNT);
    },
    status: (delivery, status, at, code) =>
      statusChange(delivery, status, at, ACCOUNT, code),
  });
  const { app } = base;
  await app.register(multipart, { limits: { fileSize: MAX_FILE } });
  app.setNotFoundHandler(request => {
    throw noObject(request.url.split('?')[0].split('/').pop() ?? '');
  });

  const cloud: Cloud = {
    base,
    ofNumber: below(base, CREDENTIAL.phoneNumberId, SECOND_NUMBER),
    ofAccount: below(base, CREDENTIAL.wabaId),
    ofApp: below(base, CREDENTIAL.appId),
    state: newState(),
    nodes: { GET: [], POST: [], DELETE: [] },
  };
  addMessages(cloud);
  addMedia(cloud);
  addSubscription(cloud);
  addProfile(cloud);
  addNumbers(cloud);
  addAnalytics(cloud);
  addQrCodes(cloud);
  addGroups(cloud);
  addRegistration(cloud);
  addUsername(cloud);
  addAutomation(cloud);
  addSignups(cloud);
  addHistory(cloud);
  const people = addBlocking(cloud);
  const templates = addTemplates(cloud);
  addLibrary(cloud);
  const uploads = addUploads(cloud);
  const flows = addFlows(cloud);
  addNodes(cloud);

  const own = () => ({ baseUrl: `${base.origin}/${VERSION}`, ...CREDENTIAL });
  const credential = () => credentialOf?.(base.origin) ?? own();
  if (options.phone) new Phone(base, options.phone, credential);
  await base.listen();

  const parts = join(join(people, templates), join(uploads, flows));
  const controls = join(base.controls(), parts);
  return join(
    {
      credential: own(),
      get subscription() {
        return cloud.state.subscription;
      },
      get numbers() {
        return cloud.state.numbers;
      },
      reset() {
        base.reset();
        cloud.state = newState();
      },
    },
    controls,
  );
}

function addMessages(cloud: Cloud) {
  const { base, ofNumber } = cloud;

  function markAsRead({ message_id, typing_indicator }: any) {
    if (!message_id) throw missing('message_id');
    base.store.reads.push({ message_id, typing: Boolean(typing_indicator) });
    return { success: true };
  }

  function checkSender({ to }: any) {
    const { registered, blocked } = cloud.state;
    if (!registered) throw graphError(133010, 'Register the number first');
    if (blocked.has(digits(to)))
      throw graphError(130403, 'Unblock the user first');
  }

  function accept(payload: any, phoneNumberId: string) {
    checkSender(payload);
    const delivery = base.deliver(
      payload,
      tail => `wamid.${tail}`,
      phoneNumberId,
    );
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
    ofNumber(async request => {
      const payload = request.body as any;
      return payload?.status === 'read'
        ? markAsRead(payload)
        : accept(payload, idOf(request));
    }),
  );

  base.app.post(
    '/:version/:id/marketing_messages',
    ofNumber(async request => {
      const payload = request.body as any;
      if (payload?.type !== 'template')
        throw badParameter('Only templates are supported');
      const { name, language } = payload.template ?? {};
      const isMarketing = base.store.templates.some(
        one =>
          one.name === name &&
          one.language === language?.code &&
          one.category === 'MARKETING',
      );
      if (!isMarketing)
        throw graphError(131055, 'Only marketing templates are supported');
      return accept(payload, idOf(request));
    }),
  );
}

function addSubscription(cloud: Cloud) {
  const { ofAccount } = cloud;
  const { app } = cloud.base;
  const PATH = '/:version/:id/subscribed_apps';

  app.post(
    PATH,
    ofAccount(async request => {
      const { override_callback_uri, verify_token } = (request.body ??
        {}) as NonNullable<Cloud['state']['subscription']>;
      if (override_callback_uri && !verify_token) throw missing('verify_token');
      cloud.state.subscription = { override_callback_uri, verify_token };
      return { success: true };
    }),
  );

  app.delete(
    PATH,
    ofAccount(async () => {
      cloud.state.subscription = undefined;
      return { success: true };
    }),
  );
}

/** Whatever has an id of its own: the first that knows it answers. */
function addNodes({ base, nodes }: Cloud) {
  for (const method of ['GET', 'POST', 'DELETE'] as const)
    base.app.route({
      method,
      url: '/:version/:id',
      handler: base.handle(async (request, reply, fault) => {
        for (const node of nodes[method]) {
          const answer = await node(request, reply, fault);
          if (answer !== undefined) return answer;
        }
        throw noObject(idOf(request));
      }),
    });
}

/** With the id of a number a file is given to that number only. */
function isOf({ phoneNumberId }: StoredFile, request: Request) {
  const { phone_number_id: asked } = request.query as Record<string, string>;
  return !asked || !phoneNumberId || asked === phoneNumberId;
}

function addMedia({ base, nodes, ofNumber }: Cloud) {
  const { app, handle } = base;
  const PATH = '/whatsapp_business/attachments/';

  app.post(
    '/:version/:id/media',
    ofNumber(async request => {
      const { file, type, ...fields } = await readForm(request);
      requireProduct(fields);
      if (!file) throw badParameter('The parameter file is required.');
      if (!type) throw badParameter('The parameter type is required.');
      const id = String(1000000000000000 + base.store.nextId());
      const stored = storeFile(id, file, type);
      const phoneNumberId = idOf(request);
      base.store.files.set(id, { ...stored, phoneNumberId });
      return { id };
    }),
  );

  nodes.GET.push(request => {
    const id = idOf(request);
    const file = base.store.files.get(id);
    if (!file || !isOf(file, request)) return undefined;
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
  });

  nodes.DELETE.push(request => {
    const file = base.store.files.get(idOf(request));
    if (!file || !isOf(file, request)) return undefined;
    base.store.files.delete(file.id);
    return { success: true };
  });

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
