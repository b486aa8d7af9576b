import { STATUS_CODES } from 'node:http';
import type { Readable } from 'node:stream';
import _ from 'lodash';
import type { Dispatcher } from 'undici';
import {
  hasMessageId,
  type ApiResponse,
  type Body,
  type Call,
  type Transport,
} from './call';
import { sleep, type Timer } from './clock';
import {
  dispatcherFor,
  exchange,
  NO_BODY,
  requestWithin,
  RESPONSE_TIMEOUT,
  runtime,
  TIMED_OUT,
  USER_AGENT,
  type Failure,
  type Headers,
  type HttpResult,
} from './dispatcher';
import { parseJson } from './json';
import { classify, type Outcome } from './outcome';
import { redact } from './redact';
import { decide, MAX_TRIES } from './retry';
import { targetOf, type Target } from './url';
import type { WhatsAppError } from '../errors/error';

const round = (seconds: number) => Math.round(seconds * 10) / 10;

function requestOf(
  call: Call,
  { origin, path }: Target,
  headers: Record<string, string>,
) {
  return {
    origin,
    path,
    method: call.method as Dispatcher.HttpMethod,
    headers: {
      accept: 'application/json',
      'user-agent': USER_AGENT,
      ...call.headers,
      ...headers,
    },
    body: call.body?.() as Exclude<Body, Uint8Array> | Buffer | undefined,
  };
}

interface Tried {
  result: HttpResult;
  /** The authentication headers that were sent. */
  used: Record<string, string>;
}

const notSent = (failure: Failure): HttpResult => ({
  requestSent: false,
  statusCode: 0,
  headers: {},
  body: NO_BODY,
  failure,
});

const TOO_LATE = Symbol('too late');
/** Timers may fire some milliseconds early. */
const EARLY = 20;

/** The headers of a login, if available before the deadline. */
async function inTime<T>(work: Promise<T>, deadline?: number) {
  if (deadline === undefined) return work;
  const { clock } = runtime;
  let timer: Timer | undefined;
  const late = new Promise<typeof TOO_LATE>(resolve => {
    timer = clock.setTimeout(() => resolve(TOO_LATE), deadline - clock.now());
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    // The login ends at the same time.
    if (clock.now() >= deadline - EARLY) return TOO_LATE;
    throw error;
  } finally {
    clock.clearTimeout(timer);
    // The promise is no longer awaited.
    work.catch(() => undefined);
  }
}

/** The timeout of a try: the timeout of the call, but no later than the caller's deadline. */
function timeoutOf({ timeout = RESPONSE_TIMEOUT, deadline }: Call): number {
  if (deadline === undefined) return timeout;
  return Math.min(timeout, deadline - runtime.clock.now());
}

// Awaits only promises, for speed: a list can have 100,000 calls.
async function attempt(
  transport: Transport,
  call: Call,
  target: Target,
): Promise<Tried> {
  const given = transport.headers(call.deadline);
  const used =
    given instanceof Promise ? await inTime(given, call.deadline) : given;
  const timeout = timeoutOf(call);
  if (used === TOO_LATE || timeout <= 0)
    return { result: notSent(TIMED_OUT), used: {} };
  const result = await exchange(
    dispatcherFor(target, transport.ca),
    requestOf(call, target, used),
    {
      timeout,
      maxBytes: call.maxBytes ?? maxBytesOf(call),
      onRequestSent: call.onRequestSent,
    },
  );
  return { result, used };
}

/** A response to a message is small: a list has many of them at once. */
const maxBytesOf = ({ idempotency }: Call) =>
  idempotency === 'message' ? 2 ** 20 : undefined;

/** A 401 that proves that nothing was done: it is whole, and an error of the API. */
function isLoginRefused(
  { statusCode, failure, body }: HttpResult,
  transport: Transport,
  call: Call,
): boolean {
  if (statusCode !== 401 || failure) return false;
  if (call.idempotency === 'safe') return true;
  const parsed = parseJson(body.toString());
  if (parsed === null) return true;
  return (
    !hasMessageId(parsed) && transport.readError(parsed, call) !== undefined
  );
}

const MAX_LOGINS = 5;

/** Makes one try of a call and classifies its outcome. */
export async function tryOnce(
  transport: Transport,
  call: Call,
  target: Target,
): Promise<{ result: HttpResult; outcome: Outcome }> {
  let tried = await attempt(transport, call, target);
  // A 401 proves that nothing was done; the login may have expired.
  for (let logins = 1; logins <= MAX_LOGINS; logins++) {
    const isRefused = isLoginRefused(tried.result, transport, call);
    if (!isRefused || call.repeatable === false) break;
    if (!transport.renew(tried.used, logins === 1)) break;
    tried = await attempt(transport, call, target);
  }
  const { result } = tried;
  return { result, outcome: classify(result, { transport, call, target }) };
}

/**
 * Makes a call and returns its response. A call that creates or sends data
 * is retried only if nothing was done for certain.
 */
export async function send(
  transport: Transport,
  first: Call,
): Promise<ApiResponse> {
  const { clock } = runtime;
  const startedAt = clock.now();
  let call = first;
  let target = targetOf(transport, call);

  for (let tries = 1; ; tries++) {
    const { result, outcome } = await tryOnce(transport, call, target);
    const now = clock.now();
    if ('body' in outcome)
      return {
        ...describe(call, target, result, transport.errorSecrets),
        duration: Math.round(now - startedAt),
        body: call.transform ? call.transform(outcome.body) : outcome.body,
      };

    const { error } = outcome;
    const repeat = outcome.repeat && call.repeatable !== false;
    const decision = decide(
      { error, repeat, headers: result.headers },
      // A resumed upload resets the number of tries.
      { tries, startedAt: call.nextAttempt ? now : startedAt },
      clock,
    );
    const isLate =
      'again' in decision &&
      now + decision.again >= (call.deadline ?? Infinity);
    if (isLate || 'stop' in decision)
      throw Object.assign(error, tries > 1 && { tries });

    console.log(
      `${error.code}: ${error.description} Retrying in ${round(decision.again / 1000)} s (try ${tries + 1} of ${MAX_TRIES}).`,
    );
    await sleep(clock, decision.again);
    if (!call.nextAttempt) continue;
    call = { ...call, ...(await call.nextAttempt()) };
    target = targetOf(transport, call);
  }
}

function describe(
  { method }: Call,
  target: Target,
  { statusCode, headers }: HttpResult,
  secrets: string[],
) {
  return {
    method,
    url: target.displayUrl,
    statusCode,
    statusMessage: STATUS_CODES[statusCode] ?? '',
    headers: visibleHeaders(headers, secrets),
  };
}

function visibleHeaders(headers: Headers, secrets: string[]) {
  return _.mapValues(_.omit(headers, 'set-cookie'), value =>
    redact(String(value), secrets),
  );
}

/** The maximum bytes read from an error page. */
const MAX_ERROR = 2 ** 20;

async function readStart(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_ERROR) break;
  }
  return Buffer.concat(chunks);
}

async function begin(
  transport: Transport,
  call: Call,
  target: Target,
  used: Record<string, string>,
): Promise<HttpResult & { stream?: Readable }> {
  const begun = {
    requestSent: true,
    statusCode: 0,
    headers: {},
    body: NO_BODY,
  };
  try {
    const { statusCode, headers, body } = await requestWithin(
      dispatcherFor(target, transport.ca),
      requestOf(call, target, used),
      timeoutOf(call),
    );
    const result = { ...begun, statusCode, headers };
    return statusCode < 300 && statusCode !== 206
      ? { ...result, stream: body }
      : { ...result, body: await readStart(body) };
  } catch (failure) {
    return { ...begun, failure: failure as Failure };
  }
}

/** Makes a call once and returns its response as a stream. */
export async function openStream(transport: Transport, call: Call) {
  const target = targetOf(transport, call);
  let used = await transport.headers();
  let first = await begin(transport, call, target, used);
  if (first.statusCode === 401 && transport.renew(used, true)) {
    used = await transport.headers();
    first = await begin(transport, call, target, used);
  }
  const { stream, ...result } = first;
  if (stream) return { headers: result.headers, stream };
  const outcome = classify(result, { transport, call, target });
  throw (outcome as { error: WhatsAppError }).error;
}
