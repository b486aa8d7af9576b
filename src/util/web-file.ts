import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import _ from 'lodash';
import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import { invalidMedia, WhatsAppError } from '../errors/error';
import { MEDIA_TIMEOUT } from './call';
import {
  CONNECT_TIMEOUT,
  dispatcherFor,
  hasProxy,
  proxiesOf,
  requestWithin,
  runtime,
  USER_AGENT,
  withProxy,
  type Failure,
  type Headers,
} from './dispatcher';
import { isLoopback, isPrivateAddress } from './url';

const MAX_REDIRECTS = 5;

export interface OpenedUrl {
  type?: string;
  filename?: string;
  size?: number;
  stream: Readable;
}

// --- Where a request may go ---

/** This machine and its local network, such as a cloud metadata server. */
const NEVER = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  NEVER.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  NEVER.addSubnet(network, prefix, 'ipv6');

const isNever = (address: string) =>
  NEVER.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');

/** `written` is the URL in the job itself, which may be on a private network. */
const isRefused = (address: string, isWritten: boolean) =>
  isNever(address) || (!isWritten && isPrivateAddress(address));

const refused = (host: string) =>
  invalidMedia(
    `The file could not be read from ${host}: it is an address of this machine or network.`,
    'Use an https:// URL on the internet, or pass the content of the file.',
  );

/** Checks the address at connection time, since it may change between two lookups. */
const checkedLookup =
  (isWritten: boolean): LookupFunction =>
  (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      if (addresses.some(({ address }) => isRefused(address, isWritten)))
        return callback(refused(hostname) as Error, '', 0);
      if (options.all) return callback(null, addresses);
      return callback(null, addresses[0].address, addresses[0].family);
    });

const agentFor = (isWritten: boolean) =>
  new Agent({
    connect: { timeout: CONNECT_TIMEOUT, lookup: checkedLookup(isWritten) },
    headersTimeout: 0,
    bodyTimeout: 0,
  });
/** The proxy looks up names itself; hosts of NO_PROXY are looked up here. */
const proxyAgent = (isWritten: boolean) =>
  new EnvHttpProxyAgent({
    ...proxiesOf(process.env),
    connect: { timeout: CONNECT_TIMEOUT, lookup: checkedLookup(isWritten) },
    headersTimeout: 0,
    bodyTimeout: 0,
  });

const agents = {
  written: _.once(() => agentFor(true)),
  redirected: _.once(() => agentFor(false)),
};

/** The dispatcher that connects to an address; a proxy looks up names itself. */
function connectorFor(url: URL, written: URL): Dispatcher {
  const isWritten = url.host === written.host;
  const isOwnMachine = isLoopback(written) && isLoopback(url);
  const address = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) && !isOwnMachine && isRefused(address, isWritten))
    throw refused(url.host);
  if (runtime.dispatcher || isOwnMachine) return dispatcherFor(url);
  if (hasProxy()) return withProxy(() => proxyAgent(isWritten));
  return isWritten ? agents.written() : agents.redirected();
}

// --- Reading ---

interface WebFile {
  /** Whether a URL may be read. */
  check: (address: string) => URL;
  /** Headers only for the host in the user's URL. */
  secretHeaders?: Record<string, string>;
  /** Milliseconds for the whole response. */
  timeout?: number;
}

/** Opens a file on the web without the token. Checks every redirect. */
export async function openUrl(
  address: string,
  { check, secretHeaders, timeout = MEDIA_TIMEOUT }: WebFile,
): Promise<OpenedUrl> {
  const written = check(address);
  const until = Date.now() + timeout;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const url = check(address);
    const { statusCode, headers, body } = await fetchFile(
      url,
      connectorFor(url, written),
      url.host === written.host ? secretHeaders : undefined,
      until - Date.now(),
    );
    const { location } = headers;
    if (statusCode === 200) return opened(url, headers, body);
    body.once('error', () => undefined).destroy();
    if (statusCode < 300)
      throw fileError(url, `HTTP ${statusCode}: incomplete file`);
    if (statusCode >= 400 || typeof location !== 'string')
      throw fileError(url, `HTTP ${statusCode}`);
    if (!URL.canParse(location, url.href))
      throw fileError(url, 'it redirects to no address');
    address = new URL(location, url).href;
  }
  throw fileError(new URL(address), 'too many redirects');
}

async function fetchFile(
  url: URL,
  dispatcher: Dispatcher,
  more: Record<string, string> | undefined,
  timeout: number,
) {
  try {
    return await requestWithin(
      dispatcher,
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method: 'GET',
        headers: {
          'user-agent': USER_AGENT,
          // Not decompressed, since the file is passed on unchanged.
          'accept-encoding': 'identity',
          ...more,
        },
      },
      timeout,
    );
  } catch (error) {
    if (error instanceof WhatsAppError) throw error;
    throw fileError(url, (error as Failure).code ?? 'no connection');
  }
}

/** The filename from the server, or else from the URL. */
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

const isEncoded = (encoding: unknown) =>
  encoding !== undefined && encoding !== '' && encoding !== 'identity';

function opened(url: URL, headers: Headers, stream: Readable): OpenedUrl {
  const encoding = headers['content-encoding'];
  if (isEncoded(encoding)) {
    stream.once('error', () => undefined).destroy();
    throw fileError(url, `the server compresses it (${encoding})`);
  }
  const type = headers['content-type'];
  const size = headers['content-length'];
  return {
    type: typeof type === 'string' ? type : undefined,
    filename: filenameOf(url, headers),
    size: typeof size === 'string' ? Number(size) : undefined,
    stream,
  };
}

function fileError(url: URL, details: string) {
  return invalidMedia(
    `Couldn't read the file from ${url.host}.`,
    'Check its URL. If it requires a login, use headers: uploadMedia(url, { headers: { Authorization: … } }).',
    { details },
  );
}
