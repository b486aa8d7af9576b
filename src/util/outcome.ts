import { STATUS_CODES } from 'node:http';
import _ from 'lodash';
import { lookUp, type MetaError } from '../errors/catalogue';
import {
  fromMeta,
  invalidMedia,
  invalidRequest,
  WhatsAppError,
} from '../errors/error';
import { hasMessageId, type Call, type Transport } from './call';
import {
  TIMED_OUT,
  TOO_LARGE,
  type Failure,
  type HttpResult,
} from './dispatcher';
import { NOT_JSON, parseJson } from './json';
import { redact, redactValues } from './redact';
import type { Target } from './url';

interface Context {
  transport: Transport;
  call: Call;
  target: Target;
  statusCode: number;
}

/** Request details included in every error. */
function about({ call, target, statusCode }: Context) {
  const request = { method: call.method, url: target.displayUrl };
  return statusCode ? { ...request, statusCode } : request;
}

/** The outcome of a try: a response, or an error and whether to retry. */
export type Outcome =
  { body: unknown } | { error: WhatsAppError; repeat: boolean };

/** The error of a call whose outcome is unknown. */
export function unknownOutcome(
  call: Call,
  details: string,
  properties: object = {},
) {
  const isMessage = call.idempotency === 'message';
  return new WhatsAppError(isMessage ? 'DELIVERY_UNKNOWN' : 'OUTCOME_UNKNOWN', {
    description: isMessage
      ? 'It is unknown whether this message was sent, so it was not retried.'
      : 'It is unknown whether this was done, so it was not retried.',
    fix: isMessage
      ? 'Wait for its status webhook, or ask the recipient, before you resend it.'
      : 'Check whether it was done before you try again.',
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
      fix: 'Renew it. If it was issued by a private certificate authority, add that authority to ca in the credential.',
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
    description: `Couldn't connect to ${target.host}: nothing was sent.`,
    fix: 'Check baseUrl in the credential and that the server is reachable.',
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
    fix: 'Try again later. For a slow network, increase the timeout option (milliseconds).',
    details: code || message,
    retryable: true,
    ...properties,
  });
}

/** The error for a file above the limit that the user can set. */
function tooLarge(
  { maxBytes }: Call,
  target: Target,
  properties: object,
): WhatsAppError {
  if (maxBytes) return fileTooLarge(maxBytes);
  return new WhatsAppError('UNEXPECTED_ANSWER', {
    description: `${target.host} returned a response that is too large.`,
    fix: 'Narrow the query to get a smaller response.',
    ...properties,
  });
}

export const fileTooLarge = (maxBytes: number) =>
  invalidMedia(
    `The file exceeds the limit of ${maxBytes.toLocaleString('en')} bytes (maxBytes).`,
    'Increase the option maxBytes if the run has enough memory.',
  );

function classifyFailure(
  failure: Failure,
  requestSent: boolean,
  context: Context,
): Outcome {
  const { call, target } = context;
  const properties = about(context);
  // The file to upload is invalid.
  if (failure instanceof WhatsAppError)
    return { error: failure, repeat: false };
  if (!requestSent) {
    const error = connectionError(failure, target, properties);
    return { error, repeat: error.retryable };
  }
  const isTooLarge = failure.code === TOO_LARGE.code;
  const broken = isTooLarge
    ? tooLarge(call, target, properties)
    : brokenConnection(failure, target, properties);
  if (call.idempotency === 'safe')
    return { error: broken, repeat: !isTooLarge };
  const why = _.compact([
    broken.description,
    broken.details && `(${broken.details})`,
  ]).join(' ');
  return { error: unknownOutcome(call, why, properties), repeat: false };
}

/** A client error of the API itself; 408 and 499 come from whoever is in between. */
const isRefusal = (statusCode: number) =>
  statusCode >= 400 && statusCode < 500 && ![408, 499].includes(statusCode);

function classifyRefusal(meta: MetaError, context: Context): Outcome {
  const { call, statusCode } = context;
  const properties = about(context);
  const proof = meta.proof ?? lookUp(meta)?.proof;
  const error = fromMeta(meta, properties);
  if (proof === 'retry') return { error, repeat: true };
  if (proof === 'permanent' || proof === 'later')
    return { error, repeat: false };

  const isProven = !proof && !meta.transient && isRefusal(statusCode);
  if (isProven) return { error, repeat: false };
  if (call.idempotency === 'safe') return { error, repeat: true };
  const details = [error.description, meta.details].filter(Boolean).join(' ');
  return {
    error: unknownOutcome(call, details, {
      ...properties,
      ...(typeof meta.code === 'number' && { metaCode: meta.code }),
      fbtraceId: meta.fbtraceId,
    }),
    repeat: false,
  };
}

function classifyUnexpected(what: string, context: Context): Outcome {
  const { call, target, statusCode } = context;
  const properties = about(context);
  if (call.idempotency !== 'safe')
    return { error: unknownOutcome(call, what, properties), repeat: false };
  const error = new WhatsAppError('UNEXPECTED_ANSWER', {
    description: `${target.host} returned an unexpected response.`,
    fix: 'Check baseUrl in the credential and the path.',
    details: what,
    ...properties,
  });
  return { error, repeat: statusCode >= 500 || statusCode === 429 };
}

/** Classifies a result: a response, an error, or an unknown outcome. */
export function classify(
  result: HttpResult,
  request: Omit<Context, 'statusCode'>,
): Outcome {
  const context = { ...request, statusCode: result.statusCode };
  if (result.failure)
    return classifyFailure(result.failure, result.requestSent, context);
  return classifyResponse(result, context);
}

const isSuccess = (statusCode: number) => statusCode >= 200 && statusCode < 300;

function classifyResponse(result: HttpResult, context: Context): Outcome {
  const { transport, call, statusCode } = context;
  const isOk = isSuccess(statusCode);
  if (isOk && call.parseAs === 'bytes')
    return isWhole(result)
      ? { body: result.body }
      : classifyUnexpected('only part of the file was returned', context);
  const text = result.body.toString();
  if (isOk && call.parseAs === 'text')
    return { body: redact(text, transport.secrets) };
  if (isOk && call.parseAs === 'base64')
    return { body: result.body.toString('base64') };
  return classifyJson(text, result, context);
}

const PARTIAL_CONTENT = 206;
const isWhole = ({ statusCode }: HttpResult) => statusCode !== PARTIAL_CONTENT;

function classifyJson(
  text: string,
  { statusCode, headers }: HttpResult,
  context: Context,
): Outcome {
  const { transport, call } = context;
  const parsed = parseJson(text);
  const data = () => redactValues(parsed, transport.secrets, text);
  // A message with an ID was sent, whatever else the response says.
  const isSent = call.idempotency === 'message' && hasMessageId(parsed);
  if (isSent || call.isPartialSuccess?.(parsed)) return { body: data() };
  const status = `HTTP ${statusCode} ${STATUS_CODES[statusCode] ?? ''}`.trim();
  const unexpected = (what: string) =>
    classifyUnexpected(`${status}: ${what}`, context);
  if (statusCode >= 300 && statusCode < 400)
    return unexpected(
      `it redirects to another address (${redact(hostOf(headers.location), transport.errorSecrets)}), which must not receive the token.`,
    );
  if (parsed === NOT_JSON)
    return unexpected('the response is not JSON. It may come from a proxy.');
  const said = redactValues(parsed, transport.errorSecrets, text);
  const meta = transport.readError(said, call);
  if (meta)
    return classifyRefusal(redactError(meta, transport.errorSecrets), context);
  if (!isSuccess(statusCode))
    return classifyUnexplained(parsed, status, context);
  return call.isExpected && !call.isExpected(parsed)
    ? classifyIncomplete(parsed, status, context)
    : { body: data() };
}

/** Once more: a part of an error may be JSON in a text, with escapes of its own. */
const redactError = (error: MetaError, secrets: string[]): MetaError => ({
  ...error,
  ...(_.mapValues(_.pickBy(error, _.isString), text =>
    redact(text!, secrets),
  ) as Partial<MetaError>),
});

/** A success that lacks what it must have; `{ success: false }` gives no reason. */
function classifyIncomplete(
  parsed: unknown,
  status: string,
  context: Context,
): Outcome {
  const isMessage = context.call.idempotency === 'message';
  if (_.get(parsed, 'success') === false && !isMessage) return notDone(context);
  return classifyUnexpected(
    `${status}: the response is missing required data, such as an ID.`,
    context,
  );
}

const notDone = (context: Context): Outcome => ({
  error: new WhatsAppError('UNEXPECTED_ANSWER', {
    description: `${context.target.host} did not complete the request and gave no reason.`,
    fix: 'Check the arguments and try again later.',
    ...about(context),
  }),
  repeat: false,
});

function hostOf(location: string | string[] | undefined): string {
  return typeof location === 'string' && URL.canParse(location)
    ? new URL(location).host
    : 'no location';
}

/** Classifies JSON that is not an API error: below 500 the request was still rejected. */
function classifyUnexplained(
  body: unknown,
  status: string,
  context: Context,
): Outcome {
  if (body === null || !isRefusal(context.statusCode))
    return classifyUnexpected(`${status}, without an error message.`, context);
  const error = new WhatsAppError('UNEXPECTED_ANSWER', {
    description: `${context.target.host} refused the request.`,
    fix: 'Check baseUrl in the credential and the path.',
    details: status,
    ...about(context),
  });
  return { error, repeat: false };
}
