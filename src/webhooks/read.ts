// Reads values that may be missing.
import _ from 'lodash';

export type Node = Record<string, unknown>;

/** Larger numbers are milliseconds: as seconds they would be after the year 33658. */
const MILLISECONDS = 1e12;

export const isNode = (value: unknown): value is Node => _.isPlainObject(value);

/** Own properties only: a type may be called `constructor`. */
export const own = (node: unknown, key: string): unknown =>
  isNode(node) && Object.hasOwn(node, key) ? node[key] : undefined;

export const nodeAt = (node: unknown, key: string): Node | undefined => {
  const value = own(node, key);
  return isNode(value) ? value : undefined;
};

export const listAt = (node: unknown, key: string): unknown[] => {
  const value = own(node, key);
  return Array.isArray(value) ? value : [];
};

export const textAt = (node: unknown, key: string): string | undefined => {
  const value = own(node, key);
  if (typeof value === 'string' && value) return value;
  return typeof value === 'number' ? String(value) : undefined;
};

/** Meta sends seconds as a string or a number, and sometimes milliseconds. */
export function isoTime(given: unknown): string | undefined {
  const isWritten = typeof given === 'string' && given.trim() !== '';
  if (!isWritten && typeof given !== 'number') return undefined;
  const time = Number(given);
  const moment = Math.abs(time) >= MILLISECONDS ? time : time * 1000;
  const isTime = Math.abs(moment) <= 8.64e15;
  return isTime ? new Date(moment).toISOString() : undefined;
}

export const compact = <T extends object>(row: T): T =>
  _.omitBy(row, _.isUndefined) as T;

const DIGITS = /^\+?\d+$/;

/** Adds `+` to a number from WhatsApp, so that it can't be parsed as a local number. */
export function numberText(value: string | undefined): string | undefined {
  if (!value) return undefined;
  const bare = value.replace(/[\s().-]/g, '');
  return DIGITS.test(bare) ? `+${bare.replace('+', '')}` : value;
}

/** A BSUID: a country code, a dot, letters and digits. */
export const isUserId = (value: string | undefined): value is string =>
  value !== undefined && /^[A-Z]{2}\./.test(value);
