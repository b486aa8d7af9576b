import _ from 'lodash';
import { invalidMessage } from '../errors/error';
import { isPlain, namesText } from '../state';
import { suggest } from '../suggest';
import type { Warn } from '../log';
import { checkLink } from './links';
import type { Content } from './content';
import { addressOf, parseRecipient, type RecipientFields } from './recipient';

// A message in Meta's format, with its `type`.
// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages

const TYPES = [
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
  'pin',
];
/** Fields allowed besides the content; any others are not sent. */
const BESIDE = [
  'context',
  'biz_opaque_callback_data',
  'preview_url',
  'recipient_identity_key_hash',
  'product_policy',
  'message_activity_sharing',
  'category',
  'ttl_seconds',
  'direct_send_config',
];
/** Set from the arguments of the operation, and must match them. */
const ADDRESSING = ['messaging_product', 'to', 'recipient', 'recipient_type'];

const FORMS: Record<string, string> = {
  text: "{ type: 'text', text: { body: 'Hello' } }",
  image: "{ type: 'image', image: { id: '…' } }",
  contacts: "{ type: 'contacts', contacts: [{ name: { … } }] }",
};

type MetaForm = Record<string, unknown> & { type: string };

export const isMetaForm = (message: unknown): message is MetaForm =>
  isPlain(message) && typeof message.type === 'string';

const isObject = (value: unknown) => isPlain(value) || Array.isArray(value);

/** Refuses an unknown `type`: a column of the data, or a misspelling. */
function checkUnknown({ type }: MetaForm) {
  const meant = suggest(type, TYPES);
  // The value may be personal data.
  const written = /^[a-z_]{1,32}$/i.test(type) ? `"${type}"` : 'a text';
  throw invalidMessage(
    `\`type\` is ${written}, which is not a message type.${meant ? ` Did you mean ${meant}?` : ''}`,
    `A message with \`type\` is in Meta's format. Allowed: ${TYPES.join(', ')}. For a text message, use { text: '…' } without type.`,
    { field: 'type' },
  );
}

function checkObject(message: MetaForm) {
  const { type } = message;
  if (isObject(message[type])) return;
  const form = FORMS[type] ?? `{ type: '${type}', ${type}: { … } }`;
  throw invalidMessage(
    `A message of type ${type} must have an object \`${type}\`.`,
    `Example: ${form}.`,
    { field: type },
  );
}

/** Meta's message fields. */
function messageFields(message: MetaForm, warn: Warn): object {
  const fields = ['type', message.type, ...BESIDE];
  const ignored = _.difference(Object.keys(message), [
    ...fields,
    ...ADDRESSING,
  ]);
  if (ignored.length)
    warn(`Unknown message fields were not sent: ${namesText(ignored)}.`);
  return _.pick(message, fields);
}

/** Links that Meta can't open. */
function checkMedia(message: MetaForm, warn: Warn) {
  const { type } = message;
  const link: unknown = _.get(message, [type, 'link']);
  if (typeof link === 'string') checkLink(link, `${type}.link`, warn);
}

/** Reads Meta's message fields from a body, without its addressing. */
export function readMetaForm(message: MetaForm, warn: Warn): Content {
  const { type } = message;
  if (TYPES.includes(type)) checkObject(message);
  else if (isObject(message[type]))
    warn(`Unknown message type ${type}: the message is sent unchanged.`);
  else checkUnknown(message);
  checkMedia(message, warn);
  const content = messageFields(message, warn);
  return _.size(content) === _.size(message) ? message : (content as Content);
}

// --- Addressing in the body ---

const isSame = (a: RecipientFields, b: RecipientFields) =>
  a.recipient_type === b.recipient_type && addressOf(a) === addressOf(b);

function refuse(field: string, argument: string): never {
  throw invalidMessage(
    `\`${field}\` in the message doesn't match ${argument}.`,
    `Remove ${field} from the message: ${argument} is used.`,
    { field },
  );
}

/** Parses the recipient in a body like the argument `to`. */
function claimed(
  body: Record<string, unknown>,
  field: 'to' | 'recipient',
  recipient: RecipientFields,
  country?: string,
): RecipientFields {
  const isGroup = field === 'to' && recipient.recipient_type === 'group';
  const to = isGroup ? { group: body.to } : body[field];
  try {
    return parseRecipient(to, country, field);
  } catch {
    return refuse(field, 'the argument `to`');
  }
}

function checkRecipient(
  body: Record<string, unknown>,
  recipient: RecipientFields,
  country?: string,
) {
  const { recipient_type: type } = body;
  if (!_.isNil(type) && type !== recipient.recipient_type)
    refuse('recipient_type', 'the argument `to`');
  for (const field of ['to', 'recipient'] as const)
    if (
      !_.isNil(body[field]) &&
      !isSame(claimed(body, field, recipient, country), recipient)
    )
      refuse(field, 'the argument `to`');
}

export interface Addressing {
  recipient: RecipientFields;
  replyTo?: string;
  reference?: string;
  defaultCountry?: string;
}

/** Refuses a body whose addressing contradicts the arguments. */
export function checkAddressing(message: unknown, addressing: Addressing) {
  if (!isPlain(message)) return;
  const { recipient, replyTo, reference, defaultCountry } = addressing;
  const product = message.messaging_product;
  if (!_.isNil(product) && product !== 'whatsapp')
    throw invalidMessage(
      '`messaging_product` must be "whatsapp".',
      'Remove it.',
      { field: 'messaging_product' },
    );
  checkRecipient(message, recipient, defaultCountry);
  const quoted: unknown = _.get(message.context, 'message_id');
  if (replyTo && !_.isNil(message.context) && quoted !== replyTo)
    refuse('context', 'the option replyTo');
  const data = message.biz_opaque_callback_data;
  if (!_.isNil(data) && typeof data !== 'string')
    throw invalidMessage(
      '`biz_opaque_callback_data` must be a string.',
      'Use the option reference instead.',
      { field: 'biz_opaque_callback_data' },
    );
  if (reference && !_.isNil(data) && data !== reference)
    refuse('biz_opaque_callback_data', 'the option reference');
}
