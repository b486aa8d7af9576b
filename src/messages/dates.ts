import _ from 'lodash';
import { invalidMessage } from '../errors';

export interface DateValue {
  date: unknown;
  timeZone?: string;
  dateStyle?: Intl.DateTimeFormatOptions['dateStyle'];
  timeStyle?: Intl.DateTimeFormatOptions['timeStyle'];
}

const PLAIN = /^\d{4}-\d\d-\d\d$/;
const WITH_TIME = /^(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(.*)$/;
const OFFSET = /^(Z|[+-]\d\d:?\d\d)$/i;

/** The milliseconds that a zone is ahead of UTC at a moment. */
function offsetAt(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    timeZoneName: 'longOffset',
  }).formatToParts(moment);
  const name = _.find(parts, { type: 'timeZoneName' })?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  if (!sign) return 0;
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? -size : size;
}

/** The moment at which a clock in that zone shows this time. */
function momentOf(wallClock: string, timeZone: string): number {
  const asIfUtc = Date.parse(`${wallClock.replace(' ', 'T')}Z`);
  const guess = asIfUtc - offsetAt(asIfUtc, timeZone);
  return asIfUtc - offsetAt(guess, timeZone);
}

function invalidDate(field: string) {
  return invalidMessage(
    `${field} is not a date.`,
    "Write it like '2026-05-05' or '2026-05-05T10:00:00Z'.",
  );
}

function isRealDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

function isTimeZone(timeZone: unknown): timeZone is string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timeZone as string });
    return typeof timeZone === 'string';
  } catch {
    return false;
  }
}

function requireTimeZone(timeZone: unknown, field: string): string {
  if (timeZone === undefined || timeZone === null)
    throw invalidMessage(
      `${field} has a time of day and no timeZone: a reminder could show the wrong hour.`,
      "Add the zone of the people who read it, such as timeZone: 'Africa/Nairobi', or give the day alone: '2026-05-05'.",
    );
  if (!isTimeZone(timeZone))
    throw invalidMessage(
      `${field} has a timeZone that does not exist: ${timeZone}.`,
      "Write it like 'Africa/Nairobi'.",
    );
  return timeZone;
}

/** A moment, and the zone in which it is to be shown. A plain date is the same day everywhere. */
function interpret(value: DateValue, field: string) {
  const date = _.isDate(value.date) ? toIso(value.date, field) : value.date;
  if (typeof date !== 'string') throw invalidDate(field);
  const written = date.trim();
  if (PLAIN.test(written)) {
    if (!isRealDay(written)) throw invalidDate(field);
    return {
      moment: Date.parse(`${written}T00:00:00Z`),
      timeZone: 'UTC',
      hasTime: false,
    };
  }
  const [, day, , , offset] = WITH_TIME.exec(written) ?? [];
  if (!day || !isRealDay(day) || (offset && !OFFSET.test(offset)))
    throw invalidDate(field);
  const timeZone = requireTimeZone(value.timeZone, field);
  const moment = offset
    ? Date.parse(written.replace(' ', 'T'))
    : momentOf(written, timeZone);
  if (isNaN(moment)) throw invalidDate(field);
  return { moment, timeZone, hasTime: true };
}

function toIso(date: Date, field: string): string {
  if (isNaN(date.getTime())) throw invalidDate(field);
  return date.toISOString();
}

/** A date as people write it in the language of the template. */
export function formatDate(
  value: DateValue,
  language: string,
  field: string,
): string {
  const { moment, timeZone, hasTime } = interpret(value, field);
  const { dateStyle, timeStyle } = value;
  const styles =
    dateStyle || timeStyle
      ? { dateStyle, timeStyle }
      : { dateStyle: 'long' as const, timeStyle: 'short' as const };
  const options = hasTime
    ? styles
    : { dateStyle: styles.dateStyle ?? ('long' as const) };
  return format(field, () =>
    new Intl.DateTimeFormat(localeOf(language), {
      ...options,
      timeZone,
    }).format(moment),
  );
}

export function formatCurrency(
  amount: number,
  currency: string,
  language: string,
  field: string,
): string {
  return format(field, () =>
    new Intl.NumberFormat(localeOf(language), {
      style: 'currency',
      currency,
    }).format(amount),
  );
}

const localeOf = (language: string) => language.replace('_', '-');

function format(field: string, write: () => string): string {
  try {
    // Narrow and no-break spaces, which old phones show as a box.
    return write().replace(/[\u00a0\u202f]/g, ' ');
  } catch {
    throw invalidMessage(
      `${field} cannot be written: its language, dateStyle, timeStyle or currency is not known.`,
      "dateStyle and timeStyle are 'full', 'long', 'medium' or 'short'.",
    );
  }
}
