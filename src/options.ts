import _ from 'lodash';
import { invalid, invalidMessage, invalidRequest } from './errors';
import { isFilled } from './messages/checks';
import { requireMessageId } from './messages/message';

export interface SendOptions {
  replyTo?: string;
  reference?: string;
  dryRun?: boolean;
  timeout?: number;
}

export interface RequestOptions {
  query?: Record<string, unknown>;
  headers?: Record<string, string>;
  parseAs?: 'json' | 'text' | 'base64';
  timeout?: number;
}

export interface ReadOptions {
  typing?: boolean;
}

export interface BulkOptions {
  rate?: number;
  concurrency?: number;
  timeLimit?: number;
  report?: 'full' | 'problems';
  dryRun?: boolean;
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
}

const MAX_REFERENCE = 512;
const MAX_CALLBACK_URL = 200;

export const invalidOptions = invalid('INVALID_OPTIONS');

/** The options of an operation. A misspelt one would be left out without a word. */
export function readOptions(
  given: unknown,
  allowed: string[],
): Record<string, any> {
  if (given === undefined || given === null) return {};
  if (!_.isPlainObject(given))
    throw invalidOptions(
      'The options have to be an object.',
      `They can have: ${allowed.join(', ')}.`,
    );
  const options = given as Record<string, unknown>;
  const unknown = Object.keys(options).filter(key => !allowed.includes(key));
  if (unknown.length)
    throw invalidOptions(
      `There is no option ${unknown.join(', ')}.`,
      `The options are: ${allowed.join(', ')}.`,
    );
  const { timeout } = options;
  if (!_.isNil(timeout) && !(typeof timeout === 'number' && timeout > 0))
    throw invalidOptions(
      'The option timeout has to be a number of milliseconds.',
      'Write it like timeout: 60000.',
    );
  return _.omitBy(options, _.isNil);
}

/** What a message refers to: one that it answers, and the user's own id. */
export function readLinks(replyTo: unknown, given: unknown) {
  const reference = isFilled(given) ? String(given) : undefined;
  if (reference && reference.length > MAX_REFERENCE)
    throw invalidMessage(
      `reference has ${reference.length} characters; the limit is ${MAX_REFERENCE}.`,
      'Use a shorter id.',
    );
  return {
    replyTo: isFilled(replyTo)
      ? requireMessageId(replyTo, 'replyTo')
      : undefined,
    reference,
  };
}

export function readSendOptions(given: unknown): SendOptions {
  const { replyTo, reference, ...options } = readOptions(given, [
    'replyTo',
    'reference',
    'dryRun',
    'timeout',
  ]);
  return { ...options, ...readLinks(replyTo, reference) };
}

export function readRequestOptions(given: unknown): RequestOptions {
  const allowed = ['query', 'headers', 'parseAs', 'timeout'];
  const options = readOptions(given, allowed);
  const headers = _.mapKeys(options.headers, (_value, name) =>
    name.toLowerCase(),
  ) as Record<string, string>;
  if ('authorization' in headers)
    throw invalidRequest(
      'options.headers has an Authorization header, which is made from the credential.',
      'Put the token into apiToken in the credential.',
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
      `callbackUrl has to be an https:// address of up to ${MAX_CALLBACK_URL} characters.`,
      'Meta sends webhooks to https addresses only.',
    );
  return options;
}

export const readUploadOptions = (given: unknown): UploadOptions =>
  readOptions(given, ['type', 'filename', 'timeout']);

/** Query parameters, in Meta's words; the fields may be a list. */
export function readQuery(
  given: unknown,
  allowed: string[],
): Record<string, unknown> {
  const query = readOptions(given, ['fields', ...allowed]);
  if (!Array.isArray(query.fields)) return query;
  return { ...query, fields: query.fields.join(',') };
}

export function readBulkOptions(given: unknown): BulkOptions {
  const numbers = ['rate', 'concurrency', 'timeLimit'];
  const options = readOptions(given, [...numbers, 'report', 'dryRun']);
  for (const name of numbers)
    if (name in options && !(options[name] > 0))
      throw invalidOptions(
        `The option ${name} has to be a number above 0.`,
        'rate is messages per second, timeLimit is seconds.',
      );
  const { report = 'full', concurrency } = options;
  if (concurrency !== undefined && !Number.isInteger(concurrency))
    throw invalidOptions(
      'The option concurrency has to be a whole number.',
      'Leave it out: it follows from the rate.',
    );
  if (report !== 'full' && report !== 'problems')
    throw invalidOptions(
      `The option report is ${report}, which is not known.`,
      "It is 'full' or 'problems'.",
    );
  return options;
}
