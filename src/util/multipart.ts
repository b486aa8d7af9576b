import { Readable } from 'node:stream';
import type { FilePart } from './call';

type Field = [name: string, value: any];

/** The fields of a form, as the encoder wants to read them. */
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

/** A form with a file that is passed through as it is read, never held whole. */
export async function multipart(
  fields: Record<string, string>,
  file: FilePart,
) {
  // Loaded here, so that jobs without files do not pay for it.
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
