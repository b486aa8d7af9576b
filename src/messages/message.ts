import _ from 'lodash';
import { invalidMessage } from '../errors';
import { isPlain } from '../state';
import {
  allowOnly,
  isFilled,
  optionalText,
  requireArray,
  requireNumber,
  requireObject,
  requireText,
  requireUnique,
  requireUrl,
  type TextRule,
  type Warn,
} from './checks';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages

/** What a message says, in Meta's form: `{ type: 'text', text: { body } }`. */
export interface Content {
  type: string;
  [field: string]: unknown;
}

export type Message = string | Record<string, unknown>;

type Fields = Record<string, unknown>;
type Build = (message: Fields, warn: Warn) => Content;

const MEDIA: Record<string, string[]> = {
  image: ['caption'],
  video: ['caption'],
  audio: ['voice'],
  document: ['caption', 'filename'],
  sticker: [],
};
const INTERACTIVE = ['buttons', 'list', 'cta', 'flow', 'requestLocation'];

const LIMITS = {
  text: 4096,
  caption: 1024,
  body: 1024,
  listBody: 4096,
  header: 60,
  footer: 60,
  buttons: 3,
  buttonId: 256,
  buttonTitle: 20,
  listButton: 20,
  listRows: 10,
  sections: 10,
  sectionTitle: 24,
  rowId: 200,
  rowTitle: 24,
  rowDescription: 72,
  ctaLabel: 20,
  flowCta: 30,
  flowCtaAdvised: 20,
  contacts: 257,
  contactsAdvised: 5,
  address: 300,
  name: 100,
  filename: 512,
};

/** An uploaded file by its id, or a file on the web by its address. */
export function mediaReference(value: unknown, field: string) {
  const reference = typeof value === 'string' ? value.trim() : value;
  if (typeof reference === 'string') {
    if (/^https?:\/\//i.test(reference))
      return { link: requireUrl(reference, field) };
    if (/^[\w-]{1,256}$/.test(reference)) return { id: reference };
  }
  throw invalidMessage(
    `${field} has to be the id of an uploaded file or an https:// address.`,
    typeof value === 'number'
      ? `Put the id in quotes: as a number it loses digits.`
      : `Upload the file with uploadMedia() first, and give ${field} the id: $.data.id.`,
  );
}

function buildText(message: Fields, warn: Warn): Content {
  allowOnly(message, ['text', 'previewUrl'], 'A text message');
  const body = requireText(message.text, {
    field: 'text',
    limit: LIMITS.text,
    warn,
  });
  const { previewUrl } = message;
  if (!isFilled(previewUrl)) return { type: 'text', text: { body } };
  return { type: 'text', text: { body, preview_url: Boolean(previewUrl) } };
}

const buildMedia =
  (kind: string): Build =>
  (message, warn) => {
    const extras = MEDIA[kind];
    allowOnly(message, [kind, ...extras], `A message with ${kind}`);
    const text = (field: string, limit: number) =>
      optionalText(message[field], { field, limit, warn });
    return {
      type: kind,
      [kind]: {
        ...mediaReference(message[kind], kind),
        ..._.omitBy(
          {
            caption: text('caption', LIMITS.caption),
            filename: text('filename', LIMITS.filename),
            voice: message.voice,
          },
          _.isNil,
        ),
      },
    };
  };

function buildLocation(message: Fields, warn: Warn): Content {
  allowOnly(message, ['location'], 'A message with a location');
  const location = requireObject(message.location, 'location');
  return { type: 'location', location: locationFields(location, warn) };
}

export function locationFields(location: Fields, warn: Warn) {
  allowOnly(location, ['latitude', 'longitude', 'name', 'address'], 'location');
  const text = (field: string, limit: number) =>
    optionalText(location[field], { field: `location.${field}`, limit, warn });
  const name = text('name', LIMITS.text);
  const address = text('address', LIMITS.text);
  if (name && name.length > LIMITS.name)
    warn(`location.name has more than ${LIMITS.name} characters.`);
  if (address && address.length > LIMITS.address)
    warn(`location.address has more than ${LIMITS.address} characters.`);
  if (address && !name)
    warn('location.address is shown only together with location.name.');
  return {
    latitude: requireNumber(location.latitude, 'location.latitude', -90, 90),
    longitude: requireNumber(
      location.longitude,
      'location.longitude',
      -180,
      180,
    ),
    ..._.omitBy({ name, address }, _.isNil),
  };
}

function checkContact(value: unknown, index: number) {
  const field = `contacts[${index}]`;
  const contact = requireObject(value, field);
  const name = requireObject(contact.name, `${field}.name`);
  const others = Object.keys(name).filter(
    part => part !== 'formatted_name' && name[part],
  );
  if (!name.formatted_name || !others.length)
    throw invalidMessage(
      `${field}.name needs formatted_name and at least one more part, such as first_name.`,
      "Write it like name: { formatted_name: 'Ada Nowak', first_name: 'Ada' }.",
    );
  const { birthday } = contact;
  if (isFilled(birthday) && !/^\d{4}-\d\d-\d\d$/.test(String(birthday)))
    throw invalidMessage(
      `${field}.birthday has to be a date like 1990-01-31.`,
      'Write the year, the month and the day, with dashes.',
    );
  return contact;
}

function buildContacts(message: Fields, warn: Warn): Content {
  allowOnly(message, ['contacts'], 'A message with contacts');
  const contacts = requireArray(message.contacts, 'contacts', {
    max: LIMITS.contacts,
  });
  if (contacts.length > LIMITS.contactsAdvised)
    warn(
      `contacts has ${contacts.length}: Meta may refuse more than ${LIMITS.contactsAdvised}.`,
    );
  return { type: 'contacts', contacts: contacts.map(checkContact) };
}

const isEmoji = (value: string) =>
  /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(value) &&
  [...new Intl.Segmenter('en').segment(value)].length === 1;

export function requireMessageId(value: unknown, field: string): string {
  if (typeof value === 'string' && /^[\x21-\x7e]{1,512}$/.test(value.trim()))
    return value.trim();
  throw invalidMessage(
    `${field} has to be the id of a message, such as wamid.HBgL…`,
    'You find it in the answer of sendMessage(), messages[0].id, or in a row of parseWebhook().',
  );
}

function buildReaction(message: Fields): Content {
  allowOnly(message, ['reaction', 'messageId'], 'A reaction');
  const emoji = message.reaction;
  if (typeof emoji !== 'string' || (emoji !== '' && !isEmoji(emoji)))
    throw invalidMessage(
      'reaction has to be one emoji, or an empty text to remove it.',
      "Write it like reaction: '👍'.",
    );
  const message_id = requireMessageId(message.messageId, 'messageId');
  return { type: 'reaction', reaction: { message_id, emoji } };
}

function buildHeader(header: unknown, warn: Warn, textOnly: boolean) {
  if (typeof header === 'string')
    return {
      type: 'text',
      text: requireText(header, {
        field: 'header',
        limit: LIMITS.header,
        warn,
      }),
    };
  const kinds = ['image', 'video', 'document'];
  const media = requireObject(header, 'header');
  allowOnly(media, [...kinds, 'filename'], 'header');
  const [kind, another] = kinds.filter(key => key in media);
  if (!kind || another)
    throw invalidMessage(
      'header has to be a text or one file.',
      "Write it like header: 'Clinic' or header: { image: '<media id>' }.",
    );
  if (textOnly)
    throw invalidMessage(
      'header of a list has to be a text: a list cannot show a file.',
      "Write it like header: 'Clinic'.",
    );
  const filename = optionalText(media.filename, {
    field: 'header.filename',
    limit: LIMITS.filename,
    warn,
  });
  return {
    type: kind,
    [kind]: {
      ...mediaReference(media[kind], `header.${kind}`),
      ...(filename && { filename }),
    },
  };
}

function buttonsAction(value: unknown, warn: Warn) {
  const buttons = requireArray(value, 'buttons', { max: LIMITS.buttons });
  const replies = buttons.map((button, index) => {
    const field = `buttons[${index}]`;
    const { id, title } = titled(button, field);
    const rule = (key: string, limit: number): TextRule => ({
      field: `${field}.${key}`,
      limit,
      warn,
    });
    return {
      id: requireText(id, rule('id', LIMITS.buttonId)).trim(),
      title: requireText(title, rule('title', LIMITS.buttonTitle)),
    };
  });
  requireUnique(_.map(replies, 'title'), 'titles of buttons');
  requireUnique(_.map(replies, 'id'), 'ids of buttons');
  return { buttons: replies.map(reply => ({ type: 'reply', reply })) };
}

/** `'Yes'` stands for `{ id: 'Yes', title: 'Yes' }`. */
function titled(value: unknown, field: string, more: string[] = []): Fields {
  if (!_.isPlainObject(value)) return { id: value, title: value };
  allowOnly(value as object, ['id', 'title', ...more], field);
  const { title, id = title, ...rest } = value as Fields;
  return { id, title, ...rest };
}

function listRow(value: unknown, field: string, warn: Warn) {
  const row = titled(value, field, ['description']);
  const rule = (key: string, limit: number): TextRule => ({
    field: `${field}.${key}`,
    limit,
    warn,
  });
  const description = optionalText(
    row.description,
    rule('description', LIMITS.rowDescription),
  );
  return {
    id: requireText(row.id, rule('id', LIMITS.rowId)),
    title: requireText(row.title, rule('title', LIMITS.rowTitle)),
    ...(description ? { description } : {}),
  };
}

function listSections(list: Fields, warn: Warn) {
  const rowsOf = (value: unknown, field: string) =>
    requireArray(value, field, { max: LIMITS.listRows }).map((row, index) =>
      listRow(row, `${field}[${index}]`, warn),
    );
  if (!isFilled(list.sections))
    return [{ rows: rowsOf(list.rows, 'list.rows') }];

  const sections = requireArray(list.sections, 'list.sections', {
    max: LIMITS.sections,
  });
  return sections.map((value, index) => {
    const field = `list.sections[${index}]`;
    const section = requireObject(value, field);
    allowOnly(section, ['title', 'rows'], field);
    const rule = {
      field: `${field}.title`,
      limit: LIMITS.sectionTitle,
      warn,
    };
    const title =
      sections.length > 1
        ? requireText(section.title, rule)
        : optionalText(section.title, rule);
    return {
      ...(title ? { title } : {}),
      rows: rowsOf(section.rows, `${field}.rows`),
    };
  });
}

function listAction(value: unknown, warn: Warn) {
  const list = requireObject(value, 'list');
  allowOnly(list, ['button', 'rows', 'sections'], 'list');
  const button = requireText(list.button, {
    field: 'list.button',
    limit: LIMITS.listButton,
    warn,
  });
  const sections = listSections(list, warn);
  const rows = _.flatMap(sections, 'rows');
  if (rows.length > LIMITS.listRows)
    throw invalidMessage(
      `list has ${rows.length} rows in all its sections together; the limit is ${LIMITS.listRows}.`,
      'Leave out rows, or ask in two steps.',
    );
  requireUnique(_.map(rows, 'id'), 'ids of list rows');
  return { button, sections };
}

function ctaAction(value: unknown, warn: Warn) {
  const cta = requireObject(value, 'cta');
  allowOnly(cta, ['label', 'url'], 'cta');
  const display_text = requireText(cta.label, {
    field: 'cta.label',
    limit: LIMITS.ctaLabel,
    warn,
  });
  const url = requireUrl(cta.url, 'cta.url');
  return { name: 'cta_url', parameters: { display_text, url } };
}

function flowAction(value: unknown, warn: Warn) {
  const flow = requireObject(value, 'flow');
  allowOnly(
    flow,
    ['id', 'name', 'cta', 'screen', 'data', 'token', 'mode', 'action'],
    'flow',
  );
  const { id, name, screen, data, token, mode, action = 'navigate' } = flow;
  if (isFilled(id) === isFilled(name))
    throw invalidMessage(
      'flow needs its id or its name, and not both.',
      "Write it like flow: { id: '123456', cta: 'Start' }.",
    );
  const flow_cta = requireText(flow.cta, {
    field: 'flow.cta',
    limit: LIMITS.flowCta,
    warn,
  });
  if (flow_cta.length > LIMITS.flowCtaAdvised)
    warn(
      `flow.cta has more than ${LIMITS.flowCtaAdvised} characters: it may be refused.`,
    );
  if (!isFilled(screen) && !_.isEmpty(data))
    throw invalidMessage(
      'flow.data needs flow.screen: the screen that gets the data.',
      "Write it like screen: 'INTRO'.",
    );
  const payload = isFilled(screen) && {
    flow_action_payload: { screen, ...(_.isEmpty(data) ? {} : { data }) },
  };
  return {
    name: 'flow',
    parameters: {
      flow_message_version: '3',
      ..._.omitBy({ flow_id: id, flow_name: name }, _.isNil),
      flow_cta,
      ..._.omitBy({ mode, flow_token: token }, _.isNil),
      flow_action: action,
      ...payload,
    },
  };
}

function locationRequestAction(value: unknown) {
  if (value === true) return { name: 'send_location' };
  throw invalidMessage(
    'requestLocation has to be true.',
    'Write it like requestLocation: true.',
  );
}

const ACTIONS: Record<
  string,
  { type: string; action: (value: unknown, warn: Warn) => object }
> = {
  buttons: { type: 'button', action: buttonsAction },
  list: { type: 'list', action: listAction },
  cta: { type: 'cta_url', action: ctaAction },
  flow: { type: 'flow', action: flowAction },
  requestLocation: {
    type: 'location_request_message',
    action: locationRequestAction,
  },
};

const buildInteractive =
  (kind: string): Build =>
  (message, warn) => {
    const extras = kind === 'requestLocation' ? [] : ['header', 'footer'];
    allowOnly(message, ['text', kind, ...extras], `A message with ${kind}`);
    const isList = kind === 'list';
    const body = requireText(message.text, {
      field: 'text',
      limit: isList ? LIMITS.listBody : LIMITS.body,
      warn,
    });
    if (body.length > LIMITS.body)
      warn(`text of a ${kind} message may be limited to ${LIMITS.body}.`);
    const footer = optionalText(message.footer, {
      field: 'footer',
      limit: LIMITS.footer,
      warn,
    });
    const { type, action } = ACTIONS[kind];
    return {
      type: 'interactive',
      interactive: {
        type,
        ...(isFilled(message.header) && {
          header: buildHeader(message.header, warn, isList),
        }),
        body: { text: body },
        ...(footer && { footer: { text: footer } }),
        action: action(message[kind], warn),
      },
    };
  };

// The first key of this table that a message has decides what it is.
const BUILDERS: Record<string, Build> = {
  ..._.fromPairs(Object.keys(MEDIA).map(kind => [kind, buildMedia(kind)])),
  ..._.fromPairs(INTERACTIVE.map(kind => [kind, buildInteractive(kind)])),
  location: buildLocation,
  contacts: buildContacts,
  reaction: buildReaction,
  text: buildText,
};

const KINDS = Object.keys(BUILDERS);

/** Meta's own form goes through as it is. */
function isMetaForm(message: Fields): message is Content {
  return typeof message.type === 'string';
}

/** A plain message in Meta's form, or an error that names the field and the limit. */
export function buildMessage(message: unknown, warn: Warn): Content {
  if (typeof message === 'string' || typeof message === 'number')
    return buildText({ text: message }, warn);
  if (!isPlain(message))
    throw invalidMessage(
      isFilled(message)
        ? 'The message has to be a text or an object.'
        : 'The message is empty: there is no value where the job looks for it.',
      "Write it like sendMessage($.data.phone, 'Your results are ready.').",
    );
  if (isMetaForm(message)) return message;
  const kind = KINDS.find(key => key in message);
  if (kind) return BUILDERS[kind](message, warn);
  throw invalidMessage(
    'The message has nothing to send.',
    `Give it one of: ${KINDS.join(', ')}. Or Meta's own form, with type.`,
  );
}
