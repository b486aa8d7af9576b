import { onlyKeys, optional, text, type Check, type Store } from './checks';
import { badParameter, graphError, missing, notValid } from './graph-error';
import { interactive } from './interactive';
import { media } from './media-message';
import { renderTemplate } from './templates';

const location: Check = ({ latitude, longitude, name, address }) => {
  for (const [key, number, max] of [
    ['latitude', latitude, 90],
    ['longitude', longitude, 180],
  ] as const) {
    if (number === undefined) throw missing(`location.${key}`);
    if (!(Math.abs(Number(number)) <= max))
      throw notValid(`location.${key} is not valid`);
  }
  return {
    header: '[location]',
    body: [name, address].filter(Boolean).join(', '),
  };
};

const contacts: Check = value => {
  if (!Array.isArray(value) || !value.length) throw missing('contacts');
  for (const { name } of value)
    if (!name?.formatted_name || Object.keys(name).length < 2)
      throw notValid('contacts.name needs formatted_name and another name');
  return {
    header: '[contact]',
    body: value.map(({ name }) => name.formatted_name).join(', '),
  };
};

const reaction: Check = ({ message_id, emoji }) => {
  text(message_id, 'reaction.message_id', 128);
  if (typeof emoji !== 'string') throw missing('reaction.emoji');
  if (emoji && !/\p{Extended_Pictographic}|\p{RI}|\u20e3/u.test(emoji))
    throw notValid('reaction.emoji is not an emoji');
  return { body: emoji || '(reaction removed)' };
};

const CHECKS: Record<string, Check> = {
  text: value => {
    onlyKeys(value, ['body', 'preview_url'], 'text');
    return { body: text(value.body, "text['body']", 4096) };
  },
  image: media('image', ['caption']),
  video: media('video', ['caption']),
  audio: media('audio', ['voice']),
  document: media('document', ['caption', 'filename']),
  sticker: media('sticker', []),
  location,
  contacts,
  reaction,
  interactive,
  pin: ({ type, message_id, expiration_days: days }) => {
    if (!['pin', 'unpin'].includes(type)) throw notValid('pin.type');
    text(message_id, 'pin.message_id', 128);
    if (days !== undefined && !(days >= 1 && days <= 30))
      throw notValid('pin.expiration_days must be 1 to 30');
    return { body: `(${type})` };
  },
  template: (value, { templates }) => renderTemplate(templates, value),
};

export const digits = (text: unknown) => String(text ?? '').replace(/\D/g, '');

/** What every body of WhatsApp has to say. */
export function requireProduct(body: any) {
  if (body?.messaging_product !== 'whatsapp')
    throw badParameter('The parameter messaging_product is required.');
}

const TYPES = ['individual', 'group'];

/** Meta takes digits, a plus, spaces, dashes and brackets; no 00, and no zero at the start. */
function checkNumber(to: unknown): string {
  if (typeof to !== 'string' || !/^\+?[0-9 ()-]{6,25}$/.test(to))
    throw notValid('The phone number in to is not valid');
  const number = digits(to);
  if (!/^[1-9]\d{6,14}$/.test(number))
    throw notValid(
      `The phone number in to is not valid: ${number.length} digits`,
    );
  return number;
}

function checkRecipient({ to, recipient, recipient_type: type }: any): string {
  if (type !== undefined && !TYPES.includes(type))
    throw badParameter(`Param recipient_type must be one of ${TYPES}`);
  if (to === undefined && recipient === undefined)
    throw badParameter('The parameter to is required.');
  if (to !== undefined && recipient !== undefined)
    throw badParameter('Only one of to and recipient can be given.');
  if (to === undefined) {
    if (!/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(recipient))
      throw notValid('recipient is not a business-scoped user id');
    return recipient;
  }
  if (type !== 'group') return checkNumber(to);
  const group = text(to, 'to', 128);
  if (/^\+?\d+$/.test(group)) throw notValid('to is not the id of a group');
  return group;
}

const DIRECT_TYPES = ['text', 'cta_url', 'button', 'voice_call'];
const LIFETIMES: Record<string, number> = {
  utility: 43_200,
  authentication: 900,
};

/** The fields that only Direct Send has. */
function checkDirectFields({ category, ttl_seconds, direct_send_config }: any) {
  const name = direct_send_config?.template_name;
  const max = LIFETIMES[category];
  if (category !== undefined && category !== 'service' && !max)
    throw badParameter('Param category is not valid');
  if (ttl_seconds !== undefined && !(ttl_seconds >= 30 && ttl_seconds <= max))
    throw badParameter('Param ttl_seconds is not valid');
  if (name !== undefined && category !== 'utility')
    throw badParameter('Param direct_send_config needs category utility');
  if (name !== undefined && !/^[a-z0-9_]{1,512}$/.test(name))
    throw badParameter('Param direct_send_config.template_name is not valid');
}

/** Direct Send: a message outside of the window, without a template. */
function checkDirectSend(payload: any): boolean {
  checkDirectFields(payload);
  const { category, type = 'text' } = payload;
  if (!(category in LIFETIMES)) return false;
  const kind = type === 'interactive' ? payload.interactive?.type : type;
  if (!DIRECT_TYPES.includes(kind))
    throw badParameter(`Direct Send has no messages of type ${kind}`);
  if (payload.text?.preview_url)
    throw badParameter('Direct Send has no link previews');
  if (category === 'authentication' && payload.recipient !== undefined)
    throw graphError(131062, 'Codes need a phone number');
  return true;
}

/** What a group does not get. */
function checkGroup({ recipient_type, type }: any) {
  if (recipient_type === 'group' && type === 'interactive')
    throw notValid('Groups have no interactive messages');
  if (recipient_type !== 'group' && type === 'pin')
    throw notValid('Messages are pinned in groups only');
}

/** Validates a message as Meta does, and returns to whom it goes and what it shows. */
export function checkMessage(payload: any, store: Store) {
  requireProduct(payload);
  const waId = checkRecipient(payload);
  checkGroup(payload);
  const { type = 'text', context, biz_opaque_callback_data } = payload;
  const check = CHECKS[type];
  if (!check)
    throw badParameter(
      `Param type must be one of {${Object.keys(CHECKS).join(', ').toUpperCase()}} - got "${type}".`,
    );
  if (payload[type] === undefined) throw missing(type);
  if (context !== undefined)
    text(context.message_id, 'context.message_id', 128);
  optional(biz_opaque_callback_data, 'biz_opaque_callback_data', 512);
  const isDirect = checkDirectSend(payload);
  return { waId, shown: check(payload[type], { ...store, isDirect }) };
}
