import { Readable } from 'node:stream';
import type { FilePart } from './call';

type Field = [name: string, value: any];

/** The fields of a form, as the encoder expects them. */
function formOf(fields: Field[]) {
  const entries = () => fields[Symbol.iterator]();
  return {
    entries,
    [Symbol.iterator]: entries,
    [Symbol.toStringTag]: 'FormData',
    append: () => undefined,
    getAll: () => [],
  };
}

function filePart(file: FilePart) {
  return {
    name: file.filename,
    type: file.type,
    size: file.size ?? NaN,
    lastModified: 0,
    [Symbol.toStringTag]: 'File',
    async *stream() {
      const content = file.open();
      if (content instanceof Uint8Array) yield content;
      else yield* content;
    },
  };
}

/** Builds a form whose file is streamed, never held in memory as a whole. */
export async function multipart(
  fields: Record<string, string>,
  file: FilePart,
) {
  // Loaded on demand, since most jobs upload no files.
  const { FormDataEncoder } = await import('form-data-encoder');
  const encoder = new FormDataEncoder(
    formOf([...Object.entries(fields), ['file', filePart(file)]]),
  );
  const { contentType, contentLength } = encoder;
  const headers: Record<string, string> = { 'content-type': contentType };
  if (contentLength) headers['content-length'] = contentLength;
  return {
    headers,
    body: () => Readable.from(encoder, { objectMode: false }),
  };
}
