import _ from 'lodash';
import type { CountryCode } from 'libphonenumber-js/min';
import { invalidConfiguration, invalidRecipient } from '../errors';

/** A phone number, a business-scoped user id (BSUID) or a group. */
export type To = string | number | { group: string };

/** The fields of a message that say to whom it goes. */
export type Recipient =
  | { recipient_type: 'individual'; to: string }
  | { recipient_type: 'individual'; recipient: string }
  | { recipient_type: 'group'; to: string };

// https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;
const E164 = /^\+[1-9]\d{6,14}$/;
const FORMATTING = /[\s().\u2010-\u2015\u2212-]/g;
// Phones put these around a number that is copied from a contact.
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const ARABIC_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;
const SCHEME = /^(tel|whatsapp):/i;
const TRUNK_ZERO = /(?<=\d[\s.-]*)\(0\)/;

const EXAMPLE = 'Write it like +254712345678.';

const individual = (to: string): Recipient => ({
  recipient_type: 'individual',
  to,
});

/** For logs: who it is, to those who know, and nobody to those who do not. */
export function mask({
  to = '',
  recipient = '',
}: Partial<Record<'to' | 'recipient', string>>): string {
  return `…${(to || recipient).slice(-3)}`;
}

async function completeNational(digits: string, defaultCountry: string) {
  const phone = await import('libphonenumber-js/min');
  const country = defaultCountry.toUpperCase() as CountryCode;
  if (!phone.isSupportedCountry(country))
    throw invalidConfiguration(
      `defaultCountry "${defaultCountry}" is not the code of a country.`,
      'Use the two letters of ISO 3166, such as KE, or GB for the United Kingdom.',
    );
  const national = phone.parsePhoneNumberFromString(digits, country);
  if (national?.isValid()) return national.number;
  if (!digits.startsWith('0') && (await isPossible(digits)))
    return `+${digits}`;
  return national?.isPossible() ? national.number : undefined;
}

async function isPossible(digits: string): Promise<boolean> {
  const { validatePhoneNumberLength } = await import('libphonenumber-js/min');
  const problem = validatePhoneNumberLength(`+${digits}`);
  return !problem || problem === 'INVALID_COUNTRY';
}

async function parsePhoneNumber(
  written: string,
  defaultCountry?: string,
): Promise<Recipient> {
  const compact = written
    .normalize('NFKC')
    .replace(ARABIC_DIGITS, digit => String(digit.charCodeAt(0) % 16))
    .replace(INVISIBLE, '')
    .replace(SCHEME, '')
    .replace(TRUNK_ZERO, '')
    .replace(FORMATTING, '')
    .replace(/^00(?=[1-9])/, '+');

  if (!/^\+?\d+$/.test(compact))
    throw invalidRecipient(
      'The recipient (to) is not a phone number: it has characters that no number has.',
      `${EXAMPLE} One message goes to one number; use each() or sendBulk() for several.`,
    );

  if (compact.startsWith('+')) {
    if (E164.test(compact)) return individual(compact);
    throw invalidRecipient(
      `The recipient (to) cannot be an international number: it has ${
        compact.length - 1
      } digits after the +, and needs 7 to 15 that start with the country code.`,
      EXAMPLE,
    );
  }

  if (defaultCountry) {
    const completed = await completeNational(compact, defaultCountry);
    if (completed) return individual(completed);
    throw invalidRecipient(
      `The recipient (to) is neither a number of ${defaultCountry} (defaultCountry) nor an international one: it has ${compact.length} digits.`,
      EXAMPLE,
    );
  }

  if (compact.startsWith('0'))
    throw invalidRecipient(
      'The recipient (to) is a local number: it starts with 0 and has no country code.',
      `${EXAMPLE} Or set defaultCountry in the credential, such as KE.`,
    );
  if (!E164.test(`+${compact}`) || !(await isPossible(compact)))
    throw invalidRecipient(
      `The recipient (to) cannot be an international number: ${compact.length} digits is a wrong length for a number with this country code.`,
      `${EXAMPLE} Or set defaultCountry in the credential, such as KE.`,
    );
  return individual(`+${compact}`);
}

function parseGroup(to: object): Recipient {
  const { group } = to as { group?: unknown };
  if (typeof group === 'string' && group.trim() && _.size(to) === 1)
    return { recipient_type: 'group', to: group.trim() };
  throw invalidRecipient(
    'The recipient (to) is an object, and only { group: id } is understood.',
    'Give a phone number, a BSUID, or { group: id } with the id of a group as text.',
  );
}

/** A recipient that needs no work: most of a list are. */
export const readRecipient = (to: unknown): Recipient | undefined =>
  typeof to === 'string' && E164.test(to) ? individual(to) : undefined;

export async function parseRecipient(
  to: unknown,
  defaultCountry?: string,
): Promise<Recipient> {
  if (_.isPlainObject(to)) return parseGroup(to as object);
  if (typeof to !== 'string' && !Number.isSafeInteger(to))
    throw invalidRecipient(
      to === undefined || to === null
        ? 'The recipient (to) is empty: there is no value where the job looks for it.'
        : 'The recipient (to) has to be text.',
      `Check the path in the job, and the data. ${EXAMPLE}`,
    );
  const written = String(to).trim();
  if (!written)
    throw invalidRecipient(
      'The recipient (to) is empty.',
      `Check the data. ${EXAMPLE}`,
    );
  if (E164.test(written)) return individual(written);
  if (BSUID.test(written))
    return { recipient_type: 'individual', recipient: written };
  return parsePhoneNumber(written, defaultCountry);
}

/** Phone numbers only, in E.164. */
export async function parseNumbers(
  numbers: unknown[],
  defaultCountry?: string,
): Promise<string[]> {
  if (!numbers.length)
    throw invalidRecipient('There is no number to check.', EXAMPLE);
  const recipients = await Promise.all(
    numbers.map(number => parseRecipient(number, defaultCountry)),
  );
  return recipients.map(recipient => {
    if ('to' in recipient && recipient.recipient_type === 'individual')
      return recipient.to;
    throw invalidRecipient(
      'A contact to check has to be a phone number.',
      EXAMPLE,
    );
  });
}
