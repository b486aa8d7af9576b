import { isTimeZone, momentOf, readDate, type ParsedDate } from '../util/dates';
import { emptyValue, invalidMessage } from '../errors/error';
import type { DateValue } from '../types';

/** Suggests how to convert dates from spreadsheets. */
function dateAdvice(value: unknown): string {
  const example = "Example: '2026-05-05' or '2026-05-05T10:00:00Z'.";
  const text = String(value).trim();
  if (/^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}$/.test(text))
    return `${example} 05/06/2026 is ambiguous: specify the format with dateFns.parse($.data.visit, 'dd/MM/yyyy', new Date()).`;
  if (/^\d{5}(\.\d+)?$/.test(text))
    return `${example} This is a spreadsheet day number: format the column as a date before you export it.`;
  return example;
}

function invalidDate(field: string, value: unknown) {
  if (value === undefined || value === null || value === '')
    return emptyValue(invalidMessage, `${field}.date`, value);
  return invalidMessage(`\`${field}\` must be a date.`, dateAdvice(value), {
    field,
  });
}

const FIRST_YEAR = 1900;

/** Refuses a two-digit year parsed as a four-digit one, such as the year 26 from 05/05/26. */
function checkYear(date: ParsedDate, field: string) {
  const written =
    'moment' in date
      ? new Date(date.moment).getUTCFullYear()
      : Number(Object.values(date)[0].slice(0, 4));
  if (written >= FIRST_YEAR) return;
  throw invalidMessage(
    `\`${field}\` must be a current date, got the year ${written}.`,
    "If the year has two digits, use yy: dateFns.parse($.data.visit, 'dd/MM/yy', new Date()).",
    { field },
  );
}

function requireTimeZone(timeZone: unknown, field: string): string {
  if (timeZone === undefined || timeZone === null)
    throw invalidMessage(
      `\`${field}\` includes a time, so \`timeZone\` is required: a reminder could show the wrong hour.`,
      "Add the recipients' time zone, such as timeZone: 'Africa/Nairobi', or use only the day: '2026-05-05'.",
      { field },
    );
  if (!isTimeZone(timeZone))
    throw invalidMessage(
      `\`${field}.timeZone\` must be a time zone, got ${timeZone}.`,
      "Example: 'Africa/Nairobi'.",
      { field },
    );
  return timeZone;
}

/** A moment and its display time zone. A plain date is the same day everywhere. */
function interpret(value: DateValue, field: string) {
  const date = readDate(value.date);
  if (!date) throw invalidDate(field, value.date);
  checkYear(date, field);
  if ('day' in date)
    return { moment: Date.parse(date.day), timeZone: 'UTC', hasTime: false };
  const timeZone = requireTimeZone(value.timeZone, field);
  const moment =
    'moment' in date ? date.moment : momentOf(date.wallClock, timeZone);
  return { moment, timeZone, hasTime: true };
}

/** Formats a date in the language of the template. */
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
    // Old phones show narrow and no-break spaces as a box.
    return write().replace(/[\u00a0\u202f]/g, ' ');
  } catch {
    throw invalidMessage(
      `\`${field}\` can't be formatted: its language, dateStyle, timeStyle or currency is unknown.`,
      "dateStyle and timeStyle must be 'full', 'long', 'medium' or 'short'.",
      { field },
    );
  }
}
