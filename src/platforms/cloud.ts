import { createHmac } from 'node:crypto';
import _ from 'lodash';
import { isAbsolute } from '../util/url';
import { need, type Connection } from '../configuration';
import { invalidMessage, invalidRequest, notSupported } from '../errors/error';
import { checkDelivery, deliveryFields } from '../messages/delivery-options';
import type { Content } from '../messages/content';
import type { RecipientFields } from '../messages/recipient';
import { hasId, hasMessageId, isDone, json, MEDIA_TIMEOUT } from '../util/call';
import { multipart } from '../util/multipart';
import { readError } from './cloud-error';
import type { Graph, Platform } from './platform';
import { userCall } from './user-request';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/about-the-platform

const NAME = 'Cloud API';
// Media is on another host, and only Meta's hosts may get the token.
const MEDIA_HOSTS = /(^|\.)(fbsbx\.com|facebook\.com|whatsapp\.net)$/;

/** Removes the namespace, which only the On-Premise API uses: jobs can run on both. */
function withoutNamespace(content: Content): Content {
  if (!content.template?.namespace) return content;
  const { namespace: _namespace, ...template } = content.template;
  return { ...content, template };
}

// https://developers.facebook.com/documentation/business-messaging/whatsapp/groups
function checkGroup({ recipient_type }: RecipientFields, { type }: Content) {
  const isGroup = recipient_type === 'group';
  if (isGroup && type === 'interactive')
    throw invalidMessage(
      "Groups don't support messages with buttons, lists, links or flows.",
      'Send a text message, a file or a template to the group.',
    );
  if (!isGroup && type === 'pin')
    throw invalidMessage(
      'Messages can be pinned in groups only.',
      "Example: sendMessage({ group: $.data.groupId }, { pin: 'wamid.…' }).",
      { field: 'pin' },
    );
}

/** Refuses paths that resolve to an unintended endpoint. */
function checkUserPath(path: string) {
  if (/^\d{6,}(\/|\?|$)/.test(path))
    throw invalidRequest(
      'The path starts with an ID, so it would resolve below the phone number ID.',
      `Add a / before it: '/${path}'.`,
      { field: 'path' },
    );
  const [version] = /^\/v\d+\.\d+(?=\/|$)/.exec(path) ?? [];
  if (version)
    throw invalidRequest(
      'The path has a version, which `baseUrl` already includes.',
      `Write '${path.slice(version.length) || '/'}'.`,
      { field: 'path' },
    );
}

/** Paths below the IDs of the credential. */
function graphOf(connection: Connection): Graph {
  const below =
    (field: 'wabaId' | 'phoneNumberId' | 'appId') =>
    (edge = '') =>
      `/${_.compact([need(connection, 'apiToken', field)[field], edge]).join('/')}`;
  return {
    account: below('wabaId'),
    number: below('phoneNumberId'),
    app: below('appId'),
    node: id => `/${id}`,
  };
}

/** `run` is the credential object of a run; a gateway has its own paths. */
export function cloud(
  connection: Connection,
  run: object,
  graph = graphOf(connection),
): Platform {
  const { apiToken = '', appSecret } = connection;
  const proof =
    appSecret && createHmac('sha256', appSecret).update(apiToken).digest('hex');
  const secrets = _.compact([apiToken, appSecret, proof]);
  const messages = _.once(() => graph.number('messages'));
  const ofNumber = _.pickBy({ phone_number_id: connection.phoneNumberId });

  return {
    run,
    // https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput
    rate: 80,
    connection,
    baseUrl: connection.baseUrl,
    ca: connection.ca,
    secrets,
    errorSecrets: secrets,

    credentialHeader: 'authorization',
    headers: () => ({
      authorization: `Bearer ${need(connection, 'apiToken').apiToken}`,
    }),
    renew: () => false,

    // https://developers.facebook.com/docs/graph-api/guides/secure-requests
    query: (): Record<string, string> =>
      proof ? { appsecret_proof: proof } : {},

    sendMessage(recipient, content, options) {
      const { replyTo, reference, marketing } = options;
      checkGroup(recipient, content);
      checkDelivery(options, content, recipient);
      return {
        method: 'POST',
        path: marketing ? graph.number('marketing_messages') : messages(),
        idempotency: 'message',
        isExpected: hasMessageId,
        // The addressing comes last, so that a message can't override it.
        ...json(
          Object.assign(
            {},
            withoutNamespace(content),
            replyTo && { context: { message_id: replyTo } },
            deliveryFields(options),
            reference && { biz_opaque_callback_data: reference },
            { messaging_product: 'whatsapp' },
            recipient,
          ),
        ),
      };
    },

    markAsRead(messageId, { typing }) {
      return {
        method: 'POST',
        path: messages(),
        idempotency: 'safe',
        isExpected: isDone,
        ...json({
          messaging_product: 'whatsapp',
          status: 'read',
          message_id: messageId,
          ...(typing && { typing_indicator: { type: 'text' } }),
        }),
      };
    },

    async uploadMedia(file) {
      return {
        method: 'POST',
        path: graph.number('media'),
        idempotency: 'safe',
        timeout: MEDIA_TIMEOUT,
        repeatable: file.repeatable,
        isExpected: hasId,
        ...(await multipart({
          messaging_product: 'whatsapp',
          type: file.type,
          file,
        })),
      };
    },

    // https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
    hasMediaUrls: true,
    getMedia: id => ({
      method: 'GET',
      path: `/${id}`,
      query: ofNumber,
      idempotency: 'safe',
    }),

    downloadMedia: (id, url = `/${id}`) => ({
      method: 'GET',
      path: url,
      hosts: MEDIA_HOSTS,
      idempotency: 'safe',
      // Without a known user agent, the response may be a web page.
      headers: { 'user-agent': 'curl/8.5.0' },
      parseAs: 'bytes',
      timeout: MEDIA_TIMEOUT,
    }),

    deleteMedia: id => ({
      method: 'DELETE',
      path: `/${id}`,
      query: ofNumber,
      idempotency: 'safe',
      isExpected: isDone,
    }),

    graph: () => graph,
    knowsTemplates: Boolean(connection.wabaId),
    hasThroughput: true,

    checkContacts() {
      throw notSupported(
        'checkContacts()',
        NAME,
        'With the Cloud API, send the message: error 131026 means that the number may not be on WhatsApp.',
      );
    },

    request(method, path, body) {
      checkUserPath(path);
      const isRelative = !path.startsWith('/') && !isAbsolute(path);
      return userCall(method, isRelative ? graph.number(path) : path, body);
    },

    readError: (body, call) => readError(body, call, connection),
  };
}
