import { emptyValue, invalidMessage } from '../errors/error';
import { isPlain } from '../state';
import { isFilled, kindOf } from '../validation';

/** A row of `parseWebhook()` stands for its id. */
export function requireMessageId(given: unknown, field: string): string {
  const isRow = isPlain(given) && isPlain(given.content);
  if (isRow && (given.direction === 'out' || given.status))
    throw invalidMessage(
      `\`${field}\` is not a message that somebody sent to you.`,
      'Give a row of `messages`.',
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
      ? 'For a list use each($.data.messages, markAsRead($.data.id)).'
      : 'You find it in the response of sendMessage(), messages[0].id, or in a row of parseWebhook().',
    { field },
  );
}
