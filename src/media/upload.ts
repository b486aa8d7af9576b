import { Readable } from 'node:stream';
import { invalidMedia, WhatsAppError } from '../errors/error';
import type { UploadOptions } from '../types';
import {
  anything,
  checkHeaders,
  milliseconds,
  ofNumber,
  readOptions,
} from '../validation';
import type { Platform } from '../platforms/platform';
import type { ApiResponse, FilePart } from '../util/call';
import { send } from '../util/client';
import { essence, kindOf, tooLarge, type Kind } from './media-types';
import { typeOf } from './sniff';
import { sourceOf, type Source } from './source';

const empty = () =>
  invalidMedia('The file is empty.', 'Pass a file with content.', {
    field: 'file',
  });

/** What is wrong with a stream is about the file, not about the API. */
const unreadable = (error: unknown) =>
  error instanceof WhatsAppError
    ? error
    : invalidMedia(
        'The file could not be read to its end.',
        'Check its source, or give the content of the file.',
        { field: 'file', details: String((error as Error)?.message ?? error) },
      );

/** Aborts a stream that exceeds the limit of its media type. */
function limited(content: Uint8Array | Readable, kind: Kind) {
  if (content instanceof Uint8Array) return content;
  async function* counted(stream: Readable) {
    let size = 0;
    try {
      for await (const chunk of stream) {
        size += chunk.length;
        if (size > kind.bytes) throw tooLarge(kind);
        yield chunk;
      }
    } catch (error) {
      throw unreadable(error);
    }
    if (!size) throw empty();
  }
  return Readable.from(counted(content), { objectMode: false });
}

/** Prepares a file for upload after checking its type and size; `only` restricts the types. */
export async function prepareUpload(
  file: unknown,
  options: UploadOptions,
  only?: string[],
): Promise<FilePart> {
  const source = await sourceOf(file, options);
  try {
    return await check(source, options, only);
  } catch (error) {
    source.close?.();
    throw unreadable(error);
  }
}

const OPTIONS = {
  type: anything,
  filename: anything,
  headers: anything,
  timeout: milliseconds,
  ...ofNumber,
};

export function readUploadOptions(given: unknown): UploadOptions {
  const options = readOptions(given, OPTIONS);
  checkHeaders(options.headers);
  return options;
}

/** Uploads a file to send in messages. */
export async function uploadMedia(
  platform: Platform,
  content: unknown,
  given: unknown,
): Promise<ApiResponse> {
  const options = readUploadOptions(given);
  const { timeout } = options;
  const upload = await prepareUpload(content, options);
  const call = await platform.uploadMedia(upload);
  return send(platform, { ...call, ...(timeout && { timeout }) }).finally(() =>
    upload.close?.(),
  );
}

async function check(
  source: Source,
  options: UploadOptions,
  only?: string[],
): Promise<FilePart> {
  if (source.size === 0) throw empty();
  const given = await typeOf(source, options);
  const type = essence(given);
  if (only && !only.includes(type))
    throw invalidMedia(
      `Files of type ${type} can't be used here.`,
      `Allowed: ${only.join(', ')}.`,
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
    close: source.close,
  };
}
