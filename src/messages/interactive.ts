import _ from 'lodash';
import { invalidMessage } from '../errors/error';
import type { Warn } from '../log';
import { isFilled } from '../validation';
import { allowOnly, optionalText, requireObject, requireText } from './checks';
import type { MessageKind } from './content';
import { MAX_FILENAME, mediaReference } from './media';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-messages

const LIMITS = { body: 1024, header: 60, footer: 60 };
const FILES = ['image', 'video', 'document'];

/** What is specific to one kind of interactive message. */
interface InteractiveKind {
  /** The field that identifies it. */
  name: string;
  /** Meta's name for it. */
  type: string;
  /** The header it allows; with `none` it has no footer either. */
  header: 'any' | 'text' | 'none';
  /** The text limit in characters, if higher than for other kinds. */
  bodyLimit?: number;
  onPremise?: MessageKind['onPremise'];
  action: (value: unknown, warn: Warn) => object;
}

function buildHeader(header: unknown, warn: Warn, textOnly: boolean) {
  if (typeof header === 'string')
    return {
      type: 'text',
      text: requireText(header, {
        field: 'header',
        limit: LIMITS.header,
        warn,
      }),
    };
  const media = requireObject(header, 'header');
  allowOnly(media, [...FILES, 'filename'], 'header');
  const [kind, another] = FILES.filter(key => key in media);
  if (!kind || another)
    throw invalidMessage(
      '`header` must be a text or one file.',
      "Example: header: 'Clinic' or header: { image: '<media id>' }.",
      { field: 'header' },
    );
  if (textOnly)
    throw invalidMessage(
      '`header` of a list message must be text.',
      "Example: header: 'Clinic'.",
      { field: 'header' },
    );
  const filename = optionalText(media.filename, {
    field: 'header.filename',
    limit: MAX_FILENAME,
    warn,
  });
  return {
    type: kind,
    [kind]: {
      ...mediaReference(media[kind], `header.${kind}`, warn),
      ...(filename && { filename }),
    },
  };
}

/** An empty cell means no header. */
const hasHeader = (header: unknown) => isFilled(header) && header !== '';

function buildBody(
  message: Record<string, unknown>,
  { name, bodyLimit = LIMITS.body }: InteractiveKind,
  warn: Warn,
): string {
  if (!('text' in message))
    throw invalidMessage(
      `A message with \`${name}\` requires \`text\`.`,
      `Example: { text: 'Are you coming?', ${name}: … }.`,
      { field: 'text' },
    );
  const body = requireText(message.text, {
    field: 'text',
    limit: bodyLimit,
    warn,
  });
  if (body.length > LIMITS.body)
    warn(
      `The text of a ${name} message may be limited to ${LIMITS.body} characters.`,
    );
  return body;
}

/** Defines a message with interactive elements. */
export const interactiveKind = (kind: InteractiveKind): MessageKind => ({
  name: kind.name,
  fields: [
    'text',
    kind.name,
    ...(kind.header === 'none' ? [] : ['header', 'footer']),
  ],
  interactive: kind.type,
  onPremise: kind.onPremise,
  build(message, warn) {
    const text = buildBody(message, kind, warn);
    const footer = optionalText(message.footer, {
      field: 'footer',
      limit: LIMITS.footer,
      warn,
    });
    return {
      type: 'interactive',
      interactive: {
        type: kind.type,
        ...(hasHeader(message.header) && {
          header: buildHeader(message.header, warn, kind.header === 'text'),
        }),
        body: { text },
        ...(footer && { footer: { text: footer } }),
        action: kind.action(message[kind.name], warn),
      },
    };
  },
});

/** `'Yes'` stands for `{ id: 'Yes', title: 'Yes' }`. */
export function titled(
  value: unknown,
  field: string,
  more: string[] = [],
): Record<string, unknown> {
  if (!_.isPlainObject(value)) return { id: value, title: value };
  const hint = _.has(value, 'url')
    ? "For a button that opens a web page, use cta: { label: 'Open', url: 'https://…' }."
    : _.has(value, 'text')
      ? 'Write title instead of text.'
      : '';
  allowOnly(value as object, ['id', 'title', ...more], field, hint);
  const { title, id = title, ...rest } = value as Record<string, unknown>;
  return { id, title, ...rest };
}
