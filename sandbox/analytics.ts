import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { idOf, type Base } from './base';
import type { Delivery } from './types';
import { badParameter } from './graph-error';
import { CREDENTIAL, page, SECOND_NUMBER, type Cloud } from './graph';

// What was sent, counted day by day.

const A_DAY = 24 * 60 * 60;
const SPAN = ['start', 'end', 'granularity'];
const NUMBERS = ['phone_numbers', 'country_codes'];

interface Field {
  granularities: string[];
  parameters: string[];
  point: (messages: Delivery[]) => object;
  /** Whether Meta wraps the points in a list. */
  isWrapped: boolean;
}

const DAILY = ['HALF_HOUR', 'DAILY', 'MONTHLY'];
const COST = 0.01;

const FIELDS: Record<string, Field> = {
  analytics: {
    granularities: ['HALF_HOUR', 'DAY', 'MONTH'],
    parameters: ['product_types'],
    point: ({ length }) => ({ sent: length, delivered: length }),
    isWrapped: false,
  },
  conversation_analytics: {
    granularities: DAILY,
    parameters: [
      'metric_types',
      'conversation_categories',
      'conversation_types',
      'conversation_directions',
      'dimensions',
    ],
    point: messages => ({
      conversation: new Set(messages.map(({ to }) => to)).size,
      cost: 0,
    }),
    isWrapped: true,
  },
  pricing_analytics: {
    granularities: DAILY,
    parameters: [
      'metric_types',
      'pricing_types',
      'pricing_categories',
      'dimensions',
      'tiers',
    ],
    point: ({ length }) => ({ volume: length, cost: length * COST }),
    isWrapped: true,
  },
};

/** `analytics.start(1).end(2).granularity(DAY)` */
function parseExpansion(text: string) {
  const [, name, rest] = /^(\w+)((?:\.\w+\([^()]*\))*)$/.exec(text) ?? [];
  if (!name || !FIELDS[name])
    throw badParameter(`Tried accessing nonexisting field (${text})`);
  const pairs = [...rest.matchAll(/\.(\w+)\(([^()]*)\)/g)];
  const parameters = Object.fromEntries(
    pairs.map(([, key, value]) => [key, value]),
  );
  const known = [...SPAN, ...NUMBERS, ...FIELDS[name].parameters];
  for (const key of Object.keys(parameters))
    if (!known.includes(key)) throw badParameter(`Unknown parameter ${key}`);
  const countries = JSON.parse(parameters.country_codes ?? '[]') as string[];
  if (!countries.every(code => /^[A-Z]{2}$/.test(code)))
    throw badParameter('country_codes must be codes of two letters');
  return { name, parameters };
}

function readSpan({ start, end }: Record<string, string>) {
  if (!/^\d{10}$/.test(start) || !/^\d{10}$/.test(end) || start >= end)
    throw badParameter('start and end must be UNIX timestamps, in this order');
  return { start: Number(start), end: Number(end) };
}

const nextMonth = (start: number) => {
  const date = new Date(start * 1000);
  const month = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  return month / 1000;
};

/** Where a data point ends that begins at a moment. */
const ENDS: Record<string, (start: number) => number> = {
  HALF_HOUR: start => start + A_DAY / 48,
  MONTH: nextMonth,
  MONTHLY: nextMonth,
};
const endOfDay = (start: number) => start + A_DAY;

interface Span {
  start: number;
  end: number;
  granularity?: string;
}

/** One point for each day or month on which there was something, and for each value of the dimensions. */
function pointsOf(
  messages: Delivery[],
  { start, end, granularity = 'DAY' }: Span,
  point: (messages: Delivery[]) => object,
  dimensionsOf: (message: Delivery) => object = () => ({}),
) {
  const points = [];
  const endOf = ENDS[granularity] ?? endOfDay;
  for (let from = start; from < end; from = endOf(from)) {
    const to = Math.min(end, endOf(from));
    const found = messages.filter(
      ({ at }) => at / 1000 >= from && at / 1000 < to,
    );
    const groups = new Map<string, Delivery[]>();
    for (const message of found) {
      const key = JSON.stringify(dimensionsOf(message));
      groups.set(key, [...(groups.get(key) ?? []), message]);
    }
    for (const [key, group] of groups)
      points.push({
        start: from,
        end: endOf(from),
        ...JSON.parse(key),
        ...point(group),
      });
  }
  return points;
}

const DIMENSIONS: Record<string, (message: Delivery, base: Base) => object> = {
  COUNTRY: ({ to }) => ({
    country: parsePhoneNumberFromString(`+${to}`)?.country ?? 'ZZ',
  }),
  PHONE: ({ phoneNumberId }) => ({
    phone_number: numberOf(phoneNumberId),
  }),
  PRICING_CATEGORY: ({ payload }, base) => ({
    pricing_category:
      base.store.templates.find(one => one.name === payload.template?.name)
        ?.category ?? 'SERVICE',
  }),
  PRICING_TYPE: () => ({ pricing_type: 'REGULAR' }),
  TIER: () => ({ tier: '0:1000' }),
};

const numberOf = (id?: string) =>
  id === SECOND_NUMBER ? '15550002222' : '15550001111';

/** What to break the numbers down by: `["COUNTRY"]`. */
function readDimensions(text: string | undefined, base: Base) {
  const names = text ? (JSON.parse(text) as string[]) : [];
  const unknown = names.find(
    name => !(name in DIMENSIONS) && !/^CONVERSATION_\w+$/.test(name),
  );
  if (unknown) throw badParameter(`dimensions has no ${unknown}`);
  return (message: Delivery) =>
    Object.assign(
      {},
      ...names.map(name => DIMENSIONS[name]?.(message, base) ?? {}),
    ) as object;
}

function readTemplateIds(text = '[]') {
  const ids = JSON.parse(text) as unknown[];
  if (!ids.length || ids.length > 10)
    throw badParameter('template_ids must have 1 to 10 elements');
  return ids.map(String);
}

export function addAnalytics({ base, nodes, ofAccount }: Cloud) {
  nodes.GET.push(request => {
    const id = idOf(request);
    const { fields } = request.query as { fields?: string };
    if (id !== CREDENTIAL.wabaId) return undefined;
    if (!fields) return { id, name: 'Clinics', currency: 'USD' };
    const { name, parameters } = parseExpansion(fields);
    const { granularities, point, isWrapped } = FIELDS[name];
    if (!granularities.includes(parameters.granularity))
      throw badParameter(`granularity must be one of ${granularities}`);
    const { granularity, dimensions } = parameters;
    const span = { ...readSpan(parameters), granularity };
    const points = pointsOf(
      base.store.deliveries,
      span,
      point,
      readDimensions(dimensions, base),
    );
    return {
      [name]: isWrapped
        ? { data: [{ data_points: points }] }
        : { phone_numbers: ['15550001111'], granularity, data_points: points },
      id,
    };
  });

  nodes.POST.push(request => {
    const id = idOf(request);
    const { is_enabled_for_insights: isEnabled } = request.query as any;
    return id === CREDENTIAL.wabaId && isEnabled === 'true'
      ? { id }
      : undefined;
  });

  base.app.get(
    '/:version/:id/template_analytics',
    ofAccount(async request => {
      const query = request.query as Record<string, string>;
      if (query.granularity?.toLowerCase() !== 'daily')
        throw badParameter('granularity must be daily');
      const span = readSpan(query);
      const pages = readTemplateIds(query.template_ids).map(id => {
        const name = base.store.templates.find(one => one.id === id)?.name;
        const messages = base.store.deliveries.filter(
          ({ payload }) => payload.template?.name === name,
        );
        const point = ({ length }: Delivery[]) => ({
          template_id: id,
          sent: length,
          delivered: length,
          read: 0,
        });
        const points = pointsOf(messages, span, point);
        return { granularity: 'DAILY', data_points: points };
      });
      return page(request, pages);
    }),
  );
}
