import _ from 'lodash';
import * as v from 'valibot';
import { emptyValue, invalid } from './errors/error';
import { warn } from './log';
import { isPlain, namesText } from './state';
import { didYouMean } from './suggest';

// Schemas for options and the credential: one schema defines the names that are
// allowed, the type, and the error text.

/** The type of a value, for errors: `an array`. */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (_.isDate(value)) return 'a Date';
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'object') return 'an object';
  return `a ${typeof value}`;
}

export const isFilled = (value: unknown) =>
  value !== undefined && value !== null;

/** Whether it is a Graph API ID, as a string: a number would lose digits. */
export const isGraphId = (value: unknown): value is string =>
  typeof value === 'string' && /^\d+$/.test(value);

export const isWebAddress = (value: unknown): value is string =>
  typeof value === 'string' && /^https?:\/\/\S+$/i.test(value);

// --- Problems ---

/** The problem, to follow the name of the value, and the fix. */
export interface Problem {
  problem: string;
  fix: string;
}

type Message<Input> = (issue: { input: Input }) => string;

/** Encodes the problem and the fix in one message, since Valibot supports only one text. */
export const said =
  <Input>(problem: string, fix: string | ((input: Input) => string)) =>
  ({ input }: { input: Input }): string =>
    `${problem.replace('{got}', kindOf(input))}\n${typeof fix === 'string' ? fix : fix(input)}`;

export function problemOf({ message }: v.BaseIssue<unknown>): Problem {
  const [problem, fix] = message.split('\n');
  return { problem, fix };
}

// --- Options ---

const SHORTEST_TIMEOUT = 1000;

export const anything = v.any();
export const flag = v.boolean(
  said(
    'must be true or false, got {got}.',
    'Write it without quotes: {field}: true.',
  ),
);
export const milliseconds = v.pipe(
  v.custom<number>(
    value => typeof value === 'number' && value > 0,
    said(
      'must be a number of milliseconds.',
      'Example: timeout: 60000.',
    ) as Message<unknown>,
  ),
  v.check(
    value => value >= SHORTEST_TIMEOUT,
    ({ input }) =>
      `is in milliseconds: ${input} is less than a second.\nFor ${input} seconds, use ${input * 1000}.`,
  ),
);
/** A number above zero, or a string with one. */
const isPositive = (value: unknown) =>
  (typeof value === 'number' || typeof value === 'string') && Number(value) > 0;

export const positive = (fix: string) =>
  v.pipe(
    v.custom<number | string>(
      isPositive,
      said('must be a number greater than 0.', fix) as Message<unknown>,
    ),
    v.transform(Number),
  );

/** The same, or `'auto'`. */
export const positiveOrAuto = (fix: string) =>
  v.pipe(
    v.custom<number | string>(
      value => value === 'auto' || isPositive(value),
      said(
        "must be a number greater than 0, or 'auto'.",
        fix,
      ) as Message<unknown>,
    ),
    v.transform(value => (value === 'auto' ? value : Number(value))),
  );

/** One of several strings. */
export const oneOf = <Word extends string>(words: Word[], fix: string) =>
  v.picklist(
    words,
    ({ input }) =>
      `must be ${listText(words)}, got ${typeof input === 'string' ? `'${input}'` : kindOf(input)}.\n${fix}`,
  );

/** `'full' or 'problems'` */
const listText = (words: readonly string[]) =>
  words
    .map(word => `'${word}'`)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');

export const invalidOptions = invalid('INVALID_OPTIONS');

/** Option names and their schemas. */
export type OptionSchemas = Record<string, v.GenericSchema>;

export type OptionsOf<Schemas extends OptionSchemas> = {
  -readonly [Name in keyof Schemas]?: v.InferOutput<Schemas[Name]>;
};

/** Common names for an option. */
const ALIASES: Record<string, string> = {
  from: 'phoneNumberId',
  phone_number_id: 'phoneNumberId',
  sender: 'phoneNumberId',
  ref: 'reference',
  id: 'reference',
  biz_opaque_callback_data: 'reference',
  context: 'replyTo',
  reply: 'replyTo',
  mime: 'type',
  mimeType: 'type',
  name: 'filename',
};

/** Fields of a template that are not options. */
const TEMPLATE_FIELDS = ['language', 'body', 'header', 'buttons'];

const IN_TEMPLATE =
  "Language and values belong in the template: sendTemplate(to, { name: 'x', language: 'sw', body: { … } }).";

/** Suggests a fix for a value given instead of options. */
function optionsAdvice(given: unknown, allowed: string[]): string {
  if (typeof given !== 'string') return '';
  const isLanguage = /^[a-z]{2,3}([_-][a-z]{2,})?$/i.test(given);
  if (isLanguage && allowed.includes('language'))
    return `Write { language: '${given}' }. `;
  if (!allowed.includes('reference')) return '';
  return isLanguage && given.toLowerCase() !== 'ref'
    ? `${IN_TEMPLATE} `
    : 'Example: { reference: $.data.id }. ';
}

function notAnObject(given: unknown, allowed: string[]) {
  return invalidOptions(
    `\`options\` must be an object, got ${kindOf(given)}.`,
    `${optionsAdvice(given, allowed)}Allowed: ${allowed.join(', ')}.`,
    { field: 'options' },
  );
}

function unknownOptions(unknown: string[], allowed: string[]) {
  const ofTemplate = unknown.filter(name => TEMPLATE_FIELDS.includes(name));
  const hint = ofTemplate.length ? `${IN_TEMPLATE} ` : '';
  return invalidOptions(
    `Unknown option: ${namesText(unknown)}.${didYouMean(unknown, allowed, ALIASES)}`,
    `${hint}Allowed: ${allowed.join(', ')}.`,
    { field: unknown[0] },
  );
}

/** How to set these options to nothing: without them, users could get messages they must not get. */
const EMPTY_OPTIONS: Record<string, string> = {
  previous:
    'For the first run, use an empty list: previous: state => state.report ?? [].',
  skip: 'To skip no one, use an empty list: skip: state => state.optOuts ?? [].',
};

function readOption(
  field: string,
  value: unknown,
  schema: v.GenericSchema,
): unknown {
  if (!isFilled(value))
    throw emptyValue(
      invalidOptions,
      field,
      value,
      EMPTY_OPTIONS[field] ?? `Remove ${field} if you don't need it.`,
    );
  const read = v.safeParse(schema, value, { abortEarly: true });
  if (read.success) return read.output;
  const { problem, fix } = problemOf(read.issues[0]);
  throw invalidOptions(
    `\`${field}\` ${problem}`,
    fix.replaceAll('{field}', field),
    { field },
  );
}

/** Reads the options of an operation. Refuses unknown options and options without a value, which would otherwise be ignored silently. */
export function readOptions<Schemas extends OptionSchemas>(
  given: unknown,
  schemas: Schemas,
): OptionsOf<Schemas> {
  const allowed = Object.keys(schemas);
  if (!isFilled(given)) return {};
  if (!isPlain(given)) throw notAnObject(given, allowed);
  const unknown = Object.keys(given).filter(name => !allowed.includes(name));
  if (unknown.length) throw unknownOptions(unknown, allowed);
  return _.mapValues(given, (value, name) =>
    readOption(name, value, schemas[name]),
  ) as OptionsOf<Schemas>;
}

// --- Shared options ---

/** Which phone number of the account to use. */
const phoneNumberId = v.custom<string>(
  isGraphId,
  said(
    'must be a string of digits, got {got}.',
    "It is the ID of one of your numbers, not the number itself: '123456789012345'. Get it with listPhoneNumbers().",
  ) as Message<unknown>,
);

/** Options of operations that can use another phone number of the account. */
export const ofNumber = { phoneNumberId };

export function readPhoneNumberId(given: unknown): string | undefined {
  if (!isFilled(given)) return undefined;
  if (given === '') throw emptyValue(invalidOptions, 'phoneNumberId', given);
  return readOption('phoneNumberId', given, phoneNumberId) as string;
}

/** Options of a single message. */
export const SEND_OPTIONS = {
  replyTo: anything,
  reference: anything,
  dryRun: flag,
  timeout: milliseconds,
  checkText: flag,
  ...ofNumber,
};

/** Query parameters with Meta's names; `fields` may be an array. */
export function readQuery<Schemas extends OptionSchemas>(
  given: unknown,
  schemas: Schemas,
): Record<string, unknown> {
  const query = readOptions(given, { fields: anything, ...schemas });
  const { fields } = query as { fields?: unknown };
  return Array.isArray(fields) ? { ...query, fields: fields.join(',') } : query;
}

/** Query parameters that Meta validates. */
export const parameters = (...names: string[]): OptionSchemas =>
  _.fromPairs(names.map(name => [name, anything]));

/** Refuses `Bearer undefined`, which a server would reject without a clear reason. */
export function checkHeaders(headers: unknown) {
  const empty = _.pickBy(headers as object, value =>
    /undefined|\bnull\b/.test(String(value)),
  );
  for (const name of Object.keys(empty))
    warn(
      `headers.${name} has no value: check its path in the job and the credential.`,
    );
}
