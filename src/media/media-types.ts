import { invalidMedia } from '../errors/error';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media

const KB = 2 ** 10;
const MB = 2 ** 20;

export interface Kind {
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
export const KINDS: Kind[] = [
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

/** Names used by servers, browsers and file-type, mapped to Meta's names. */
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
export const essence = (type: string) => {
  const bare = type.split(';')[0].trim().toLowerCase();
  return ALIASES[bare] ?? bare;
};

const sizeText = (bytes: number) =>
  bytes >= MB
    ? `${(bytes / MB).toFixed(1).replace('.0', '')} MB`
    : `${(bytes / KB).toFixed(1).replace('.0', '')} KB`;

export function kindOf(type: string): Kind {
  const kind = KINDS.find(({ types }) => type in types);
  if (kind) return kind;
  if (/^(image|audio|video)\//.test(type) || type === 'text/html')
    throw invalidMedia(
      `WhatsApp does not take files of the type ${type}.`,
      `It takes ${KINDS.map(({ name, types }) => `${name}: ${Object.values(types).join(', ')}`).join('; ')}.`,
    );
  // Other document types: Meta's documentation and servers disagree.
  console.warn(`WhatsApp may refuse a document of the type ${type}.`);
  return DOCUMENT;
}

export function tooLarge(kind: Kind, size?: number) {
  const limit = sizeText(kind.bytes);
  return invalidMedia(
    size
      ? `The file has ${sizeText(size)}; the limit for ${kind.name} is ${limit}.`
      : `The file is larger than the limit for ${kind.name}: ${limit}.`,
    'Send a smaller file, or a link to it.',
  );
}

export const isTelling = (type?: string) =>
  type && !UNKNOWN_TYPES.includes(essence(type));

export function fromFilename(filename = ''): string | undefined {
  const extension = filename.split('.').pop()?.toLowerCase();
  return KINDS.flatMap(({ types }) => Object.entries(types)).find(
    ([, known]) => known === extension,
  )?.[0];
}

/** Refuses line breaks, which would inject headers into the form. */
const MIME_TYPE =
  /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;\s*[\w.-]+=("[^"\r\n]*"|[\w.+-]*))*$/;

export function checkMimeType(type: string | undefined) {
  if (!type || (type.length < 256 && MIME_TYPE.test(type))) return;
  const meant = fromFilename(type.replace(/^\.?/, 'x.'));
  const shown = /^[\w./;= +-]{1,64}$/.test(type) ? `"${type}"` : 'a text';
  throw invalidMedia(
    `\`type\` is ${shown}, which is not a MIME type.`,
    meant ? `Write type: '${meant}'.` : "Example: type: 'application/pdf'.",
    { field: 'type' },
  );
}
