import { STATUS_CODES } from 'node:http';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { composeNextState } from '@openfn/language-common';
import _ from 'lodash';
import { Agent, type Dispatcher } from 'undici';
import { targetOf, type Target } from './url';
import { invalidMedia, type WhatsAppError } from '../errors/error';
import type { Body, Call, Platform } from '../platforms/platform';
import { redact } from './redact';
import { MAX_TRIES, secondsUntilRetry } from './retry';
import type { State } from '../state';
import {
  judge,
  TIMED_OUT,
  type Exchange,
  type Failure,
  type Headers,
  type Verdict,
} from './outcome';

export interface Answer {
  method: string;
  url: string;
  statusCode: number;
  statusMessage: string;
  headers: Record<string, unknown>;
  duration: number;
  body: any;
}

const CONNECT_TIMEOUT = 10_000;
export const ANSWER_TIMEOUT = 30_000;
const MAX_ANSWER = 64 * 2 ** 20;
const MAX_REDIRECTS = 5;
const NOTHING = Buffer.alloc(0);
const USER_AGENT = 'openfn-language-whatsapp/2';

/** What tests replace: nothing here holds a credential. */
export const runtime: {
  dispatcher?: Dispatcher;
  sleep: (milliseconds: number) => Promise<unknown>;
} = { sleep };

const agents = new Map<string, Agent>();

function dispatcherFor(ca = ''): Dispatcher {
  if (runtime.dispatcher) return runtime.dispatcher;
  const known = agents.get(ca);
  if (known) return known;
  const agent = new Agent({
    connect: { timeout: CONNECT_TIMEOUT, ...(ca && { ca }) },
    // Each exchange has one timeout of its own, over all of its parts.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  agents.set(ca, agent);
  return agent;
}

interface Bounds {
  timeout: number;
  maxBytes: number;
  onWritten?: () => void;
}

function exchange(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  { timeout, maxBytes, onWritten }: Bounds,
): Promise<Exchange> {
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    const result: Exchange = {
      written: false,
      statusCode: 0,
      headers: {},
      body: NOTHING,
    };
    let controller: Dispatcher.DispatchController | undefined;
    let timedOut = false;
    let isOver = false;
    let size = 0;

    const finish = (failure?: Failure) => {
      // The first word counts: an abort may be followed by an end.
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      result.failure = failure;
      if (chunks.length)
        result.body = chunks.length > 1 ? Buffer.concat(chunks) : chunks[0];
      resolve(result);
    };
    const timer = setTimeout(() => {
      timedOut = true;
      if (controller) controller.abort(TIMED_OUT);
      else finish(TIMED_OUT);
    }, timeout);

    dispatcher.dispatch(options, {
      // Called when the connection stands, before the first byte is written.
      onRequestStart(started) {
        controller = started;
        if (timedOut) return started.abort(TIMED_OUT);
        result.written = true;
        onWritten?.();
      },
      onResponseStart(_controller, statusCode, headers) {
        result.statusCode = statusCode;
        result.headers = headers as Headers;
      },
      onResponseData(_controller, chunk) {
        size += chunk.length;
        if (size > maxBytes) return _controller.abort(tooLarge(maxBytes));
        chunks.push(chunk);
      },
      onResponseEnd: () => finish(),
      onResponseError: (_controller, failure) => finish(failure),
    });
  });
}

export function tooLarge(maxBytes: number) {
  return invalidMedia(
    `The file has more than ${maxBytes.toLocaleString('en')} bytes, which is the limit (maxBytes).`,
    'Set the option maxBytes, if the run has enough memory.',
  );
}

const round = (seconds: number) => Math.round(seconds * 10) / 10;

function requestOf(
  call: Call,
  { origin, path }: Target,
  authorization: Record<string, string>,
) {
  return {
    origin,
    path,
    method: call.method as Dispatcher.HttpMethod,
    headers: {
      accept: 'application/json',
      'user-agent': USER_AGENT,
      ...call.headers,
      ...authorization,
    },
    body: call.body?.() as Exclude<Body, Uint8Array> | Buffer | undefined,
  };
}

const authorize = (platform: Platform, { isLogin }: Call) =>
  isLogin
    ? {}
    : platform.authorization(async login => (await send(platform, login)).body);

/** Nothing is waited for that is at hand: a list has a hundred thousand of these. */
async function attempt(platform: Platform, call: Call, target: Target) {
  const authorization = authorize(platform, call);
  const headers =
    authorization instanceof Promise ? await authorization : authorization;
  return exchange(
    dispatcherFor(platform.connection.ca),
    requestOf(call, target, headers),
    {
      timeout: call.timeout ?? ANSWER_TIMEOUT,
      maxBytes: call.maxBytes ?? MAX_ANSWER,
      onWritten: call.onWritten,
    },
  );
}

/** One try of a call, and what it proves. */
export async function tryOnce(
  platform: Platform,
  call: Call,
  target: Target,
): Promise<{ result: Exchange; verdict: Verdict }> {
  let result = await attempt(platform, call, target);
  // A 401 proves that nothing was done, and a login may be too old.
  const mayRenew = !call.isLogin && call.repeatable !== false;
  if (result.statusCode === 401 && mayRenew && platform.renew())
    result = await attempt(platform, call, target);
  return { result, verdict: judge(result, { platform, call, target }) };
}

/**
 * Makes a call and returns its answer. A call that creates or sends something
 * is repeated only when it is certain that nothing has happened.
 */
export async function send(platform: Platform, first: Call): Promise<Answer> {
  const startedAt = Date.now();
  let call = first;
  let target = targetOf(platform, call);

  for (let tries = 1; ; tries++) {
    const { result, verdict } = await tryOnce(platform, call, target);
    const duration = Date.now() - startedAt;
    if ('body' in verdict)
      return {
        ...describe(call, target, result, platform.secrets),
        duration,
        body: call.result ? call.result(verdict.body) : verdict.body,
      };

    const { error, repeat } = verdict;
    const mayRepeat = repeat && call.repeatable !== false;
    const wait = mayRepeat
      ? secondsUntilRetry({
          tries,
          // What goes on where it broke off has lost no time.
          seconds: call.resume ? 0 : duration / 1000,
          code: error.code,
          headers: result.headers,
        })
      : undefined;
    if (wait === undefined) throw Object.assign(error, tries > 1 && { tries });

    console.log(
      `${error.code}: ${error.description} Trying again in ${round(wait)} s (try ${tries + 1} of ${MAX_TRIES}).`,
    );
    await runtime.sleep(wait * 1000);
    if (!call.resume) continue;
    call = { ...call, ...(await call.resume()) };
    target = targetOf(platform, call);
  }
}

function describe(
  { method }: Call,
  target: Target,
  { statusCode, headers }: Exchange,
  secrets: string[],
) {
  return {
    method,
    url: target.shown,
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

/** The answer in `state.data`, and what HTTP said of it in `state.response`. */
export function nextState(state: State, { body, ...response }: Answer) {
  return { ...composeNextState(state, body), response };
}

async function begin(
  platform: Platform,
  call: Call,
  target: Target,
): Promise<Exchange & { stream?: Readable }> {
  const nothing = {
    written: true,
    statusCode: 0,
    headers: {},
    body: NOTHING,
  };
  try {
    const dispatcher = dispatcherFor(platform.connection.ca);
    const authorization = await authorize(platform, call);
    const { statusCode, headers, body } = await dispatcher.request({
      ...requestOf(call, target, authorization),
      headersTimeout: ANSWER_TIMEOUT,
      bodyTimeout: ANSWER_TIMEOUT,
    });
    const begun = { ...nothing, statusCode, headers };
    if (statusCode < 300) return { ...begun, stream: body };
    return { ...begun, body: Buffer.from(await body.arrayBuffer()) };
  } catch (failure) {
    return { ...nothing, failure: failure as Failure };
  }
}

/** Makes a call once, and returns its answer while it comes. */
export async function openStream(platform: Platform, call: Call) {
  const target = targetOf(platform, call);
  const first = await begin(platform, call, target);
  const isExpired = first.statusCode === 401 && platform.renew();
  const { stream, ...result } = isExpired
    ? await begin(platform, call, target)
    : first;
  if (stream) return { headers: result.headers, stream };
  const verdict = judge(result, { platform, call, target });
  throw (verdict as { error: WhatsAppError }).error;
}

export interface OpenedUrl {
  type?: string;
  filename?: string;
  size?: number;
  stream: Readable;
}

/** Opens a file on the web, which must not get the token. Every redirect is checked. */
export async function openUrl(
  address: string,
  check: (address: string) => URL,
  secretHeaders?: Record<string, string>,
): Promise<OpenedUrl> {
  const { host } = check(address);
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const url = check(address);
    // They are for the server that the user names, and for no other.
    const own = url.host === host ? secretHeaders : undefined;
    const { statusCode, headers, body } = await fetchFile(url, own);
    const { location } = headers;
    if (statusCode < 300) return opened(url, headers, body);
    await body.dump();
    if (statusCode >= 400 || typeof location !== 'string')
      throw fileError(url, `HTTP ${statusCode}`);
    address = new URL(location, url).href;
  }
  throw fileError(new URL(address), 'too many redirects');
}

async function fetchFile(url: URL, more?: Record<string, string>) {
  try {
    return await dispatcherFor().request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: { 'user-agent': USER_AGENT, ...more },
      headersTimeout: ANSWER_TIMEOUT,
      bodyTimeout: ANSWER_TIMEOUT,
    });
  } catch (error) {
    throw fileError(url, (error as Failure).code ?? 'no connection');
  }
}

/** As the server calls the file, or else as its address does. */
function filenameOf({ pathname }: URL, headers: Headers): string | undefined {
  const disposition = String(headers['content-disposition'] ?? '');
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition) ?? [];
  const [, plain] = /filename="?([^";]+)"?/i.exec(disposition) ?? [];
  const last = pathname.split('/').pop() ?? '';
  const written = encoded ?? plain ?? (/\.\w{1,5}$/.test(last) ? last : '');
  const name = _.attempt(decodeURIComponent, written);
  const readable = _.isError(name) ? written : name;
  return readable.replace(/[\p{Cc}"/\\]/gu, '').trim() || undefined;
}

function opened(url: URL, headers: Headers, stream: Readable): OpenedUrl {
  const type = headers['content-type'];
  const size = headers['content-length'];
  return {
    type: typeof type === 'string' ? type : undefined,
    filename: filenameOf(url, headers),
    size:
      typeof size === 'string' && !headers['content-encoding']
        ? Number(size)
        : undefined,
    stream,
  };
}

function fileError(url: URL, details: string) {
  return invalidMedia(
    `The file could not be read from ${url.host}.`,
    'Check its address. If it needs a login, give it in headers: uploadMedia(url, { headers: { Authorization: … } }).',
    { details },
  );
}
