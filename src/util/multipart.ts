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

/** The fields of a form; a file is streamed, never held in memory as a whole. */
export type Form = Record<string, string | FilePart>;

export async function multipart(form: Form) {
  // Loaded on demand, since most jobs upload no files.
  const { FormDataEncoder } = await import('form-data-encoder');
  const fields = Object.entries(form).map(([name, value]): Field => [
    name,
    typeof value === 'string' ? value : filePart(value),
  ]);
  const encoder = new FormDataEncoder(formOf(fields));
  const { contentType, contentLength } = encoder;
  const headers: Record<string, string> = { 'content-type': contentType };
  if (contentLength) headers['content-length'] = contentLength;
  return {
    headers,
    body: () => Readable.from(encoder, { objectMode: false }),
  };
}
