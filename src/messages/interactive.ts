import _ from 'lodash';
import { invalidMessage } from '../errors/error';
import type { Warn } from '../log';
import { isFilled } from '../validation';
import { allowOnly, optionalText, requireObject, requireText } from './checks';
import type { Allowance, Fields, MessageKind } from './content';
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
  /** The header it allows. */
  header: 'any' | 'text' | 'required text' | 'none';
  /** Whether it can have a footer (default: if it can have a header). */
  footer?: boolean;
  /** Whether its text can be left out. */
  isTextOptional?: boolean;
  /** Other fields that belong to it. */
  more?: string[];
  /** The text limit in characters, if higher than for other kinds. */
  bodyLimit?: number;
  onPremise?: MessageKind['onPremise'];
  action: (
    value: unknown,
    warn: Warn,
    message: Fields,
    allowance: Allowance,
  ) => object;
}

function buildHeader(
  header: unknown,
  { name, header: allowed }: InteractiveKind,
  warn: Warn,
) {
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
  if (allowed !== 'any')
    throw invalidMessage(
      `\`header\` of a ${name} message must be text.`,
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
  message: Fields,
  { name, bodyLimit = LIMITS.body, isTextOptional }: InteractiveKind,
  warn: Warn,
): string | undefined {
  const rule = { field: 'text', limit: bodyLimit, warn };
  if (isTextOptional) return optionalText(message.text, rule);
  if (!('text' in message))
    throw invalidMessage(
      `A message with \`${name}\` requires \`text\`.`,
      `Example: { text: 'Are you coming?', ${name}: … }.`,
      { field: 'text' },
    );
  const body = requireText(message.text, rule);
  if (body.length > LIMITS.body)
    warn(
      `The text of a ${name} message may be limited to ${LIMITS.body} characters.`,
    );
  return body;
}

function requireHeader(
  { header }: Fields,
  { name, header: allowed }: InteractiveKind,
) {
  if (allowed !== 'required text' || hasHeader(header)) return;
  throw invalidMessage(
    `A message with \`${name}\` requires \`header\`.`,
    "Example: header: 'Stock'.",
    { field: 'header' },
  );
}

/** Defines a message with interactive elements. */
export function interactiveKind(kind: InteractiveKind): MessageKind {
  const { name, type, header, footer = header !== 'none', more = [] } = kind;
  return {
    name,
    fields: [
      'text',
      name,
      ...more,
      ...(header === 'none' ? [] : ['header']),
      ...(footer ? ['footer'] : []),
    ],
    interactive: type,
    onPremise: kind.onPremise,
    build(message, warn, allowance) {
      const text = buildBody(message, kind, warn);
      const below = optionalText(message.footer, {
        field: 'footer',
        limit: LIMITS.footer,
        warn,
      });
      requireHeader(message, kind);
      return {
        type: 'interactive',
        interactive: {
          type,
          ...(hasHeader(message.header) && {
            header: buildHeader(message.header, kind, warn),
          }),
          ...(text && { body: { text } }),
          ...(below && { footer: { text: below } }),
          action: kind.action(message[name], warn, message, allowance),
        },
      };
    },
  };
}

/** An action without parameters, as `requestLocation: true`. */
export const justTrue = (name: string, action: string) => (value: unknown) => {
  if (value === true) return { name: action };
  throw invalidMessage(`\`${name}\` must be true.`, `Example: ${name}: true.`, {
    field: name,
  });
};

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
