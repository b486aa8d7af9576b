import _ from 'lodash';
import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import { WhatsAppError } from '../errors/error';
import { systemClock, type Clock } from './clock';
import { isLoopback, type Target } from './url';

export type Failure = Error & { code?: string };
export type Headers = Record<string, string | string[] | undefined>;

/** The result of one request. `requestSent` is false if it was never sent. */
export interface HttpResult {
  requestSent: boolean;
  statusCode: number;
  headers: Headers;
  body: Buffer;
  failure?: Failure;
}

const failure = (code: string, message: string): Failure =>
  Object.assign(new Error(message), { code });

export const TIMED_OUT = failure('TIMEOUT', 'The response took too long.');
export const TOO_LARGE = failure(
  'RESPONSE_TOO_LARGE',
  'The response is too large.',
);

const UPGRADED = failure(
  'UPGRADED',
  'The server switched to another protocol.',
);

export const CONNECT_TIMEOUT = 10_000;
export const RESPONSE_TIMEOUT = 30_000;
const MAX_RESPONSE = 64 * 2 ** 20;
export const NO_BODY = Buffer.alloc(0);
export const USER_AGENT = 'openfn-language-whatsapp/2';

/** Replaceable in tests; holds no credentials. */
export const runtime: { dispatcher?: Dispatcher; clock: Clock } = {
  clock: systemClock,
};

const agents = new Map<string, Dispatcher>();

/** The proxies from the environment variables, for servers on other machines. */
export const proxiesOf = (env: NodeJS.ProcessEnv) => ({
  httpProxy: env.http_proxy ?? env.HTTP_PROXY,
  httpsProxy: env.https_proxy ?? env.HTTPS_PROXY,
  noProxy: env.no_proxy ?? env.NO_PROXY,
});

export const hasProxy = (): boolean => {
  const { httpProxy, httpsProxy } = proxiesOf(process.env);
  return Boolean(httpProxy || httpsProxy);
};

/** Each request has one timeout that covers all of its phases. */
const UNBOUNDED = { headersTimeout: 0, bodyTimeout: 0 };

function agentFor(origin: string, ca: string): Dispatcher {
  const connect = { timeout: CONNECT_TIMEOUT, ...(ca && { ca }) };
  if (isLoopback(new URL(origin)) || !hasProxy())
    return new Agent({ ...UNBOUNDED, connect });
  return new EnvHttpProxyAgent({
    ...UNBOUNDED,
    ...proxiesOf(process.env),
    connect,
    requestTls: connect,
  });
}

/** What is wrong with a proxy is said without its address, which may hold a password. */
export function withProxy<T>(create: () => T): T {
  try {
    return create();
  } catch {
    throw new WhatsAppError('CONNECTION_FAILED', {
      description:
        'The proxy in HTTPS_PROXY or HTTP_PROXY is not a valid URL: nothing was sent.',
      fix: 'Write it as http://host:port, with its user name and password percent-encoded.',
      retryable: true,
    });
  }
}

const isLocalOrigin = _.memoize((origin: string) =>
  isLoopback(new URL(origin)),
);

type Origin = Pick<Target, 'origin'>;

/** By target, since a list has the same one 100,000 times. */
const chosen = new WeakMap<Origin, Dispatcher>();

export function dispatcherFor(target: Origin, ca?: string): Dispatcher {
  if (runtime.dispatcher) return runtime.dispatcher;
  const dispatcher = chosen.get(target) ?? choose(target, ca);
  chosen.set(target, dispatcher);
  return dispatcher;
}

function choose({ origin }: Origin, ca = ''): Dispatcher {
  const isLocal = isLocalOrigin(origin);
  const key = JSON.stringify([ca, isLocal || proxiesOf(process.env)]);
  const known = agents.get(key);
  if (known) return known;
  const agent = withProxy(() => agentFor(origin, ca));
  agents.set(key, agent);
  return agent;
}

interface Bounds {
  timeout?: number;
  maxBytes?: number;
  onRequestSent?: () => void;
}

/** Makes one request within a time and size limit. Never rejects. */
export function exchange(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  {
    timeout = RESPONSE_TIMEOUT,
    maxBytes = MAX_RESPONSE,
    onRequestSent,
  }: Bounds,
): Promise<HttpResult> {
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    const result: HttpResult = {
      requestSent: false,
      statusCode: 0,
      headers: {},
      body: NO_BODY,
    };
    let controller: Dispatcher.DispatchController | undefined;
    let timedOut = false;
    let isOver = false;
    let size = 0;

    const finish = (failure?: Failure) => {
      // An end event may follow an abort.
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
      // Called when the connection is open, before the first byte is written.
      onRequestStart(started) {
        controller = started;
        if (timedOut) return started.abort(TIMED_OUT);
        result.requestSent = true;
        onRequestSent?.();
      },
      // For status 101 and for tunnels.
      onRequestUpgrade: (_controller, _statusCode, _headers, socket) => {
        socket.destroy();
        finish(UPGRADED);
      },
      onResponseStart(_controller, statusCode, headers) {
        result.statusCode = statusCode;
        result.headers = headers as Headers;
      },
      onResponseData(_controller, chunk) {
        size += chunk.length;
        if (size > maxBytes) return _controller.abort(TOO_LARGE);
        chunks.push(chunk);
      },
      onResponseEnd: () => finish(),
      onResponseError: (_controller, failure) => finish(failure),
    });
  });
}

/** A request whose response is streamed, with a timeout for the whole response. */
export async function requestWithin(
  dispatcher: Dispatcher,
  options: Dispatcher.RequestOptions,
  timeout: number,
): Promise<Dispatcher.ResponseData> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(TIMED_OUT), timeout);
  // A file that nobody reads keeps no process alive.
  timer.unref();
  const stop = () => clearTimeout(timer);
  try {
    const response = await dispatcher.request({
      ...options,
      signal: controller.signal,
    });
    response.body.once('close', stop);
    return response;
  } catch (error) {
    stop();
    throw error;
  }
}
