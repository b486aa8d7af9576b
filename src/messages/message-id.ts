import { emptyValue, invalidMessage } from '../errors/error';
import { isPlain } from '../state';
import { isFilled, kindOf } from '../validation';

/** Reads a message ID, or takes it from a row of `parseWebhook()`. */
export function requireMessageId(given: unknown, field: string): string {
  const isRow = isPlain(given) && isPlain(given.content);
  if (isRow && (given.direction === 'out' || given.status))
    throw invalidMessage(
      `\`${field}\` must be a message sent to you, got a status or a message that you sent.`,
      'Pass a row of `messages`.',
      { field },
    );
  const value = isRow ? given.id : given;
  if (typeof value === 'string' && /^[\x21-\x7e]{1,512}$/.test(value.trim()))
    return value.trim();
  if (!isFilled(value) || value === '')
    throw emptyValue(invalidMessage, field, value);
  throw invalidMessage(
    `\`${field}\` must be the ID of a message, such as wamid.HBgL…, got ${kindOf(value)}.`,
    Array.isArray(value)
      ? 'For a list, use each($.data.messages, markAsRead($.data.id)).'
      : 'Get it from the response of sendMessage() (messages[0].id) or from a row of parseWebhook().',
    { field },
  );
}
