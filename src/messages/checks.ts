import _ from 'lodash';
import { invalidMessage } from '../errors';

/** Where builders put what Meta may or may not reject; the operation logs it. */
export type Warn = (warning: string) => void;

const kindOf = (value: unknown) =>
  value === undefined || value === null
    ? 'empty: there is no value where the job looks for it'
    : `of type ${Array.isArray(value) ? 'array' : typeof value}`;

export const isFilled = (value: unknown) =>
  value !== undefined && value !== null;

/** An id of the Graph API: as a number it would lose digits. */
export const isGraphId = (value: unknown): value is string =>
  typeof value === 'string' && /^\d+$/.test(value);

export const isWebAddress = (value: unknown): value is string =>
  typeof value === 'string' && /^https?:\/\/\S+$/i.test(value);

/** Meta does not say how it counts an emoji: only what is too long in every way is an error. */
function checkLength(value: string, field: string, limit: number, warn: Warn) {
  if (value.length <= limit) return;
  const characters = [...value].length;
  if (characters > limit)
    throw invalidMessage(
      `${field} has ${characters.toLocaleString('en')} characters; the limit is ${limit.toLocaleString('en')}.`,
      `Shorten ${field}.`,
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

export function requireText(
  value: unknown,
  { field, limit, warn }: TextRule,
): string {
  if (typeof value === 'number' || typeof value === 'bigint')
    value = String(value);
  if (typeof value !== 'string')
    throw invalidMessage(
      `${field} is ${kindOf(value)}.`,
      `Give ${field} as text.`,
    );
  if (!value.trim())
    throw invalidMessage(`${field} is empty.`, `Give ${field} a text.`);
  checkLength(value, field, limit, warn);
  return value;
}

export function optionalText(value: unknown, rule: TextRule) {
  return isFilled(value) ? requireText(value, rule) : undefined;
}

export function requireObject(
  value: unknown,
  field: string,
): Record<string, unknown> {
  if (_.isPlainObject(value)) return value as Record<string, unknown>;
  throw invalidMessage(
    `${field} is ${kindOf(value)}.`,
    `Give ${field} as an object.`,
  );
}

export function requireArray(
  value: unknown,
  field: string,
  { min = 1, max }: { min?: number; max: number },
): unknown[] {
  if (!Array.isArray(value))
    throw invalidMessage(
      `${field} is ${kindOf(value)}.`,
      `Give ${field} as an array.`,
    );
  if (value.length < min || value.length > max)
    throw invalidMessage(
      `${field} has ${value.length}; the limits are ${min} to ${max}.`,
      `Give ${min} to ${max} of them.`,
    );
  return value;
}

export function requireNumber(
  value: unknown,
  field: string,
  min: number,
  max: number,
): number {
  const number =
    typeof value === 'string' && value.trim() ? Number(value) : value;
  if (typeof number !== 'number' || !(number >= min && number <= max))
    throw invalidMessage(
      `${field} has to be a number from ${min} to ${max}.`,
      `Check the value of ${field}.`,
    );
  return number;
}

export function requireUrl(value: unknown, field: string): string {
  const address = typeof value === 'string' ? value.trim() : value;
  if (isWebAddress(address)) return address;
  throw invalidMessage(
    `${field} has to be a web address.`,
    `Start ${field} with https://.`,
  );
}

export function requireUnique(values: string[], field: string) {
  const repeated = _.uniq(_.filter(values, (v, i) => values.indexOf(v) !== i));
  if (repeated.length)
    throw invalidMessage(
      `${field} has "${repeated[0]}" twice.`,
      `Make every one of ${field} different.`,
    );
}

/** A misspelt field would be left out without a word. */
export function allowOnly(value: object, allowed: string[], field: string) {
  const unknown = Object.keys(value).filter(key => !allowed.includes(key));
  if (unknown.length)
    throw invalidMessage(
      `${field} has a field that is not known: ${unknown.join(', ')}.`,
      `It can have: ${allowed.join(', ')}.`,
    );
}
