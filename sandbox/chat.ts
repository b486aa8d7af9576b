import { drawDelivery, drawInbound, type Drawing } from './drawing';
import type { People } from './people';
import type { Delivery, Received } from './types';

/** A message as the page shows it. */
export interface ChatMessage {
  id: string;
  direction: 'in' | 'out';
  /** The ID of the person. */
  person: string;
  at: number;
  /** The ID of our number. */
  number?: string;
  drawing: Drawing;
  /** The message that it answers. */
  quotes?: string;
  reference?: string;
  status?: string;
  error?: { code: number; title: string };
  run?: string;
  /** What is filled in in its flow. */
  fields?: string[];
}

export function sentMessage(delivery: Delivery, people: People): ChatMessage {
  const { id, to, at, payload, phoneNumberId, status, error, run } = delivery;
  return {
    id,
    direction: 'out',
    person: people.find(to)?.id ?? to,
    at,
    number: phoneNumberId,
    drawing: drawDelivery(delivery),
    ...(delivery.flowFields?.length && { fields: delivery.flowFields }),
    quotes: payload.context?.message_id,
    reference: payload.biz_opaque_callback_data,
    status,
    error,
    run,
  };
}

export function receivedMessage(
  { id, from, at, phoneNumberId, message }: Received,
  people: People,
): ChatMessage {
  const person = people.find(from);
  return {
    id,
    direction: 'in',
    person: person?.id ?? from,
    at,
    number: phoneNumberId,
    drawing: drawInbound(message, person?.name ?? 'The person'),
    quotes: message.context?.id,
  };
}
