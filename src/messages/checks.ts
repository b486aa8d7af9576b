import _ from 'lodash';
import { emptyValue, invalidMessage } from '../errors/error';
import { isPlain, namesText } from '../state';
import type { Warn } from '../log';
import { didYouMean } from '../suggest';
import { isFilled, isWebAddress, kindOf } from '../validation';

/** Meta doesn't document how it counts emojis: only text that is too long by every count is an error. */
function checkLength(value: string, field: string, limit: number, warn: Warn) {
  if (value.length <= limit) return;
  const characters = [...value].length;
  if (characters > limit)
    throw invalidMessage(
      `\`${field}\` has ${characters.toLocaleString('en')} characters; the limit is ${limit.toLocaleString('en')}.`,
      `Shorten ${field}.`,
      { field },
    );
  warn(
    `${field} is close to the limit of ${limit} characters, and its emojis may count twice.`,
  );
}

export interface TextRule {
  field: string;
  limit: number;
  warn: Warn;
}

/** Suggests a fix based on the type of the value. */
function textAdvice(value: unknown, field: string): string {
  if (_.isDate(value))
    return `Write { date: …, timeZone: 'Africa/Nairobi' } in a template, or make a text of it: ${field}: dateFns.format(…).`;
  if (typeof value === 'function') return 'Call the function.';
  return `Give ${field} as a text.`;
}

export function requireText(
  value: unknown,
  { field, limit, warn }: TextRule,
): string {
  if (typeof value === 'number' || typeof value === 'bigint')
    value = String(value);
  if (!isFilled(value)) throw emptyValue(invalidMessage, field, value);
  if (typeof value !== 'string')
    throw invalidMessage(
      `\`${field}\` must be a string, got ${kindOf(value)}.`,
      textAdvice(value, field),
      { field },
    );
  if (!value.trim()) throw emptyValue(invalidMessage, field, '');
  checkLength(value, field, limit, warn);
  return value;
}

/** An optional string: an empty cell is left out. */
export function optionalText(value: unknown, rule: TextRule) {
  const isEmpty = typeof value === 'string' && !value.trim();
  return isFilled(value) && !isEmpty ? requireText(value, rule) : undefined;
}

export function requireObject(
  value: unknown,
  field: string,
  example?: string,
): Record<string, unknown> {
  if (isPlain(value)) return value;
  if (!isFilled(value)) throw emptyValue(invalidMessage, field, value);
  throw invalidMessage(
    `\`${field}\` must be an object, got ${kindOf(value)}.`,
    example ? `Example: ${example}.` : `Give ${field} as an object.`,
    { field },
  );
}

export function requireArray(
  value: unknown,
  field: string,
  { min = 1, max, example }: { min?: number; max: number; example?: string },
): unknown[] {
  if (!isFilled(value)) throw emptyValue(invalidMessage, field, value);
  if (!Array.isArray(value))
    throw invalidMessage(
      `\`${field}\` must be an array, got ${kindOf(value)}.`,
      example ? `Example: ${example}.` : `Give ${field} as an array.`,
      { field },
    );
  if (value.length < min || value.length > max)
    throw invalidMessage(
      `\`${field}\` must have ${min} to ${max} items, got ${value.length}.`,
      value.length > max
        ? `Leave out ${value.length - max}.`
        : 'Check the path in the job, and the data.',
      { field },
    );
  return value;
}

function numberAdvice(value: unknown, field: string): string {
  if (typeof value !== 'string') return `Check the value of ${field}.`;
  const cleaned = value.replace(/\s/g, '');
  if (/^-?\d{1,3},\d{3}$/.test(cleaned))
    return `A comma can be read in two ways: write ${cleaned.replace(',', '')} or ${cleaned.replace(',', '.')}.`;
  const plain = /^-?\d+,\d+$/.test(cleaned)
    ? cleaned.replace(',', '.')
    : cleaned.replace(/,(?=\d{3})/g, '');
  return Number.isNaN(Number(plain))
    ? `Check the value of ${field}.`
    : `Write it with a decimal point and without separators: ${Number(plain)}.`;
}

export function requireNumber(
  value: unknown,
  field: string,
  min: number,
  max: number,
): number {
  if (!isFilled(value)) throw emptyValue(invalidMessage, field, value);
  const number =
    typeof value === 'string' && value.trim() ? Number(value) : value;
  if (typeof number !== 'number' || !(number >= min && number <= max))
    throw invalidMessage(
      `\`${field}\` must be a number from ${min} to ${max}.`,
      numberAdvice(value, field),
      { field },
    );
  return number;
}

function urlAdvice(address: unknown, field: string): string {
  if (typeof address !== 'string') return `Give ${field} as a text.`;
  if (/^[\w-]+(\.[\w-]+)+(\/|$)/.test(address))
    return `Write https:// before it.`;
  return `Example: ${field}: 'https://example.org/map'.`;
}

/** Encodes spaces in a URL, as browsers do. */
export function requireUrl(value: unknown, field: string): string {
  if (!isFilled(value)) throw emptyValue(invalidMessage, field, value);
  const address =
    typeof value === 'string' ? value.trim().replace(/ /g, '%20') : value;
  if (isWebAddress(address)) return address;
  throw invalidMessage(
    `\`${field}\` must be a URL that starts with https://.`,
    urlAdvice(address, field),
    { field },
  );
}

export function requireUnique(values: string[], field: string) {
  const repeated = _.uniq(_.filter(values, (v, i) => values.indexOf(v) !== i));
  if (repeated.length)
    throw invalidMessage(
      `The ${field} have "${repeated[0]}" twice.`,
      `All ${field} must be different.`,
      { field },
    );
}

/** Refuses unknown fields and fields without a value, which would otherwise be dropped silently. */
export function allowOnly(
  value: object,
  allowed: string[],
  field: string,
  hint = '',
) {
  const fields = value as Record<string, unknown>;
  const keys = Object.keys(fields);
  if (!keys.every(key => allowed.includes(key))) {
    const unknown = keys.filter(key => !allowed.includes(key));
    throw invalidMessage(
      `${field} has a field that is not known: ${namesText(unknown)}.${didYouMean(unknown, allowed)}`,
      `${hint && `${hint} `}Allowed: ${allowed.join(', ')}.`,
      { field: unknown[0] },
    );
  }
  const missing = keys.find(key => fields[key] === undefined);
  if (missing === undefined) return;
  throw emptyValue(
    invalidMessage,
    missing,
    undefined,
    `Leave ${missing} out if it isn't wanted.`,
  );
}
