import _ from 'lodash';
import type { ErrorInfo } from '../types';
import { advice, lookUp, type MetaError } from './catalogue';
import { OTHER_CHANNEL } from './entry';

export interface ErrorProperties {
  description: string;
  fix?: string;
  details?: string;
  retryable?: boolean;
  metaCode?: number;
  statusCode?: number;
  type?: string;
  subcode?: number;
  fbtraceId?: string;
  method?: string;
  url?: string;
  tries?: number;
  problems?: string[];
  /** The operation that failed. */
  operation?: string;
  /** The user's own ID of the message. */
  reference?: string;
  /** The invalid argument, or the part of it that is invalid, as the user wrote it. */
  field?: string;
}

/**
 * Every error of this adaptor. Its properties follow `util.throwError()` of
 * language-common; all of them are JSON, since the runtime serializes them.
 */
export class WhatsAppError extends Error {
  code: string | number;
  description: string;
  fix?: string;
  details?: string;
  retryable: boolean;
  metaCode?: number;
  statusCode?: number;
  subcode?: number;
  tries?: number;
  field?: string;

  constructor(code: string | number, properties: ErrorProperties) {
    const { description, details, retryable = false, ...rest } = properties;
    super(`${code}: ${[description, details].filter(Boolean).join(' ')}`);
    this.code = code;
    this.description = description;
    if (details) this.details = details;
    this.retryable = retryable;
    for (const [key, value] of Object.entries(rest))
      if (value !== undefined) Object.assign(this, { [key]: value });
  }
}
// On the prototype: an own property would be copied into the user's details.
WhatsAppError.prototype.name = 'WhatsAppError';

/** The same error with additional or changed text. */
export function amended(
  { code, ...rest }: WhatsAppError,
  changes: Partial<ErrorProperties>,
): WhatsAppError {
  return new WhatsAppError(code, { ...rest, ...changes });
}

const causes = new WeakMap<WhatsAppError, WhatsAppError[]>();

/** The errors that an error stands for. */
export const causesOf = (error: WhatsAppError): WhatsAppError[] =>
  causes.get(error) ?? [error];

/** One error for all that is wrong, so that a user can correct it at once. */
export function together(errors: WhatsAppError[]): WhatsAppError {
  const all = _.uniqBy(errors.flatMap(causesOf), 'message');
  const [first] = all;
  if (all.length === 1) return first;
  const joined = amended(first, {
    description: _.map(all, 'description').join(' '),
    fix: _.uniq(_.compact(_.map(all, 'fix'))).join(' '),
    problems: all.map(({ description, details }) =>
      _.compact([description, details]).join(' '),
    ),
  });
  causes.set(joined, all);
  return joined;
}

/** Runs every check before it throws. */
export class Checks {
  readonly #errors: WhatsAppError[] = [];

  attempt<Result>(check: () => Result): Result | undefined {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof WhatsAppError)) throw error;
      this.#errors.push(error);
      return undefined;
    }
  }

  get error(): WhatsAppError | undefined {
    return this.#errors.length ? together(this.#errors) : undefined;
  }

  throwAll() {
    const { error } = this;
    if (error) throw error;
  }
}

/** Like `map`, with the errors of all values. */
export function mapAll<Value, Result>(
  values: Value[],
  work: (value: Value, index: number) => Result,
): Result[] {
  try {
    return values.map(work);
  } catch {
    // Mostly there is nothing to collect.
    const checks = new Checks();
    const results = values.map((value, index) =>
      checks.attempt(() => work(value, index)),
    );
    checks.throwAll();
    return results as Result[];
  }
}

export function fromMeta(error: MetaError, properties = {}): WhatsAppError {
  const { description, fix } = advice(error);
  const { code, details, type, subcode, fbtraceId } = error;
  return new WhatsAppError(code, {
    description,
    fix,
    details,
    type,
    subcode,
    fbtraceId,
    retryable: (error.proof ?? lookUp(error)?.proof) === 'retry',
    ...properties,
  });
}

export const invalid =
  (code: string) =>
  (description: string, fix?: string, properties = {}): WhatsAppError =>
    new WhatsAppError(code, { description, fix, ...properties });

export type Invalid = ReturnType<typeof invalid>;

/** The error for a required value that is missing. */
export function emptyValue(
  invalidValue: Invalid,
  field: string,
  value: unknown,
  example = '',
): WhatsAppError {
  const what = value === undefined || value === null ? `${value}` : 'empty';
  return invalidValue(
    `\`${field}\` is ${what}.`,
    [
      'Check the path in your job (for example `$.data.text`) and the data.',
      example,
    ]
      .filter(Boolean)
      .join(' '),
    { field },
  );
}

export const invalidConfiguration = invalid('INVALID_CONFIGURATION');
export const invalidRecipient = invalid('INVALID_RECIPIENT');
export const invalidMessage = invalid('INVALID_MESSAGE');
export const invalidMedia = invalid('INVALID_MEDIA');
export const invalidRequest = invalid('INVALID_REQUEST');

/** Which platform supports what another does not. */
const OTHER_PLATFORM: Record<string, string> = {
  'Cloud API': 'On-Premise API',
  'On-Premise API': 'Cloud API',
  '360dialog': 'Cloud API of Meta',
};

export const notSupported = (
  operation: string,
  platform: string,
  fix = `Use a credential of the ${OTHER_PLATFORM[platform]}, or leave it out.`,
) =>
  new WhatsAppError('NOT_SUPPORTED', {
    description: `${operation} is only available on the ${OTHER_PLATFORM[platform]}, and this credential is for ${platform.endsWith('API') ? `the ${platform}` : platform}.`,
    fix,
  });

/** The adaptor's errors that would affect every other message, too. */
const ACCOUNT_WIDE = new Set<string | number>([
  'INVALID_CONFIGURATION',
  'LOGIN_FAILED',
  'PASSWORD_EXPIRED',
  'CERTIFICATE_NOT_TRUSTED',
]);

/** Whether the error is about the token, the account or the number. */
export const isAccountWide = (error: WhatsAppError): boolean =>
  ACCOUNT_WIDE.has(error.code) || lookUp(error)?.scope === 'account';

const ASK_AGAIN = 'Ask the person to send it as a text or a photo.';

/** The error of a message or status in a webhook. */
export function webhookError(
  { code, details }: { code?: number; details?: string },
  reader: 'sender' | 'receiver' = 'sender',
): ErrorInfo {
  if (code === undefined)
    return toRow(
      new WhatsAppError('NO_REASON', {
        ...(reader === 'receiver'
          ? {
              description:
                'Something is wrong with the message, and Meta gave no error code.',
              fix: ASK_AGAIN,
            }
          : {
              description:
                'The message failed, but Meta returned no error code.',
              fix: OTHER_CHANNEL,
            }),
        details,
      }),
    );
  const received = reader === 'receiver' && lookUp({ code })?.received;
  return toRow(fromMeta({ code, details }, received || undefined));
}

/** An error in the form used in reports. */
export const toRow = (error: WhatsAppError): ErrorInfo => ({
  ...error,
  message: error.message,
});
