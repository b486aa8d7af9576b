import _ from 'lodash';
import { isTimeZone, momentOf, nextDay, readDate } from '../util/dates';
import { isGraphId, kindOf } from '../validation';
import { invalidOptions, parameters, readOptions } from '../validation';
import { getAllPages } from '../util/pagination';
import type { Platform } from '../platforms/platform';
import { didYouMean } from '../suggest';
import { send } from '../util/client';
import type { ApiResponse } from '../util/call';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/analytics

interface Kind {
  /** The name of the field in Meta's API. */
  field: string;
  /** Allowed lengths of a data point; the first is the default. */
  granularities: string[];
  filters: string[];
}

const BY_DAY = ['DAILY', 'MONTHLY', 'HALF_HOUR'];

const KINDS: Record<string, Kind> = {
  messaging: {
    field: 'analytics',
    granularities: ['DAY', 'MONTH', 'HALF_HOUR'],
    filters: ['phone_numbers', 'product_types', 'country_codes'],
  },
  conversation: {
    field: 'conversation_analytics',
    granularities: BY_DAY,
    filters: [
      'phone_numbers',
      'country_codes',
      'metric_types',
      'conversation_categories',
      'conversation_types',
      'conversation_directions',
      'dimensions',
    ],
  },
  pricing: {
    field: 'pricing_analytics',
    granularities: BY_DAY,
    filters: [
      'phone_numbers',
      'country_codes',
      'metric_types',
      'pricing_types',
      'pricing_categories',
      'dimensions',
      'tiers',
    ],
  },
  template: {
    field: 'template_analytics',
    granularities: ['DAILY'],
    filters: [
      'template_ids',
      'metric_types',
      'product_type',
      'use_waba_timezone',
    ],
  },
};
const SYNONYMS: Record<string, string> = {
  DAY: 'DAILY',
  DAILY: 'DAY',
  MONTH: 'MONTHLY',
  MONTHLY: 'MONTH',
};
const MAX_TEMPLATES = 10;
/** Numbers above this are milliseconds, as returned by Date.now(). */
const MAX_SECONDS = 1e11;

// --- The query ---

/** Finds a kind by its name or by Meta's name. */
function readKind(kind: unknown): Kind {
  const found = _.find(
    KINDS,
    ({ field }, name) => kind === name || kind === field,
  );
  if (found) return found;
  throw invalidOptions(
    typeof kind === 'string'
      ? `Unknown analytics kind: ${kind}.${didYouMean([kind], Object.keys(KINDS))}`
      : `\`kind\` must be a string, got ${kindOf(kind)}: the kind comes first.`,
    `Kinds: ${Object.keys(KINDS).join(', ')}. Example: getAnalytics('pricing', { start: '2026-05-01', end: '2026-05-31' }).`,
    { field: 'kind' },
  );
}

function readTimeZone(timeZone: unknown = 'UTC'): string {
  if (isTimeZone(timeZone)) return timeZone;
  throw invalidOptions(
    `The timeZone ${timeZone} does not exist.`,
    "Example: 'Africa/Nairobi'.",
  );
}

function invalidDate(field: string) {
  return invalidOptions(
    `\`${field}\` must be a date.`,
    "Example: '2026-05-01', '2026-05-01T10:00:00Z', or seconds since 1970.",
  );
}

/** A plain date covers the whole day, so `end` becomes the start of the next day. */
function secondsOf(value: unknown, field: string, timeZone: string): number {
  if (typeof value === 'number' && value > 0)
    return Math.floor(value > MAX_SECONDS ? value / 1000 : value);
  const date = readDate(value);
  if (!date) throw invalidDate(field);
  if ('moment' in date) return Math.floor(date.moment / 1000);
  const wallClock =
    'wallClock' in date
      ? date.wallClock
      : `${field === 'end' ? nextDay(date.day) : date.day}T00:00:00`;
  return Math.floor(momentOf(wallClock, timeZone) / 1000);
}

function readSpan({ start, end, timeZone }: Record<string, unknown>) {
  const zone = readTimeZone(timeZone);
  const span = {
    start: secondsOf(start, 'start', zone),
    end: secondsOf(end, 'end', zone),
  };
  if (span.start < span.end) return span;
  throw invalidOptions(
    'start is not before end.',
    'If `end` is a plain date, that day is included.',
  );
}

/** Meta uses DAY for one kind and DAILY for another. */
function readGranularity(given: unknown, { granularities }: Kind): string {
  if (given === undefined) return granularities[0];
  const name = String(given).toUpperCase();
  const known = granularities.find(
    candidate => candidate === name || candidate === SYNONYMS[name],
  );
  if (known) return known;
  throw invalidOptions(
    `Unknown granularity for this kind: ${given}.`,
    `Allowed: ${granularities.join(', ')}.`,
  );
}

function readTemplateIds(ids: unknown): unknown[] {
  const list: unknown[] = _.castArray(ids ?? []);
  const fix = 'Give the ids of templates, as listTemplates() tells them.';
  if (!list.length || list.length > MAX_TEMPLATES)
    throw invalidOptions(
      `\`template_ids\` must have 1 to ${MAX_TEMPLATES} items, got ${list.length}.`,
      fix,
    );
  // A long ID loses digits if it is a number.
  if (!list.every(isGraphId))
    throw invalidOptions('`template_ids` must be strings of digits.', fix);
  return list;
}

interface Query extends ReturnType<typeof readSpan> {
  granularity: string;
  filters: Record<string, unknown>;
}

function readAnalyticsQuery(given: unknown, kind: Kind): Query {
  const { start, end, timeZone, granularity, ...filters } = readOptions(
    given,
    parameters('start', 'end', 'timeZone', 'granularity', ...kind.filters),
  );
  const { phone_numbers: numbers } = filters;
  return {
    ...readSpan({ start, end, timeZone }),
    granularity: readGranularity(granularity, kind),
    filters: numbers
      ? { ...filters, phone_numbers: _.castArray(numbers).map(digitsOf) }
      : filters,
  };
}

const digitsOf = (number: unknown) => String(number).replace(/\D/g, '');

// --- The response ---

/** For some kinds, Meta wraps the data points in a one-item list. */
function unwrap(analytics: any) {
  const { data, data_points, ...rest } = analytics ?? {};
  const parts = [{ data_points }, ..._.castArray(data ?? [])];
  return { ...rest, data_points: _.compact(_.flatMap(parts, 'data_points')) };
}

async function readTemplates(
  platform: Platform,
  path: string,
  { start, end, granularity, filters }: Query,
): Promise<ApiResponse> {
  const { template_ids, metric_types, ...rest } = filters;
  const answer = await getAllPages(platform, {
    method: 'GET',
    path,
    query: {
      start,
      end,
      granularity: granularity.toLowerCase(),
      template_ids: readTemplateIds(template_ids),
      metric_types: metric_types && _.castArray(metric_types).join(','),
      ...rest,
    },
    idempotency: 'safe',
  });
  return { ...answer, body: { granularity, ...unwrap({ data: answer.body }) } };
}

/** A field with its parameters: `analytics.start(1).end(2).granularity(DAY)`. */
function expansionOf(field: string, { filters, ...span }: Query): string {
  const lists = _.mapValues(filters, value =>
    JSON.stringify(_.castArray(value)),
  );
  const conditions = _.map(
    { ...span, ...lists },
    (value, name) => `${name}(${value})`,
  );
  return [field, ...conditions].join('.');
}

/** Gets message counts and costs for a date range. */
export async function getAnalytics(
  platform: Platform,
  kind: unknown,
  given: unknown,
): Promise<ApiResponse> {
  const graph = platform.graph('getAnalytics()');
  const wanted = readKind(kind);
  const query = readAnalyticsQuery(given, wanted);
  if (wanted === KINDS.template)
    return readTemplates(platform, graph.account(wanted.field), query);
  return send(platform, {
    method: 'GET',
    path: graph.account(),
    query: { fields: expansionOf(wanted.field, query) },
    idempotency: 'safe',
    isExpected: body => _.isPlainObject(body),
    transform: body => unwrap(body?.[wanted.field]),
  });
}
