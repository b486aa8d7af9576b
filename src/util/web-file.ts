import type { Readable } from 'node:stream';
import _ from 'lodash';
import { invalidMedia } from '../errors/error';
import {
  dispatcherFor,
  RESPONSE_TIMEOUT,
  USER_AGENT,
  type Failure,
  type Headers,
} from './dispatcher';

const MAX_REDIRECTS = 5;

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
      headersTimeout: RESPONSE_TIMEOUT,
      bodyTimeout: RESPONSE_TIMEOUT,
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
