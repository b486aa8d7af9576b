import { isTimeZone, momentOf, readDate, type ParsedDate } from '../util/dates';
import { emptyValue, invalidMessage } from '../errors/error';
import type { DateValue } from '../types';

/** How to make a date of what spreadsheets write. */
function dateAdvice(value: unknown): string {
  const example = "Example: '2026-05-05' or '2026-05-05T10:00:00Z'.";
  const text = String(value).trim();
  if (/^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}$/.test(text))
    return `${example} 05/06/2026 can be read in two ways: say which with dateFns.parse($.data.visit, 'dd/MM/yyyy', new Date()).`;
  if (/^\d{5}(\.\d+)?$/.test(text))
    return `${example} This is the day number of a spreadsheet: format the column as a date before you export it.`;
  return example;
}

function invalidDate(field: string, value: unknown) {
  if (value === undefined || value === null || value === '')
    return emptyValue(invalidMessage, `${field}.date`, value);
  return invalidMessage(`\`${field}\` is not a date.`, dateAdvice(value), {
    field,
  });
}

const FIRST_YEAR = 1900;

/** A year of two digits that was read as one of four: 05/05/26 is not in the year 26. */
function checkYear(date: ParsedDate, field: string) {
  const written =
    'moment' in date
      ? new Date(date.moment).getUTCFullYear()
      : Number(Object.values(date)[0].slice(0, 4));
  if (written >= FIRST_YEAR) return;
  throw invalidMessage(
    `\`${field}\` is a date in the year ${written}.`,
    "If the year has two digits, write yy: dateFns.parse($.data.visit, 'dd/MM/yy', new Date()).",
    { field },
  );
}

function requireTimeZone(timeZone: unknown, field: string): string {
  if (timeZone === undefined || timeZone === null)
    throw invalidMessage(
      `\`${field}\` includes a time, so \`timeZone\` is required: a reminder could show the wrong hour.`,
      "Add the zone of the people who read it, such as timeZone: 'Africa/Nairobi', or give the day alone: '2026-05-05'.",
      { field },
    );
  if (!isTimeZone(timeZone))
    throw invalidMessage(
      `\`${field}.timeZone\` is not a time zone: ${timeZone}.`,
      "Example: 'Africa/Nairobi'.",
      { field },
    );
  return timeZone;
}

/** A moment, and the zone in which it is to be shown. A plain date is the same day everywhere. */
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
      `\`${field}\` can't be written: its language, dateStyle, timeStyle or currency is not known.`,
      "dateStyle and timeStyle are 'full', 'long', 'medium' or 'short'.",
      { field },
    );
  }
}
