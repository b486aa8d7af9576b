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
import type { Call } from '../util/call';
import { openStream, send } from '../util/client';
import { fileTooLarge } from '../util/outcome';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media

const MAX_BYTES = 25 * 2 ** 20;
/** Where files are: a refusal there is about the file, whatever it says. */
const MEDIA_SERVER = /whatsapp_business\/attachments|fbsbx\.com/;
const OPTIONS = {
  as: oneOf(['base64', 'text', 'stream'], "Example: as: 'text'."),
  maxBytes: positive('Example: maxBytes: 50_000_000.'),
  timeout: milliseconds,
  ...ofNumber,
};

/** A file by its id, and what a webhook says of it. */
interface Wanted {
  id: string;
  sha256?: string;
  mimeType?: string;
  filename?: string;
}

/** What the API says of a file. */
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
      ? 'For a list use each($.data.messages, downloadMedia($.data.media)).'
      : 'You find it in the response of uploadMedia(), or in a row of parseWebhook(): $.data.messages[0].media.',
    { field },
  );
}

/** An id, the media of a message, or the whole row of a message. */
function read(media: unknown, field = 'media'): Wanted {
  if (!_.isPlainObject(media)) return { id: requireMediaId(media, field) };
  // A message, or an event such as a call with a recording.
  const isRow = _.has(media, 'content') || _.has(media, 'field');
  const row: unknown = isRow ? _.get(media, 'media') : media;
  if (!_.isPlainObject(row))
    throw invalidMedia(
      `This row (${_.get(media, 'type') ?? _.get(media, 'field') ?? 'unknown'}) has no file.`,
      'Keep those that have one: state.data.messages.filter(message => message.media).',
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
  // An old file is still known, and nowhere to be had.
  if (!isAddress(body?.url)) throw notFound();
  return body;
}

/** A SHA-256 as Meta writes it: hex in its answers, base64 in its webhooks. */
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
    'Download it again; if that does not help, ask the person for the file again.',
  );
}

/** Without a SHA-256 only the size tells that a file was cut off. */
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

/** An address is good for five minutes, an id for 7 days (received) or 30 (uploaded). */
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

/** A page or an answer of the API in the place of the file. */
function checkContentType(
  headers: Record<string, unknown>,
  { info, wanted }: Download,
) {
  const type = String(headers['content-type'] ?? '');
  const told = [info.mime_type, wanted.mimeType].filter(Boolean);
  const isFile = told.some(one => PAGE.test(String(one)));
  if (!PAGE.test(type) || isFile || (!told.length && /json/.test(type))) return;
  throw new WhatsAppError('UNEXPECTED_ANSWER', {
    description: 'A web page or an error came instead of the file.',
    fix: 'The file has expired (received files are kept for 7 days), or the token belongs to another app than the number.',
  });
}

/** Checks a stream while it passes through. */
function checked(stream: Readable, maxBytes: number, expected: string[]) {
  async function* pass() {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of stream) {
      size += chunk.length;
      checkSize(size, maxBytes);
      hash.update(chunk);
      yield chunk;
    }
    checkDigest(hash, expected);
  }
  return Readable.from(pass(), { objectMode: false });
}

interface Download {
  call: Call;
  wanted: Wanted;
  info: Info;
  maxBytes: number;
  /** What the SHA-256 has to be, as far as it is known. */
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
  // Hidden from JSON: a stream ends with the job, and state outlives it.
  return Object.defineProperty(file, 'content', {
    value: checked(stream, maxBytes, expected),
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

/** The API says that it is gone, or the server of files answers with a page of its own. */
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

/** A file that was received or uploaded, checked to be the one that was sent. */
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
    isExpected: body => isAddress(body?.url) || typeof body?.id === 'string',
  });

export const deleteMedia = async (
  platform: Platform,
  media: unknown,
  options: unknown,
) => send(platform, platform.deleteMedia(idOf(media, options)));
