import { createHash } from 'node:crypto';
import { badParameter } from './graph-error';

export interface StoredFile {
  id: string;
  mime_type: string;
  filename: string;
  sha256: string;
  content: Buffer;
  /** The number that it was sent to, or uploaded for. */
  phoneNumberId?: string;
}

const MB = 2 ** 20;
const LIMITS: [types: RegExp, bytes: number][] = [
  [/^image\/(jpeg|png)$/, 5 * MB],
  [/^image\/webp$/, 500 * 2 ** 10],
  [/^video\/(mp4|3gpp)$/, 16 * MB],
  [/^audio\/(aac|amr|mpeg|mp4|ogg)$/, 16 * MB],
  [
    /^(text\/plain|application\/(pdf|msword|vnd\.(ms-(excel|powerpoint)|openxmlformats-officedocument\..+)))$/,
    100 * MB,
  ],
];

/** Checks an uploaded file as Meta does, and describes it. */
export function storeFile(
  id: string,
  { content, mimetype, filename }: Record<string, any>,
  type: string,
): StoredFile {
  const essence = (value: string) => value.split(';')[0].trim();
  const limit = LIMITS.find(([types]) => types.test(essence(mimetype)))?.[1];
  if (!limit || essence(type) !== essence(mimetype))
    throw badParameter(
      `Param file must be a file with one of the supported types. Received file of type '${mimetype}'.`,
    );
  if (content.length > limit)
    throw badParameter(`The file is larger than ${limit} bytes.`);
  if (!content.length) throw badParameter('The file is empty.');
  return {
    id,
    mime_type: type,
    filename,
    sha256: createHash('sha256').update(content).digest('hex'),
    content,
  };
}
