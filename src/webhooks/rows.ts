import _ from 'lodash';
import { webhookError } from '../errors/error';
import type {
  ErrorInfo,
  EventRow,
  MediaRow,
  MessageRow,
  PersonChange,
  Person,
  OwnNumber,
  StatusRow,
} from '../types';
import {
  compact,
  isNode,
  isoTime,
  isUserId,
  listAt,
  nodeAt,
  numberText,
  own,
  textAt,
  type Node,
} from './read';

/** The position of a part in the payload. */
export interface Place {
  field: string;
  wabaId?: string;
  phoneNumberId?: string;
  displayPhoneNumber?: string;
  timestamp?: string;
  standby?: true;
  people: People;
}

const MEDIA_TYPES = ['image', 'video', 'audio', 'voice', 'document', 'sticker'];
/** The order of statuses, which may arrive out of order. */
const RANKS = ['sent', 'delivered', 'read', 'played', 'failed'];

// --- Errors ---

/** Cloud has `error_data.details`, On-Premise `details`. */
function reasonOf(node: Node) {
  const code = Number(own(node, 'code') ?? NaN);
  return {
    code: Number.isNaN(code) ? undefined : code,
    details:
      textAt(nodeAt(node, 'error_data'), 'details') ??
      textAt(node, 'details') ??
      textAt(node, 'title') ??
      textAt(node, 'message'),
  };
}

/** The errors of a message (for its receiver) or a status (for its sender). */
export function errorRows(
  node: unknown,
  reader: 'sender' | 'receiver' = 'sender',
): ErrorInfo[] | undefined {
  const errors = listAt(node, 'errors').filter(isNode);
  return errors.length
    ? errors.map(error => webhookError(reasonOf(error), reader))
    : undefined;
}

// --- People ---

const namesOf = (node: Node) =>
  _.compact([
    textAt(node, 'wa_id'),
    textAt(node, 'user_id'),
    textAt(node, 'parent_user_id'),
  ]);

/** Whether two strings are both present and differ. */
const contradicts = (ids: string[], contact: Node) => {
  const [user, number] = _.partition(namesOf(contact), isUserId);
  const [ourUser, ourNumber] = _.partition(ids, isUserId);
  const differ = (a: string[], b: string[]) =>
    a.length > 0 && b.length > 0 && !_.intersection(a, b).length;
  return differ(number, ourNumber) || differ(user, ourUser);
};

interface Ids {
  number?: string;
  userId?: string;
  parentUserId?: string;
}

const idsOf = ({ number, userId, parentUserId }: Ids) =>
  _.compact([number, userId, parentUserId]);

/** Matches the contacts of a part to users, so that no one gets another user's name. */
export class People {
  readonly #byName = new Map<string, Node>();
  readonly #known = new Set<Node>();

  /** `rows` are the users that the rows of the part are about. */
  constructor(
    readonly contacts: Node[] = [],
    readonly rows: Ids[] = [],
  ) {
    for (const contact of [...contacts].reverse())
      for (const name of namesOf(contact)) this.#byName.set(name, contact);
  }

  find(person: Ids): Node | undefined {
    const ids = idsOf(person);
    const named = ids.map(id => this.#byName.get(id)).find(Boolean);
    const found = named ?? this.#only(ids);
    if (found) this.#known.add(found);
    return found;
  }

  /** Matches the only contact to the only user, unless they contradict. */
  #only(ids: string[]): Node | undefined {
    const [contact, another] = this.contacts;
    return contact && !another && this.#isOne() && !contradicts(ids, contact)
      ? contact
      : undefined;
  }

  /** Whether all rows are about one person; the same for each of them. */
  readonly #isOne = _.once(
    () => _.uniqBy(this.rows, row => idsOf(row).join()).length === 1,
  );

  get strangers(): Node[] {
    return this.contacts.filter(contact => !this.#known.has(contact));
  }
}

const person = (contact: Node | undefined): Person => {
  const profile = nodeAt(contact, 'profile');
  return compact({
    name: textAt(profile, 'name'),
    username: textAt(profile, 'username'),
    country: textAt(contact, 'country_code'),
    identityKeyHash: textAt(contact, 'identity_key_hash'),
    contact,
  });
};

const ourNumber = (place: Place): OwnNumber => ({
  phoneNumberId: place.phoneNumberId,
  displayPhoneNumber: place.displayPhoneNumber,
  wabaId: place.wabaId,
  entryTimestamp: place.timestamp,
  standby: place.standby,
});

/** A user by number and IDs, with the contact's details. */
function identify(place: Place, ids: Ids) {
  const { userId: given, parentUserId: parent } = ids;
  const inNumber = isUserId(ids.number) ? ids.number : undefined;
  const contact = place.people.find(ids);
  const waId = textAt(contact, 'wa_id');
  const number = inNumber ? undefined : ids.number;
  const parentUserId = parent ?? textAt(contact, 'parent_user_id');
  return {
    number: numberText(number),
    ids: compact({
      userId:
        given ??
        inNumber ??
        textAt(contact, 'user_id') ??
        (isUserId(waId) ? waId : undefined) ??
        parentUserId,
      parentUserId,
      ...person(contact),
    }),
  };
}

// --- Messages ---

function mediaRow(
  node: Node,
  type: string,
  phoneNumberId?: string,
): MediaRow | undefined {
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
    phoneNumberId,
  });
}

/** The response of a flow, with its keys as named in the flow. */
function flowReply(reply: Node) {
  const written = own(reply, 'response_json');
  let data: unknown;
  try {
    data = typeof written === 'string' ? JSON.parse(written) : written;
  } catch {
    // Unparsable data is still in `content`.
  }
  const title = textAt(reply, 'body');
  return compact({ name: textAt(reply, 'name'), title, data });
}

const REPLIES: Record<string, (reply: Node) => Node> = {
  button_reply: reply => _.pick(reply, ['id', 'title']),
  list_reply: reply => _.pick(reply, ['id', 'title', 'description']),
  nfm_reply: flowReply,
  call_permission_reply: reply =>
    compact({ ...reply, expires: isoTime(own(reply, 'expiration_timestamp')) }),
};

/** The reply that the user tapped: a button, a list row, a flow or a template button. */
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
};

/** The text that a user would read. */
function textOf(node: Node, type: string): string {
  const reply = replyOf(node, type);
  if (reply) return textAt(reply, 'title') ?? textAt(reply, 'response') ?? '';
  const caption = textAt(nodeAt(node, type), 'caption');
  if (caption) return caption;
  const read = Object.hasOwn(TEXTS, type) ? TEXTS[type] : undefined;
  return read?.(node) ?? '';
}

function reactionOf(node: Node) {
  const reaction = nodeAt(node, 'reaction');
  return (
    reaction &&
    compact({
      messageId: textAt(reaction, 'message_id'),
      // A removed reaction has no emoji.
      emoji: textAt(reaction, 'emoji') ?? '',
    })
  );
}

function contextOf(node: Node): Node | undefined {
  const context = nodeAt(node, 'context');
  const from = textAt(context, 'from');
  return context && from ? { ...context, from: numberText(from) } : context;
}

/** The content of a message; for an edit, the new content. */
function contentOf(node: Node, type: string, place: Place) {
  const edited = type === 'edit' && nodeAt(nodeAt(node, 'edit'), 'message');
  const said = edited || node;
  const saidType = edited ? (textAt(edited, 'type') ?? 'unknown') : type;
  return {
    text: saidType === 'edit' ? '' : textOf(said, saidType),
    media: mediaRow(said, saidType, place.phoneNumberId),
    reply: replyOf(said, saidType),
    location: nodeAt(said, 'location'),
    contacts: saidType === 'contacts' ? listAt(said, 'contacts') : undefined,
    order: nodeAt(said, 'order'),
  };
}

const originalId = (node: Node, type: string) =>
  textAt(nodeAt(node, type), 'original_message_id');

/** Fields of all messages, incoming and outgoing. */
function messageFields(node: Node, id: string, place: Place) {
  const type = textAt(node, 'type') ?? 'unknown';
  return {
    id,
    timestamp: isoTime(own(node, 'timestamp')),
    groupId: textAt(node, 'group_id'),
    type,
    ...contentOf(node, type, place),
    reaction: reactionOf(node),
    context: contextOf(node),
    referral: nodeAt(node, 'referral'),
    edits: type === 'edit' ? originalId(node, type) : undefined,
    deletes: type === 'revoke' ? originalId(node, type) : undefined,
    unsupported: textAt(nodeAt(node, 'unsupported'), 'type'),
    errors: errorRows(node, 'receiver'),
    ...ourNumber(place),
    content: node,
  };
}

const senderOf = (node: Node): Ids => ({
  number: textAt(node, 'from'),
  userId: textAt(node, 'from_user_id'),
  parentUserId: textAt(node, 'from_parent_user_id'),
});

/** An incoming message. */
export function messageRow(node: Node, id: string, place: Place): MessageRow {
  const { number, ids } = identify(place, senderOf(node));
  return compact({ ...messageFields(node, id, place), from: number, ...ids });
}

/** The recipient of an outgoing message. */
const echoedTo = (node: Node): Ids => ({
  number: textAt(node, 'to'),
  userId: textAt(node, 'to_user_id'),
  parentUserId: textAt(node, 'to_parent_user_id'),
});

/** An outgoing message from the WhatsApp Business app. */
export function echoRow(node: Node, id: string, place: Place): MessageRow {
  const { number, ids } = identify(place, echoedTo(node));
  return compact({
    ...messageFields(node, id, place),
    direction: 'out',
    from: numberText(textAt(node, 'from')),
    to: number,
    ...ids,
  });
}

/** A message in a thread is outgoing if it has a recipient, or a sender other than the user of the thread. */
function isOurs(node: Node, { displayPhoneNumber }: Place, thread: unknown) {
  const from = numberText(textAt(node, 'from'));
  const person = numberText(textAt(thread, 'id'));
  if (idsOf(echoedTo(node)).length || from === displayPhoneNumber)
    return from !== undefined;
  return from !== undefined && person !== undefined && from !== person;
}

/** The user of a thread, as sender or recipient. */
function personOfThread(node: Node, place: Place, thread: unknown) {
  const isOut = isOurs(node, place, thread);
  const given = isOut ? echoedTo(node) : senderOf(node);
  const number = idsOf(given).length ? given.number : textAt(thread, 'id');
  return { isOut, ids: { ...given, number } };
}

/** A past message, incoming or outgoing. */
export function historyRow(
  node: Node,
  id: string,
  place: Place,
  thread: unknown,
): MessageRow {
  const { isOut, ids: who } = personOfThread(node, place, thread);
  const { number, ids } = identify(place, who);
  const from = isOut ? numberText(textAt(node, 'from')) : number;
  return compact({
    ...messageFields(node, id, place),
    direction: isOut ? 'out' : undefined,
    from,
    to: isOut ? number : undefined,
    ...ids,
    history: true,
  });
}

// --- Statuses ---

function participantOf(node: Node): Ids {
  return {
    number:
      textAt(node, 'recipient_participant_id') ??
      textAt(node, 'participant_recipient_id'),
    userId: textAt(node, 'recipient_participant_user_id'),
    parentUserId: textAt(node, 'recipient_participant_parent_user_id'),
  };
}

const recipientOf = (node: Node): Ids => ({
  number:
    textAt(node, 'recipient_id') ??
    textAt(nodeAt(node, 'message'), 'recipient_id'),
  userId: textAt(node, 'recipient_user_id'),
  parentUserId:
    textAt(node, 'parent_recipient_user_id') ??
    textAt(node, 'recipient_parent_user_id'),
});

const isOfGroup = (node: Node) =>
  textAt(node, 'recipient_type') === 'group' ||
  idsOf(participantOf(node)).length > 0;

const statusPerson = (node: Node): Ids =>
  isOfGroup(node) ? participantOf(node) : recipientOf(node);

/** The recipient of a status: a user, or a group participant. */
function addresseeOf(node: Node, place: Place) {
  const { number, ids } = identify(place, statusPerson(node));
  if (!isOfGroup(node)) return { to: number, ...ids };
  const groupId = recipientOf(node).number;
  return { to: groupId, groupId, participant: number ?? ids.userId, ...ids };
}

export function statusRow(node: Node, id: string, place: Place): StatusRow {
  const status = textAt(node, 'status')!;
  const unexplained = status === 'failed' ? [webhookError({})] : undefined;
  const errors = errorRows(node) ?? unexplained;
  const rank = RANKS.indexOf(status);
  return compact({
    id,
    status,
    rank: rank < 0 ? undefined : rank + 1,
    timestamp: isoTime(own(node, 'timestamp')),
    ...addresseeOf(node, place),
    reference: textAt(node, 'biz_opaque_callback_data'),
    templateId: textAt(node, 'template_id'),
    messageStatus: textAt(node, 'message_status'),
    conversation: nodeAt(node, 'conversation'),
    pricing: nodeAt(node, 'pricing'),
    error: errors?.[0],
    errors,
    ...ourNumber(place),
    content: node,
  });
}

// --- Events ---

const KINDS: Record<string, string> = {
  user_changed_number: 'number',
  customer_changed_number: 'number',
  user_changed_user_id: 'userId',
  customer_identity_changed: 'identity',
  user_identity_changed: 'identity',
};

/** Sorts a number and a BSUID into their fields. */
function sides(number: string | undefined, userId: string | undefined) {
  const isId = isUserId(number);
  return compact({
    number: isId ? undefined : numberText(number),
    userId: userId ?? (isId ? number : undefined),
  });
}

/** A system change: a new number, ID or identity. */
function changeOf(node: Node): PersonChange {
  const system = nodeAt(node, 'system');
  const type = textAt(system, 'type') ?? 'system';
  const text = (...keys: string[]) =>
    keys.map(key => textAt(system, key)).find(Boolean);
  const sender = senderOf(node);
  return compact({
    kind: Object.hasOwn(KINDS, type) ? KINDS[type] : type,
    from: sides(
      text('previous_wa_id') ?? sender.number ?? text('customer'),
      text('previous_user_id') ?? sender.userId,
    ),
    to: sides(text('wa_id', 'new_wa_id'), text('user_id')),
    identityKeyHash:
      textAt(nodeAt(node, 'identity'), 'hash') ??
      textAt(nodeAt(system, 'identity'), 'hash') ??
      text('identity'),
  });
}

/** A system message. */
export function changeRow(node: Node, place: Place): EventRow {
  const { ids } = identify(place, senderOf(node));
  return compact({
    field: place.field,
    value: node,
    timestamp: isoTime(own(node, 'timestamp')),
    change: changeOf(node),
    ...ids,
    ...ourNumber(place),
  });
}

const PREFERENCES: Record<string, EventRow['kind']> = {
  stop: 'optOut',
  resume: 'optIn',
  signup: 'optIn',
};

const isOutgoing = (node: Node) =>
  textAt(node, 'direction') === 'BUSINESS_INITIATED';

/** The user of an item: the caller, the callee, or the owner of a preference. */
const itemPerson = (node: Node): Ids =>
  isOutgoing(node)
    ? echoedTo(node)
    : {
        number: textAt(node, 'wa_id') ?? textAt(node, 'from'),
        userId: textAt(node, 'user_id') ?? textAt(node, 'from_user_id'),
        parentUserId:
          textAt(node, 'parent_user_id') ?? textAt(node, 'from_parent_user_id'),
      };

/** An item of a list other than messages: a call, a group or a preference. */
export function itemRow(node: Node, place: Place): EventRow {
  const preference = textAt(node, 'value') ?? '';
  const { number, ids } = identify(place, itemPerson(node));
  const isPreference = place.field === 'user_preferences';
  return compact({
    field: place.field,
    value: node,
    timestamp: isoTime(own(node, 'timestamp')) ?? place.timestamp,
    kind:
      isPreference && Object.hasOwn(PREFERENCES, preference)
        ? PREFERENCES[preference]
        : undefined,
    ...(isOutgoing(node)
      ? { direction: 'out' as const, to: number }
      : { from: number }),
    ...ids,
    groupId: textAt(node, 'group_id'),
    requestId: textAt(node, 'request_id'),
    media: callMedia(node, place),
    errors: errorRows(node),
    ...ourNumber(place),
  });
}

/** The users in the rows of a value, to check whether there is only one. */
export function peopleOf(value: unknown, items: string): Ids[] {
  const nodes = (key: string) => listAt(value, key).filter(isNode);
  const threads = listAt(value, 'history').flatMap(chunk =>
    listAt(chunk, 'threads'),
  );
  return [
    ...nodes('messages').map(senderOf),
    ...nodes('statuses').map(statusPerson),
    ...nodes('message_echoes').map(echoedTo),
    ...nodes(items).map(itemPerson),
    ...threads.map(thread => ({ number: textAt(thread, 'id') })),
  ];
}

/** A call recording, which `downloadMedia()` accepts. */
function callMedia(node: Node, { phoneNumberId }: Place) {
  const recording =
    nodeAt(node, 'call_recording') ?? nodeAt(node, 'call_transcription');
  const type =
    recording && Object.keys(recording).find(key => MEDIA_TYPES.includes(key));
  return type ? mediaRow(recording, type, phoneNumberId) : undefined;
}
