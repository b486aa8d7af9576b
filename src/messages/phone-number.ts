import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import _ from 'lodash';
import { invalidConfiguration } from '../errors/error';
import { callingCodeOf, numberingPlan, phoneLibrary } from '../phone-library';
import { isFormerPlan, plainMobileNumber } from './mobile-number';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages

/** The number in E.164, or the problem and its fix. */
export type PhoneNumberReading =
  { number: string } | { problem: string; fix?: string };

export const E164 = /^\+[1-9]\d{6,14}$/;
export const EXAMPLE = 'Example: +254712345678.';

const FORMATTING = /[\s().\u2010-\u2015\u2212-]/g;
// Phones add these around a number copied from a contact.
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const SCHEME = /^(tel|whatsapp):/i;
const CHAT_LINK = /^(https?:\/\/)?wa\.me\/\+?(?=\d)/i;
const TRUNK_ZERO = /(?<=\d[\s.-]*)\(0\)/;
/** A separator followed by one or two digits, which is not a digit group of a phone number. */
const DECIMALS = /^[^.,]*\d{6}[\s-]*[.,]\d{1,2}$/;
const LONGEST = 64;

const MOBILE = ['MOBILE', 'FIXED_LINE_OR_MOBILE'];
const CERTAIN = 3;
const FIXED_LINE = 2;

// --- Normalization ---

/** Digits of any script; each set of ten starts at a code point that ends in 0 or 6. */
const asciiDigit = (digit: string) => {
  const code = digit.codePointAt(0)!;
  const row = code - (code % 16);
  const zero = /\p{Nd}/u.test(String.fromCodePoint(row)) ? row : row + 6;
  return String(code - zero);
};

/** A number exported from a spreadsheet or data frame: `254712345678.0`. */
function cutDecimals(text: string): string {
  const separators = text.match(/[.,]/g) ?? [];
  const tail = separators.length === 1 ? /[.,]0+$/ : /[.,]0$/;
  return text.replace(tail, '');
}

function plainText(written: string): string {
  const text = written
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .trim()
    .replace(/[^\P{Nd}0-9]/gu, asciiDigit)
    .replace(/^['’‘`]+/, '');
  return cutDecimals(text);
}

/** Digits, with a leading `+` if international. */
const compact = (text: string): string =>
  text
    .replace(CHAT_LINK, '+')
    .replace(SCHEME, '')
    .replace(TRUNK_ZERO, '')
    .replace(FORMATTING, '')
    .replace(/^00(?=[1-9])/, '+');

// --- Values that are not phone numbers ---

interface Mistake {
  pattern: RegExp;
  problem: string;
  fix: string;
}

const MISTAKES: Mistake[] = [
  {
    pattern: /\$\.|\$\{|\{\{|^state\./,
    problem: 'is an expression in quotes',
    fix: "Remove the quotes: $.data.phone, not '$.data.phone'.",
  },
  {
    pattern: /^[\d.,]+e\+?\d+$/i,
    problem:
      'is in exponential notation (such as 2.5E+11): a spreadsheet has rounded it, and digits are lost',
    fix: 'Format the column as text in the spreadsheet, and export it again.',
  },
  {
    pattern: /^(n\/?a|null|none|nil|undefined|nan|unknown|#\S+|-+)$/i,
    problem: 'is a placeholder for a missing number',
    fix: 'Leave out people without a number, for example with filter().',
  },
  {
    pattern: /\d{5}[\s)]*([/;,|&]|\bor\b)[\s(+]*\d/i,
    problem: 'holds several numbers',
    fix: 'Send to one number. Use sendBulk() to send to several.',
  },
  {
    pattern: /(ext|x|#)\.?\s*\d+$/i,
    problem: 'has an extension',
    fix: 'Remove the extension: a message goes to a phone number.',
  },
];

function notDigits(text: string): PhoneNumberReading {
  const mistake = MISTAKES.find(({ pattern }) => pattern.test(text));
  if (mistake) return { problem: mistake.problem, fix: mistake.fix };
  return {
    problem: 'is not a valid phone number: it contains letters or symbols',
    fix: `${EXAMPLE} Send to one number; use sendBulk() to send to several.`,
  };
}

// --- With + or 00 ---

const parse = (text: string, defaultCountry?: CountryCode) =>
  phoneLibrary().parsePhoneNumberFromString(text, {
    defaultCountry,
    extract: false,
  });

/** Whether the number is valid unchanged: the library would remove a trunk zero. */
function isValid(number: string): boolean {
  const phone = parse(number);
  return phone !== undefined && phone.isValid() && phone.number === number;
}

/** Removes a trunk zero (`+254 0712…`), except where it is part of the number. */
function withoutTrunkZero(digits: string): string {
  const code = callingCodeOf(digits);
  const rest = code && digits.slice(code.length);
  if (!rest?.startsWith('0') || isValid(`+${digits}`)) return digits;
  const shorter = [rest.slice(1), rest.replace(/^0+/, '')].map(
    national => `${code}${national}`,
  );
  const valid = shorter.find(one => isValid(`+${one}`));
  if (valid) return valid;
  return numberingPlan(code!).nationalPrefix() === '0' ? shorter[1] : digits;
}

function readInternational(digits: string): PhoneNumberReading {
  if (digits.startsWith('0'))
    return {
      problem: digits.startsWith('00')
        ? 'starts with both + and 00'
        : 'has a 0 after the +, where the country code must be',
      fix: `Write the country code after the +. ${EXAMPLE}`,
    };
  const mayHaveTrunkZero = /^\d{1,3}0/.test(digits);
  const number = `+${mayHaveTrunkZero ? withoutTrunkZero(digits) : digits}`;
  if (E164.test(number)) return { number };
  return {
    problem: `has ${number.length - 1} digits after the +; an international number has 7 to 15`,
    fix: EXAMPLE,
  };
}

// --- Without + ---

const isMobile = (phone?: PhoneNumber) =>
  phone !== undefined &&
  phone.isValid() &&
  MOBILE.includes(phone.getType() ?? '');

const isFixedLine = (phone?: PhoneNumber) =>
  phone !== undefined && phone.isValid() && phone.getType() === 'FIXED_LINE';

interface Candidate {
  number: string;
  certainty: number;
}

function international(digits: string): Candidate[] {
  if (digits.startsWith('0')) return [];
  if (isFormerPlan(digits))
    return [{ number: `+${digits}`, certainty: CERTAIN }];
  const phone = parse(`+${digits}`);
  return isMobile(phone) ? [{ number: phone!.number, certainty: CERTAIN }] : [];
}

function national(digits: string, country?: CountryCode): Candidate[] {
  const phone = country && parse(digits, country);
  if (isMobile(phone)) return [{ number: phone!.number, certainty: CERTAIN }];
  if (isFixedLine(phone))
    return [{ number: phone!.number, certainty: FIXED_LINE }];
  return [];
}

const nameOf = (country: string) =>
  new Intl.DisplayNames(['en'], { type: 'region' }).of(country) ?? country;

function mobileLengths(country: string): number[] {
  const plan = numberingPlan(country);
  return plan.type('MOBILE')?.possibleLengths() ?? plan.possibleLengths();
}

/** The likely country, and the digits after the calling code or trunk zero. */
function placeOf(digits: string, country?: CountryCode) {
  const { getCountryCallingCode, AsYouType } = phoneLibrary();
  const code = country ? getCountryCallingCode(country) : callingCodeOf(digits);
  const typed = new AsYouType();
  typed.input(`+${digits}`);
  const place = country ?? typed.getCountry();
  if (!code || !place) return undefined;
  const hasCode = digits.startsWith(code);
  const rest = hasCode ? digits.slice(code.length) : digits.replace(/^0/, '');
  return { place, rest, after: hasCode ? ` after ${code}` : '' };
}

function problemOf(digits: string, country?: CountryCode): string {
  if (!country && digits.startsWith('0'))
    return 'is a local number: it starts with 0 and has no country code';
  if (digits.length > 15)
    return `has ${digits.length} digits, and a number has at most 15: it may be several numbers`;
  const found = placeOf(digits, country);
  if (!found || digits.length < 7)
    return `is not a valid phone number: ${digits.length} digits without a known country code`;
  const { place, rest, after } = found;
  const orLocal = country ? '' : ', or has no country code';
  const lengths = mobileLengths(place);
  if (lengths.includes(rest.length))
    return `is not a valid mobile number of ${nameOf(place)}${orLocal}`;
  const range = _.uniq([Math.min(...lengths), Math.max(...lengths)]);
  return `is not a valid mobile number${orLocal}: it has ${rest.length} digits${after}; mobile numbers of ${nameOf(place)} have ${range.join(' to ')}`;
}

const explain = (
  digits: string,
  country?: CountryCode,
): PhoneNumberReading => ({
  problem: problemOf(digits, country),
  fix: country
    ? `${EXAMPLE} With a + it is sent as it is written.`
    : `${EXAMPLE} Or set defaultCountry in the credential, such as KE, for numbers without a country code.`,
});

const ambiguous = ([first, second]: string[]): PhoneNumberReading => {
  const places = [first, second].map(
    number => `+${callingCodeOf(number.slice(1))}`,
  );
  return {
    problem: `can be read as a number with ${places.join(' and as one with ')}`,
    fix: 'Write the number with its + and country code.',
  };
};

/** Parses digits with the library, and rejects those that can be two numbers. */
export function readDigits(
  digits: string,
  country?: CountryCode,
): PhoneNumberReading {
  const candidates = [...national(digits, country), ...international(digits)];
  const best = Math.max(...candidates.map(({ certainty }) => certainty));
  const numbers = new Set(
    candidates
      .filter(({ certainty }) => certainty === best)
      .map(({ number }) => number),
  );
  if (numbers.size > 1) return ambiguous([...numbers]);
  const [number] = numbers;
  return number ? { number } : explain(digits, country);
}

// --- Together ---

function requireCountry(country: string): CountryCode {
  const code = country.trim().toUpperCase();
  if (phoneLibrary().isSupportedCountry(code)) return code;
  throw invalidConfiguration(
    `\`defaultCountry\` is "${country}", which is not a country code.`,
    'Use the two letters of ISO 3166, such as KE, or GB for the United Kingdom.',
  );
}

/** Most digits are a plain mobile number, which needs no parser. */
function readNational(
  digits: string,
  defaultCountry?: string,
): PhoneNumberReading {
  const country = defaultCountry ? requireCountry(defaultCountry) : undefined;
  const number = plainMobileNumber(digits, country);
  return number ? { number } : readDigits(digits, country);
}

/** Parses a phone number in any common format. */
export function readPhoneNumber(
  written: string,
  defaultCountry?: string,
): PhoneNumberReading {
  if (E164.test(written) && !/^\+\d{1,3}0/.test(written))
    return { number: written };
  // Nothing to clean.
  if (/^(?!00)\d{7,15}$/.test(written))
    return readNational(written, defaultCountry);
  if (written.length > LONGEST)
    return { problem: 'is too long for a phone number', fix: EXAMPLE };
  const text = plainText(written);
  if (DECIMALS.test(text))
    return {
      problem: 'has decimals',
      fix: 'Format the column as text in the spreadsheet, and export it again.',
    };
  const digits = compact(text);
  if (!/^\+?\d+$/.test(digits)) return notDigits(text);
  if (digits.startsWith('+')) return readInternational(digits.slice(1));
  return readNational(digits, defaultCountry);
}

/** The same for jobs: returns `undefined` if the value is not a phone number. */
export function phoneNumber(
  value: unknown,
  country?: string,
): string | undefined {
  if (typeof value !== 'string' && !Number.isSafeInteger(value))
    return undefined;
  const reading = readPhoneNumber(String(value).trim(), country);
  return 'number' in reading ? reading.number : undefined;
}

// --- Comparison ---

/** All forms of a number: WhatsApp uses outdated formats for some countries. */
const FORMS: [pattern: RegExp, one: string][] = [
  [/^\+521(\d{10})$/, '+52$1'],
  [/^\+549(\d{10})$/, '+54$1'],
  [/^\+55(\d\d)9(\d{8})$/, '+55$1$2'],
  [/^\+22901(\d{8})$/, '+229$1'],
  [/^\+225(?:01|05|07)(\d{8})$/, '+225$1'],
];

/** A key that is the same for all forms of a number. */
export function personKey(address: unknown): string | undefined {
  if (typeof address !== 'string') return undefined;
  const form = FORMS.find(([pattern]) => pattern.test(address));
  return form ? address.replace(form[0], form[1]) : address;
}
