import { invalidMessage } from '../errors/error';
import type { MessageKind } from './content';
import { requireMessageId } from './message-id';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/reaction-messages

/** An emoji may be made of many parts, but not of that many. */
const LONGEST_EMOJI = 64;

const isEmoji = (value: string) =>
  value.length <= LONGEST_EMOJI &&
  /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(value) &&
  [...new Intl.Segmenter('en').segment(value)].length === 1;

export const reaction: MessageKind = {
  name: 'reaction',
  fields: ['reaction', 'messageId'],
  unfold: ({ message_id, messageId = message_id, emoji }) => ({
    messageId,
    reaction: emoji,
  }),
  build({ reaction: emoji, messageId }) {
    if (typeof emoji !== 'string' || (emoji !== '' && !isEmoji(emoji)))
      throw invalidMessage(
        '`reaction` must be one emoji, or an empty string to remove it.',
        "Example: reaction: '👍'.",
        { field: 'reaction' },
      );
    const message_id = requireMessageId(messageId, 'messageId');
    return { type: 'reaction', reaction: { message_id, emoji } };
  },
};
