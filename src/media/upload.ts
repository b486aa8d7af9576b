import { Readable } from 'node:stream';
import { types } from 'node:util';
import { isLoopback } from '../configuration';
import { emptyValue, invalidMedia } from '../errors/error';
import { isFilled, kindOf as kindOfValue } from '../messages/checks';
import { readUploadOptions, type UploadOptions } from '../options';
import type { Platform, Upload } from '../platforms/platform';
import { isPlain, namesText } from '../state';
import { openUrl, send, type Answer, type OpenedUrl } from '../util/client';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media

export type File = string | Uint8Array | AsyncIterable<Uint8Array>;

const KB = 2 ** 10;
const MB = 2 ** 20;

interface Kind {
  name: string;
  bytes: number;
  /** MIME type → file extension. */
  types: Record<string, string>;
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const DOCUMENT: Kind = {
  name: 'document',
  bytes: 100 * MB,
  types: {
    'application/pdf': 'pdf',
    'text/plain': 'txt',
    'application/msword': 'doc',
    'application/vnd.ms-excel': 'xls',
    'application/vnd.ms-powerpoint': 'ppt',
    [`${OFFICE}.wordprocessingml.document`]: 'docx',
    [`${OFFICE}.spreadsheetml.sheet`]: 'xlsx',
    [`${OFFICE}.presentationml.presentation`]: 'pptx',
  },
};
const KINDS: Kind[] = [
  {
    name: 'image',
    bytes: 5 * MB,
    types: { 'image/jpeg': 'jpg', 'image/png': 'png' },
  },
  { name: 'sticker', bytes: 500 * KB, types: { 'image/webp': 'webp' } },
  {
    name: 'video',
    bytes: 16 * MB,
    types: { 'video/mp4': 'mp4', 'video/3gpp': '3gp' },
  },
  {
    name: 'audio',
    bytes: 16 * MB,
    types: {
      'audio/aac': 'aac',
      'audio/amr': 'amr',
      'audio/mpeg': 'mp3',
      'audio/mp4': 'm4a',
      'audio/ogg': 'ogg',
    },
  },
  DOCUMENT,
];

/** Names that servers, browsers and file-type use for types that Meta calls otherwise. */
const ALIASES: Record<string, string> = {
  'image/jpg': 'image/jpeg',
  'audio/mp3': 'audio/mpeg',
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'audio/opus': 'audio/ogg',
  'application/ogg': 'audio/ogg',
  'application/x-pdf': 'application/pdf',
};

const UNKNOWN_TYPES = [
  'application/octet-stream',
  'binary/octet-stream',
  'application/zip',
  'application/x-cfb',
];
const SNIFFED_BYTES = 4100;

const essence = (type: string) => {
  const bare = type.split(';')[0].trim().toLowerCase();
  return ALIASES[bare] ?? bare;
};

const sizeText = (bytes: number) =>
  bytes >= MB
    ? `${(bytes / MB).toFixed(1).replace('.0', '')} MB`
    : `${(bytes / KB).toFixed(1).replace('.0', '')} KB`;

function kindOf(type: string): Kind {
  const kind = KINDS.find(({ types }) => type in types);
  if (kind) return kind;
  if (/^(image|audio|video)\//.test(type) || type === 'text/html')
    throw invalidMedia(
      `WhatsApp does not take files of the type ${type}.`,
      `It takes ${KINDS.map(({ name, types }) => `${name}: ${Object.values(types).join(', ')}`).join('; ')}.`,
    );
  // Documents of other types: the documentation and the servers disagree.
  console.warn(`WhatsApp may refuse a document of the type ${type}.`);
  return DOCUMENT;
}

function tooLarge(kind: Kind, size?: number) {
  const limit = sizeText(kind.bytes);
  return invalidMedia(
    size
      ? `The file has ${sizeText(size)}; the limit for ${kind.name} is ${limit}.`
      : `The file is larger than the limit for ${kind.name}: ${limit}.`,
    'Send a smaller file, or a link to it.',
  );
}

// --- Where the bytes come from ---

interface Source {
  open: () => Uint8Array | Readable;
  head: () => Promise<Uint8Array>;
  type?: string;
  filename?: string;
  size?: number;
  repeatable: boolean;
  /** Lets go of what is open, if the file is not sent after all. */
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
  'Give the content: a base64 text, a data URI, an https:// URL, a Buffer or a stream. File paths are not supported.';

function looksLikePath(text: string): boolean {
  return (
    /^(file:|~|\.{1,2}[\\/]|[A-Za-z]:[\\/])/.test(text) ||
    (/^\/[\w./ -]+$/.test(text) && text.length < 64) ||
    /^[^,]{1,255}\.[A-Za-z0-9]{1,5}$/.test(text)
  );
}

/** What a cell says in place of a file. */
const PLACEHOLDER =
  /^(n\/?a|null|none|nil|undefined|nan|unknown|missing|pending|tbd|done|sent|yes|no|not ?(yet|ready|available|done)|ready|empty|-+|#\S+)[.!?]?$/i;

function fromBase64(text: string, type?: string): Source {
  if (PLACEHOLDER.test(text.trim()))
    throw invalidMedia(
      `\`file\` is the word "${text.trim()}", and not a file.`,
      'Leave out rows without a file, or leave the cell empty until there is one.',
    );
  const compact = text.replace(/\s+/g, '');
  if (
    !compact ||
    !/^[A-Za-z0-9+/_-]+={0,2}$/.test(compact) ||
    looksLikePath(text)
  )
    throw invalidMedia(
      looksLikePath(text)
        ? 'The file is a path.'
        : '`file` is not valid base64.',
      NEVER_A_PATH,
    );
  if (compact.replace(/=+$/, '').length % 4 === 1)
    throw invalidMedia(
      'The file is a base64 text that was cut off.',
      'Check that the whole text is there.',
    );
  return fromBytes(Buffer.from(compact, 'base64'), type);
}

function fromDataUri(uri: string): Source {
  const [, type, parameters, data] =
    /^data:([^;,]*)((?:;[^;,]*)*),(.*)$/is.exec(uri) ?? [];
  if (data === undefined)
    throw invalidMedia(
      'The file is a data URI without data.',
      'Write it like data:image/png;base64,iVBORw0…',
    );
  // Parameters belong to the type: audio/ogg; codecs=opus.
  const whole = `${type}${parameters.replace(/;base64$/i, '')}`;
  if (/;base64$/i.test(parameters)) return fromBase64(data, whole);
  return fromBytes(
    Buffer.from(decodeURIComponent(data)),
    whole || 'text/plain',
  );
}

/** Whatever it yields, checked to be bytes. */
function toReadable(stream: AsyncIterable<Uint8Array>): Readable {
  return stream instanceof Readable
    ? stream
    : Readable.from(stream, { objectMode: false });
}

/** Reads the first bytes of a stream, and gives them back with the rest. */
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
    'The address of the file does not start with https://.',
    'Give an https:// address.',
  );
}

/** The first try uses the answer that told the type; a repeat opens the address again. */
async function fromUrl(
  address: string,
  headers?: Record<string, string>,
): Promise<Source> {
  checkAddress(address);
  const openAgain = () => openUrl(address, url => checkAddress(url), headers);
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
      `Give one of its values, such as $.data.${keys.find(key => /^[a-z_]\w*$/i.test(key)) ?? 'pdf'}.`,
      { field: 'file' },
    );
  }
  return invalidMedia(
    `\`file\` must be content, got ${kindOfValue(file)}.`,
    NEVER_A_PATH,
    { field: 'file' },
  );
}

async function sourceOf(
  file: unknown,
  { headers }: UploadOptions,
): Promise<Source> {
  // A copy: bytes of a job are of another realm than what reads them.
  if (types.isUint8Array(file))
    return fromBytes(Buffer.isBuffer(file) ? file : Buffer.from(file));
  if (file && typeof file === 'object' && Symbol.asyncIterator in file)
    return fromStream(file as AsyncIterable<Uint8Array>);
  if (typeof file !== 'string' || !file.trim()) throw notContent(file);
  const text = file.trim();
  if (/^data:/i.test(text)) return fromDataUri(text);
  if (/^https?:/i.test(text)) return fromUrl(text, headers);
  return fromBase64(text);
}

// --- What the bytes are ---

/** Text has no signature: it is what has no control characters. */
function isText(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head, { stream: true });
  // eslint-disable-next-line no-control-regex
  return head.length > 0 && !/[\u0000-\u0008\u000e-\u001a\ufffd]/.test(text);
}

async function sniff(head: Uint8Array): Promise<string | undefined> {
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(head);
  if (found) return found.mime;
  return isText(head) ? 'text/plain' : undefined;
}

function fromFilename(filename = ''): string | undefined {
  const extension = filename.split('.').pop()?.toLowerCase();
  return KINDS.flatMap(({ types }) => Object.entries(types)).find(
    ([, known]) => known === extension,
  )?.[0];
}

const isTelling = (type?: string) =>
  type && !UNKNOWN_TYPES.includes(essence(type));

/** Types that a file can have as well: a document is a zip, a text looks like anything. */
const MAY_BE: Record<string, RegExp> = {
  'application/zip': /officedocument|zip/,
  'image/apng': /^image\/png/,
  'application/x-cfb': /^application\/(msword|vnd\.ms-)/,
  'application/json': /^text\/|json/,
  'application/xml': /xml|^text\//,
  'audio/ogg': /^audio\/(ogg|opus)|^application\/ogg/,
  'video/mp4': /^(video|audio)\/(mp4|3gpp|x-m4a|m4a|aac)/,
  'audio/mp4': /^(video|audio)\/(mp4|3gpp|x-m4a|m4a|aac)/,
  'video/3gpp': /^(video|audio)\/(mp4|3gpp)/,
};

/** Types whose content always begins with a signature. */
const SIGNED =
  /^(image\/(jpeg|png|webp)|application\/pdf|video\/(mp4|3gpp)|audio\/ogg)$/;

function contradicts(told: string, sniffed: string): boolean {
  const [a, b] = [essence(told), essence(sniffed)];
  // A text has no signature: nothing is certain.
  return a !== b && b !== 'text/plain' && !MAY_BE[b]?.test(a);
}

/** The first bytes decide: Meta believes a wrong type, and the file is lost later. */
function checkType(told: string, sniffed: string | undefined, who: string) {
  if (!sniffed && SIGNED.test(essence(told)))
    throw invalidMedia(
      `${who} says that the file is ${essence(told)}, and its content is not.`,
      'Check that the whole file is there, and that it is encoded once only.',
      { field: 'type' },
    );
  if (!sniffed || !contradicts(told, sniffed)) return;
  throw invalidMedia(
    `${who} says that the file is ${essence(told)}, and its content is ${essence(sniffed)}.`,
    essence(sniffed) === 'text/html'
      ? 'It is a web page, such as a login page: check the address of the file.'
      : KINDS.some(({ types }) => essence(sniffed) in types)
        ? `Check the file, or set type: '${essence(sniffed)}'.`
        : 'Check the file: WhatsApp takes no files of this type.',
    { field: 'type' },
  );
}

/** Texts that stand in the place of a file when something went wrong. */
const TEXTS: [pattern: RegExp, type: string][] = [
  [/^\s*(<!doctype html|<html[\s>])/i, 'text/html'],
  [/^\s*\{\s*"/, 'application/json'],
];

async function sniffedType(source: Source): Promise<string | undefined> {
  const head = await source.head();
  const sniffed = await sniff(head);
  if (sniffed !== 'text/plain') return sniffed;
  const text = Buffer.from(head.subarray(0, 256)).toString('latin1');
  return TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? sniffed;
}

/** WhatsApp plays ogg files with Opus, and no others. */
function checkOgg(sniffed: string | undefined) {
  if (sniffed !== 'audio/ogg') return;
  throw invalidMedia(
    'The file is audio/ogg without Opus, such as Vorbis: WhatsApp plays Opus only.',
    'Convert it to Opus, or to mp3.',
    { field: 'file' },
  );
}

function checkWritten(type: string | undefined) {
  if (!type || type.includes('/')) return;
  const meant = fromFilename(type.replace(/^\.?/, 'x.'));
  throw invalidMedia(
    `\`type\` is "${type}", which is not a MIME type.`,
    meant ? `Write type: '${meant}'.` : "Example: type: 'application/pdf'.",
    { field: 'type' },
  );
}

const withCodec = (type: string, sniffed = '') =>
  /opus/.test(sniffed) ? sniffed : type;

async function typeOf(source: Source, options: UploadOptions): Promise<string> {
  checkWritten(options.type);
  const sniffed = await sniffedType(source);
  checkOgg(sniffed);
  if (isTelling(options.type)) {
    checkType(options.type!, sniffed, 'The option type');
    return withCodec(options.type!, sniffed);
  }
  if (isTelling(source.type)) {
    checkType(source.type!, sniffed, 'Its source');
    return withCodec(source.type!, sniffed);
  }
  const type = isTelling(sniffed)
    ? sniffed
    : fromFilename(options.filename ?? source.filename);
  if (type) return type;
  throw invalidMedia(
    'The type of the file cannot be told from its content.',
    "Set it: uploadMedia(file, { type: 'application/pdf' }).",
  );
}

/** Cuts off a stream that outgrows its kind. */
function limited(content: Uint8Array | Readable, kind: Kind) {
  if (content instanceof Uint8Array) return content;
  async function* counted(stream: Readable) {
    let size = 0;
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > kind.bytes) throw tooLarge(kind);
      yield chunk;
    }
  }
  return Readable.from(counted(content), { objectMode: false });
}

/** A file whose type and size WhatsApp takes, ready to be uploaded; `only` where it takes a few types. */
export async function prepareUpload(
  file: unknown,
  options: UploadOptions,
  only?: string[],
): Promise<Upload> {
  const source = await sourceOf(file, options);
  try {
    return await check(source, options, only);
  } catch (error) {
    source.close?.();
    throw error;
  }
}

/** Uploads a file that is to be sent. */
export async function uploadMedia(
  platform: Platform,
  content: unknown,
  given: unknown,
): Promise<Answer> {
  const { timeout, ...about } = readUploadOptions(given);
  const upload = await prepareUpload(content, about);
  const call = await platform.uploadMedia(upload);
  return send(platform, { ...call, ...(timeout && { timeout }) });
}

async function check(
  source: Source,
  options: UploadOptions,
  only?: string[],
): Promise<Upload> {
  if (source.size === 0)
    throw invalidMedia('The file is empty.', 'Give a file with content.');
  const given = await typeOf(source, options);
  const type = essence(given);
  if (only && !only.includes(type))
    throw invalidMedia(
      `The file has the type ${type}, which cannot be used here.`,
      `It must be one of: ${only.join(', ')}.`,
    );
  const kind = kindOf(type);
  if (source.size !== undefined && source.size > kind.bytes)
    throw tooLarge(kind, source.size);
  return {
    type: /opus/i.test(given) ? 'audio/ogg; codecs=opus' : type,
    filename:
      options.filename ??
      source.filename ??
      `file.${kind.types[type] ?? 'bin'}`,
    size: source.size,
    open: () => limited(source.open(), kind),
    repeatable: source.repeatable,
  };
}
