import _ from 'lodash';
import {
  emptyValue,
  invalid,
  invalidMessage,
  invalidRequest,
} from './errors/error';
import { warn } from './log';
import { isFilled, isGraphId, kindOf } from './messages/checks';
import { requireMessageId } from './messages/message';
import { checkTexts } from './messages/text-check';
import { isPlain, namesText } from './state';
import { didYouMean } from './suggest';

export interface SendOptions {
  replyTo?: string;
  reference?: string;
  dryRun?: boolean;
  timeout?: number;
  phoneNumberId?: string;
  checkText?: boolean;
}

export interface NumberOptions {
  phoneNumberId?: string;
}

export interface RequestOptions {
  query?: Record<string, unknown>;
  headers?: Record<string, string>;
  parseAs?: 'json' | 'text' | 'base64';
  timeout?: number;
}

export interface ReadOptions {
  typing?: boolean;
  phoneNumberId?: string;
}

export interface BulkOptions {
  rate?: number;
  concurrency?: number;
  timeLimit?: number;
  report?: 'full' | 'problems';
  dryRun?: boolean;
  sameRecipient?: boolean;
  checkText?: boolean;
  phoneNumberId?: string;
  skip?: unknown[];
  previous?: unknown;
}

export interface CheckOptions {
  blocking?: boolean;
  forceCheck?: boolean;
}

export interface SubscribeOptions {
  callbackUrl?: string;
  verifyToken?: string;
}

export interface UploadOptions {
  type?: string;
  filename?: string;
  timeout?: number;
  phoneNumberId?: string;
  headers?: Record<string, string>;
}

const MAX_REFERENCE = 512;
const MAX_CALLBACK_URL = 200;
const SHORTEST_TIMEOUT = 1000;
const LONGEST_TIME_LIMIT = 86_400;
const UNITS = 'rate is messages per second, timeLimit is seconds.';

export const invalidOptions = invalid('INVALID_OPTIONS');

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

function checkTimeout(timeout: unknown) {
  if (timeout === undefined) return;
  if (!(typeof timeout === 'number' && timeout > 0))
    throw invalidOptions(
      '`timeout` must be a number of milliseconds.',
      'Example: timeout: 60000.',
      { field: 'timeout' },
    );
  if (timeout < SHORTEST_TIMEOUT)
    throw invalidOptions(
      `\`timeout\` is in milliseconds: ${timeout} is less than a second.`,
      `For ${timeout} seconds write ${timeout * 1000}.`,
      { field: 'timeout' },
    );
}

const FLAGS = [
  'dryRun',
  'checkText',
  'sameRecipient',
  'typing',
  'requireSignature',
  'verifySignature',
  'blocking',
  'forceCheck',
];

function checkFlags(options: Record<string, unknown>) {
  const field = FLAGS.find(
    flag => flag in options && typeof options[flag] !== 'boolean',
  );
  if (!field) return;
  throw invalidOptions(
    `\`${field}\` must be true or false, got ${kindOf(options[field])}.`,
    `Write it without quotes: ${field}: true.`,
    { field },
  );
}

/** What to write where nothing is meant: without these options people would get a message that they must not get. */
const EMPTY_OPTIONS: Record<string, string> = {
  previous:
    'If this is the first run, give an empty list: previous: state => state.report ?? [].',
  skip: 'If there is nobody to skip, give an empty list: skip: state => state.optOuts ?? [].',
};

/** The options of an operation. A misspelt one would be left out silently, and so would one whose path finds nothing. */
export function readOptions(
  given: unknown,
  allowed: string[],
): Record<string, any> {
  if (!isFilled(given)) return {};
  if (!isPlain(given)) throw notAnObject(given, allowed);
  const names = Object.keys(given);
  const unknown = names.filter(name => !allowed.includes(name));
  if (unknown.length) throw unknownOptions(unknown, allowed);
  const empty = names.find(name => !isFilled(given[name]));
  if (empty !== undefined)
    throw emptyValue(
      invalidOptions,
      empty,
      given[empty],
      EMPTY_OPTIONS[empty] ?? `Leave ${empty} out if it isn't wanted.`,
    );
  checkTimeout(given.timeout);
  checkFlags(given);
  return given;
}

function requireReference(given: unknown): string {
  if (typeof given === 'string' && !given.trim())
    throw emptyValue(invalidMessage, 'reference', '');
  if (
    typeof given !== 'string' &&
    typeof given !== 'number' &&
    typeof given !== 'bigint'
  )
    throw invalidMessage(
      `\`reference\` must be a string, got ${kindOf(given)}.`,
      'Give an ID, such as reference: $.data.id.',
      { field: 'reference' },
    );
  const reference = String(given);
  checkTexts(reference, ['reference'], () => undefined);
  if (reference.length > MAX_REFERENCE)
    throw invalidMessage(
      `\`reference\` has ${reference.length} characters; the limit is ${MAX_REFERENCE}.`,
      'Use a shorter ID.',
      { field: 'reference' },
    );
  return reference;
}

interface Links {
  replyTo?: string;
  reference?: string;
}

/** What a message refers to: one that it answers, and the user's own id. */
export function readLinks(given: Record<string, unknown>): Links {
  const { replyTo, reference } = given;
  for (const field of ['replyTo', 'reference'])
    if (field in given && !isFilled(given[field]))
      throw emptyValue(
        invalidMessage,
        field,
        given[field],
        `Leave ${field} out if it isn't wanted.`,
      );
  if (isFilled(replyTo)) checkTexts(replyTo, ['replyTo'], () => undefined);
  return {
    ...(isFilled(replyTo) && {
      replyTo: requireMessageId(replyTo, 'replyTo'),
    }),
    ...(isFilled(reference) && { reference: requireReference(reference) }),
  };
}

/** Which number of the account acts. */
export function readPhoneNumberId(given: unknown): string | undefined {
  if (!isFilled(given)) return undefined;
  if (isGraphId(given)) return given;
  if (given === '') throw emptyValue(invalidOptions, 'phoneNumberId', given);
  throw invalidOptions(
    `\`phoneNumberId\` must be a string of digits, got ${kindOf(given)}.`,
    "It is the ID of one of your numbers, not the number itself: '123456789012345'. listPhoneNumbers() tells it.",
    { field: 'phoneNumberId' },
  );
}

/** Options by which an operation is done by another number of the account. */
export function readNumberOptions(given: unknown, allowed: string[] = []) {
  const options = readOptions(given, [...allowed, 'phoneNumberId']);
  readPhoneNumberId(options.phoneNumberId);
  return options;
}

export function readSendOptions(given: unknown): SendOptions {
  const options = readNumberOptions(given, [
    'replyTo',
    'reference',
    'dryRun',
    'timeout',
    'checkText',
  ]);
  return { ...options, ...readLinks(options) };
}

/** `Bearer undefined`: a server refuses it, and says nothing of the reason. */
function checkHeaders(headers: unknown) {
  const empty = _.pickBy(headers as object, value =>
    /undefined|\bnull\b/.test(String(value)),
  );
  for (const name of Object.keys(empty))
    warn(
      `headers.${name} has no value: check its path in the job, and the credential.`,
    );
}

export function readRequestOptions(given: unknown): RequestOptions {
  const allowed = ['query', 'headers', 'parseAs', 'timeout'];
  const options = readOptions(given, allowed);
  checkHeaders(options.headers);
  const headers = _.mapKeys(options.headers, (_value, name) =>
    name.toLowerCase(),
  ) as Record<string, string>;
  if ('authorization' in headers)
    throw invalidRequest(
      '`headers` must not have Authorization: it is made from the credential.',
      'Put the token into apiToken in the credential. For another server use util.request() or uploadMedia(url, { headers }).',
      { field: 'headers' },
    );
  if (_.some(_.keys(options.query), name => name.toLowerCase() === 'method'))
    throw invalidRequest(
      '`query.method` is not allowed: it would change what the request does.',
      'Use post(), del() or request() instead.',
      { field: 'query.method' },
    );
  return { ...options, headers };
}

export function readSubscribeOptions(given: unknown): SubscribeOptions {
  const options = readOptions(given, ['callbackUrl', 'verifyToken']);
  const { callbackUrl, verifyToken } = options;
  if (!callbackUrl !== !verifyToken)
    throw invalidOptions(
      'callbackUrl and verifyToken are needed together.',
      'Give both, or none of them for the address of the app.',
    );
  const isAddress =
    typeof callbackUrl === 'string' && /^https:\/\/\S+$/i.test(callbackUrl);
  if (callbackUrl && (!isAddress || callbackUrl.length > MAX_CALLBACK_URL))
    throw invalidOptions(
      `callbackUrl must be an https:// URL of up to ${MAX_CALLBACK_URL} characters.`,
      'Meta sends webhooks to https addresses only.',
    );
  return options;
}

export function readUploadOptions(given: unknown): UploadOptions {
  const allowed = ['type', 'filename', 'timeout', 'headers'];
  const options = readNumberOptions(given, allowed);
  checkHeaders(options.headers);
  return options;
}

/** Query parameters, in Meta's words; the fields may be a list. */
export function readQuery(
  given: unknown,
  allowed: string[],
): Record<string, unknown> {
  const query = readOptions(given, ['fields', ...allowed]);
  if (!Array.isArray(query.fields)) return query;
  return { ...query, fields: query.fields.join(',') };
}

const isAboveZero = (value: unknown) =>
  (typeof value === 'number' || typeof value === 'string') && Number(value) > 0;

const BULK_NUMBERS = ['rate', 'concurrency', 'timeLimit'];
/** The options of a list, beside the number that sends. */
export const BULK_OPTIONS = [
  ...BULK_NUMBERS,
  'report',
  'dryRun',
  'sameRecipient',
  'checkText',
  'skip',
  'previous',
];

export function readBulkOptions(given: unknown): BulkOptions {
  const options = readNumberOptions(given, BULK_OPTIONS);
  for (const field of BULK_NUMBERS)
    if (field in options && !isAboveZero(options[field]))
      throw invalidOptions(`\`${field}\` must be a number above 0.`, UNITS, {
        field,
      });
  const { report = 'full', concurrency, timeLimit } = options;
  if (timeLimit > LONGEST_TIME_LIMIT)
    throw invalidOptions(
      `\`timeLimit\` is in seconds: ${timeLimit} is more than a day.`,
      `For ${timeLimit} milliseconds write ${Math.round(timeLimit / 1000)}.`,
      { field: 'timeLimit' },
    );
  if (concurrency !== undefined && !Number.isInteger(concurrency))
    throw invalidOptions(
      '`concurrency` must be a whole number.',
      'Leave it out: it follows from the rate.',
      { field: 'concurrency' },
    );
  if (report !== 'full' && report !== 'problems')
    throw invalidOptions(
      `\`report\` must be 'full' or 'problems', got ${report}.`,
      "With 'problems' accepted messages are only counted.",
      { field: 'report' },
    );
  return options;
}
