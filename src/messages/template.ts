import _ from 'lodash';
import { invalidMessage } from '../errors';
import {
  allowOnly,
  isFilled,
  requireArray,
  requireNumber,
  requireObject,
  requireText,
  type Warn,
} from './checks';
import { formatCurrency, formatDate, type DateValue } from './dates';
import { locationFields, mediaReference, type Content } from './message';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview

export type Template = string | Record<string, unknown>;

type Fields = Record<string, unknown>;
type Parameter = { type: string; [field: string]: unknown };

/** What the builders of parameters need to know of the template around them. */
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
/** Of a template whose language is not named. */
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

/** Meta refuses parameters with line breaks, tabs or more than four spaces in a row. */
function collapse(value: string): string {
  return value
    .replace(/\s*[\n\r\t\v\f\u0085\u2028\u2029]\s*/g, ' ')
    .replace(/ {5,}/g, ' ')
    .trim();
}

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
      `${field}.currency has to be the code of a currency, such as KES.`,
      "Write it like { currency: 'KES', amount: 1250.5 }.",
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
  if (!_.isPlainObject(value))
    return { type: 'text', text: requireValue(value, field, warn) };
  const object = value as Fields;
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
    `${field} is an object that is not known.`,
    'Give a text, a number, { date, timeZone }, { currency, amount } or { otp }.',
  );
}

/** An array fills {{1}}, {{2}}…; an object fills {{name}}. */
function bodyParameters(body: unknown, context: Context): Parameter[] {
  if (Array.isArray(body))
    return requireArray(body, 'body', {
      min: 0,
      max: LIMITS.parameters,
    }).map((value, index) => textParameter(value, `body[${index}]`, context));
  if (!_.isPlainObject(body))
    throw invalidMessage(
      'body has to be an array or an object.',
      "Write it like body: ['Amina', '5 May'], or, for a template with names, body: { name: 'Amina' }.",
    );
  return Object.entries(body as Fields).map(([name, value]) => ({
    ...textParameter(value, `body.${name}`, context),
    parameter_name: name,
  }));
}

function mediaParameter(kind: string, header: Fields): Parameter {
  allowOnly(
    header,
    kind === 'document' ? [kind, 'filename'] : [kind],
    'header',
  );
  const filename = isFilled(header.filename)
    ? { filename: String(header.filename) }
    : {};
  const reference = mediaReference(header[kind], `header.${kind}`);
  return { type: kind, [kind]: { ...reference, ...filename } };
}

function headerParameter(header: unknown, context: Context): Parameter {
  const { warn } = context;
  if (Array.isArray(header)) {
    const [value] = requireArray(header, 'header', { max: 1 });
    return textParameter(value, 'header[0]', context);
  }
  if (!_.isPlainObject(header))
    return { type: 'text', text: requireValue(header, 'header', warn) };

  const fields = header as Fields;
  const kind = MEDIA.find(key => key in fields);
  if (kind) return mediaParameter(kind, fields);
  if ('location' in fields) {
    allowOnly(fields, ['location'], 'header');
    const location = requireObject(fields.location, 'header.location');
    return { type: 'location', location: locationFields(location, warn) };
  }
  const [name, another] = Object.keys(fields);
  if (!name || another)
    throw invalidMessage(
      'header has to have one value: a header has one variable at the most.',
      "Write it like header: { name: 'Amina' } or header: { image: '<media id>' }.",
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
  const fields = requireObject(button, field);
  allowOnly(fields, kinds, field);
  const [kind, another] = Object.keys(fields);
  if (!kind || another)
    throw invalidMessage(
      `${field} has to have one of: ${kinds.join(', ')}.`,
      "Write it like { url: 'r/123' }, or null for a button without a variable.",
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

/** An authentication code stands in the body and in the button: whichever the user gives, both are sent. */
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

function buildComponents(template: Fields, context: Context): unknown[] {
  const { header, components } = template;
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
  throw invalidMessage(
    `name has to be the name of a template: lower-case letters, digits and _, up to ${LIMITS.name} of them.`,
    'Copy it from WhatsApp Manager, Message templates.',
  );
}

function requireLanguage(language: unknown): string {
  const given = _.get(language, 'code', language);
  const code = typeof given === 'string' ? given.trim().replace('-', '_') : '';
  if (/^[A-Za-z]{2,3}(_[A-Za-z0-9]{2,4})?$/.test(code)) return code;
  throw invalidMessage(
    'language has to be the code of a language, such as en_US or sw.',
    'Copy it from WhatsApp Manager, Message templates.',
  );
}

/** A template in Meta's form, or an error that names the parameter. */
export function buildTemplate(template: unknown, warn: Warn): Content {
  const fields =
    typeof template === 'string'
      ? { name: template }
      : requireObject(template, 'The template');
  allowOnly(fields, FIELDS, 'The template');
  const name = requireName(fields.name);
  const language = requireLanguage(fields.language ?? DEFAULT_LANGUAGE);
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
