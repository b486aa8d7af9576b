import { Readable } from 'node:stream';
import { prepareUpload, readUploadOptions } from './upload';
import { MEDIA_TIMEOUT } from '../util/call';
import type { Platform } from '../platforms/platform';
import type { Call, FilePart } from '../util/call';
import { send } from '../util/client';
import type { ApiResponse } from '../util/call';

// https://developers.facebook.com/docs/graph-api/guides/upload

const TYPES = ['image/jpeg', 'image/png', 'video/mp4', 'application/pdf'];

/** A file that can be read from any offset; its size must be known before the upload. */
interface SizedFile {
  size: number;
  from: (offset: number) => Uint8Array | Readable;
}

async function* skip(stream: AsyncIterable<Uint8Array>, bytes: number) {
  let left = bytes;
  for await (const chunk of stream) {
    if (left < chunk.length) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

/** A stream has no known size and can be read only once, so it is held in memory. */
async function sizedFile({
  open,
  size,
  repeatable,
}: FilePart): Promise<SizedFile> {
  if (size !== undefined && repeatable)
    return {
      size,
      from(offset) {
        const content = open();
        return content instanceof Uint8Array
          ? content.subarray(offset)
          : Readable.from(skip(content, offset), { objectMode: false });
      },
    };
  const chunks = await Readable.from(open()).toArray();
  const bytes = Buffer.concat(chunks);
  return { size: bytes.length, from: offset => bytes.subarray(offset) };
}

/** Creates an upload session. The returned ID is the path of the upload and includes a signature. */
async function startSession(
  platform: Platform,
  uploads: string,
  { filename, type, size }: Omit<FilePart, 'open'>,
): Promise<string> {
  const { body } = await send(platform, {
    method: 'POST',
    path: uploads,
    query: {
      file_name: filename,
      file_length: size,
      file_type: type,
    },
    // An extra session expires unused.
    idempotency: 'safe',
    isExpected: answer => typeof answer?.id === 'string',
  });
  return `/${body.id}`;
}

/** Uploads a file and resumes if interrupted. */
export async function uploadResumable(
  platform: Platform,
  content: unknown,
  given: unknown,
): Promise<ApiResponse> {
  const uploads = platform.graph('uploadFileHandle()').app('uploads');
  const options = readUploadOptions(given);
  const { timeout = MEDIA_TIMEOUT } = options;
  const file = await prepareUpload(content, options, TYPES);
  const whole = await sizedFile(file);
  const start = () =>
    startSession(platform, uploads, { ...file, size: whole.size });
  let path = await start();

  const from = (offset: number) => ({
    path,
    headers: {
      file_offset: String(offset),
      'content-type': 'application/octet-stream',
      'content-length': String(whole.size - offset),
    },
    body: () => whole.from(offset),
  });

  async function nextAttempt(): Promise<Partial<Call>> {
    const { body } = await send(platform, {
      method: 'GET',
      path,
      idempotency: 'safe',
    });
    const offset = Number(body?.file_offset) || 0;
    if (offset < whole.size) return from(offset);
    // The upload is complete; only the handle was lost.
    path = await start();
    return from(0);
  }

  return send(platform, {
    method: 'POST',
    idempotency: 'safe',
    timeout,
    nextAttempt,
    isExpected: answer => typeof answer?.h === 'string',
    ...from(0),
  }).finally(() => file.close?.());
}
