import _ from 'lodash';
import { Readable } from 'node:stream';
import { types } from 'node:util';
import { emptyValue, invalidMedia } from '../errors/error';
import { isFilled, kindOf } from '../validation';
import type { UploadOptions } from '../types';
import { isPlain, namesText } from '../state';
import { isLoopback } from '../util/url';
import { checkMimeType } from './media-types';
import { openUrl, type OpenedUrl } from '../util/web-file';

const SNIFFED_BYTES = 4100;

export interface Source {
  open: () => Uint8Array | Readable;
  head: () => Promise<Uint8Array>;
  type?: string;
  filename?: string;
  size?: number;
  repeatable: boolean;
  /** Releases open resources if the file is not sent. */
  close?: () => void;
}

function fromBytes(bytes: Uint8Array, type?: string): Source {
  return {
    open: () => bytes,
    head: async () => bytes.subarray(0, SNIFFED_BYTES),
    type,
    size: bytes.length,
    repeatable: true,
  };
}

const NEVER_A_PATH =
  'Pass the content: a base64 string, a data URI, an https:// URL, a Buffer or a stream. File paths are not supported.';

function looksLikePath(text: string): boolean {
  return (
    /^(file:|~|\.{1,2}[\\/]|[A-Za-z]:[\\/])/.test(text) ||
    (/^\/[\w./ -]+$/.test(text) && text.length < 64) ||
    /^[^,]{1,255}\.[A-Za-z0-9]{1,5}$/.test(text)
  );
}

/** Placeholder words that a cell has instead of a file. */
const PLACEHOLDER =
  /^(n\/?a|null|none|nil|undefined|nan|unknown|missing|pending|tbd|done|sent|yes|no|not ?(yet|ready|available|done)|ready|empty|-+|#\S+)[.!?]?$/i;

function fromBase64(text: string, type?: string): Source {
  if (PLACEHOLDER.test(text.trim()))
    throw invalidMedia(
      `\`file\` is the word "${text.trim()}", and not a file.`,
      'Leave out rows without a file.',
    );
  const compact = text.replace(/\s+/g, '');
  if (
    !compact ||
    !/^[A-Za-z0-9+/_-]+={0,2}$/.test(compact) ||
    looksLikePath(text)
  )
    throw invalidMedia(
      looksLikePath(text)
        ? '`file` must be content, got a path.'
        : '`file` is not valid base64.',
      NEVER_A_PATH,
    );
  if (compact.replace(/=+$/, '').length % 4 === 1)
    throw invalidMedia(
      'The file is a base64 text that was cut off.',
      'Check that the base64 string is complete.',
    );
  return fromBytes(Buffer.from(compact, 'base64'), type);
}

function fromDataUri(uri: string): Source {
  const [, type, parameters, data] =
    /^data:([^;,]*)((?:;[^;,]*)*),(.*)$/is.exec(uri) ?? [];
  if (data === undefined)
    throw invalidMedia(
      '`file` is a data URI without data.',
      'Example: data:image/png;base64,iVBORw0…',
    );
  // Parameters are part of the type: audio/ogg; codecs=opus.
  const whole = `${type}${parameters.replace(/;base64$/i, '')}`;
  checkMimeType(whole);
  if (/;base64$/i.test(parameters)) return fromBase64(data, whole);
  const text = _.attempt(decodeURIComponent, data);
  if (_.isError(text))
    throw invalidMedia(
      'The file is a data URI with a broken % code.',
      'Encode its data with encodeURIComponent() or as base64.',
      { field: 'file' },
    );
  return fromBytes(Buffer.from(text), whole || 'text/plain');
}

/** Checks that each chunk is bytes. */
function toReadable(stream: AsyncIterable<Uint8Array>): Readable {
  return stream instanceof Readable
    ? stream
    : Readable.from(stream, { objectMode: false });
}

/** Reads the first bytes of a stream and prepends them to the rest. */
function peekable(stream: Readable) {
  const iterator = stream[Symbol.asyncIterator]();
  const peeked: Buffer[] = [];
  const head = async () => {
    while (Buffer.concat(peeked).length < SNIFFED_BYTES) {
      const { done, value } = await iterator.next();
      if (done) break;
      peeked.push(Buffer.from(value));
    }
    return Buffer.concat(peeked).subarray(0, SNIFFED_BYTES);
  };
  async function* all() {
    yield* peeked;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { head, open: () => Readable.from(all(), { objectMode: false }) };
}

function fromStream(stream: AsyncIterable<Uint8Array>): Source {
  return { ...peekable(toReadable(stream)), repeatable: false };
}

function checkAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'https:') return url;
  if (url?.protocol === 'http:' && isLoopback(url)) return url;
  throw invalidMedia(
    'The URL of the file must start with https://.',
    'Use an https:// URL.',
  );
}

/** The first try reuses the response that gave the type; a retry opens the URL again. */
async function fromUrl(
  address: string,
  { headers, timeout }: UploadOptions,
): Promise<Source> {
  checkAddress(address);
  const openAgain = () =>
    openUrl(address, {
      check: checkAddress,
      secretHeaders: headers as Record<string, string>,
      timeout,
    });
  const { type, filename, size, stream } = await openAgain();
  const first = peekable(stream);
  let isFirst = true;

  async function* reopened() {
    const again: OpenedUrl = await openAgain();
    yield* again.stream;
  }
  return {
    head: first.head,
    type,
    filename,
    size,
    repeatable: true,
    close: () => stream.once('error', () => undefined).destroy(),
    open() {
      if (!isFirst) return Readable.from(reopened(), { objectMode: false });
      isFirst = false;
      return first.open();
    },
  };
}

function notContent(file: any) {
  if (!isFilled(file) || file === '')
    return emptyValue(invalidMedia, 'file', file);
  if (isPlain(file)) {
    const keys = Object.keys(file);
    return invalidMedia(
      `\`file\` must be content, got an object with: ${namesText(keys)}.`,
      `Pass one of its values, such as $.data.${keys.find(key => /^[a-z_]\w*$/i.test(key)) ?? 'pdf'}.`,
      { field: 'file' },
    );
  }
  return invalidMedia(
    `\`file\` must be content, got ${kindOf(file)}.`,
    NEVER_A_PATH,
    { field: 'file' },
  );
}

export async function sourceOf(
  file: unknown,
  options: UploadOptions,
): Promise<Source> {
  // Copied, since the job's bytes come from another realm.
  if (types.isUint8Array(file))
    return fromBytes(Buffer.isBuffer(file) ? file : Buffer.from(file));
  if (file && typeof file === 'object' && Symbol.asyncIterator in file)
    return fromStream(file as AsyncIterable<Uint8Array>);
  if (typeof file !== 'string' || !file.trim()) throw notContent(file);
  const text = file.trim();
  if (/^data:/i.test(text)) return fromDataUri(text);
  if (/^https?:/i.test(text)) return fromUrl(text, options);
  return fromBase64(text);
}
