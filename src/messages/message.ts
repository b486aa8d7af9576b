import _ from 'lodash';
import { emptyValue, invalidMessage } from '../errors/error';
import type { Warn } from '../log';
import { isPlain, namesText } from '../state';
import { didYouMean } from '../suggest';
import { isFilled, kindOf, SEND_OPTIONS } from '../validation';
import { allowOnly } from './checks';
import type { Allowance, Content, Fields, MessageKind } from './content';
import { kindNamed, KINDS } from './kinds';
import { isMetaForm, readMetaForm } from './meta-form';
import { text } from './text';

const NAMES: string[] = _.map(KINDS, 'name');
const FIELDS = _.uniq(_.flatMap(KINDS, 'fields')) as string[];

/** Common names for a field. */
const ALIASES: Record<string, string> = {
  message: 'text',
  body: 'text',
  msg: 'text',
  content: 'text',
  photo: 'image',
  picture: 'image',
  img: 'image',
  file: 'document',
  pdf: 'document',
  attachment: 'document',
  movie: 'video',
  voice_message: 'audio',
  button: 'buttons',
  preview: 'previewUrl',
  link: 'cta',
  phone: 'to',
  number: 'to',
  recipient: 'to',
  ref: 'reference',
};

/** Converts a message pasted from Meta's documentation, such as `{ text: { body } }`. */
function unfold(message: Fields): Fields {
  if (isPlain(message.interactive))
    return { type: 'interactive', ..._.pick(message, 'interactive') };
  const hasObject = Object.values(message).some(isPlain);
  if (!hasObject) return message;
  return Object.entries(message).reduce<Fields>((all, [key, value]) => {
    const { unfold: read } = kindNamed(key) ?? {};
    const isPasted = read !== undefined && isPlain(value);
    return { ...all, ...(isPasted ? read(value) : { [key]: value }) };
  }, {});
}

// --- Together ---

/** Refuses fields that no message has. */
function checkFields(
  message: Fields,
  name: string | undefined,
  also: string[],
) {
  if ('template' in message || ('name' in message && 'language' in message))
    throw invalidMessage(
      '`message` must not be a template.',
      'Send it with sendTemplate(to, { name, language, body }).',
      { field: 'template' },
    );
  const unknown = Object.keys(message).filter(key => !FIELDS.includes(key));
  const option = !also.length && unknown.find(key => key in SEND_OPTIONS);
  if (option)
    throw invalidMessage(
      `\`${option}\` is an option, not a field of the message.`,
      `Pass it after the message: sendMessage(to, message, { ${option}: … }).`,
      { field: option },
    );
  if (unknown.length)
    throw invalidMessage(
      `\`message\` has unknown fields: ${namesText(unknown)}.${didYouMean(unknown, [...FIELDS, ...also], ALIASES)}`,
      `A message must have one of: ${NAMES.join(', ')}.${also.length ? ` A row can also have: ${also.join(', ')}.` : ''}`,
      { field: unknown[0] },
    );
  if (!name)
    throw invalidMessage(
      `\`message\` must have one of: ${NAMES.join(', ')}.`,
      "Example: { text: 'Hello' }. Or use Meta's format, with type.",
    );
}

function chooseKind(message: Fields, also: string[]): MessageKind {
  const name = NAMES.find(key => key in message);
  checkFields(message, name, also);
  const others = NAMES.filter(
    key => key in message && key !== name && key !== 'text',
  );
  if (others.length)
    throw invalidMessage(
      `\`message\` can have only one of ${[name, ...others].join(' and ')}.`,
      'Send them as separate messages.',
      { field: others[0] },
    );
  const kind = kindNamed(name!)!;
  const extra = Object.keys(message).find(key => !kind.fields.includes(key));
  const hint = kind.hints?.[extra ?? ''] ?? '';
  allowOnly(message, kind.fields, `A message with ${name}`, hint);
  return kind;
}

/** Converts a message to Meta's format, or throws an error that names the field and the limit. */
export function buildMessage(
  message: unknown,
  warn: Warn,
  { also = [], ...allowance }: Allowance & { also?: string[] } = {},
): Content {
  if (typeof message === 'string' || typeof message === 'number')
    return text.build({ text: message }, warn, allowance);
  if (!isFilled(message))
    throw emptyValue(
      invalidMessage,
      'message',
      message,
      "Example: sendMessage($.data.phone, 'Your results are ready.').",
    );
  if (!isPlain(message))
    throw invalidMessage(
      `\`message\` must be a text or an object, got ${kindOf(message)}.`,
      "Example: sendMessage($.data.phone, 'Your results are ready.').",
      { field: 'message' },
    );
  if (isMetaForm(message)) return readMetaForm(message, warn);
  const unfolded = unfold(message);
  if (isMetaForm(unfolded)) return readMetaForm(unfolded, warn);
  return chooseKind(unfolded, also).build(unfolded, warn, allowance);
}
