import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import _ from 'lodash';
import { emptyValue, invalidMedia, WhatsAppError } from '../errors/error';
import { kindOf } from '../validation';
import type { DownloadOptions } from '../types';
import {
  milliseconds,
  ofNumber,
  oneOf,
  positive,
  readOptions,
} from '../validation';
import type { Platform } from '../platforms/platform';
import { hasId, type Call } from '../util/call';
import { openStream, send } from '../util/client';
import { fileTooLarge } from '../util/outcome';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media

const MAX_BYTES = 25 * 2 ** 20;
/** Meta's media server: an error from it is always about the file. */
const MEDIA_SERVER = /whatsapp_business\/attachments|fbsbx\.com/;
const OPTIONS = {
  as: oneOf(['base64', 'text', 'stream'], "Example: as: 'text'."),
  maxBytes: positive('Example: maxBytes: 50_000_000.'),
  timeout: milliseconds,
  ...ofNumber,
};

/** A file by ID, with its webhook metadata. */
interface Wanted {
  id: string;
  sha256?: string;
  mimeType?: string;
  filename?: string;
}

/** Media info from the API. */
interface Info {
  url?: string;
  mime_type?: string;
  sha256?: string;
  file_size?: number | string;
}

function requireMediaId(value: unknown, field: string): string {
  if (typeof value === 'string' && /^[\w-]{1,256}$/.test(value.trim()))
    return value.trim();
  if (_.isNil(value) || value === '')
    throw emptyValue(invalidMedia, field, value);
  throw invalidMedia(
    `\`${field}\` must be the ID of a file, got ${kindOf(value)}.`,
    Array.isArray(value)
      ? 'For a list, use each($.data.messages, downloadMedia($.data.media)).'
      : 'Get it from the response of uploadMedia(), or from a row of parseWebhook(): $.data.messages[0].media.',
    { field },
  );
}

/** Reads a media ID, the `media` of a message, or a whole row. */
function read(media: unknown, field = 'media'): Wanted {
  if (!_.isPlainObject(media)) return { id: requireMediaId(media, field) };
  // A message, or an event such as a call with a recording.
  const isRow = _.has(media, 'content') || _.has(media, 'field');
  const row: unknown = isRow ? _.get(media, 'media') : media;
  if (!_.isPlainObject(row))
    throw invalidMedia(
      `This row (${_.get(media, 'type') ?? _.get(media, 'field') ?? 'unknown'}) has no file.`,
      'Keep only rows with a file: state.data.messages.filter(message => message.media).',
      { field },
    );
  const wanted = row as Wanted;
  return { ...wanted, id: requireMediaId(wanted.id, `${field}.id`) };
}

const isAddress = (url: unknown): url is string =>
  typeof url === 'string' && /^https?:\/\//i.test(url);

async function locate(platform: Platform, id: string): Promise<Info> {
  if (!platform.hasMediaUrls) return {};
  const { body } = await send(platform, platform.getMedia(id));
  // An expired file still has an entry but can't be downloaded.
  if (!isAddress(body?.url)) throw notFound();
  return body;
}

/** Reads a SHA-256 hash: hex in responses, base64 in webhooks. */
function digestOf(written: string): string {
  return /^[0-9a-f]{64}$/i.test(written)
    ? written.toLowerCase()
    : Buffer.from(written, 'base64').toString('hex');
}

function checkDigest(hash: Hash, expected: string[]): string {
  const actual = hash.digest('hex');
  if (expected.every(digest => digest === actual)) return actual;
  throw invalidMedia(
    'SHA-256 mismatch: the file was changed or truncated.',
    'Download it again. If the error persists, ask the sender to resend the file.',
  );
}

/** Without a SHA-256 hash, only the size shows that a file was truncated. */
function checkWhole(size: number, { file_size: told }: Info) {
  if (told === undefined || Number(told) === size) return;
  throw invalidMedia(
    `The file was cut off: ${size} of ${Number(told)} bytes came.`,
    'Download it again; if that does not help, ask the person for the file again.',
  );
}

function checkSize(size: unknown, maxBytes: number) {
  if (Number(size) > maxBytes) throw fileTooLarge(maxBytes);
}

/** A URL is valid for five minutes; an ID for 7 days (received) or 30 days (uploaded). */
function notFound(error?: WhatsAppError) {
  return new WhatsAppError('UNEXPECTED_ANSWER', {
    description:
      'Media not found: its URL or ID has expired, or it belongs to another number or account.',
    fix: 'Received files can be downloaded for 7 days and uploaded ones for 30, with the token of the same app. Ask the person to send it again.',
    details: error?.details,
    statusCode: error?.statusCode,
  });
}

const PAGE = /^(text\/html|application\/(xhtml\+xml|json|problem\+json))/i;

/** A web page or an API response instead of the file. */
function checkContentType(
  headers: Record<string, unknown>,
  { info, wanted }: Download,
) {
  const type = String(headers['content-type'] ?? '');
  const told = [info.mime_type, wanted.mimeType].filter(Boolean);
  const isFile = told.some(one => PAGE.test(String(one)));
  if (!PAGE.test(type) || isFile || (!told.length && /json/.test(type))) return;
  throw new WhatsAppError('UNEXPECTED_ANSWER', {
    description:
      'The server returned a web page or an error instead of the file.',
    fix: 'The file has expired (received files are kept for 7 days), or the token and the number belong to different apps.',
  });
}

/** Checks a stream as it passes through. */
function checked(stream: Readable, { maxBytes, expected, info }: Download) {
  async function* pass() {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of stream) {
      size += chunk.length;
      checkSize(size, maxBytes);
      hash.update(chunk);
      yield chunk;
    }
    checkWhole(size, info);
    checkDigest(hash, expected);
  }
  async function* explained() {
    try {
      yield* pass();
    } catch (error) {
      if (error instanceof WhatsAppError) throw error;
      throw new WhatsAppError('TIMEOUT', {
        description: 'The file could not be read to its end.',
        fix: 'Download it again; for a slow network, set the timeout option (milliseconds).',
        details: String((error as Error)?.message ?? error),
        retryable: true,
      });
    }
  }
  return Readable.from(explained(), { objectMode: false });
}

interface Download {
  call: Call;
  wanted: Wanted;
  info: Info;
  maxBytes: number;
  /** The expected SHA-256 hashes, if known. */
  expected: string[];
}

const describe = ({ wanted, info }: Download, headers: any) => ({
  id: wanted.id,
  mimeType: info.mime_type ?? wanted.mimeType ?? headers['content-type'],
  ...(wanted.filename && { filename: wanted.filename }),
});

async function downloadStream(platform: Platform, download: Download) {
  const { call, info, maxBytes, expected } = download;
  const { headers, stream } = await openStream(platform, call);
  const size = info.file_size ?? headers['content-length'];
  try {
    checkContentType(headers, download);
    checkSize(size, maxBytes);
  } catch (error) {
    stream.once('error', () => undefined).destroy();
    throw error;
  }
  const file = {
    ...describe(download, headers),
    ...(size !== undefined && { fileSize: Number(size) }),
    ...(expected[0] && { sha256: expected[0] }),
  };
  // Hidden from JSON: state outlives the job, but a stream doesn't.
  return Object.defineProperty(file, 'content', {
    value: checked(stream, download),
  });
}

async function downloadWhole(
  platform: Platform,
  download: Download,
  encoding: BufferEncoding,
) {
  const { call, expected } = download;
  const { headers, body } = await send(platform, call);
  checkContentType(headers, download);
  const bytes: Buffer = body;
  checkWhole(bytes.length, download.info);
  return {
    ...describe(download, headers),
    fileSize: bytes.length,
    sha256: checkDigest(createHash('sha256').update(bytes), expected),
    content: bytes.toString(encoding),
  };
}

async function attempt(
  platform: Platform,
  wanted: Wanted,
  { as = 'base64', maxBytes = MAX_BYTES, timeout }: DownloadOptions,
) {
  const info = await locate(platform, wanted.id);
  checkSize(info.file_size, maxBytes);
  const download = {
    wanted,
    info,
    maxBytes,
    expected: _.compact([info.sha256, wanted.sha256]).map(digestOf),
    call: {
      ...platform.downloadMedia(wanted.id, info.url),
      maxBytes,
      ...(timeout && { timeout }),
    },
  };
  if (as === 'stream') return downloadStream(platform, download);
  return downloadWhole(platform, download, as === 'text' ? 'utf8' : 'base64');
}

/** Whether the file is gone: the API says so, or the media server returns an error page. */
function isGone(error: unknown): error is WhatsAppError {
  if (!(error instanceof WhatsAppError)) return false;
  const {
    code,
    subcode,
    statusCode = 0,
    url = '',
  } = error as WhatsAppError & {
    url?: string;
  };
  const isOfFile = MEDIA_SERVER.test(url) || code === 'UNEXPECTED_ANSWER';
  return (
    [404, 410].includes(statusCode) ||
    (code === 100 && subcode === 33) ||
    (isOfFile && [401, 403].includes(statusCode))
  );
}

/** Downloads a received or uploaded file and verifies its SHA-256 hash. */
export async function download(
  platform: Platform,
  media: unknown,
  given: unknown,
) {
  const options: DownloadOptions = readOptions(given, OPTIONS);
  const wanted = read(media);
  try {
    return await attempt(platform, wanted, options);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  try {
    return await attempt(platform, wanted, options);
  } catch (error) {
    throw isGone(error) ? notFound(error) : error;
  }
}

const idOf = (media: unknown, options: unknown): string => {
  readOptions(options, ofNumber);
  return read(media, 'id').id;
};

export const getMedia = async (
  platform: Platform,
  media: unknown,
  options: unknown,
) =>
  send(platform, {
    ...platform.getMedia(idOf(media, options)),
    isExpected: body => isAddress(body?.url) || hasId(body),
  });

export const deleteMedia = async (
  platform: Platform,
  media: unknown,
  options: unknown,
) => send(platform, platform.deleteMedia(idOf(media, options)));
