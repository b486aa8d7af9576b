import _ from 'lodash';
import * as v from 'valibot';
import { emptyValue, invalid } from './errors/error';
import { warn } from './log';
import { isPlain, namesText } from './state';
import { didYouMean } from './suggest';

// What options and the credential may be: one schema gives the names that are
// allowed, the type, and what an error says.

/** What was given, for an error: `an array`. */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (_.isDate(value)) return 'a Date';
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'object') return 'an object';
  return `a ${typeof value}`;
}

export const isFilled = (value: unknown) =>
  value !== undefined && value !== null;

/** An id of the Graph API: as a number it would lose digits. */
export const isGraphId = (value: unknown): value is string =>
  typeof value === 'string' && /^\d+$/.test(value);

export const isWebAddress = (value: unknown): value is string =>
  typeof value === 'string' && /^https?:\/\/\S+$/i.test(value);

// --- Problems ---

/** What is wrong with a value, after its name, and what to do about it. */
export interface Problem {
  problem: string;
  fix: string;
}

type Message<Input> = (issue: { input: Input }) => string;

/** The message of an issue: Valibot has one text, and users need two. */
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
      `is in milliseconds: ${input} is less than a second.\nFor ${input} seconds write ${input * 1000}.`,
  ),
);
/** A number above zero; a number in quotes will do. */
export const positive = (fix: string) =>
  v.custom<number>(
    value =>
      (typeof value === 'number' || typeof value === 'string') &&
      Number(value) > 0,
    said('must be a number above 0.', fix) as Message<unknown>,
  );
/** One of several words. */
export const oneOf = <const Words extends readonly string[]>(
  words: Words,
  fix: string,
) =>
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

/** The names of options, each with what it may be. */
export type OptionSchemas = Record<string, v.GenericSchema>;

export type OptionsOf<Schemas extends OptionSchemas> = {
  -readonly [Name in keyof Schemas]?: v.InferOutput<Schemas[Name]>;
};

/** What people call an option. */
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

/** Fields of a template that are no options. */
const TEMPLATE_FIELDS = ['language', 'body', 'header', 'buttons'];

const IN_TEMPLATE =
  "Language and values belong in the template: sendTemplate(to, { name: 'x', language: 'sw', body: { … } }).";

/** What somebody means who gives a value instead of options. */
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
    `The options must be an object, got ${kindOf(given)}.`,
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

/** What to write where nothing is meant: without these options people would get a message that they must not get. */
const EMPTY_OPTIONS: Record<string, string> = {
  previous:
    'If this is the first run, give an empty list: previous: state => state.report ?? [].',
  skip: 'If there is nobody to skip, give an empty list: skip: state => state.optOuts ?? [].',
};

function checkOption(field: string, value: unknown, schema: v.GenericSchema) {
  if (!isFilled(value))
    throw emptyValue(
      invalidOptions,
      field,
      value,
      EMPTY_OPTIONS[field] ?? `Leave ${field} out if it isn't wanted.`,
    );
  const { success, issues } = v.safeParse(schema, value, { abortEarly: true });
  if (success) return;
  const { problem, fix } = problemOf(issues[0]);
  throw invalidOptions(
    `\`${field}\` ${problem}`,
    fix.replaceAll('{field}', field),
    { field },
  );
}

/** The options of an operation. A misspelt one would be left out silently, and so would one whose path finds nothing. */
export function readOptions<Schemas extends OptionSchemas>(
  given: unknown,
  schemas: Schemas,
): OptionsOf<Schemas> {
  const allowed = Object.keys(schemas);
  if (!isFilled(given)) return {};
  if (!isPlain(given)) throw notAnObject(given, allowed);
  const unknown = Object.keys(given).filter(name => !allowed.includes(name));
  if (unknown.length) throw unknownOptions(unknown, allowed);
  for (const [name, value] of Object.entries(given))
    checkOption(name, value, schemas[name]);
  return given as OptionsOf<Schemas>;
}

// --- Options that many operations have ---

/** Which number of the account acts. */
const phoneNumberId = v.custom<string>(
  isGraphId,
  said(
    'must be a string of digits, got {got}.',
    "It is the ID of one of your numbers, not the number itself: '123456789012345'. listPhoneNumbers() tells it.",
  ) as Message<unknown>,
);

/** Options by which an operation is done by another number of the account. */
export const ofNumber = { phoneNumberId };

export function readPhoneNumberId(given: unknown): string | undefined {
  if (!isFilled(given)) return undefined;
  if (given === '') throw emptyValue(invalidOptions, 'phoneNumberId', given);
  checkOption('phoneNumberId', given, phoneNumberId);
  return given as string;
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

/** Query parameters, in Meta's words; the fields may be a list. */
export function readQuery<Schemas extends OptionSchemas>(
  given: unknown,
  schemas: Schemas,
): Record<string, unknown> {
  const query = readOptions(given, { fields: anything, ...schemas });
  const { fields } = query as { fields?: unknown };
  return Array.isArray(fields) ? { ...query, fields: fields.join(',') } : query;
}

/** Query parameters that Meta checks itself. */
export const parameters = (...names: string[]): OptionSchemas =>
  _.fromPairs(names.map(name => [name, anything]));

/** `Bearer undefined`: a server refuses it, and says nothing of the reason. */
export function checkHeaders(headers: unknown) {
  const empty = _.pickBy(headers as object, value =>
    /undefined|\bnull\b/.test(String(value)),
  );
  for (const name of Object.keys(empty))
    warn(
      `headers.${name} has no value: check its path in the job, and the credential.`,
    );
}
