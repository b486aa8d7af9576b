import { invalidRequest } from '../errors/error';
import type { Call, Transport } from './call';

const SECRET_PARAMETERS = ['access_token', 'appsecret_proof'];

function refusePath(description: string): never {
  throw invalidRequest(
    description,
    "Write a path: 'messages' is below the phone number id, '/123456' is below the base URL.",
  );
}

/** A complete address, also one without a protocol: `//host/path`. */
export const isAbsolute = (path: string) =>
  /^([a-z][a-z0-9+.-]*:)?\/\//i.test(path);

/** A path that a user wrote, or an address that the API gave. */
function locate(base: URL, { path, hosts }: Call): URL {
  if (!isAbsolute(path)) return below(base, path);
  const url = URL.canParse(path, base.href) ? new URL(path, base) : undefined;
  if (!url || url.username || url.password || !mayHaveToken(url, base, hosts))
    refusePath(
      'The path is the address of another server, which must not get the token.',
    );
  return url;
}

const mayHaveToken = (url: URL, base: URL, hosts?: RegExp) =>
  url.origin === base.origin ||
  (url.protocol === 'https:' && !url.port && hosts?.test(url.hostname));

function below(base: URL, path: string): URL {
  const root = base.href.replace(/\/+$/, '');
  const url = new URL(`${root}/${path.replace(/^\//, '')}`);
  const isBelow = url.href.startsWith(`${root}/`);
  if (url.origin !== base.origin || !isBelow)
    refusePath('The path leads out of the base URL of the credential.');
  return url;
}

/** Arrays and objects are written as JSON, as the Graph API reads them. */
const textOf = (value: unknown) =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

/** What a path has of a query stays as it is written: the id of an upload is signed. */
function addQuery(url: URL, query: Record<string, unknown>) {
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    if (url.searchParams.has(key)) url.searchParams.delete(key);
    const parameter = new URLSearchParams([[key, textOf(value)]]);
    url.search += `${url.search ? '&' : ''}${parameter}`;
  }
}

/** Where a call goes, taken apart once for all of its tries. */
export interface Target {
  origin: string;
  host: string;
  /** With the query. */
  path: string;
  /** For people: a query may hold a token or a phone number. */
  displayUrl: string;
}

/** Below the base URL, or nowhere. */
export function targetOf(transport: Transport, call: Call): Target {
  const base = new URL(transport.baseUrl);
  const url = locate(base, call);
  for (const name of SECRET_PARAMETERS)
    if (url.searchParams.has(name)) url.searchParams.delete(name);
  const isApi = url.origin === base.origin;
  addQuery(url, { ...call.query, ...(isApi && transport.query()) });
  const { origin, host, pathname, search } = url;
  return {
    origin,
    host,
    path: pathname + search,
    displayUrl: origin + pathname,
  };
}

/** A server on the same machine: what is sent to it crosses no network. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
