import { isTimeZone, momentOf, readDate } from '../dates';
import { invalidMessage } from '../errors';

export interface DateValue {
  date: unknown;
  timeZone?: string;
  dateStyle?: Intl.DateTimeFormatOptions['dateStyle'];
  timeStyle?: Intl.DateTimeFormatOptions['timeStyle'];
}

function invalidDate(field: string) {
  return invalidMessage(
    `${field} is not a date.`,
    "Write it like '2026-05-05' or '2026-05-05T10:00:00Z'.",
  );
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
  const date = readDate(value.date);
  if (!date) throw invalidDate(field);
  if ('day' in date)
    return { moment: Date.parse(date.day), timeZone: 'UTC', hasTime: false };
  const timeZone = requireTimeZone(value.timeZone, field);
  const moment =
    'moment' in date ? date.moment : momentOf(date.wallClock, timeZone);
  return { moment, timeZone, hasTime: true };
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
