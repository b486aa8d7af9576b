import { invalidMedia } from '../errors/error';
import type { UploadOptions } from '../types';
import {
  checkMimeType,
  essence,
  fromFilename,
  isTelling,
  KINDS,
} from './media-types';
import type { Source } from './source';

// Detects the type of a file from its first bytes.

/** Text has no signature; it is content without control characters. */
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

/** Other types that the same content can have: Office documents are zip files, and text can be many types. */
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

/** Types whose content always starts with a signature. */
const SIGNED =
  /^(image\/(jpeg|png|webp)|application\/pdf|video\/(mp4|3gpp)|audio\/ogg)$/;

function contradicts(told: string, sniffed: string): boolean {
  const [a, b] = [essence(told), essence(sniffed)];
  // Text has no signature, so its type is uncertain.
  return a !== b && b !== 'text/plain' && !MAY_BE[b]?.test(a);
}

/** Checks the type against the first bytes: Meta accepts a wrong type and fails later. */
function checkContent(told: string, sniffed: string | undefined, who: string) {
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

/** Text that a server returns instead of a file when something goes wrong. */
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

/** WhatsApp plays only Ogg files with Opus audio. */
function checkOgg(sniffed: string | undefined) {
  if (sniffed !== 'audio/ogg') return;
  throw invalidMedia(
    'The file is audio/ogg without Opus, such as Vorbis: WhatsApp plays Opus only.',
    'Convert it to Opus, or to mp3.',
    { field: 'file' },
  );
}

const withCodec = (type: string, sniffed = '') =>
  /opus/.test(sniffed) ? sniffed : type;

export async function typeOf(
  source: Source,
  options: UploadOptions,
): Promise<string> {
  checkMimeType(options.type);
  const sniffed = await sniffedType(source);
  checkOgg(sniffed);
  if (isTelling(options.type)) {
    checkContent(options.type!, sniffed, 'The option type');
    return withCodec(options.type!, sniffed);
  }
  if (isTelling(source.type)) {
    checkContent(source.type!, sniffed, 'Its source');
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
