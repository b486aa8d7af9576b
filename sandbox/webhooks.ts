import { createHmac } from 'node:crypto';
import { offersOf } from './drawing';
import type { Delivery, Happening, Inbound, StoredMedia } from './types';
import { readControl } from './controls';
import { badParameter } from './graph-error';

const PERSON = ['from', 'name', 'userId', 'hidden', 'phoneNumberId', 'answers'];
const SAMPLES: Record<string, string> = {
  image: 'image/png',
  video: 'video/mp4',
  document: 'application/pdf',
  voice: 'audio/ogg; codecs=opus',
  sticker: 'image/webp',
};
const CONTENT = [
  'text',
  'tap',
  'button',
  'listReply',
  'quickReply',
  'flow',
  ...Object.keys(SAMPLES),
  'location',
  'contacts',
  'reaction',
  'edit',
  'revoke',
  'newNumber',
  'unsupported',
  'preference',
];

/** A tap: only on what a message to that person has offered. */
function tapped(inbound: Inbound, deliveries: Delivery[]): Inbound {
  const { tap, answers, ...rest } = inbound;
  const offers = deliveries
    .filter(
      ({ id, to }) =>
        [inbound.from, inbound.userId].includes(to) &&
        (!answers || id === answers),
    )
    .reverse()
    .flatMap(delivery =>
      offersOf(delivery).map(offer => ({ ...offer, message: delivery.id })),
    );
  const found = offers.find(({ id, title }) => tap === id || tap === title);
  if (!found)
    throw badParameter(
      `receive.tap: no message to ${inbound.from} offers "${tap}". Offered: ${offers.map(({ title }) => title).join(', ') || 'nothing'}`,
    );
  return { ...rest, ...found.tap, answers: found.message };
}

const isPlain = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Who hides the number has a BSUID instead. */
const isSender = ({ from = '', hidden }: Inbound) =>
  /^\d{7,15}$/.test(from) || (hidden && /^[A-Z]{2}\.\w+$/.test(from));

function checkInbound(given: Inbound) {
  if (!isSender(given))
    throw badParameter('receive.from must be a number: digits, without +');
  for (const key of ['button', 'listReply', 'quickReply'] as const)
    if (given[key] !== undefined && !isPlain(given[key]))
      throw badParameter(
        `receive.${key} must be an object; to tap by a title write {"tap": "${String(given[key])}"}`,
      );
}

/** What a person does, with its files. */
export function readInbound(
  given: Inbound,
  deliveries: Delivery[],
  makeFile: (type: string) => StoredMedia,
): Inbound {
  readControl(given, [...PERSON, ...CONTENT], 'receive');
  checkInbound(given);
  const content = CONTENT.filter(key => key in given);
  if (content.length !== 1)
    throw badParameter(`receive needs one of ${CONTENT.join(', ')}`);
  const inbound = given.tap === undefined ? given : tapped(given, deliveries);
  const [kind] = Object.keys(SAMPLES).filter(key => key in inbound);
  if (!kind || inbound[kind as 'image'] !== true) return inbound;
  const { id, mime_type, sha256 } = makeFile(SAMPLES[kind]);
  // Webhooks have it in base64.
  const digest = Buffer.from(sha256, 'hex').toString('base64');
  return { ...inbound, [kind]: { id, mime_type, sha256: digest } };
}

interface Account {
  wabaId: string;
  phoneNumberId: string;
  /** The numbers of ours as people see them, by their ids. */
  displays?: Record<string, string>;
}

/** Why messages aren't delivered, most frequent first. */
export const FAILURES: Record<number, string> = {
  131026: 'Message undeliverable',
  131047: 'Re-engagement message',
  131049:
    'This message was not delivered to maintain healthy ecosystem engagement.',
  131042: 'Business eligibility payment issue',
  131053: 'Media upload error',
  131052: 'Media download error',
  131050: 'User stopped marketing messages',
  131056: 'Pair rate limit hit',
  131048: 'Spam rate limit hit',
  130472: "User's number is part of an experiment",
  131031: 'Account locked',
  131000: 'Something went wrong',
};

export const failureOf = (code: number): string =>
  FAILURES[code] ?? 'An error of the sandbox';

export const seconds = (at: number) => String(Math.floor(at / 1000));

const envelope = ({ phoneNumberId, displays }: Account) => ({
  messaging_product: 'whatsapp',
  metadata: {
    display_phone_number: displays?.[phoneNumberId] ?? '15550001111',
    phone_number_id: phoneNumberId,
  },
});

const ofNumber = (account: Account, phoneNumberId?: string): Account =>
  phoneNumberId ? { ...account, phoneNumberId } : account;

const interactiveReply = (type: string, reply: object) => ({
  type: 'interactive',
  interactive: { type, [type]: reply },
});

const CONTENTS: Record<string, (value: any) => object> = {
  button: reply => interactiveReply('button_reply', reply),
  listReply: reply => interactiveReply('list_reply', reply),
  flow: answers =>
    interactiveReply('nfm_reply', {
      name: 'flow',
      body: 'Sent',
      response_json: JSON.stringify(answers),
    }),
  quickReply: button => ({ type: 'button', button }),
  voice: audio => ({ type: 'audio', audio: { voice: true, ...audio } }),
  edit: ({ original_message_id, text }) => ({
    type: 'edit',
    edit: {
      original_message_id,
      message: { type: 'text', text: { body: text } },
    },
  }),
  newNumber: wa_id => ({
    type: 'system',
    system: { type: 'user_changed_number', body: 'New number', wa_id },
  }),
  unsupported: type => ({
    type: 'unsupported',
    unsupported: { type },
    errors: [{ code: 131051, title: 'Message type unknown' }],
  }),
};

function contentOf(inbound: Inbound) {
  const [key] = CONTENT.filter(one => one in inbound);
  const value = inbound[key as keyof Inbound];
  if (!key || key === 'text')
    return { type: 'text', text: { body: inbound.text ?? '' } };
  return CONTENTS[key]?.(value) ?? { type: key, [key]: value };
}

function personOf({ from, userId, hidden }: Inbound) {
  const user_id = userId ?? (hidden ? `KE.${from}` : undefined);
  return {
    contact: { ...(!hidden && { wa_id: from }), ...(user_id && { user_id }) },
    sender: {
      ...(!hidden && { from }),
      ...(user_id && { from_user_id: user_id }),
    },
  };
}

/** Who wrote, and what: the same on both platforms. */
export function inboundValue(inbound: Inbound, id: string, at: number) {
  const { name = 'Amina', answers } = inbound;
  const { contact, sender } = personOf(inbound);
  const context = answers && {
    context: { from: '15550001111', id: answers },
  };
  return {
    contacts: [{ profile: { name }, ...contact }],
    messages: [
      {
        ...sender,
        id,
        timestamp: seconds(at),
        ...contentOf(inbound),
        ...context,
      },
    ],
  };
}

/** What a person wants to get. */
const preferenceValue = (inbound: Inbound, at: number) => {
  const { name = 'Amina', preference } = inbound;
  const { contact } = personOf(inbound);
  return {
    contacts: [{ profile: { name }, ...contact }],
    user_preferences: [
      {
        ...contact,
        detail: 'User requested to change marketing messages',
        category: 'marketing_messages',
        value: preference,
        timestamp: Number(seconds(at)),
      },
    ],
  };
};

export const messageChange = (
  inbound: Inbound,
  id: string,
  at: number,
  account: Account,
): Happening => {
  const ours = ofNumber(account, inbound.phoneNumberId);
  return inbound.preference
    ? {
        field: 'user_preferences',
        value: { ...envelope(ours), ...preferenceValue(inbound, at) },
      }
    : {
        field: 'messages',
        value: { ...envelope(ours), ...inboundValue(inbound, id, at) },
      };
};

function failure(code: number) {
  const title = failureOf(code);
  return {
    code,
    title,
    message: title,
    error_data: { details: `${title}.` },
    href: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes/',
  };
}

export function statusChange(
  { id, to, payload, phoneNumberId }: Delivery,
  status: string,
  at: number,
  account: Account,
  code?: number,
): Happening {
  const reference = payload.biz_opaque_callback_data;
  return {
    field: 'messages',
    value: {
      ...envelope(ofNumber(account, phoneNumberId)),
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
