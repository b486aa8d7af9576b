import { createHmac } from 'node:crypto';
import type { Delivery, Happening } from './base';

/** What a person does on the phone. */
export interface Inbound {
  from: string;
  name?: string;
  /** The id of the message that it answers. */
  answers?: string;
  text?: string;
  /** A tap on a reply button of a message: its id and its title. */
  button?: { id: string; title: string };
  /** A tap on a quick reply of a template. */
  quickReply?: { payload: string; text: string };
  /** The id of a file in the sandbox. */
  image?: { id: string; mime_type: string; sha256: string; caption?: string };
}

interface Account {
  wabaId: string;
  phoneNumberId: string;
}

const FAILURES: Record<number, string> = {
  131026: 'Message undeliverable',
  131047: 'Re-engagement message',
  131049:
    'This message was not delivered to maintain healthy ecosystem engagement.',
};

export const seconds = (at: number) => String(Math.floor(at / 1000));

const envelope = ({ phoneNumberId }: Account) => ({
  messaging_product: 'whatsapp',
  metadata: {
    display_phone_number: '15550001111',
    phone_number_id: phoneNumberId,
  },
});

function contentOf(inbound: Inbound) {
  const { text, button, quickReply, image } = inbound;
  if (button)
    return {
      type: 'interactive',
      interactive: { type: 'button_reply', button_reply: button },
    };
  if (quickReply) return { type: 'button', button: quickReply };
  if (image) return { type: 'image', image };
  return { type: 'text', text: { body: text ?? '' } };
}

/** Who wrote, and what: the same on both platforms. */
export function inboundValue(inbound: Inbound, id: string, at: number) {
  const { from, name = 'Amina', answers } = inbound;
  const context = answers && {
    context: { from: '15550001111', id: answers },
  };
  return {
    contacts: [{ profile: { name }, wa_id: from }],
    messages: [
      { from, id, timestamp: seconds(at), ...contentOf(inbound), ...context },
    ],
  };
}

export const messageChange = (
  inbound: Inbound,
  id: string,
  at: number,
  account: Account,
): Happening => ({
  field: 'messages',
  value: { ...envelope(account), ...inboundValue(inbound, id, at) },
});

function failure(code: number) {
  const title = FAILURES[code] ?? 'An error of the sandbox';
  return {
    code,
    title,
    message: title,
    error_data: { details: `${title}.` },
    href: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes/',
  };
}

export function statusChange(
  { id, to, payload }: Delivery,
  status: string,
  at: number,
  account: Account,
  code?: number,
): Happening {
  const reference = payload.biz_opaque_callback_data;
  return {
    field: 'messages',
    value: {
      ...envelope(account),
      statuses: [
        {
          id,
          status,
          timestamp: seconds(at),
          recipient_id: to,
          ...(reference && { biz_opaque_callback_data: reference }),
          ...(code && { errors: [failure(code)] }),
        },
      ],
    },
  };
}

/** The body as Meta writes it: not ASCII and slashes are escaped. */
function serialize(body: unknown): string {
  return JSON.stringify(body)
    .replace(
      /[\u007f-\uffff]/g,
      character =>
        `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replace(/\//g, '\\/');
}

/** A webhook with its signature, ready to be posted. */
export function sign(
  changes: Happening[],
  { wabaId }: Account,
  secret: string,
) {
  const body = serialize({
    object: 'whatsapp_business_account',
    entry: [{ id: wabaId, changes }],
  });
  const digest = createHmac('sha256', secret).update(body).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'facebookexternalua',
    'x-hub-signature-256': `sha256=${digest}`,
  };
  return { body, headers };
}
