import { emptyValue, invalidMessage } from '../errors/error';
import type { SendOptions } from '../types';
import { isFilled, kindOf, readOptions, SEND_OPTIONS } from '../validation';
import { DELIVERY_OPTIONS } from './delivery-options';
import { requireMessageId } from './message-id';
import { checkTexts } from './text-check';

const MAX_REFERENCE = 512;

function requireReference(given: unknown): string {
  if (typeof given === 'string' && !given.trim())
    throw emptyValue(invalidMessage, 'reference', '');
  if (
    typeof given !== 'string' &&
    typeof given !== 'number' &&
    typeof given !== 'bigint'
  )
    throw invalidMessage(
      `\`reference\` must be a string, got ${kindOf(given)}.`,
      'Pass an ID, such as reference: $.data.id.',
      { field: 'reference' },
    );
  const reference = String(given);
  checkTexts(reference, ['reference'], () => undefined);
  if (reference.length > MAX_REFERENCE)
    throw invalidMessage(
      `\`reference\` has ${reference.length} characters; the limit is ${MAX_REFERENCE}.`,
      'Use a shorter ID.',
      { field: 'reference' },
    );
  return reference;
}

export interface Links {
  replyTo?: string;
  reference?: string;
}

/** Reads `replyTo` and the user's `reference`. */
export function readLinks(given: Record<string, unknown>): Links {
  const { replyTo, reference } = given;
  for (const field of ['replyTo', 'reference'])
    if (field in given && !isFilled(given[field]))
      throw emptyValue(
        invalidMessage,
        field,
        given[field],
        `Remove ${field} if you don't need it.`,
      );
  if (isFilled(replyTo)) checkTexts(replyTo, ['replyTo'], () => undefined);
  return {
    ...(isFilled(replyTo) && {
      replyTo: requireMessageId(replyTo, 'replyTo'),
    }),
    ...(isFilled(reference) && { reference: requireReference(reference) }),
  };
}

/** Reads the options of a single message. */
export function readSendOptions(given: unknown): SendOptions {
  const options = readOptions(given, { ...SEND_OPTIONS, ...DELIVERY_OPTIONS });
  return { ...options, ...readLinks(options) };
}
