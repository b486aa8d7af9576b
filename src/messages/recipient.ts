import _ from 'lodash';
import { emptyValue, invalidRecipient } from '../errors/error';
import { isPlain, keysText } from '../state';
import { kindOf } from '../validation';
import { EXAMPLE, phoneNumber, readPhoneNumber } from './phone-number';

/** The fields of a message that address the recipient. */
export type RecipientFields =
  | { recipient_type: 'individual'; to: string }
  | { recipient_type: 'individual'; recipient: string }
  | { recipient_type: 'group'; to: string };

// https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;
const PHONE_KEY =
  /^(?!.*id$).*(phone|mobile|number|msisdn|^tel|^to$|whatsapp|cell)|^wa_?id$/i;

const individual = (to: string): RecipientFields => ({
  recipient_type: 'individual',
  to,
});
const user = (recipient: string): RecipientFields => ({
  recipient_type: 'individual',
  recipient,
});
const groupOf = (to: string): RecipientFields => ({
  recipient_type: 'group',
  to,
});

/** Masks a recipient for logs: only the last three characters are shown. */
export function mask({
  to = '',
  recipient = '',
}: Partial<Record<'to' | 'recipient', string>>): string {
  return `…${(to || recipient).slice(-3)}`;
}

export const addressOf = (recipient: RecipientFields): string =>
  'to' in recipient ? recipient.to : recipient.recipient;

// --- Rows of parseWebhook() ---

type Row = Record<string, unknown>;

const text = (value: unknown) =>
  typeof value === 'string' && value ? value : undefined;

/** Whether it is a message or a status, with the original in `content`. */
export const isWebhookRow = (value: unknown): boolean =>
  isPlain(value) && isPlain(value.content) && typeof value.id === 'string';

/** The business phone number that received a row, from which to reply. */
export const rowPhoneNumberId = (to: unknown): string | undefined =>
  isWebhookRow(to) ? text((to as Row).phoneNumberId) : undefined;

/** The sender of a message, or the recipient of a status. */
function readRow(row: Row, field: string): RecipientFields {
  if (row.direction === 'out')
    throw invalidRecipient(
      `\`${field}\` must be a message sent to you, got one that your business sent.`,
      'Pass a row of `messages`.',
      { field },
    );
  const group = text(row.groupId);
  if (group) return groupOf(group);
  const number = text(row.from) ?? (row.status ? text(row.to) : undefined);
  // From WhatsApp, so never parsed as a local number.
  if (number && /^\+?\d+$/.test(number))
    return individual(`+${number.replace('+', '')}`);
  const id = text(row.userId);
  if (id) return user(id);
  throw invalidRecipient(
    `\`${field}\` is a row of parseWebhook() without a sender.`,
    'Leave out rows that have neither `from` nor `userId`.',
    { field },
  );
}

// --- Objects ---

function readGroup(to: Row, field: string): RecipientFields | undefined {
  if (!('group' in to)) return undefined;
  const group = text(to.group)?.trim();
  if (group && _.size(to) === 1) return groupOf(group);
  throw invalidRecipient(
    `\`${field}.group\` must be the ID of a group.`,
    "Example: { group: 'Y2FwaV9ncm91cDox…' }.",
    { field },
  );
}

function readObject(
  to: Record<string, unknown>,
  field: string,
): RecipientFields {
  if (isWebhookRow(to)) return readRow(to, field);
  const group = readGroup(to, field);
  if (group) return group;
  if (typeof to.field === 'string' && 'value' in to)
    throw invalidRecipient(
      `\`${field}\` must be a message of parseWebhook(), got an event.`,
      'Pass the number in the event: $.data.from or $.data.change.to.number.',
      { field },
    );
  const keys = Object.keys(to);
  const phone = keys.find(key => PHONE_KEY.test(key)) ?? 'phone';
  throw invalidRecipient(
    `\`${field}\` must be a phone number, got an object with: ${keysText(to)}.`,
    `Pass the number, such as $.data.${phone}. An object must be { group: id } or a row of parseWebhook().`,
    { field },
  );
}

function notText(to: unknown, field: string) {
  if (_.isNil(to)) return emptyValue(invalidRecipient, field, to, EXAMPLE);
  if (Array.isArray(to))
    return invalidRecipient(
      `\`${field}\` must be a string, got an array of ${to.length}.`,
      'Each message has one recipient. Use sendBulk() for a list.',
      { field },
    );
  return invalidRecipient(
    `\`${field}\` must be a string, got ${typeof to === 'number' ? 'a number that is not a phone number' : kindOf(to)}.`,
    EXAMPLE,
    { field },
  );
}

// --- Together ---

export function parseRecipient(
  to: unknown,
  defaultCountry?: string,
  field = 'to',
): RecipientFields {
  if (isPlain(to)) return readObject(to, field);
  const isNumber = Number.isSafeInteger(to) && (to as number) > 0;
  if (typeof to !== 'string' && !isNumber) throw notText(to, field);
  const written = String(to).trim();
  if (!written) throw emptyValue(invalidRecipient, field, '', EXAMPLE);
  if (BSUID.test(written)) return user(written);
  const reading = readPhoneNumber(written, defaultCountry);
  if ('number' in reading) return individual(reading.number);
  throw invalidRecipient(
    `\`${field}\` ${reading.problem}.`,
    reading.fix ?? EXAMPLE,
    { field },
  );
}

/** Parses several recipients; errors name the item by its index. */
export function parseRecipients(
  list: unknown[],
  field: string,
  defaultCountry?: string,
): RecipientFields[] {
  return list.map((item, index) =>
    parseRecipient(item, defaultCountry, `${field}[${index}]`),
  );
}

/** Phone numbers only, in E.164. */
export function parseNumbers(
  numbers: unknown[],
  defaultCountry?: string,
): string[] {
  if (!numbers.length)
    throw invalidRecipient(
      '`numbers` must have at least one number, got an empty list.',
      EXAMPLE,
      {
        field: 'numbers',
      },
    );
  return parseRecipients(numbers, 'numbers', defaultCountry).map(
    (recipient, index) => {
      if ('to' in recipient && recipient.recipient_type === 'individual')
        return recipient.to;
      throw invalidRecipient(
        `\`numbers[${index}]\` must be a phone number.`,
        EXAMPLE,
        { field: `numbers[${index}]` },
      );
    },
  );
}

/** Whether a value looks like a phone number, to detect swapped arguments. */
export const looksLikeNumber = (value: unknown): boolean =>
  phoneNumber(value) !== undefined ||
  (typeof value === 'string' && /^\+?[\d\s().-]{7,20}$/.test(value.trim()));
