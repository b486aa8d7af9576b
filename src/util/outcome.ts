import { STATUS_CODES } from 'node:http';
import { lookUp, type MetaError } from '../errors/catalogue';
import { fromMeta, invalidRequest, WhatsAppError } from '../errors/error';
import type { Call, Platform } from '../platforms/platform';
import type { Target } from './url';
import { redact } from './redact';

export type Failure = Error & { code?: string };
export type Headers = Record<string, string | string[] | undefined>;

/** What came of a try. `written` is false if the request never left this machine. */
export interface Exchange {
  written: boolean;
  statusCode: number;
  headers: Headers;
  body: Buffer;
  failure?: Failure;
}

export const TIMED_OUT: Failure = Object.assign(
  new Error('The answer took too long.'),
  { code: 'TIMEOUT' },
);

interface Context {
  platform: Platform;
  call: Call;
  target: Target;
  statusCode: number;
}

/** What every error says of the request. */
function about({ call, target, statusCode }: Context) {
  const request = { method: call.method, url: target.shown };
  return statusCode ? { ...request, statusCode } : request;
}

export type Verdict =
  { body: unknown } | { error: WhatsAppError; repeat: boolean };

const NOT_JSON = Symbol('not JSON');

function parse(text: string): unknown {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}

/** The error of a call that may have been done. */
export function unknownOutcome(
  call: Call,
  details: string,
  properties: object = {},
) {
  const isMessage = call.effect === 'sends';
  return new WhatsAppError(isMessage ? 'DELIVERY_UNKNOWN' : 'OUTCOME_UNKNOWN', {
    description: isMessage
      ? 'It is unknown whether this message was sent, so it was not retried.'
      : 'It is unknown whether this was done, so it was not retried.',
    fix: isMessage
      ? 'Wait for its status webhook, or ask the recipient, before you send it again.'
      : 'Look whether it was done before you try again.',
    details,
    ...properties,
  });
}

const isCertificateError = (code = '') =>
  /CERT|SIGNATURE|ISSUER|SELF_SIGNED|ALTNAME/.test(code);

function connectionError(
  { code = '', message }: Failure,
  target: Target,
  properties: object,
): WhatsAppError {
  const details = code || message;
  if (isCertificateError(code))
    return new WhatsAppError('CERTIFICATE_NOT_TRUSTED', {
      description: `The certificate of ${target.host} is not trusted.`,
      fix: 'Renew it, or, if it is a private one, put its authority into ca in the credential.',
      details,
      ...properties,
    });
  if (/^UND_ERR_INVALID|^ERR_(HTTP_)?INVALID/.test(code))
    return invalidRequest(
      'The request has a header, a method or a body that HTTP does not allow.',
      'Check the options of the operation.',
      { details: code, ...properties },
    );
  return new WhatsAppError('CONNECTION_FAILED', {
    description: `No connection to ${target.host}: nothing was sent.`,
    fix: 'Check baseUrl in the credential, and that the server can be reached from here.',
    details,
    retryable: true,
    ...properties,
  });
}

function brokenConnection(
  { code = '', message }: Failure,
  target: Target,
  properties: object,
) {
  const timedOut = code === TIMED_OUT.code;
  return new WhatsAppError(timedOut ? 'TIMEOUT' : 'CONNECTION_FAILED', {
    description: timedOut
      ? `${target.host} took too long to answer.`
      : `The connection to ${target.host} closed before the response was complete.`,
    fix: 'Try again later; for a slow network, set the timeout option (milliseconds).',
    details: code || message,
    retryable: true,
    ...properties,
  });
}

function judgeFailure(
  failure: Failure,
  written: boolean,
  context: Context,
): Verdict {
  const { call, target } = context;
  const properties = about(context);
  if (failure instanceof WhatsAppError)
    return { error: failure, repeat: false };
  if (!written) {
    const error = connectionError(failure, target, properties);
    return { error, repeat: error.retryable };
  }
  const broken = brokenConnection(failure, target, properties);
  if (call.effect === 'none') return { error: broken, repeat: true };
  const why = `${broken.description} (${broken.details})`;
  return { error: unknownOutcome(call, why, properties), repeat: false };
}

const WRONG_PARAMETER = 100;
const NO_OBJECT = 33;

/** Which field of the credential a path begins with. */
function fieldOf({ path, isWritten }: Call, { connection }: Platform) {
  if (isWritten) return undefined;
  const [, id] = /^\/(\d+)/.exec(path) ?? [];
  return (['phoneNumberId', 'wabaId', 'appId'] as const).find(
    field => id !== undefined && connection[field] === id,
  );
}

const CREDENTIAL_ADVICE = {
  phoneNumberId: {
    description:
      'phoneNumberId is not the ID of a number that this token may use.',
    fix: 'Copy the phone number ID from the App Dashboard, WhatsApp, API Setup: it is not the phone number itself, and not the ID of the account (wabaId). The token must be for the same account.',
  },
  wabaId: {
    description:
      'wabaId is not the ID of a WhatsApp Business Account that this token may use.',
    fix: 'Copy the WhatsApp Business Account ID from the App Dashboard, WhatsApp, API Setup: it is not the phone number ID. The token must be for the same account.',
  },
  appId: {
    description: 'appId is not the ID of the app that the token belongs to.',
    fix: 'Copy it from the App Dashboard, App settings, Basic.',
  },
};

/** What the credential has to do with a refusal. */
function explain({ code, subcode, details }: MetaError, context: Context) {
  const { call, platform } = context;
  if (code !== WRONG_PARAMETER) return {};
  // The name of a parameter, which is in no language.
  if (details?.includes('appsecret_proof') && platform.connection.appSecret)
    return {
      description: 'appSecret does not belong to the app of the token.',
      fix: 'Copy it from the App Dashboard, App settings, Basic, of the app that the token was made for.',
    };
  const field = subcode === NO_OBJECT && fieldOf(call, platform);
  return field ? CREDENTIAL_ADVICE[field] : {};
}

function judgeRefusal(meta: MetaError, context: Context): Verdict {
  const { call, statusCode } = context;
  const properties = about(context);
  const proof = lookUp(meta)?.proof;
  const error = fromMeta(meta, { ...properties, ...explain(meta, context) });
  if (proof === 'retry') return { error, repeat: true };
  if (proof === 'permanent' || proof === 'later')
    return { error, repeat: false };

  const isProven = !proof && !meta.transient && statusCode < 500;
  if (isProven) return { error, repeat: false };
  if (call.effect === 'none') return { error, repeat: true };
  const details = [error.description, meta.details].filter(Boolean).join(' ');
  return {
    error: unknownOutcome(call, details, {
      ...properties,
      metaCode: meta.code,
      fbtraceId: meta.fbtraceId,
    }),
    repeat: false,
  };
}

function judgeStrange(what: string, context: Context): Verdict {
  const { call, target, statusCode } = context;
  const properties = about(context);
  if (call.effect !== 'none')
    return { error: unknownOutcome(call, what, properties), repeat: false };
  const error = new WhatsAppError('UNEXPECTED_ANSWER', {
    description: `${target.host} returned an unexpected response.`,
    fix: 'Check baseUrl in the credential, and the path.',
    details: what,
    ...properties,
  });
  return { error, repeat: statusCode >= 500 || statusCode === 429 };
}

/** What an exchange proves: an answer, a refusal, or nothing. */
export function judge(
  result: Exchange,
  request: Omit<Context, 'statusCode'>,
): Verdict {
  const context = { ...request, statusCode: result.statusCode };
  if (result.failure)
    return judgeFailure(result.failure, result.written, context);
  return judgeAnswer(result, context);
}

const isSuccess = (statusCode: number) => statusCode >= 200 && statusCode < 300;

function judgeAnswer(result: Exchange, context: Context): Verdict {
  const { platform, call } = context;
  const isOk = isSuccess(result.statusCode);
  const text = () => redact(result.body.toString(), platform.secrets);
  if (isOk && call.parseAs === 'bytes') return { body: result.body };
  if (isOk && call.parseAs === 'text') return { body: text() };
  if (isOk && call.parseAs === 'base64')
    return { body: result.body.toString('base64') };
  return judgeJson(text(), result, context);
}

function judgeJson(
  text: string,
  { statusCode, headers }: Exchange,
  context: Context,
): Verdict {
  const { platform, call } = context;
  const status = `HTTP ${statusCode} ${STATUS_CODES[statusCode] ?? ''}`.trim();
  const strange = (what: string) => judgeStrange(`${status}: ${what}`, context);

  if (statusCode >= 300 && statusCode < 400)
    return strange(
      `it sends the request on to another address (${hostOf(headers.location)}), which must not get the token.`,
    );
  const body = parse(text);
  if (body === NOT_JSON)
    return strange('the answer is not JSON. A proxy may have given it.');
  if (call.isPartial?.(body)) return { body };
  const meta = platform.readError(body);
  if (meta) return judgeRefusal(meta, context);
  if (!isSuccess(statusCode)) return judgeUnexplained(body, status, context);
  if (call.proves && !call.proves(body))
    return strange(
      'the response lacks what it must have, such as the ID of the message.',
    );
  return { body };
}

function hostOf(location: string | string[] | undefined): string {
  return typeof location === 'string' && URL.canParse(location)
    ? new URL(location).host
    : 'not named';
}

/** JSON, but not an error as the API writes it: below 500 it is still a refusal. */
function judgeUnexplained(
  body: unknown,
  status: string,
  context: Context,
): Verdict {
  if (body === null || context.statusCode >= 500)
    return judgeStrange(`${status}, without an explanation.`, context);
  const error = new WhatsAppError('UNEXPECTED_ANSWER', {
    description: `${context.target.host} refused the request.`,
    fix: 'Check baseUrl in the credential, and the path.',
    details: status,
    ...about(context),
  });
  return { error, repeat: false };
}
