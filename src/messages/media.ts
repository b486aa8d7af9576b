import _ from 'lodash';
import { emptyValue, invalidMessage } from '../errors/error';
import type { Warn } from '../log';
import { isFilled, kindOf } from '../validation';
import { allowOnly, optionalText, requireUrl } from './checks';
import type { MessageKind } from './content';
import { checkLink } from './links';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/image-messages

const LIMITS = { caption: 1024, filename: 512 };
export const MAX_FILENAME = LIMITS.filename;

/** Digits or a UUID; a longer string is file content. */
const MEDIA_ID = /^[\w-]{1,64}$/;

/** Suggests a fix for a value that is neither an ID nor a URL. */
function mediaAdvice(value: unknown, field: string): string {
  if (typeof value === 'number')
    return 'Put the ID in quotes: as a number it loses digits.';
  if (typeof value !== 'string')
    return `Pass the ID of an uploaded file (${field}: $.data.id) or a URL (${field}: 'https://…').`;
  if (/^[\w-]+(\.[\w-]+)+\//.test(value)) return 'Write https:// before it.';
  if (/^data:|^[A-Za-z0-9+/=\s]{64,}$/.test(value))
    return `Upload the content with uploadMedia() first, then set ${field} to its ID: $.data.id.`;
  return `Upload the file with uploadMedia() first, then set ${field} to its ID: $.data.id.`;
}

/** An uploaded file by ID, or a file on the web by URL. */
export function mediaReference(value: unknown, field: string, warn: Warn) {
  if (!isFilled(value)) throw emptyValue(invalidMessage, field, value);
  const reference = typeof value === 'string' ? value.trim() : value;
  if (reference === '') throw emptyValue(invalidMessage, field, '');
  if (typeof reference === 'string') {
    if (/^https?:\/\//i.test(reference))
      return { link: checkLink(requireUrl(reference, field), field, warn) };
    if (MEDIA_ID.test(reference)) return { id: reference };
  }
  throw invalidMessage(
    `\`${field}\` must be the ID of an uploaded file or a URL, got ${kindOf(value)}.`,
    mediaAdvice(value, field),
    { field },
  );
}

const CAPTION = { text: 'Use caption for the text below a file.' };

const mediaKind = (name: string, extras: string[]): MessageKind => ({
  name,
  fields: [name, ...extras],
  hints: extras.includes('caption') ? CAPTION : {},
  unfold(media) {
    allowOnly(media, ['id', 'link', ...extras], name);
    return { ..._.omit(media, 'id', 'link'), [name]: media.id ?? media.link };
  },
  build(message, warn) {
    const text = (field: keyof typeof LIMITS) =>
      optionalText(message[field], { field, limit: LIMITS[field], warn });
    const more = {
      caption: text('caption'),
      filename: text('filename'),
      voice: message.voice,
    };
    const reference = mediaReference(message[name], name, warn);
    return { type: name, [name]: { ...reference, ..._.omitBy(more, _.isNil) } };
  },
});

export const image = mediaKind('image', ['caption']);
export const video = mediaKind('video', ['caption']);
export const audio = mediaKind('audio', ['voice']);
export const document = mediaKind('document', ['caption', 'filename']);
export const sticker = mediaKind('sticker', []);
