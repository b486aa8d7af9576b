import type { Delivery, Inbound } from './types';

// What a person sees of a message, in one form for all kinds.

/** A button, a link or a row of a list. */
export interface Action {
  kind:
    | 'reply'
    | 'quick'
    | 'row'
    | 'url'
    | 'phone'
    | 'copy'
    | 'flow'
    | 'location'
    | 'other';
  title: string;
  /** What a tap sends back, besides the title. */
  id?: string;
  description?: string;
  /** Where a link leads, the number to call, or the code to copy. */
  detail?: string;
}

export interface File {
  type: string;
  /** The file in the sandbox. */
  id?: string;
  /** A link, which is shown and never opened. */
  link?: string;
  name?: string;
}

export interface Drawing {
  kind: string;
  title?: string;
  file?: File;
  body?: string;
  footer?: string;
  language?: string;
  actions?: Action[];
  /** The button that opens a list, and its sections. */
  list?: { button: string; sections: { title?: string; rows: Action[] }[] };
  cards?: Drawing[];
  /** The end of an offer, in milliseconds. */
  offer?: { text?: string; expires?: number };
  location?: {
    latitude: number;
    longitude: number;
    name?: string;
    address?: string;
  };
  contacts?: { name: string; phones: string[] }[];
  reaction?: { emoji: string; to: string };
  /** A kind that is not known: Meta's JSON. */
  raw?: unknown;
}

const FILES = ['image', 'video', 'audio', 'document', 'sticker', 'gif'];

const fileOf = (type: string, { id, link, filename, voice }: any): File => ({
  type: voice ? 'voice' : type,
  ...(id !== undefined && { id: String(id) }),
  ...(link && { link }),
  ...(filename && { name: filename }),
});

const headerOf = (header: any): Partial<Drawing> => {
  if (!header) return {};
  const { type } = header;
  return type === 'text'
    ? { title: header.text }
    : { file: fileOf(type, header[type] ?? {}) };
};

const other = (title: string, detail?: string): Action => ({
  kind: 'other',
  title,
  ...(detail && { detail }),
});

const urlAction = ({ display_text, url }: any): Action => ({
  kind: 'url',
  title: display_text,
  detail: url,
});

const rowOf = ({ id, title, description }: any): Action => ({
  kind: 'row',
  title,
  id,
  ...(description && { description }),
});

const buttonOf = ({ type, reply, quick_reply, cta_url }: any): Action => {
  if (type === 'cta_url') return urlAction(cta_url);
  const { id, title } = reply ?? quick_reply;
  return { kind: 'reply', id, title };
};

const productsOf = ({ sections = [] }: any): Action[] =>
  sections.flatMap(({ product_items = [] }: any) =>
    product_items.map((item: any) => other(item.product_retailer_id)),
  );

/** What can be tapped, by the type of an interactive message. */
const ACTIONS: Record<string, (action: any) => Action[]> = {
  button: ({ buttons }) => buttons.map(buttonOf),
  cta_url: ({ parameters }) => [urlAction(parameters)],
  flow: ({ parameters }) => [{ kind: 'flow', title: parameters.flow_cta }],
  location_request_message: () => [
    { kind: 'location', title: 'Send location' },
  ],
  request_contact_info: () => [other('Share contact info')],
  call_permission_request: () => [other('Choose whether they may call')],
  voice_call: ({ parameters = {} }) => [
    other(parameters.display_text ?? 'Call on WhatsApp'),
  ],
  address_message: () => [other('Provide address')],
  catalog_message: () => [other('View catalog')],
  product: ({ product_retailer_id }) => [
    other('View product', product_retailer_id),
  ],
  product_list: productsOf,
};

const listOf = ({ button, sections }: any): Drawing['list'] => ({
  button,
  sections: sections.map(({ title, rows }: any) => ({
    title,
    rows: rows.map(rowOf),
  })),
});

function drawCard({ header, body, action = {} }: any): Drawing {
  const { buttons, name, parameters } = action;
  const actions = buttons
    ? buttons.map(buttonOf)
    : name === 'cta_url'
      ? [urlAction(parameters)]
      : ACTIONS.product(action);
  return { kind: 'card', ...headerOf(header), body: body?.text, actions };
}

function drawInteractive(value: any): Drawing | undefined {
  const { type, header, body, footer, action } = value;
  const base = {
    kind: type,
    ...headerOf(header),
    body: body?.text,
    footer: footer?.text,
  };
  if (type === 'list') return { ...base, list: listOf(action) };
  if (type === 'carousel')
    return { ...base, cards: action.cards.map(drawCard) };
  const actions = ACTIONS[type]?.(action);
  return actions && { ...base, actions };
}

const TEMPLATE_KINDS: Record<string, Action['kind']> = {
  URL: 'url',
  QUICK_REPLY: 'quick',
  COPY_CODE: 'copy',
  FLOW: 'flow',
  PHONE_NUMBER: 'phone',
};

/** A code that is copied is in its URL. */
const codeOf = (url?: string) =>
  /^https:\/\/www\.whatsapp\.com\/otp\/code\/.*code=(.+)$/.exec(url ?? '')?.[1];

function templateAction(button: any): Action {
  const { type, text, url, phone_number, payload, code } = button;
  const copied = code ?? codeOf(url);
  if (copied) return { kind: 'copy', title: text, detail: copied };
  const detail = url ?? phone_number;
  return {
    kind: TEMPLATE_KINDS[type] ?? 'other',
    title: text,
    ...(type === 'QUICK_REPLY' && { id: payload ?? text }),
    ...(detail && { detail }),
  };
}

/** A template, as `renderTemplate` filled it in. */
function drawParts(shown: any): Drawing {
  const { header, file, body, footer, filled = [], cards, offer } = shown;
  return {
    kind: 'template',
    ...(file ? { file: fileOf(file.type, file.value) } : { title: header }),
    body,
    footer,
    actions: filled.map(templateAction),
    ...(cards && { cards: cards.map(drawParts) }),
    ...(offer && { offer }),
  };
}

const CONTACT = (contact: any) => ({
  name: String(contact?.name?.formatted_name ?? ''),
  phones: (contact?.phones ?? []).map(({ phone }: any) => String(phone)),
});

const KINDS: Record<string, (value: any) => Drawing | undefined> = {
  text: ({ body }) => ({ kind: 'text', body }),
  location: location => ({ kind: 'location', location }),
  contacts: value => ({ kind: 'contacts', contacts: value.map(CONTACT) }),
  reaction: ({ message_id, emoji }) => ({
    kind: 'reaction',
    reaction: { emoji: emoji ?? '', to: message_id },
  }),
  pin: ({ type, message_id }) => ({
    kind: 'system',
    body: type === 'pin' ? 'Pinned a message' : 'Unpinned a message',
    reaction: { emoji: type === 'pin' ? '📌' : '', to: message_id },
  }),
  interactive: drawInteractive,
};

function drawKnown(type: string, value: any): Drawing | undefined {
  if (FILES.includes(type))
    return { kind: type, file: fileOf(type, value), body: value.caption };
  return KINDS[type]?.(value);
}

const unknownKind = (raw: unknown): Drawing => ({ kind: 'unknown', raw });

/** A message that we sent. */
export function drawDelivery({ payload, shown }: Delivery): Drawing {
  const { type = 'text', template } = payload;
  if (template)
    return { ...drawParts(shown), language: template.language?.code };
  return drawKnown(type, payload[type]) ?? unknownKind(payload);
}

const INBOUND: Record<string, (value: any, name: string) => Drawing> = {
  button: ({ text }) => ({ kind: 'answer', body: text }),
  interactive: ({ type, ...value }) => {
    const { title, description, response_json } = value[type] ?? {};
    return {
      kind: 'answer',
      body: title ?? 'Filled in the form',
      footer: description ?? response_json,
    };
  },
  edit: ({ message }) => ({
    kind: 'system',
    body: `Edited a message: ${message?.text?.body}`,
  }),
  revoke: () => ({ kind: 'system', body: 'Deleted a message' }),
  system: ({ wa_id }, name) => ({
    kind: 'system',
    body: `${name} changed their number to +${wa_id}`,
  }),
  unsupported: ({ type }) => ({
    kind: 'system',
    body: `Sent a message that the API doesn't deliver (${type})`,
  }),
};

/** A message of a person, in the form of the webhook. */
export function drawInbound(message: any, name: string): Drawing {
  const { type } = message;
  const value = message[type];
  const draw = INBOUND[type];
  const drawn = draw ? draw(value, name) : drawKnown(type, value);
  return drawn ?? unknownKind(message);
}

/** What can be tapped on a message, with what a tap sends. */
export function offersOf(delivery: Delivery): (Action & { tap: object })[] {
  const { actions = [], list, cards = [] } = drawDelivery(delivery);
  const rows = (list?.sections ?? []).flatMap(section => section.rows);
  return [...actions, ...rows, ...cards.flatMap(card => card.actions ?? [])]
    .map(action => ({ ...action, tap: TAPS[action.kind]?.(action) }))
    .filter((one): one is Action & { tap: Partial<Inbound> } => !!one.tap);
}

const TAPS: Partial<
  Record<Action['kind'], (action: Action) => Partial<Inbound>>
> = {
  reply: ({ id = '', title }) => ({ button: { id, title } }),
  row: ({ id = '', title, description }) => ({
    listReply: { id, title, ...(description && { description }) },
  }),
  quick: ({ id = '', title }) => ({ quickReply: { payload: id, text: title } }),
  flow: () => ({ flow: {} }),
};
