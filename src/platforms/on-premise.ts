import _ from 'lodash';
import type { Connection } from '../configuration';
import {
  invalidMessage,
  invalidRecipient,
  notSupported,
} from '../errors/error';
import type { Warn } from '../log';
import type { Content } from '../messages/content';
import { interactiveKindOf } from '../messages/kinds';
import type { RecipientFields } from '../messages/recipient';
import { hasMessageId, json, MEDIA_TIMEOUT } from '../util/call';
import { login, readError } from './on-premise-login';
import type { Platform } from './platform';
import { userCall } from './user-request';

// https://developers.facebook.com/docs/whatsapp/on-premises/reference

const NAME = 'On-Premise API';
/** Options that came after this platform had ended. */
const CLOUD_ONLY = [
  'identityKeyHash',
  'category',
  'ttlSeconds',
  'templateName',
  'marketing',
] as const;

// --- Messages ---

/** Digits without `+`; this platform has no groups or BSUIDs. */
function addressOf(recipient: RecipientFields): string {
  if ('to' in recipient && recipient.recipient_type === 'individual')
    return recipient.to.replace(/^\+/, '');
  throw invalidRecipient(
    `The ${NAME} sends to phone numbers only, not to groups or business-scoped user IDs.`,
    "Pass the recipient's phone number.",
  );
}

function checkType({ type, interactive }: Content, warn: Warn) {
  if (type !== 'interactive') return;
  const { onPremise, name } = interactiveKindOf(interactive?.type) ?? {};
  if (onPremise === 'never')
    throw notSupported(`A message with \`${name}\``, NAME);
  if (onPremise === 'old')
    warn(
      `An old server of the ${NAME} may refuse a message of type ${interactive?.type}.`,
    );
}

function templateFields(content: Content) {
  const { template } = content;
  if (!template?.namespace)
    throw invalidMessage(
      `\`namespace\` is missing: the ${NAME} requires it for every template.`,
      'Find it in WhatsApp Manager, Message templates, Namespace, or read message_template_namespace of the account from the Graph API.',
    );
  const language = { policy: 'deterministic', ...template.language };
  return { ...content, template: { ...template, language } };
}

/** Moves or removes fields that differ on this platform. */
function payloadOf(content: Content) {
  if (content.type === 'template') return templateFields(content);
  const rest = _.omit(content, ['biz_opaque_callback_data', 'audio.voice']);
  const preview: unknown = _.get(content, 'text.preview_url');
  if (preview === undefined) return rest;
  return { ..._.omit(rest, 'text.preview_url'), preview_url: preview };
}

const success = () => ({ success: true });
const hasMedia = (body: unknown) =>
  typeof _.get(body, 'media[0].id') === 'string';

/** `run` is the credential object of a run, to which its state is attached. */
export function onPremise(connection: Connection, run: object): Platform {
  const session = login(connection, run);

  return {
    run,
    rate: 50,
    connection,
    baseUrl: connection.baseUrl,
    ca: connection.ca,

    get secrets() {
      return session.secrets();
    },
    get errorSecrets() {
      return session.errorSecrets();
    },
    credentialHeader: 'authorization',
    headers: session.headers,
    renew: session.renew,
    query: () => ({}),

    sendMessage(recipient, content, { replyTo, reference, ...others }, warn) {
      const option = CLOUD_ONLY.find(name => others[name] !== undefined);
      if (option) throw notSupported(`The option ${option}`, NAME);
      checkType(content, warn);
      if (reference)
        warn(
          `The ${NAME} doesn't support \`reference\`: status webhooks won't include it.`,
        );
      return {
        method: 'POST',
        path: '/messages',
        idempotency: 'message',
        isExpected: hasMessageId,
        ...json({
          ...payloadOf(content),
          ...(replyTo && { context: { message_id: replyTo } }),
          to: addressOf(recipient),
          recipient_type: 'individual',
        }),
      };
    },

    markAsRead(messageId, { typing }) {
      if (typing) throw notSupported('The option typing', NAME);
      return {
        method: 'PUT',
        path: `/messages/${encodeURIComponent(messageId)}`,
        idempotency: 'safe',
        transform: success,
        ...json({ status: 'read' }),
      };
    },

    async uploadMedia(file) {
      const { type, size, repeatable } = file;
      return {
        method: 'POST',
        path: '/media',
        idempotency: 'safe',
        timeout: MEDIA_TIMEOUT,
        repeatable,
        headers: {
          'content-type': type,
          ...(size !== undefined && { 'content-length': String(size) }),
        },
        body: file.open,
        isExpected: hasMedia,
        transform: body => ({ id: body.media[0].id }),
      };
    },

    hasMediaUrls: false,
    getMedia() {
      throw notSupported('getMedia()', NAME);
    },

    downloadMedia: id => ({
      method: 'GET',
      path: `/media/${id}`,
      idempotency: 'safe',
      timeout: MEDIA_TIMEOUT,
      parseAs: 'bytes',
    }),

    deleteMedia: id => ({
      method: 'DELETE',
      path: `/media/${id}`,
      idempotency: 'safe',
      transform: success,
    }),

    graph(what) {
      throw notSupported(what, NAME);
    },
    knowsTemplates: false,
    hasThroughput: false,

    // https://developers.facebook.com/docs/whatsapp/on-premises/reference/contacts
    checkContacts: (numbers, { blocking, forceCheck }) => ({
      method: 'POST',
      path: '/contacts',
      idempotency: 'safe',
      isExpected: body => Array.isArray(body?.contacts),
      ...json({
        blocking: blocking ? 'wait' : 'no_wait',
        contacts: numbers,
        ...(forceCheck && { force_check: true }),
      }),
      transform: body =>
        _.map(
          _.filter(body?.contacts, _.isPlainObject),
          ({ input, status, wa_id }) => ({
            input,
            status,
            ...(wa_id && { waId: wa_id }),
          }),
        ),
    }),

    request: userCall,

    readError,
  };
}
