import { toJson } from './json';
import { BlockList, isIP } from 'node:net';
import _ from 'lodash';
import { invalidRequest } from '../errors/error';
import type { Call, Transport } from './call';

const SECRET_PARAMETERS = ['access_token', 'appsecret_proof'];

function refusePath(description: string): never {
  throw invalidRequest(
    description,
    "Use a path: 'messages' is below the phone number ID, '/123456' is below the base URL.",
  );
}

/** Whether it is a complete URL, including protocol-relative ones: `//host/path`. */
export const isAbsolute = (path: string) =>
  /^([a-z][a-z0-9+.-]*:)?\/\//i.test(path);

/** Resolves a user-defined path, or a URL from the API. */
function locate(base: URL, { path, hosts }: Call): URL {
  if (!isAbsolute(path)) return below(base, path);
  const url = URL.canParse(path, base.href) ? new URL(path, base) : undefined;
  if (!url || url.username || url.password || !mayHaveToken(url, base, hosts))
    refusePath(
      'The path is a URL on another host, which must not receive the token.',
    );
  return url;
}

const mayHaveToken = (url: URL, base: URL, hosts?: RegExp) =>
  url.origin === base.origin ||
  (url.protocol === 'https:' && !url.port && hosts?.test(url.hostname));

function below(base: URL, path: string): URL {
  const root = _.trimEnd(base.href, '/');
  const url = new URL(`${root}/${path.replace(/^\//, '')}`);
  const isBelow = url.href.startsWith(`${root}/`);
  if (url.origin !== base.origin || !isBelow)
    refusePath('The path is outside the base URL of the credential.');
  return url;
}

/** Encodes arrays and objects as JSON, as the Graph API expects. */
const textOf = (value: unknown) =>
  typeof value === 'object' ? toJson(value) : String(value);

/** Keeps the query of a path unchanged, since the ID of an upload is signed. */
function addQuery(url: URL, query: Record<string, unknown>) {
  const added = _.omitBy(query, _.isNil);
  for (const key of Object.keys(added))
    if (url.searchParams.has(key)) url.searchParams.delete(key);
  const text = new URLSearchParams(_.mapValues(added, textOf)).toString();
  if (text) url.search += `${url.search ? '&' : ''}${text}`;
}

/** The target of a call, parsed once for all tries. */
export interface Target {
  origin: string;
  host: string;
  /** Includes the query. */
  path: string;
  /** For errors and logs, without the query, which may contain a token or a phone number. */
  displayUrl: string;
}

/** Refuses targets outside the base URL. */
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

/** Whether a server is on this machine, so that requests don't cross a network. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

// --- Addresses ---

/** Addresses that are not on the internet. */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  PRIVATE.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  PRIVATE.addSubnet(network, prefix, 'ipv6');

export const isPrivateAddress = (address: string): boolean =>
  PRIVATE.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
