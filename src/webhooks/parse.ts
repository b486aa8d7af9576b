import _ from 'lodash';
import { invalid } from '../errors/error';
import { kindOf } from '../validation';
import {
  compact,
  isNode,
  isoTime,
  listAt,
  nodeAt,
  numberText,
  own,
  textAt,
  type Node,
} from './read';
import {
  changeRow,
  echoRow,
  errorRows,
  historyRow,
  itemRow,
  messageRow,
  People,
  peopleOf,
  statusRow,
  type Place,
} from './rows';
import type { EventRow, MessageRow, StatusRow, Webhook } from '../types';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview

const RESULT = ['messages', 'statuses', 'events', 'echoes', 'history'];
const MALFORMED = 'malformed';
/** Keys of a value that rows include; the rest becomes an event. */
const UNDERSTOOD = ['messaging_product', 'metadata'];
const MESSAGE_LISTS = ['messages', 'statuses', 'message_echoes'];
/** Fields whose value is a list of events. */
const ITEMS: Record<string, string> = {
  calls: 'calls',
  user_preferences: 'user_preferences',
  smb_app_state_sync: 'state_sync',
  group_lifecycle_update: 'groups',
  group_participants_update: 'groups',
  group_participant_update: 'groups',
  group_settings_update: 'groups',
  group_status_update: 'groups',
};
const ECHOES = ['smb_message_echoes', 'message_echoes'];

const invalidWebhook = invalid('INVALID_WEBHOOK');

// --- Rows ---

function keyOf(key: unknown[]): string | undefined {
  try {
    return JSON.stringify(key);
  } catch {
    // Nested too deeply to compare, so it is kept even if it is a duplicate.
    return undefined;
  }
}

type MakeRow<Row> = (node: Node, id: string, place: Place) => Row;

/** Collects rows without exact duplicates. */
class Rows implements Webhook {
  messages: MessageRow[] = [];
  statuses: StatusRow[] = [];
  events: EventRow[] = [];
  echoes: MessageRow[] = [];
  history: MessageRow[] = [];
  #seen = new Set<string>();

  #isNew(...key: unknown[]): boolean {
    const text = keyOf(key);
    if (text === undefined) return true;
    if (this.#seen.has(text)) return false;
    this.#seen.add(text);
    return true;
  }

  add<List extends 'messages' | 'statuses' | 'echoes' | 'history'>(
    list: List,
    node: unknown,
    place: Place,
    make: MakeRow<Webhook[List][number]>,
  ) {
    const id = textAt(node, 'id');
    const isStatus = list === 'statuses';
    const isWhole = isNode(node) && id && (!isStatus || textAt(node, 'status'));
    if (!isWhole) return this.addEvent(node, place);
    // Always built, since a duplicate also uses up its contact.
    const row = make(node, id, place);
    const { phoneNumberId, wabaId, standby } = place;
    if (this.#isNew(list, node, phoneNumberId, wabaId, standby))
      (this[list] as unknown[]).push(row);
  }

  addRow(row: EventRow) {
    if (this.#isNew('event', row)) this.events.push(row);
  }

  /** Adds data that has no row as an event. */
  addEvent(value: unknown, place: Place) {
    const { field, wabaId, timestamp, standby } = place;
    this.addRow(
      compact({
        field,
        value,
        wabaId,
        timestamp,
        standby,
        errors: errorRows(value),
        ...whoseOf(value, place),
      }),
    );
  }
}

/** The business phone number of a part extracted from its value. */
const whoseOf = (value: unknown, place: Place) =>
  own(value, 'metadata') === undefined
    ? _.pick(place, ['phoneNumberId', 'displayPhoneNumber'])
    : {};

// --- Values ---

function placeOf(value: unknown, outer: Place): Place {
  const metadata = nodeAt(value, 'metadata');
  const contacts = [
    ...outer.people.strangers,
    ...listAt(value, 'contacts').filter(isNode),
  ];
  const items = own(ITEMS, outer.field) ?? '';
  return {
    ...outer,
    phoneNumberId: textAt(metadata, 'phone_number_id') ?? outer.phoneNumberId,
    displayPhoneNumber:
      numberText(textAt(metadata, 'display_phone_number')) ??
      outer.displayPhoneNumber,
    people: new People(contacts, peopleOf(value, String(items))),
  };
}

/** Whether the rows include all of the metadata. */
const isUnderstood = (metadata: unknown) =>
  metadata === undefined ||
  (isNode(metadata) &&
    _.every(
      metadata,
      (item, key) =>
        ['phone_number_id', 'display_phone_number'].includes(key) &&
        !_.isObject(item),
    ));

/** Adds the rest of a value after its rows are extracted. */
function addRest(rows: Rows, value: Node, read: string[], place: Place) {
  const isLeft = (item: unknown, key: string) => {
    if (key === 'contacts') return !_.every(_.castArray(item), isNode);
    if (read.includes(key)) return !Array.isArray(item);
    return !UNDERSTOOD.includes(key);
  };
  const rest = _.pickBy(value, isLeft);
  const metadata = own(value, 'metadata');
  if (_.isEmpty(rest) && isUnderstood(metadata)) return;
  rows.addEvent({ ..._.pick(value, 'metadata'), ...rest }, place);
}

/** Adds contacts that match no row. */
function addContacts(rows: Rows, place: Place) {
  for (const contact of place.people.strangers)
    rows.addEvent(contact, { ...place, field: 'contacts' });
}

function addMessage(rows: Rows, node: unknown, place: Place) {
  const isSystem = textAt(node, 'type') === 'system';
  if (isNode(node) && isSystem) return rows.addRow(changeRow(node, place));
  rows.add('messages', node, place, messageRow);
}

/** The value of a `messages` change, or a whole On-Premise payload. */
function addValue(
  rows: Rows,
  value: unknown,
  outer: Place,
  lists: string[] = MESSAGE_LISTS,
) {
  const place = placeOf(value, outer);
  const found = lists.filter(key => listAt(value, key).length);
  if (!found.length || !isNode(value)) return rows.addEvent(value, outer);
  const nodes = (key: string) =>
    lists.includes(key) ? listAt(value, key) : [];
  for (const node of nodes('messages')) addMessage(rows, node, place);
  for (const node of nodes('statuses'))
    rows.add('statuses', node, place, statusRow);
  for (const node of nodes('message_echoes'))
    rows.add('echoes', node, place, echoRow);
  addRest(rows, value, lists, place);
  addContacts(rows, place);
}

/** Accounts with Meta's Business Agent get this instead of messages; the lists are one level deeper. */
function addStandby(rows: Rows, value: unknown, outer: Place) {
  const inner = nodeAt(value, 'standby');
  if (!inner) return rows.addEvent(value, outer);
  const place = { ...placeOf(value, outer), standby: true as const };
  addValue(rows, { ..._.pick(value, 'metadata'), ...inner }, place);
  addRest(rows, _.omit(value as Node, 'standby'), [], place);
}

function addThread(rows: Rows, thread: unknown, place: Place) {
  for (const node of listAt(thread, 'messages'))
    rows.add('history', node, place, (one, id, where) =>
      historyRow(one, id, where, thread),
    );
}

/** Adds past messages separately, so that jobs don't answer old ones after a sync. */
function addHistory(rows: Rows, value: unknown, outer: Place) {
  const place = placeOf(value, outer);
  const chunks = listAt(value, 'history');
  const files = listAt(value, 'messages');
  if (!isNode(value) || (!chunks.length && !files.length))
    return rows.addEvent(value, outer);
  for (const chunk of chunks) {
    const threads = listAt(chunk, 'threads');
    for (const thread of threads) addThread(rows, thread, place);
    const rest = isNode(chunk)
      ? {
          ...chunk,
          ...(threads.length && {
            threads: threads.map(one => _.omit(one as Node, 'messages')),
          }),
        }
      : chunk;
    rows.addEvent(rest, place);
  }
  addThread(rows, value, place);
  addRest(rows, value, ['history', 'messages'], place);
  addContacts(rows, place);
}

/** Adds a row for each event. */
function addItems(rows: Rows, value: unknown, outer: Place, key: string) {
  const items = listAt(value, key);
  if (!isNode(value) || !items.length) return rows.addEvent(value, outer);
  const place = placeOf(value, outer);
  for (const item of items)
    if (isNode(item)) rows.addRow(itemRow(item, place));
    else rows.addEvent(item, place);
  addRest(rows, value, [key], place);
  addContacts(rows, place);
}

// --- Payload traversal ---

function addField(rows: Rows, value: unknown, place: Place) {
  const { field } = place;
  if (field === 'messages') return addValue(rows, value, place);
  if (ECHOES.includes(field))
    return addValue(rows, value, place, ['message_echoes']);
  if (field === 'standby') return addStandby(rows, value, place);
  if (field === 'history') return addHistory(rows, value, place);
  if (Object.hasOwn(ITEMS, field))
    return addItems(rows, value, place, ITEMS[field]);
  return rows.addEvent(value, place);
}

/** Infers the field of a change that has none. */
function guessField(value: unknown): string | undefined {
  if (MESSAGE_LISTS.some(key => listAt(value, key).length)) return 'messages';
  return ['history', 'calls', 'user_preferences'].find(
    key => listAt(value, key).length,
  );
}

function addChange(rows: Rows, change: unknown, place: Place) {
  const value = own(change, 'value');
  const named = textAt(change, 'field');
  const field = named ?? guessField(value);
  if (!field || value === undefined)
    return rows.addEvent(change, { ...place, field: named ?? MALFORMED });
  addField(rows, value, { ...place, field });
  const rest = _.omit(change as Node, 'field', 'value');
  if (!_.isEmpty(rest)) rows.addEvent(rest, { ...place, field });
}

const nowhere = (field: string): Place => ({
  field,
  people: new People(),
});

function addEntry(rows: Rows, entry: unknown) {
  const place: Place = {
    ...nowhere(MALFORMED),
    wabaId: textAt(entry, 'id'),
    timestamp: isoTime(own(entry, 'time')),
  };
  const changes = own(entry, 'changes');
  if (!Array.isArray(changes)) return rows.addEvent(entry, place);
  for (const change of changes) addChange(rows, change, place);
  const rest = _.omit(entry as Node, 'id', 'time', 'changes');
  if (!_.isEmpty(rest)) rows.addEvent(rest, { ...place, field: 'entry' });
}

function refuse(what: string): never {
  throw invalidWebhook(
    `This is not a webhook of WhatsApp: ${what}.`,
    'Give the body of the webhook: parseWebhook() reads state.data of a workflow with a webhook trigger.',
    { field: 'payload' },
  );
}

const ON_PREMISE_KEYS = ['messages', 'statuses', 'errors', 'media_items'];

function describe(payload: unknown): string {
  if (_.isNil(payload)) return 'it is empty';
  const isJson = typeof payload === 'string' && /^\s*[[{]/.test(payload);
  return `it is ${kindOf(payload)}${isJson ? ': parse it with JSON.parse() first' : ''}`;
}

function addCloud(rows: Rows, payload: Node) {
  const object = own(payload, 'object');
  if (object !== undefined && object !== 'whatsapp_business_account')
    refuse('its object is not whatsapp_business_account');
  const entries = own(payload, 'entry');
  if (!Array.isArray(entries)) refuse('its entry is not an array');
  for (const entry of entries) addEntry(rows, entry);
  const rest = _.omit(payload, 'object', 'entry');
  if (!_.isEmpty(rest)) rows.addEvent(rest, nowhere('body'));
}

function addPayload(rows: Rows, payload: unknown, depth = 0): void {
  if (Array.isArray(payload) && payload.some(isNode) && !depth)
    return payload.forEach(one =>
      isNode(one)
        ? addPayload(rows, one, 1)
        : rows.addEvent(one, nowhere(MALFORMED)),
    );
  if (!isNode(payload))
    refuse(Array.isArray(payload) ? 'it is an array' : describe(payload));
  if ('object' in payload || 'entry' in payload) return addCloud(rows, payload);
  // The sample from the App Dashboard.
  if ('field' in payload && 'value' in payload)
    return addChange(rows, payload, nowhere(MALFORMED));
  if (ON_PREMISE_KEYS.some(key => Array.isArray(own(payload, key))))
    return addValue(rows, payload, nowhere('messages'));
  const body = own(payload, 'body');
  if (isNode(body) && depth < 2) return addPayload(rows, body, 2);
  refuse('it has no entry, no messages and no statuses');
}

/** The result of an earlier `parseWebhook()`. */
function isParsed(payload: unknown): payload is Webhook {
  if (!isNode(payload)) return false;
  const isResult = ['messages', 'statuses', 'events'].every(key =>
    Array.isArray(own(payload, key)),
  );
  return isResult && !_.difference(Object.keys(payload), RESULT).length;
}

/** Parses a webhook into flat rows of messages, statuses and events, in order. */
export function parse(payload: unknown): Webhook {
  if (isParsed(payload)) {
    console.warn('Warning: this webhook is already parsed.');
    return payload;
  }
  const rows = new Rows();
  addPayload(rows, payload);
  return _.pick(rows, RESULT) as unknown as Webhook;
}
