import _ from 'lodash';
import { emptyValue, invalidMessage } from '../errors/error';
import { isPlain, keysText } from '../state';
import {
  allowOnly,
  requireArray,
  requireNumber,
  requireObject,
  requireText,
} from '../messages/checks';
import type { Warn } from '../log';
import { isFilled, kindOf } from '../validation';
import { formatCurrency, formatDate } from './dates';
import type { DateValue } from '../types';
import type { Content, Fields } from '../messages/content';
import { locationFields } from '../messages/location';
import { mediaReference } from '../messages/media';

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
  payload: 256,
  payloadAdvised: 128,
  url: 2000,
};
/** Used if no language is given. */
export const DEFAULT_LANGUAGE = 'en_US';
const MEDIA = ['image', 'video', 'document'];
const FIELDS = [
  'name',
  'language',
  'header',
  'body',
  'buttons',
  'components',
  'namespace',
];

const LINE_BREAK = /[\n\r\t\v\f\u0085\u2028\u2029]/;

/** Meta rejects parameters with line breaks, tabs or more than four consecutive spaces. */
const collapse = (value: string): string =>
  value
    .replace(/\s+/g, space =>
      LINE_BREAK.test(space) || space.length > 4 ? ' ' : space,
    )
    .trim();

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
  if ('otp' in object)
    return {
      type: 'text',
      text: requireCode(object.otp, `${field}.otp`, warn),
    };
  throw invalidMessage(
    `\`${field}\` must be a template value, got an object with: ${keysText(object)}.`,
    `Give a text, a number, { date, timeZone }, { currency, amount } or { otp }.${'text' in object ? ` For a text write it without { text }.` : ''}`,
    { field },
  );
}

/** An array fills {{1}}, {{2}}…; an object fills {{name}}. */
function bodyParameters(body: unknown, context: Context): Parameter[] {
  if (Array.isArray(body))
    return requireArray(body, 'body', {
      min: 0,
      max: LIMITS.parameters,
    }).map((value, index) => textParameter(value, `body[${index}]`, context));
  if (!isPlain(body))
    throw invalidMessage(
      `\`body\` must be an array or an object, got ${kindOf(body)}.`,
      "Example: body: ['Amina', '5 May'], or, for a template with names, body: { name: 'Amina' }.",
      { field: 'body' },
    );
  return Object.entries(body).map(([name, value]) => ({
    ...textParameter(value, `body.${name}`, context),
    parameter_name: name,
  }));
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
    parameter_name: name,
  };
}

type BuildButton = (
  value: unknown,
  field: string,
  warn: Warn,
) => { sub_type: string; parameter: Parameter };

const BUTTONS: Record<string, BuildButton> = {
  url: (value, field, warn) => ({
    sub_type: 'url',
    parameter: {
      type: 'text',
      text: requireText(value, { field, limit: LIMITS.url, warn }).trim(),
    },
  }),
  payload: (value, field, warn) => {
    const payload = requireText(value, { field, limit: LIMITS.payload, warn });
    if (payload.length > LIMITS.payloadAdvised)
      warn(
        `${field} has more than ${LIMITS.payloadAdvised} characters: it may be refused.`,
      );
    return { sub_type: 'quick_reply', parameter: { type: 'payload', payload } };
  },
  code: (value, field, warn) => ({
    sub_type: 'copy_code',
    parameter: {
      type: 'coupon_code',
      coupon_code: requireCode(value, field, warn),
    },
  }),
  otp: (value, field, warn) => ({
    sub_type: 'url',
    parameter: { type: 'text', text: requireCode(value, field, warn) },
  }),
};

function buttonComponent(button: unknown, index: number, warn: Warn) {
  if (!isFilled(button)) return [];
  const field = `buttons[${index}]`;
  const kinds = Object.keys(BUTTONS);
  const example =
    typeof button === 'string'
      ? `{ payload: '${button}' } for a quick reply, { url: '${button}' } for a link`
      : "{ url: 'r/123' }";
  const fields = requireObject(button, field, example);
  allowOnly(
    fields,
    kinds,
    `\`${field}\``,
    "For flow, catalog and product buttons, use Meta's format in `components`.",
  );
  const [kind, another] = Object.keys(fields);
  if (!kind || another)
    throw invalidMessage(
      `\`${field}\` must have one of: ${kinds.join(', ')}.`,
      "Example: { url: 'r/123' }, or null for a button without a variable.",
      { field },
    );
  const { sub_type, parameter } = BUTTONS[kind](
    fields[kind],
    `${field}.${kind}`,
    warn,
  );
  return [
    { type: 'button', sub_type, index: String(index), parameters: [parameter] },
  ];
}

/** An authentication code is in both the body and the button: if one is given, both are sent. */
function completeOtp({
  body,
  buttons,
}: Fields): Pick<Fields, 'body' | 'buttons'> {
  const inBody = _.find(_.values(body as object), value => _.has(value, 'otp'));
  const inButtons = _.find(buttons as object[], value => _.has(value, 'otp'));
  if (inBody && !isFilled(buttons)) return { body, buttons: [inBody] };
  if (inButtons && !isFilled(body)) return { body: [inButtons], buttons };
  return { body, buttons };
}

/** Refuses a part that is given twice, since it would be sent twice. */
function checkParts({ header, body, components }: Fields) {
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

function buildComponents(template: Fields, context: Context): unknown[] {
  const { header, components } = template;
  checkParts(template);
  const { body, buttons } = completeOtp(template);
  const built: unknown[] = [];
  if (isFilled(header))
    built.push({
      type: 'header',
      parameters: [headerParameter(header, context)],
    });
  if (isFilled(body)) {
    const parameters = bodyParameters(body, context);
    if (parameters.length) built.push({ type: 'body', parameters });
  }
  if (isFilled(buttons))
    built.push(
      ...requireArray(buttons, 'buttons', {
        min: 0,
        max: LIMITS.buttons,
      }).flatMap((button, index) =>
        buttonComponent(button, index, context.warn),
      ),
    );
  if (isFilled(components))
    built.push(...requireArray(components, 'components', { min: 0, max: 20 }));
  return built;
}

export const isTemplateName = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z0-9_]{1,512}$/.test(value);

function requireName(given: unknown): string {
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

function requireLanguage(language: unknown): string {
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

/** Refuses parts without a value, which would be dropped silently. */
function checkFilled(fields: Fields) {
  const empty = ['body', 'header', 'buttons', 'components'].find(
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
      ..._.pickBy({ namespace: fields.namespace }, isFilled),
      name,
      language: { code: language },
      ...(components.length && { components }),
    },
  };
}
