import _ from 'lodash';
import { emptyValue, invalidMessage, mapAll } from '../errors/error';
import { isPlain, keysText, namesText } from '../state';
import {
  allowOnly,
  requireArray,
  requireNumber,
  requireObject,
  requireText,
  requireUrl,
} from '../messages/checks';
import type { Warn } from '../log';
import { isFilled, kindOf } from '../validation';
import { formatCurrency, formatDate } from './dates';
import type { DateValue } from '../types';
import type { Content, Fields } from '../messages/content';
import { locationFields } from '../messages/location';
import { mediaReference } from '../messages/media';
import { productSections } from '../messages/products';
import { readDate } from '../util/dates';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview

type Parameter = { type: string; [field: string]: unknown };

/** Template context for the parameter builders. */
interface Context {
  language: string;
  warn: Warn;
}

const LIMITS = {
  name: 512,
  text: 32_768,
  textAdvised: 1024,
  buttons: 10,
  parameters: 100,
  code: 15,
  coupon: 20,
  couponAdvised: 15,
  payload: 256,
  payloadAdvised: 128,
  url: 2000,
  productId: 128,
  cards: 10,
  callMinutes: 43_200,
  callPayload: 512,
  group: 128,
};
/** Used if no language is given. */
export const DEFAULT_LANGUAGE = 'en_US';
const MEDIA = ['image', 'video', 'document', 'gif'];
const FIELDS = [
  'name',
  'language',
  'header',
  'body',
  'buttons',
  'cards',
  'offer',
  'tapTarget',
  'components',
  'namespace',
];

const LINE_BREAK = /[\n\r\t\v\f\u0085\u2028\u2029]/;
const MAY_COLLAPSE = /\s{2}|[^\S ]/;

/** Meta rejects parameters with line breaks, tabs or more than four consecutive spaces. */
const collapse = (value: string): string =>
  MAY_COLLAPSE.test(value)
    ? value
        .replace(/\s+/g, space =>
          LINE_BREAK.test(space) || space.length > 4 ? ' ' : space,
        )
        .trim()
    : value.trim();

function requireValue(value: unknown, field: string, warn: Warn): string {
  if (typeof value === 'boolean') value = String(value);
  const text = collapse(
    requireText(value, { field, limit: LIMITS.text, warn }),
  );
  if (text.length > LIMITS.textAdvised)
    warn(
      `${field} has more than ${LIMITS.textAdvised} characters: it may be refused.`,
    );
  return text;
}

function currencyParameter(value: Fields, field: string, language: string) {
  allowOnly(value, ['currency', 'amount'], field);
  const code = value.currency;
  if (typeof code !== 'string' || !/^[A-Z]{3}$/.test(code))
    throw invalidMessage(
      `\`${field}.currency\` must be a currency code, such as KES.`,
      "Example: { currency: 'KES', amount: 1250.5 }.",
      { field: `${field}.currency` },
    );
  const amount = requireNumber(value.amount, `${field}.amount`, -1e12, 1e12);
  return {
    type: 'currency',
    currency: {
      fallback_value: formatCurrency(amount, code, language, field),
      code,
      amount_1000: Math.round(amount * 1000),
    },
  };
}

function requireCode(value: unknown, field: string, warn: Warn): string {
  return requireText(value, { field, limit: LIMITS.code, warn }).trim();
}

function textParameter(value: unknown, field: string, context: Context) {
  const { language, warn } = context;
  if (_.isDate(value))
    throw invalidMessage(
      `\`${field}\` is a Date.`,
      "Use { date: …, timeZone: 'Africa/Nairobi' }, which is formatted in the language of the template.",
      { field },
    );
  if (!isPlain(value))
    return { type: 'text', text: requireValue(value, field, warn) };
  const object: Fields = value;
  if ('currency' in object) return currencyParameter(object, field, language);
  if ('date' in object) {
    allowOnly(object, ['date', 'timeZone', 'dateStyle', 'timeStyle'], field);
    const date = object as unknown as DateValue;
    return { type: 'text', text: formatDate(date, language, field) };
  }
  if ('group' in object) {
    allowOnly(object, ['group'], field);
    const rule = { field: `${field}.group`, limit: LIMITS.group, warn };
    return { type: 'group_id', group_id: requireText(object.group, rule) };
  }
  if ('otp' in object)
    return {
      type: 'text',
      text: requireCode(object.otp, `${field}.otp`, warn),
    };
  throw invalidMessage(
    `\`${field}\` must be a template value, got an object with: ${keysText(object)}.`,
    `Give a text, a number, { date, timeZone }, { currency, amount }, { otp } or { group }.${'text' in object ? ` For a text write it without { text }.` : ''}`,
    { field },
  );
}

/** An array fills {{1}}, {{2}}…; an object fills {{name}}. */
function bodyParameters(body: unknown, context: Context): Parameter[] {
  if (Array.isArray(body))
    return mapAll(
      requireArray(body, 'body', { min: 0, max: LIMITS.parameters }),
      (value, index) => textParameter(value, `body[${index}]`, context),
    );
  if (!isPlain(body))
    throw invalidMessage(
      `\`body\` must be an array or an object, got ${kindOf(body)}.`,
      "Example: body: ['Amina', '5 May'], or, for a template with names, body: { name: 'Amina' }.",
      { field: 'body' },
    );
  const isNumbered = areNumbers(Object.keys(body), 'body');
  return mapAll(Object.entries(body), ([name, value]) => ({
    ...textParameter(value, `body.${name}`, context),
    ...(!isNumbered && { parameter_name: name }),
  }));
}

/** `{ 1: 'Amina', 2: '5 May' }` means positions: a number is not the name of a variable. */
function areNumbers(names: string[], field: string): boolean {
  if (!names.some(name => /^\d+$/.test(name))) return false;
  if (names.every((name, index) => name === String(index + 1))) return true;
  throw invalidMessage(
    `The variables of \`${field}\` must be numbered from 1 without gaps, got: ${namesText(names)}.`,
    "Example: body: ['Amina', '5 May']. For a template with names, body: { name: 'Amina' }.",
    { field },
  );
}

function mediaParameter(kind: string, header: Fields, warn: Warn): Parameter {
  allowOnly(
    header,
    kind === 'document' ? [kind, 'filename'] : [kind],
    'header',
  );
  const filename = isFilled(header.filename)
    ? { filename: String(header.filename) }
    : {};
  const reference = mediaReference(header[kind], `header.${kind}`, warn);
  return { type: kind, [kind]: { ...reference, ...filename } };
}

function productParameter(header: Fields, warn: Warn): Parameter {
  allowOnly(header, ['product', 'catalogId'], 'header');
  const id = (field: string) =>
    requireText(header[field], {
      field: `header.${field}`,
      limit: LIMITS.productId,
      warn,
    });
  return {
    type: 'product',
    product: {
      product_retailer_id: id('product'),
      catalog_id: id('catalogId'),
    },
  };
}

function headerParameter(header: unknown, context: Context): Parameter {
  const { warn } = context;
  if (Array.isArray(header)) {
    const [value] = requireArray(header, 'header', { max: 1 });
    return textParameter(value, 'header[0]', context);
  }
  if (!isPlain(header))
    return { type: 'text', text: requireValue(header, 'header', warn) };

  const fields: Fields = header;
  const kind = MEDIA.find(key => key in fields);
  if (kind) return mediaParameter(kind, fields, warn);
  if ('product' in fields) return productParameter(fields, warn);
  if ('location' in fields) {
    allowOnly(fields, ['location'], 'header');
    const location = requireObject(fields.location, 'header.location');
    return { type: 'location', location: locationFields(location, warn) };
  }
  const [name, another] = Object.keys(fields);
  if (!name || another)
    throw invalidMessage(
      '`header` must have one value, since a header has at most one variable.',
      "Example: header: { name: 'Amina' } or header: { image: '<media id>' }.",
      { field: 'header' },
    );
  return {
    ...textParameter(fields[name], `header.${name}`, context),
    ...(!areNumbers([name], 'header') && { parameter_name: name }),
  };
}

interface BuiltButton {
  sub_type: string;
  parameters: Parameter[];
}

type BuildButton = (value: unknown, field: string, warn: Warn) => BuiltButton;

/** Meta refuses a URL with letters that are not encoded; what is encoded stays. */
const encodeUrl = (text: string) =>
  // Half of a character can't be encoded.
  text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/%(?![0-9a-f]{2})|[^A-Za-z0-9\-._~/?&=#%]/gi, part =>
      encodeURIComponent(part),
    );

/** The end of a URL; in an object by the name of its variable. */
function urlParameter(value: unknown, field: string, warn: Warn): Parameter {
  const [name, another] = isPlain(value) ? Object.keys(value) : [];
  if (another !== undefined)
    throw invalidMessage(
      `\`${field}\` must have one value, since a URL has one variable.`,
      "Example: { url: { code: '123' } }.",
      { field },
    );
  const text = requireText(name === undefined ? value : _.get(value, [name]), {
    field,
    limit: LIMITS.url,
    warn,
  });
  return {
    type: 'text',
    text: encodeUrl(text.trim()),
    ...(name !== undefined && { parameter_name: name }),
  };
}

const action = (parameters: object): Parameter[] =>
  _.isEmpty(parameters) ? [] : [{ type: 'action', action: parameters }];

function flowButton(value: unknown, field: string): BuiltButton {
  const flow = requireObject(value, field, 'flow: { data: { … } }');
  allowOnly(flow, ['token', 'data'], field);
  const { token: flow_token, data: flow_action_data } = flow;
  return {
    sub_type: 'flow',
    parameters: action(_.omitBy({ flow_token, flow_action_data }, _.isNil)),
  };
}

function catalogButton(value: unknown, field: string, warn: Warn): BuiltButton {
  if (value === true) return { sub_type: 'catalog', parameters: [] };
  const rule = { field, limit: LIMITS.productId, warn };
  const thumbnail_product_retailer_id = requireText(value, rule);
  return {
    sub_type: 'catalog',
    parameters: action({ thumbnail_product_retailer_id }),
  };
}

function productsButton(
  value: unknown,
  field: string,
  warn: Warn,
): BuiltButton {
  const products = requireObject(
    value,
    field,
    "products: { thumbnail: 'SKU1', sections: [{ title: 'Nets', items: ['SKU1'] }] }",
  );
  allowOnly(products, ['thumbnail', 'sections'], field);
  const thumbnail = requireText(products.thumbnail, {
    field: `${field}.thumbnail`,
    limit: LIMITS.productId,
    warn,
  });
  return {
    sub_type: 'mpm',
    parameters: action({
      thumbnail_product_retailer_id: thumbnail,
      sections: productSections(products.sections, `${field}.sections`, warn),
    }),
  };
}

function callButton(value: unknown, field: string, warn: Warn): BuiltButton {
  const call = requireObject(value, field, 'call: { ttlMinutes: 1440 }');
  allowOnly(call, ['ttlMinutes', 'payload'], field);
  const parameters: Parameter[] = [];
  if (isFilled(call.ttlMinutes))
    parameters.push({
      type: 'ttl_minutes',
      ttl_minutes: requireNumber(
        call.ttlMinutes,
        `${field}.ttlMinutes`,
        1,
        LIMITS.callMinutes,
      ),
    });
  if (isFilled(call.payload))
    parameters.push({
      type: 'payload',
      payload: requireText(call.payload, {
        field: `${field}.payload`,
        limit: LIMITS.callPayload,
        warn,
      }),
    });
  return { sub_type: 'voice_call', parameters };
}

const BUTTONS: Record<string, BuildButton> = {
  url: (value, field, warn) => ({
    sub_type: 'url',
    parameters: [urlParameter(value, field, warn)],
  }),
  payload: (value, field, warn) => {
    const payload = requireText(value, { field, limit: LIMITS.payload, warn });
    if (payload.length > LIMITS.payloadAdvised)
      warn(
        `${field} has more than ${LIMITS.payloadAdvised} characters: it may be refused.`,
      );
    return {
      sub_type: 'quick_reply',
      parameters: [{ type: 'payload', payload }],
    };
  },
  code: (value, field, warn) => {
    const rule = { field, limit: LIMITS.coupon, warn };
    const coupon_code = requireText(value, rule).trim();
    if (coupon_code.length > LIMITS.couponAdvised)
      warn(
        `${field} has more than ${LIMITS.couponAdvised} characters: it may be refused.`,
      );
    return {
      sub_type: 'copy_code',
      parameters: [{ type: 'coupon_code', coupon_code }],
    };
  },
  otp: (value, field, warn) => ({
    sub_type: 'url',
    parameters: [{ type: 'text', text: requireCode(value, field, warn) }],
  }),
  flow: flowButton,
  catalog: catalogButton,
  products: productsButton,
  call: callButton,
};

function buttonComponent(button: unknown, index: number, warn: Warn) {
  if (!isFilled(button)) return [];
  const field = `buttons[${index}]`;
  const kinds = Object.keys(BUTTONS);
  // Anything but a few words may be personal data.
  const isLabel =
    typeof button === 'string' && /^[\p{L} ]{1,20}$/u.test(button);
  const example = `{ payload: '${isLabel ? button : 'YES'}' } for a quick reply, { url: 'r/123' } for a link`;
  const fields = requireObject(button, field, example);
  allowOnly(
    fields,
    kinds,
    `\`${field}\``,
    "For payments, use Meta's format in `components`.",
  );
  const [kind, another] = Object.keys(fields);
  if (!kind || another)
    throw invalidMessage(
      `\`${field}\` must have one of: ${kinds.join(', ')}.`,
      "Example: { url: 'r/123' }, or null for a button without a variable.",
      { field },
    );
  const { sub_type, parameters } = BUTTONS[kind](
    fields[kind],
    `${field}.${kind}`,
    warn,
  );
  return [
    {
      type: 'button',
      sub_type,
      index: String(index),
      ...(parameters.length && { parameters }),
    },
  ];
}

const findOtp = (values: unknown): unknown =>
  Object.values(Object(values) as object).find(
    value => isPlain(value) && 'otp' in value,
  );

/** An authentication code is in both the body and the button: if one is given, both are sent. */
function completeOtp({
  body,
  buttons,
}: Fields): Pick<Fields, 'body' | 'buttons'> {
  const inBody = findOtp(body);
  const inButtons = findOtp(buttons);
  if (inBody && !isFilled(buttons)) return { body, buttons: [inBody] };
  if (inButtons && !isFilled(body)) return { body: [inButtons], buttons };
  return { body, buttons };
}

/** Refuses a part that is given twice, since it would be sent twice. */
function checkParts({ header, body, components }: Fields) {
  if (!components) return;
  const types = _.map(components as object[], component =>
    String(_.get(component, 'type')).toLowerCase(),
  );
  const twice = _.keys(_.pickBy({ header, body }, isFilled)).find(part =>
    types.includes(part),
  );
  if (twice)
    throw invalidMessage(
      `\`${twice}\` is given twice: as \`${twice}\` and in \`components\`.`,
      `Remove one of them.`,
      { field: twice },
    );
}

/** The end of an offer, in milliseconds: a moment that doesn't depend on a zone. */
function offerComponent(value: unknown) {
  const offer = requireObject(
    value,
    'offer',
    "offer: { expires: '2026-12-24T18:00:00Z' }",
  );
  allowOnly(offer, ['expires'], 'offer');
  const date = readDate(offer.expires);
  if (!date || !('moment' in date))
    throw invalidMessage(
      '`offer.expires` must be a moment with its time zone.',
      "Example: offer: { expires: '2026-12-24T18:00:00Z' }.",
      { field: 'offer.expires' },
    );
  return {
    type: 'limited_time_offer',
    parameters: [
      {
        type: 'limited_time_offer',
        limited_time_offer: { expiration_time_ms: date.moment },
      },
    ],
  };
}

/** The title over a picture that opens a URL, for accounts that Meta has approved. */
function tapTargetComponent(value: unknown, warn: Warn) {
  const target = requireObject(
    value,
    'tapTarget',
    "tapTarget: { url: 'https://example.org', title: 'Clinic' }",
  );
  allowOnly(target, ['url', 'title'], 'tapTarget');
  const type = 'tap_target_configuration';
  return {
    type,
    parameters: [
      {
        type,
        [type]: [
          {
            url: requireUrl(target.url, 'tapTarget.url'),
            title: requireText(target.title, {
              field: 'tapTarget.title',
              limit: LIMITS.text,
              warn,
            }),
          },
        ],
      },
    ],
  };
}

/** Each card is like a small template. */
function carouselComponent(value: unknown, context: Context) {
  const cards = requireArray(value, 'cards', { min: 2, max: LIMITS.cards });
  return {
    type: 'carousel',
    cards: mapAll(cards, (given, card_index) => {
      const field = `cards[${card_index}]`;
      const card = requireObject(given, field);
      allowOnly(card, ['header', 'body', 'buttons'], field);
      return { card_index, components: partsOf(card, context) };
    }),
  };
}

function headerPart({ header }: Fields, context: Context): unknown[] {
  if (!isFilled(header)) return [];
  return [{ type: 'header', parameters: [headerParameter(header, context)] }];
}

function bodyPart({ body }: Fields, context: Context): unknown[] {
  const parameters = isFilled(body) ? bodyParameters(body, context) : [];
  return parameters.length ? [{ type: 'body', parameters }] : [];
}

const buttonParts = ({ buttons }: Fields, { warn }: Context): unknown[] =>
  isFilled(buttons)
    ? mapAll(
        requireArray(buttons, 'buttons', { min: 0, max: LIMITS.buttons }),
        (button, index) => buttonComponent(button, index, warn),
      ).flat()
    : [];

const PARTS = [headerPart, bodyPart, buttonParts];

const partsOf = (fields: Fields, context: Context): unknown[] =>
  ([] as unknown[]).concat(...mapAll(PARTS, build => build(fields, context)));

function buildComponents(template: Fields, context: Context): unknown[] {
  const { header, components, cards, offer } = template;
  checkParts(template);
  const built = partsOf({ header, ...completeOtp(template) }, context);
  if (isFilled(offer)) built.push(offerComponent(offer));
  if (isFilled(cards)) built.push(carouselComponent(cards, context));
  if (isFilled(template.tapTarget))
    built.push(tapTargetComponent(template.tapTarget, context.warn));
  if (isFilled(components))
    built.push(...requireArray(components, 'components', { min: 0, max: 20 }));
  return built;
}

export const isTemplateName = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z0-9_]{1,512}$/.test(value);

export function requireName(given: unknown): string {
  const name = typeof given === 'string' ? given.trim() : given;
  if (isTemplateName(name)) return name;
  if (!isFilled(name) || name === '')
    throw emptyValue(invalidMessage, 'name', given);
  throw invalidMessage(
    `\`name\` must be the name of a template: up to ${LIMITS.name} lowercase letters, digits and underscores.`,
    'Copy it from WhatsApp Manager, Message templates.',
    { field: 'name' },
  );
}

export function requireLanguage(language: unknown): string {
  if (!isFilled(language) || language === '')
    throw emptyValue(
      invalidMessage,
      'language',
      language,
      `If you leave out \`language\`, the default is ${DEFAULT_LANGUAGE}.`,
    );
  const given: unknown = _.get(language, 'code', language);
  const code = typeof given === 'string' ? given.trim().replace('-', '_') : '';
  if (/^[A-Za-z]{2,3}(_[A-Za-z0-9]{2,4})?$/.test(code)) return code;
  throw invalidMessage(
    '`language` must be a language code, such as en_US or sw.',
    'Copy it from WhatsApp Manager, Message templates.',
    { field: 'language' },
  );
}

const languageOf = (fields: Fields) =>
  'language' in fields ? requireLanguage(fields.language) : DEFAULT_LANGUAGE;

const PART_NAMES = _.without(FIELDS, 'name', 'language', 'namespace');

/** Refuses parts without a value, which would be dropped silently. */
function checkFilled(fields: Fields) {
  const empty = PART_NAMES.find(
    part => part in fields && !isFilled(fields[part]),
  );
  if (empty) throw emptyValue(invalidMessage, empty, fields[empty]);
}

function fieldsOf(template: unknown): Fields {
  if (typeof template === 'string') return { name: template };
  if (!isFilled(template))
    throw emptyValue(invalidMessage, 'template', template);
  return requireObject(
    template,
    'template',
    "'hello_world', or { name: 'visit_reminder', language: 'sw', body: { … } }",
  );
}

/** Converts a template to Meta's format, or throws an error that names the parameter. */
export function buildTemplate(template: unknown, warn: Warn): Content {
  const fields = fieldsOf(template);
  allowOnly(
    fields,
    FIELDS,
    'The template',
    'Put values in body, header and buttons.',
  );
  checkFilled(fields);
  const name = requireName(fields.name);
  const language = languageOf(fields);
  const components = buildComponents(fields, { language, warn });
  return {
    type: 'template',
    template: {
      ...(isFilled(fields.namespace) && { namespace: fields.namespace }),
      name,
      language: { code: language },
      ...(components.length && { components }),
    },
  };
}
