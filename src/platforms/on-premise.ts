import _ from 'lodash';
import type { Connection } from '../configuration';
import {
  invalidConfiguration,
  invalidMessage,
  invalidRecipient,
  notSupported,
  WhatsAppError,
} from '../errors/error';
import type { MetaError } from '../errors/catalogue';
import type { Warn } from '../messages/checks';
import type { Content } from '../messages/message';
import type { RecipientFields } from '../messages/recipient';
import { perRun } from '../state';
import { json, MEDIA_TIMEOUT, userCall } from './calls';
import type { Call, Platform, Send } from './platform';

// https://developers.facebook.com/docs/whatsapp/on-premises/reference

const NAME = 'On-Premise API';
const PASSWORD_HAS_TO_CHANGE = 1024;

/** What a run remembers of its login. */
interface Session {
  token?: Promise<string>;
  /** The token of the credential is not good any more. */
  isTokenRefused?: boolean;
  secrets: string[];
}

const sessionOf = perRun((): Session => ({ secrets: [] }));

// --- Login ---

const basicOf = ({ username, password }: Connection) =>
  Buffer.from(`${username}:${password}`).toString('base64');

function loginCall(connection: Connection): Call {
  return {
    method: 'POST',
    path: '/users/login',
    effect: 'none',
    isLogin: true,
    headers: { authorization: `Basic ${basicOf(connection)}` },
    result: body => _.get(body, 'users[0].token'),
  };
}

function explainLogin(error: WhatsAppError): WhatsAppError {
  const { statusCode } = error;
  const metaCode = typeof error.code === 'number' ? error.code : undefined;
  if (metaCode === PASSWORD_HAS_TO_CHANGE)
    return new WhatsAppError('PASSWORD_EXPIRED', {
      description: 'The password of the On-Premise API must be changed.',
      fix: 'Log in once with a new password (POST /v1/users/login with new_password), and put it into the credential.',
      metaCode,
      statusCode,
    });
  if (statusCode !== 401 && statusCode !== 403) return error;
  return new WhatsAppError('LOGIN_FAILED', {
    description: 'The On-Premise API refuses the user name or the password.',
    fix: 'Check username and password in the credential.',
    details: error.details,
    metaCode,
    statusCode,
  });
}

async function logIn(connection: Connection, send: Send): Promise<string> {
  const token = await send(loginCall(connection)).catch(error => {
    throw error instanceof WhatsAppError ? explainLogin(error) : error;
  });
  if (typeof token === 'string' && token) return token;
  throw new WhatsAppError('LOGIN_FAILED', {
    description: 'The On-Premise API answered the login without a token.',
    fix: 'Check baseUrl in the credential: it must be the address of an On-Premise server, with /v1.',
  });
}

/** One login for all that asks for it at the same time. */
function tokenOf(
  connection: Connection,
  session: Session,
  send: Send,
): Promise<string> {
  session.token ??= logIn(connection, send).then(
    token => {
      session.secrets.push(token);
      return token;
    },
    error => {
      session.token = undefined;
      throw error;
    },
  );
  return session.token;
}

// --- Messages ---

/** Digits without `+`; groups and BSUIDs came after this platform had ended. */
function addressOf(recipient: RecipientFields): string {
  if ('to' in recipient && recipient.recipient_type === 'individual')
    return recipient.to.replace(/^\+/, '');
  throw invalidRecipient(
    `The ${NAME} sends to phone numbers only, not to groups and not to business-scoped user ids.`,
    'Give the phone number of the recipient.',
  );
}

function checkType(content: Content, warn: Warn) {
  const kind: unknown = _.get(content, 'interactive.type');
  if (kind === 'flow') throw notSupported('A message with a flow', NAME);
  if (kind === 'cta_url' || kind === 'location_request_message')
    warn(`An old server of the ${NAME} may refuse a message of type ${kind}.`);
}

function templateFields(content: Content) {
  const template = content.template as Record<string, any>;
  if (!template.namespace)
    throw invalidMessage(
      `namespace is missing: the ${NAME} needs it in every template.`,
      'You find it in WhatsApp Manager, Message templates, Namespace; or read message_template_namespace of the account from the Graph API.',
    );
  const language = { policy: 'deterministic', ...template.language };
  return { ...content, template: { ...template, language } };
}

/** What stands elsewhere on this platform, or does not exist. */
function payloadOf(content: Content) {
  if (content.type === 'template') return templateFields(content);
  const rest = _.omit(content, ['biz_opaque_callback_data', 'audio.voice']);
  const preview: unknown = _.get(content, 'text.preview_url');
  if (preview === undefined) return rest;
  return { ..._.omit(rest, 'text.preview_url'), preview_url: preview };
}

// --- Errors ---

/** An answer may hold several: the first says what happened. */
function readError(body: unknown): MetaError | undefined {
  const error: unknown = _.get(body, 'errors[0]');
  const code = Number(_.get(error, 'code', NaN));
  if (Number.isNaN(code)) return undefined;
  const [details, title] = [_.get(error, 'details'), _.get(error, 'title')];
  return { code, details: [details, title].find(_.isString) };
}

const success = () => ({ success: true });
const hasMedia = (body: unknown) =>
  typeof _.get(body, 'media[0].id') === 'string';

/** `run` is the credential object of a run: what the run remembers hangs on it. */
export function onPremise(connection: Connection, run: object): Platform {
  const { apiToken, username, password } = connection;
  const session = sessionOf(run);
  let used: Promise<string> | undefined;

  return {
    run,
    rate: 50,
    connection,

    get secrets() {
      const login = password ? [password, basicOf(connection)] : [];
      return _.compact([apiToken, ...login, ...session.secrets]);
    },

    async authorization(send) {
      if (apiToken && !session.isTokenRefused)
        return { authorization: `Bearer ${apiToken}` };
      if (!username)
        throw invalidConfiguration(
          'apiToken is missing, or username and password.',
          `Put what the ${NAME} wants into the credential.`,
        );
      used = tokenOf(connection, session, send);
      return { authorization: `Bearer ${await used}` };
    },

    renew() {
      if (!username) return false;
      session.isTokenRefused = true;
      // Another operation may have logged in again in the meantime.
      if (session.token === used) session.token = undefined;
      return true;
    },

    query: () => ({}),

    sendMessage(recipient, content, { replyTo, reference }, warn) {
      checkType(content, warn);
      if (reference)
        warn(`The ${NAME} has no reference: it will not come back.`);
      return {
        method: 'POST',
        path: '/messages',
        effect: 'sends',
        proves: body => typeof _.get(body, 'messages[0].id') === 'string',
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
        effect: 'none',
        result: success,
        ...json({ status: 'read' }),
      };
    },

    async uploadMedia(file) {
      const { type, size, repeatable } = file;
      return {
        method: 'POST',
        path: '/media',
        effect: 'none',
        timeout: MEDIA_TIMEOUT,
        repeatable,
        headers: {
          'content-type': type,
          ...(size !== undefined && { 'content-length': String(size) }),
        },
        body: file.open,
        proves: hasMedia,
        result: body => ({ id: body.media[0].id }),
      };
    },

    hasMediaUrls: false,
    getMedia() {
      throw notSupported('getMedia()', NAME);
    },

    downloadMedia: id => ({
      method: 'GET',
      path: `/media/${id}`,
      effect: 'none',
      timeout: MEDIA_TIMEOUT,
      parseAs: 'bytes',
    }),

    deleteMedia: id => ({
      method: 'DELETE',
      path: `/media/${id}`,
      effect: 'none',
      result: success,
    }),

    graph(what) {
      throw notSupported(what, NAME);
    },
    knowsTemplates: false,

    // https://developers.facebook.com/docs/whatsapp/on-premises/reference/contacts
    checkContacts: (numbers, { blocking, forceCheck }) => ({
      method: 'POST',
      path: '/contacts',
      effect: 'none',
      ...json({
        blocking: blocking ? 'wait' : 'no_wait',
        contacts: numbers,
        ...(forceCheck && { force_check: true }),
      }),
      result: body =>
        _.map(body?.contacts, ({ input, status, wa_id }) => ({
          input,
          status,
          ...(wa_id && { waId: wa_id }),
        })),
    }),

    request: userCall,

    readError,
  };
}
