import _ from 'lodash';
import { fromMeta, invalid, toRow } from './errors';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview

type Node = Record<string, unknown>;

/** An error in a webhook, with the same advice as a thrown one. */
export interface ErrorRow {
  code: number;
  message: string;
  description: string;
  fix: string;
  details?: string;
  retryable: boolean;
}

export interface MediaRow {
  id: string;
  mimeType?: string;
  sha256?: string;
  filename?: string;
  caption?: string;
  voice?: boolean;
  animated?: boolean;
  url?: string;
}

export interface MessageRow {
  id: string;
  timestamp?: string;
  from?: string;
  userId?: string;
  name?: string;
  groupId?: string;
  type: string;
  text: string;
  media?: MediaRow;
  reply?: Node;
  location?: Node;
  contacts?: unknown[];
  reaction?: { messageId?: string; emoji: string };
  order?: Node;
  context?: Node;
  referral?: Node;
  errors?: ErrorRow[];
  phoneNumberId?: string;
  wabaId?: string;
  contact?: Node;
  content: Node;
}

export interface StatusRow {
  id: string;
  status: string;
  timestamp?: string;
  to?: string;
  userId?: string;
  reference?: string;
  conversation?: Node;
  pricing?: Node;
  error?: ErrorRow;
  phoneNumberId?: string;
  wabaId?: string;
  contact?: Node;
  content: Node;
}

export interface EventRow {
  field: string;
  value: unknown;
  wabaId?: string;
  timestamp?: string;
}

export interface Webhook {
  messages: MessageRow[];
  statuses: StatusRow[];
  events: EventRow[];
}

/** Where a piece of a payload stands. */
interface Place {
  field: string;
  wabaId?: string;
  phoneNumberId?: string;
  timestamp?: string;
  contacts: Node[];
}

const MALFORMED = 'malformed';
const MEDIA_TYPES = ['image', 'video', 'audio', 'voice', 'document', 'sticker'];
/** What the rows take out of a value; anything else of it becomes an event. */
const UNDERSTOOD = [
  'messaging_product',
  'metadata',
  'contacts',
  'messages',
  'statuses',
];

const invalidWebhook = invalid('INVALID_WEBHOOK');

// --- Reading what may not be there ---

const isNode = (value: unknown): value is Node => _.isPlainObject(value);

/** Own properties only: a type may be called `constructor`. */
const own = (node: unknown, key: string): unknown =>
  isNode(node) && Object.hasOwn(node, key) ? node[key] : undefined;

const nodeAt = (node: unknown, key: string): Node | undefined => {
  const value = own(node, key);
  return isNode(value) ? value : undefined;
};

const listAt = (node: unknown, key: string): unknown[] => {
  const value = own(node, key);
  return Array.isArray(value) ? value : [];
};

const textAt = (node: unknown, key: string): string | undefined => {
  const value = own(node, key);
  if (typeof value === 'string' && value) return value;
  return typeof value === 'number' ? String(value) : undefined;
};

/** Meta writes seconds, as a text or as a number. */
function isoTime(seconds: unknown): string | undefined {
  const time = Number(seconds) * 1000;
  const isTime =
    Math.abs(time) <= 8.64e15 && seconds !== '' && !_.isNil(seconds);
  return isTime ? new Date(time).toISOString() : undefined;
}

const compact = <T extends object>(row: T): T =>
  _.omitBy(row, _.isUndefined) as T;

// --- Errors ---

/** Cloud has `error_data.details`, On-Premise `details`. */
function errorRow(node: unknown): ErrorRow[] {
  const code = Number(own(node, 'code'));
  if (!isNode(node) || Number.isNaN(code)) return [];
  const details =
    textAt(nodeAt(node, 'error_data'), 'details') ??
    textAt(node, 'details') ??
    textAt(node, 'title');
  return [toRow(fromMeta({ code, details })) as ErrorRow];
}

const errorRows = (node: Node): ErrorRow[] =>
  listAt(node, 'errors').flatMap(errorRow);

// --- Messages ---

function mediaRow(node: Node, type: string): MediaRow | undefined {
  const media = MEDIA_TYPES.includes(type) ? nodeAt(node, type) : undefined;
  const id = textAt(media, 'id');
  if (!media || !id) return undefined;
  const isVoice = type === 'voice' || own(media, 'voice') === true;
  return compact({
    id,
    mimeType: textAt(media, 'mime_type'),
    sha256: textAt(media, 'sha256'),
    filename: textAt(media, 'filename'),
    caption: textAt(media, 'caption'),
    voice: isVoice || undefined,
    animated: own(media, 'animated') === true || undefined,
    url: textAt(media, 'url'),
  });
}

/** The answers of a flow, with their keys as the flow names them. */
function flowReply(reply: Node) {
  const written = textAt(reply, 'response_json');
  let data: unknown;
  try {
    data = written && JSON.parse(written);
  } catch {
    // What cannot be read is still in the content of the row.
  }
  const title = textAt(reply, 'body');
  return compact({ name: textAt(reply, 'name'), title, data });
}

const REPLIES: Record<string, (reply: Node) => Node> = {
  button_reply: reply => _.pick(reply, ['id', 'title']),
  list_reply: reply => _.pick(reply, ['id', 'title', 'description']),
  nfm_reply: flowReply,
};

/** Which answer was tapped: of buttons, a list, a flow, or a template. */
function replyOf(node: Node, type: string): Node | undefined {
  if (type === 'button') {
    const button = nodeAt(node, 'button');
    if (!button) return undefined;
    const title = textAt(button, 'text');
    return compact({ type, id: textAt(button, 'payload'), title });
  }
  const interactive = nodeAt(node, 'interactive');
  const kind = textAt(interactive, 'type');
  const reply = kind ? nodeAt(interactive, kind) : undefined;
  if (type !== 'interactive' || !kind || !reply) return undefined;
  const read = Object.hasOwn(REPLIES, kind) ? REPLIES[kind] : _.clone;
  return { type: kind, ...read(reply) };
}

const placeText = (location: Node): string =>
  _.compact([textAt(location, 'name'), textAt(location, 'address')]).join(
    ', ',
  ) ||
  _.compact([textAt(location, 'latitude'), textAt(location, 'longitude')]).join(
    ', ',
  );

const contactNames = (contacts: unknown[]): string =>
  _.compact(
    contacts.map(contact => textAt(nodeAt(contact, 'name'), 'formatted_name')),
  ).join(', ');

const TEXTS: Record<string, (node: Node) => string | undefined> = {
  text: node => textAt(nodeAt(node, 'text'), 'body'),
  location: node => placeText(nodeAt(node, 'location') ?? {}),
  contacts: node => contactNames(listAt(node, 'contacts')),
  reaction: node => textAt(nodeAt(node, 'reaction'), 'emoji'),
  order: node => textAt(nodeAt(node, 'order'), 'text'),
  system: node => textAt(nodeAt(node, 'system'), 'body'),
  edit: node => {
    const edited = nodeAt(nodeAt(node, 'edit'), 'message');
    return edited && textOf(edited, textAt(edited, 'type') ?? '', 1);
  },
};

/** What a person would read. An edit holds a message, but never another edit. */
function textOf(node: Node, type: string, depth = 0): string {
  const reply = replyOf(node, type);
  if (reply) return textAt(reply, 'title') ?? textAt(reply, 'response') ?? '';
  const caption = textAt(nodeAt(node, type), 'caption');
  if (caption) return caption;
  if (type === 'edit' && depth) return '';
  const read = Object.hasOwn(TEXTS, type) ? TEXTS[type] : undefined;
  return read?.(node) ?? '';
}

function reactionOf(node: Node) {
  const reaction = nodeAt(node, 'reaction');
  return (
    reaction &&
    compact({
      messageId: textAt(reaction, 'message_id'),
      // A reaction that is taken back has none.
      emoji: textAt(reaction, 'emoji') ?? '',
    })
  );
}

function findContact(
  contacts: Node[],
  number?: string,
  userId?: string,
): Node | undefined {
  const known = contacts.find(
    contact =>
      (number && textAt(contact, 'wa_id') === number) ||
      (userId && textAt(contact, 'user_id') === userId),
  );
  return known ?? (contacts.length === 1 ? contacts[0] : undefined);
}

function messageRow(node: Node, id: string, place: Place): MessageRow {
  const type = textAt(node, 'type') ?? 'unknown';
  const from = textAt(node, 'from');
  const userId = textAt(node, 'from_user_id');
  const contact = findContact(place.contacts, from, userId);
  const errors = errorRows(node);
  return compact({
    id,
    timestamp: isoTime(own(node, 'timestamp')),
    from,
    userId: userId ?? textAt(contact, 'user_id'),
    name: textAt(nodeAt(contact, 'profile'), 'name'),
    groupId: textAt(node, 'group_id'),
    type,
    text: textOf(node, type),
    media: mediaRow(node, type),
    reply: replyOf(node, type),
    location: nodeAt(node, 'location'),
    contacts: type === 'contacts' ? listAt(node, 'contacts') : undefined,
    reaction: reactionOf(node),
    order: nodeAt(node, 'order'),
    context: nodeAt(node, 'context'),
    referral: nodeAt(node, 'referral'),
    errors: errors.length ? errors : undefined,
    phoneNumberId: place.phoneNumberId,
    wabaId: place.wabaId,
    contact,
    content: node,
  });
}

function statusRow(node: Node, id: string, place: Place): StatusRow {
  const to =
    textAt(node, 'recipient_id') ??
    textAt(nodeAt(node, 'message'), 'recipient_id');
  const userId = textAt(node, 'recipient_user_id');
  return compact({
    id,
    status: textAt(node, 'status')!,
    timestamp: isoTime(own(node, 'timestamp')),
    to,
    userId,
    reference: textAt(node, 'biz_opaque_callback_data'),
    conversation: nodeAt(node, 'conversation'),
    pricing: nodeAt(node, 'pricing'),
    error: errorRows(node)[0],
    phoneNumberId: place.phoneNumberId,
    wabaId: place.wabaId,
    contact: findContact(place.contacts, to, userId),
    content: node,
  });
}

// --- The walk through a payload ---

/** Keeps the first of what a payload repeats. */
class Rows implements Webhook {
  messages: MessageRow[] = [];
  statuses: StatusRow[] = [];
  events: EventRow[] = [];
  #seen = new Set<string>();

  #isNew(...key: unknown[]): boolean {
    const text = keyOf(key);
    if (text === undefined) return true;
    if (this.#seen.has(text)) return false;
    this.#seen.add(text);
    return true;
  }

  addMessage(node: unknown, place: Place) {
    const id = textAt(node, 'id');
    if (!isNode(node) || !id) return this.addEvent(node, place);
    if (this.#isNew('message', id))
      this.messages.push(messageRow(node, id, place));
  }

  addStatus(node: unknown, place: Place) {
    const id = textAt(node, 'id');
    const status = textAt(node, 'status');
    if (!isNode(node) || !id || !status) return this.addEvent(node, place);
    const who = [
      'recipient_id',
      'recipient_user_id',
      'recipient_participant_id',
      'participant_recipient_id',
    ].map(key => textAt(node, key));
    if (this.#isNew('status', id, status, ...who))
      this.statuses.push(statusRow(node, id, place));
  }

  addEvent(value: unknown, { field, wabaId, timestamp }: Place) {
    const row = compact({ field, value, wabaId, timestamp });
    if (this.#isNew('event', row)) this.events.push(row);
  }
}

function keyOf(key: unknown[]): string | undefined {
  try {
    return JSON.stringify(key);
  } catch {
    // Nested too deep to be compared: kept, whether it is a repeat or not.
    return undefined;
  }
}

/** The value of a `messages` change, or a whole On-Premise payload. */
function addValue(rows: Rows, value: unknown, outer: Place) {
  const place: Place = {
    ...outer,
    phoneNumberId: textAt(nodeAt(value, 'metadata'), 'phone_number_id'),
    contacts: listAt(value, 'contacts').filter(isNode),
  };
  const messages = listAt(value, 'messages');
  const statuses = listAt(value, 'statuses');
  for (const node of messages) rows.addMessage(node, place);
  for (const node of statuses) rows.addStatus(node, place);

  const isStrange = (key: string) =>
    !UNDERSTOOD.includes(key) ||
    (['messages', 'statuses', 'contacts'].includes(key) &&
      !Array.isArray(own(value, key)));
  const isUnread = !messages.length && !statuses.length;
  if (isUnread || !isNode(value)) return rows.addEvent(value, place);
  const rest = _.pickBy(value, (_item, key) => isStrange(key));
  if (!_.isEmpty(rest))
    rows.addEvent({ ..._.pick(value, 'metadata'), ...rest }, place);
}

function addEntry(rows: Rows, entry: unknown) {
  const place: Place = {
    field: MALFORMED,
    wabaId: textAt(entry, 'id'),
    timestamp: isoTime(own(entry, 'time')),
    contacts: [],
  };
  const changes = own(entry, 'changes');
  if (!Array.isArray(changes)) return rows.addEvent(entry, place);
  for (const change of changes) {
    const field = textAt(change, 'field');
    const value = own(change, 'value') ?? change;
    if (!field) rows.addEvent(change, place);
    else if (field === 'messages') addValue(rows, value, { ...place, field });
    else rows.addEvent(value, { ...place, field });
  }
}

function refuse(what: string): never {
  throw invalidWebhook(
    `This is not a webhook of WhatsApp: ${what}.`,
    'Give the body of the webhook: parseWebhook() reads state.data of a workflow with a webhook trigger.',
  );
}

const ON_PREMISE_KEYS = ['messages', 'statuses', 'errors', 'media_items'];

/** Every message, status and event of a webhook, in order, as plain rows. */
export function parse(payload: unknown): Webhook {
  if (!isNode(payload))
    refuse(
      Array.isArray(payload)
        ? 'it is an array'
        : `it is ${payload === null || payload === undefined ? 'empty' : `a ${typeof payload}`}`,
    );
  const rows = new Rows();
  const object = own(payload, 'object');
  if (object === undefined) {
    if (!ON_PREMISE_KEYS.some(key => Array.isArray(own(payload, key))))
      refuse('it has no entry, no messages and no statuses');
    addValue(rows, payload, { field: 'messages', contacts: [] });
  } else {
    if (object !== 'whatsapp_business_account')
      refuse('its object is not whatsapp_business_account');
    const entries = own(payload, 'entry');
    if (!Array.isArray(entries)) refuse('its entry is not an array');
    for (const entry of entries) addEntry(rows, entry);
  }
  const { messages, statuses, events } = rows;
  return { messages, statuses, events };
}
