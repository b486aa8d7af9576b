import addDays from 'date-fns/addDays/index.js';
import formatISO from 'date-fns/formatISO/index.js';
import isValid from 'date-fns/isValid/index.js';
import parseISO from 'date-fns/parseISO/index.js';
import _ from 'lodash';

/** A date as given: a day, a local time, or a moment. */
export type ParsedDate =
  { day: string } | { wallClock: string } | { moment: number };

const DAY = /^\d{4}-\d\d-\d\d$/;
const WITH_TIME = /^(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(.*)$/;
const OFFSET = /^(Z|[+-]\d\d:?\d\d)$/i;

/** The UTC offset of a time zone at a moment, in milliseconds. */
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

/** The moment of a local time in a time zone. */
export function momentOf(wallClock: string, timeZone: string): number {
  const asIfUtc = Date.parse(`${wallClock.replace(' ', 'T')}Z`);
  const guess = asIfUtc - offsetAt(asIfUtc, timeZone);
  return asIfUtc - offsetAt(guess, timeZone);
}

const isRealDay = (day: string) => isValid(parseISO(day));

export const nextDay = (day: string) =>
  formatISO(addDays(parseISO(day), 1), { representation: 'date' });

export function isTimeZone(timeZone: unknown): timeZone is string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timeZone as string });
    return typeof timeZone === 'string';
  } catch {
    return false;
  }
}

const atMoment = (moment: number) => (isNaN(moment) ? undefined : { moment });

/** Returns undefined if the value is not a date. */
export function readDate(value: unknown): ParsedDate | undefined {
  if (_.isDate(value)) return atMoment(value.getTime());
  if (typeof value !== 'string') return undefined;
  const written = value.trim();
  if (DAY.test(written))
    return isRealDay(written) ? { day: written } : undefined;
  const [, day, , , offset] = WITH_TIME.exec(written) ?? [];
  if (!day || !isRealDay(day)) return undefined;
  if (!offset)
    return isNaN(momentOf(written, 'UTC')) ? undefined : { wallClock: written };
  if (!OFFSET.test(offset)) return undefined;
  return atMoment(parseISO(written.replace(' ', 'T')).getTime());
}
