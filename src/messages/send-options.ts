import { emptyValue, invalidMessage } from '../errors/error';
import type { SendOptions } from '../types';
import { isFilled, kindOf, readOptions, SEND_OPTIONS } from '../validation';
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
      'Give an ID, such as reference: $.data.id.',
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

/** What a message refers to: one that it answers, and the user's own id. */
export function readLinks(given: Record<string, unknown>): Links {
  const { replyTo, reference } = given;
  for (const field of ['replyTo', 'reference'])
    if (field in given && !isFilled(given[field]))
      throw emptyValue(
        invalidMessage,
        field,
        given[field],
        `Leave ${field} out if it isn't wanted.`,
      );
  if (isFilled(replyTo)) checkTexts(replyTo, ['replyTo'], () => undefined);
  return {
    ...(isFilled(replyTo) && {
      replyTo: requireMessageId(replyTo, 'replyTo'),
    }),
    ...(isFilled(reference) && { reference: requireReference(reference) }),
  };
}

/** The options of a single message. */
export function readSendOptions(given: unknown): SendOptions {
  const options = readOptions(given, SEND_OPTIONS);
  return { ...options, ...readLinks(options) };
}
