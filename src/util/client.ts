import { STATUS_CODES } from 'node:http';
import type { Readable } from 'node:stream';
import _ from 'lodash';
import type { Dispatcher } from 'undici';
import type { ApiResponse, Body, Call, Transport } from './call';
import { sleep } from './clock';
import {
  dispatcherFor,
  exchange,
  NO_BODY,
  RESPONSE_TIMEOUT,
  runtime,
  USER_AGENT,
  type Failure,
  type Headers,
  type HttpResult,
} from './dispatcher';
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

// No promise is awaited that isn't one: a list has a hundred thousand of these.
async function attempt(transport: Transport, call: Call, target: Target) {
  const given = transport.headers();
  const headers = given instanceof Promise ? await given : given;
  return exchange(
    dispatcherFor(transport.ca),
    requestOf(call, target, headers),
    call,
  );
}

/** One try of a call, and what it proves. */
export async function tryOnce(
  transport: Transport,
  call: Call,
  target: Target,
): Promise<{ result: HttpResult; outcome: Outcome }> {
  let result = await attempt(transport, call, target);
  // A 401 proves that nothing was done, and a login may be too old.
  const mayRenew = call.repeatable !== false;
  if (result.statusCode === 401 && mayRenew && transport.renew())
    result = await attempt(transport, call, target);
  return { result, outcome: classify(result, { transport, call, target }) };
}

/**
 * Makes a call and returns its response. A call that creates or sends something
 * is repeated only when it is certain that nothing has happened.
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
        ...describe(call, target, result, transport.secrets),
        duration: Math.round(now - startedAt),
        body: call.transform ? call.transform(outcome.body) : outcome.body,
      };

    const { error } = outcome;
    const repeat = outcome.repeat && call.repeatable !== false;
    const decision = decide(
      { error, repeat, headers: result.headers },
      // What goes on where it broke off has lost no time.
      { tries, startedAt: call.nextAttempt ? now : startedAt },
      clock,
    );
    if ('stop' in decision) throw Object.assign(error, tries > 1 && { tries });

    console.log(
      `${error.code}: ${error.description} Trying again in ${round(decision.again / 1000)} s (try ${tries + 1} of ${MAX_TRIES}).`,
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

async function begin(
  transport: Transport,
  call: Call,
  target: Target,
): Promise<HttpResult & { stream?: Readable }> {
  const nothing = {
    requestSent: true,
    statusCode: 0,
    headers: {},
    body: NO_BODY,
  };
  try {
    const dispatcher = dispatcherFor(transport.ca);
    const { statusCode, headers, body } = await dispatcher.request({
      ...requestOf(call, target, await transport.headers()),
      headersTimeout: RESPONSE_TIMEOUT,
      bodyTimeout: RESPONSE_TIMEOUT,
    });
    const begun = { ...nothing, statusCode, headers };
    if (statusCode < 300) return { ...begun, stream: body };
    return { ...begun, body: Buffer.from(await body.arrayBuffer()) };
  } catch (failure) {
    return { ...nothing, failure: failure as Failure };
  }
}

/** Makes a call once, and returns its response while it comes. */
export async function openStream(transport: Transport, call: Call) {
  const target = targetOf(transport, call);
  const first = await begin(transport, call, target);
  const isExpired = first.statusCode === 401 && transport.renew();
  const { stream, ...result } = isExpired
    ? await begin(transport, call, target)
    : first;
  if (stream) return { headers: result.headers, stream };
  const outcome = classify(result, { transport, call, target });
  throw (outcome as { error: WhatsAppError }).error;
}
