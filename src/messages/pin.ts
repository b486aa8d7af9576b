import { invalidMessage } from '../errors/error';
import { isFilled } from '../validation';
import { requireNumber } from './checks';
import type { Fields, MessageKind } from './content';
import { requireMessageId } from './message-id';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/groups-messaging

const MAX_DAYS = 30;
const DEFAULT_DAYS = 7;

function daysOf({ days = DEFAULT_DAYS }: Fields): number {
  const number = requireNumber(days, 'days', 1, MAX_DAYS);
  if (Number.isInteger(number)) return number;
  throw invalidMessage('`days` must be a whole number.', 'Example: days: 7.', {
    field: 'days',
  });
}

export const pin: MessageKind = {
  name: 'pin',
  fields: ['pin', 'days'],
  unfold: ({ type, message_id: id, expiration_days: days }) =>
    type === 'unpin'
      ? { unpin: id }
      : { pin: id, ...(isFilled(days) && { days }) },
  build: message => ({
    type: 'pin',
    pin: {
      type: 'pin',
      message_id: requireMessageId(message.pin, 'pin'),
      expiration_days: daysOf(message),
    },
  }),
};

export const unpin: MessageKind = {
  name: 'unpin',
  fields: ['unpin'],
  build: message => ({
    type: 'pin',
    pin: {
      type: 'unpin',
      message_id: requireMessageId(message.unpin, 'unpin'),
    },
  }),
};
