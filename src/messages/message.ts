import _ from 'lodash';
import { emptyValue, invalidMessage } from '../errors/error';
import { isPlain, namesText } from '../state';
import { didYouMean } from '../suggest';
import {
  allowOnly,
  isFilled,
  kindOf,
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
import { checkLink } from './links';
import { isMetaForm, readMetaForm } from './meta-form';

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

/** Digits, or a UUID: what is longer is content. */
const MEDIA_ID = /^[\w-]{1,64}$/;

/** What to do with something that is neither an id nor a URL. */
function mediaAdvice(value: unknown, field: string): string {
  if (typeof value === 'number')
    return 'Put the ID in quotes: as a number it loses digits.';
  if (typeof value !== 'string')
    return `Give the ID of an uploaded file (${field}: $.data.id) or a URL (${field}: 'https://…').`;
  if (/^[\w-]+(\.[\w-]+)+\//.test(value)) return 'Write https:// before it.';
  if (/^data:|^[A-Za-z0-9+/=\s]{64,}$/.test(value))
    return `Upload the content with uploadMedia() first, and give ${field} the ID: $.data.id.`;
  return `Upload the file with uploadMedia() first, and give ${field} the ID: $.data.id.`;
}

/** An uploaded file by its id, or a file on the web by its address. */
export function mediaReference(value: unknown, field: string, warn: Warn) {
  if (!isFilled(value)) throw emptyValue(invalidMessage, field, value);
  const reference = typeof value === 'string' ? value.trim() : value;
  if (reference === '') throw emptyValue(invalidMessage, field, '');
  if (typeof reference === 'string') {
    if (/^https?:\/\//i.test(reference))
      return { link: checkLink(requireUrl(reference, field), field, warn) };
    if (MEDIA_ID.test(reference)) return { id: reference };
  }
  throw invalidMessage(
    `\`${field}\` must be the ID of an uploaded file or a URL, got ${kindOf(value)}.`,
    mediaAdvice(value, field),
    { field },
  );
}

function buildText(message: Fields, warn: Warn): Content {
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
    const text = (field: string, limit: number) =>
      optionalText(message[field], { field, limit, warn });
    return {
      type: kind,
      [kind]: {
        ...mediaReference(message[kind], kind, warn),
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
  const location = requireObject(
    message.location,
    'location',
    "location: { latitude: -1.29, longitude: 36.82, name: 'Clinic' }",
  );
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
      `\`${field}.name\` must have formatted_name and at least one more part, such as first_name.`,
      "Example: name: { formatted_name: 'Ada Nowak', first_name: 'Ada' }.",
      { field: `${field}.name` },
    );
  const { birthday } = contact;
  if (isFilled(birthday) && !/^\d{4}-\d\d-\d\d$/.test(String(birthday)))
    throw invalidMessage(
      `\`${field}.birthday\` must be a date like 1990-01-31.`,
      'Write the year, the month and the day, with dashes.',
      { field: `${field}.birthday` },
    );
  return contact;
}

function buildContacts(message: Fields, warn: Warn): Content {
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

/** A row of `parseWebhook()` stands for its id. */
export function requireMessageId(given: unknown, field: string): string {
  const isRow = isPlain(given) && isPlain(given.content);
  if (isRow && (given.direction === 'out' || given.status))
    throw invalidMessage(
      `\`${field}\` is not a message that somebody sent to you.`,
      'Give a row of `messages`.',
      { field },
    );
  const value = isRow ? given.id : given;
  if (typeof value === 'string' && /^[\x21-\x7e]{1,512}$/.test(value.trim()))
    return value.trim();
  if (!isFilled(value) || value === '')
    throw emptyValue(invalidMessage, field, value);
  throw invalidMessage(
    `\`${field}\` must be the ID of a message, such as wamid.HBgL…, got ${kindOf(value)}.`,
    Array.isArray(value)
      ? 'For a list use each($.data.messages, markAsRead($.data.id)).'
      : 'You find it in the response of sendMessage(), messages[0].id, or in a row of parseWebhook().',
    { field },
  );
}

function buildReaction(message: Fields): Content {
  const emoji = message.reaction;
  if (typeof emoji !== 'string' || (emoji !== '' && !isEmoji(emoji)))
    throw invalidMessage(
      '`reaction` must be one emoji, or an empty string to remove it.',
      "Example: reaction: '👍'.",
      { field: 'reaction' },
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
      '`header` must be a text or one file.',
      "Example: header: 'Clinic' or header: { image: '<media id>' }.",
      { field: 'header' },
    );
  if (textOnly)
    throw invalidMessage(
      '`header` of a list message must be text.',
      "Example: header: 'Clinic'.",
      { field: 'header' },
    );
  const filename = optionalText(media.filename, {
    field: 'header.filename',
    limit: LIMITS.filename,
    warn,
  });
  return {
    type: kind,
    [kind]: {
      ...mediaReference(media[kind], `header.${kind}`, warn),
      ...(filename && { filename }),
    },
  };
}

function buttonsAction(value: unknown, warn: Warn) {
  const buttons = requireArray(value, 'buttons', {
    max: LIMITS.buttons,
    example: "buttons: ['Yes', 'No']",
  });
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
  requireUnique(_.map(replies, 'title'), 'button titles');
  requireUnique(_.map(replies, 'id'), 'button IDs');
  return { buttons: replies.map(reply => ({ type: 'reply', reply })) };
}

/** `'Yes'` stands for `{ id: 'Yes', title: 'Yes' }`. */
function titled(value: unknown, field: string, more: string[] = []): Fields {
  if (!_.isPlainObject(value)) return { id: value, title: value };
  const hint = _.has(value, 'url')
    ? "A button that opens a page is cta: { label: 'Open', url: 'https://…' }."
    : _.has(value, 'text')
      ? 'Write title instead of text.'
      : '';
  allowOnly(value as object, ['id', 'title', ...more], field, hint);
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
  const list = requireObject(
    value,
    'list',
    "list: { button: 'Choose', rows: ['A', 'B'] }",
  );
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
      `\`list\` has ${rows.length} rows in all its sections together; the limit is ${LIMITS.listRows}.`,
      'Leave out rows, or ask in two steps.',
      { field: 'list' },
    );
  requireUnique(_.map(rows, 'id'), 'list row IDs');
  return { button, sections };
}

function ctaAction(value: unknown, warn: Warn) {
  const cta = requireObject(
    value,
    'cta',
    "cta: { label: 'Open', url: 'https://example.org' }",
  );
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
  const flow = requireObject(
    value,
    'flow',
    "flow: { id: '123456', cta: 'Start' }",
  );
  allowOnly(
    flow,
    ['id', 'name', 'cta', 'screen', 'data', 'token', 'mode', 'action'],
    'flow',
  );
  const { id, name, screen, data, token, mode, action = 'navigate' } = flow;
  if (isFilled(id) === isFilled(name))
    throw invalidMessage(
      '`flow` must have either `id` or `name`.',
      "Example: flow: { id: '123456', cta: 'Start' }.",
      { field: 'flow' },
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
      '`flow.data` needs `flow.screen`: the screen that gets the data.',
      "Example: screen: 'INTRO'.",
      { field: 'flow.screen' },
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
    '`requestLocation` must be true.',
    'Example: requestLocation: true.',
    { field: 'requestLocation' },
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

/** An empty cell of the data is no header. */
const hasHeader = (header: unknown) => isFilled(header) && header !== '';

const buildInteractive =
  (kind: string): Build =>
  (message, warn) => {
    const isList = kind === 'list';
    if (!('text' in message))
      throw invalidMessage(
        `A message with \`${kind}\` needs a \`text\`.`,
        `Example: { text: 'Are you coming?', ${kind}: … }.`,
        { field: 'text' },
      );
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
        ...(hasHeader(message.header) && {
          header: buildHeader(message.header, warn, isList),
        }),
        body: { text: body },
        ...(footer && { footer: { text: footer } }),
        action: action(message[kind], warn),
      },
    };
  };

interface Kind {
  /** What a message of this kind may have. */
  fields: string[];
  build: Build;
}

const mediaKind = (kind: string): Kind => ({
  fields: [kind, ...MEDIA[kind]],
  build: buildMedia(kind),
});

const interactiveKind = (kind: string): Kind => ({
  fields: [
    'text',
    kind,
    ...(kind === 'requestLocation' ? [] : ['header', 'footer']),
  ],
  build: buildInteractive(kind),
});

// The first key of this table that a message has decides what it is.
const KINDS: Record<string, Kind> = {
  ..._.mapValues(MEDIA, (_extras, kind) => mediaKind(kind)),
  ..._.mapValues(ACTIONS, (_action, kind) => interactiveKind(kind)),
  location: { fields: ['location'], build: buildLocation },
  contacts: { fields: ['contacts'], build: buildContacts },
  reaction: { fields: ['reaction', 'messageId'], build: buildReaction },
  text: { fields: ['text', 'previewUrl'], build: buildText },
};
const NAMES = Object.keys(KINDS);
const FIELDS = _.uniq(_.flatMap(KINDS, 'fields')) as string[];

/** What people call a field. */
const ALIASES: Record<string, string> = {
  message: 'text',
  body: 'text',
  msg: 'text',
  content: 'text',
  photo: 'image',
  picture: 'image',
  img: 'image',
  file: 'document',
  pdf: 'document',
  attachment: 'document',
  movie: 'video',
  voice_message: 'audio',
  button: 'buttons',
  preview: 'previewUrl',
  link: 'cta',
  phone: 'to',
  number: 'to',
  recipient: 'to',
  ref: 'reference',
};

/** What is given beside a single message. */
const OPTIONS = [
  'reference',
  'replyTo',
  'dryRun',
  'phoneNumberId',
  'checkText',
];

/** What is told of fields that are known, and don't fit together. */
const HINTS: Record<string, string> = {
  'image+text': 'The text below a file is its caption.',
  'video+text': 'The text below a file is its caption.',
  'document+text': 'The text below a file is its caption.',
  'text+caption': 'A text has no caption: only a file has.',
};

// --- Messages that are pasted from Meta's documentation ---

const pastedMedia = (kind: string) => (media: Fields) => {
  allowOnly(media, ['id', 'link', ...MEDIA[kind]], kind);
  return { ..._.omit(media, 'id', 'link'), [kind]: media.id ?? media.link };
};

/** Fields whose value has Meta's form, as `{ text: { body } }`. */
const PASTED: Record<string, (value: Fields) => Fields> = {
  ..._.mapValues(MEDIA, (_extras, kind) => pastedMedia(kind)),
  text: ({ body, preview_url: previewUrl }) => ({
    text: body,
    ...(isFilled(previewUrl) && { previewUrl }),
  }),
  reaction: ({ message_id: messageId, emoji }) => ({
    messageId,
    reaction: emoji,
  }),
};

function unfold(message: Fields): Fields {
  if (isPlain(message.interactive))
    return { type: 'interactive', ..._.pick(message, 'interactive') };
  return Object.entries(message).reduce<Fields>((all, [key, value]) => {
    const isPasted = Object.hasOwn(PASTED, key) && isPlain(value);
    return { ...all, ...(isPasted ? PASTED[key](value) : { [key]: value }) };
  }, {});
}

// --- Together ---

/** Says what to do with fields that no message has, or not of this kind. */
function checkFields(
  message: Fields,
  name: string | undefined,
  also: string[],
) {
  if ('template' in message || ('name' in message && 'language' in message))
    throw invalidMessage(
      'The message is a template.',
      'Send it with sendTemplate(to, { name, language, body }).',
      { field: 'template' },
    );
  const unknown = Object.keys(message).filter(key => !FIELDS.includes(key));
  const option = !also.length && unknown.find(key => OPTIONS.includes(key));
  if (option)
    throw invalidMessage(
      `\`${option}\` is an option, and not a field of the message.`,
      `Give it after the message: sendMessage(to, message, { ${option}: … }).`,
      { field: option },
    );
  if (unknown.length)
    throw invalidMessage(
      `The message has fields that are not known: ${namesText(unknown)}.${didYouMean(unknown, [...FIELDS, ...also], ALIASES)}`,
      `A message has one of: ${NAMES.join(', ')}.${also.length ? ` A row also has: ${also.join(', ')}.` : ''}`,
      { field: unknown[0] },
    );
  if (!name)
    throw invalidMessage(
      `\`message\` must have one of: ${NAMES.join(', ')}.`,
      "Example: { text: 'Hello' }. Or Meta's own form, with type.",
    );
}

function chooseKind(message: Fields, also: string[]): Kind {
  const name = NAMES.find(key => key in message);
  checkFields(message, name, also);
  const others = NAMES.filter(
    key => key in message && key !== name && key !== 'text',
  );
  if (others.length)
    throw invalidMessage(
      `The message has ${[name, ...others].join(' and ')}: it can have one of them.`,
      'Send several messages, one after the other.',
      { field: others[0] },
    );
  const kind = KINDS[name!];
  const extra = Object.keys(message).find(key => !kind.fields.includes(key));
  const hint = HINTS[`${name}+${extra}`] ?? '';
  allowOnly(message, kind.fields, `A message with ${name}`, hint);
  return kind;
}

/** A plain message in Meta's form, or an error that names the field and the limit. */
export function buildMessage(
  message: unknown,
  warn: Warn,
  alsoAllowed: string[] = [],
): Content {
  if (typeof message === 'string' || typeof message === 'number')
    return buildText({ text: message }, warn);
  if (!isFilled(message))
    throw emptyValue(
      invalidMessage,
      'message',
      message,
      "Example: sendMessage($.data.phone, 'Your results are ready.').",
    );
  if (!isPlain(message))
    throw invalidMessage(
      `\`message\` must be a text or an object, got ${kindOf(message)}.`,
      "Example: sendMessage($.data.phone, 'Your results are ready.').",
      { field: 'message' },
    );
  if (isMetaForm(message)) return readMetaForm(message, warn);
  const unfolded = unfold(message);
  if (isMetaForm(unfolded)) return readMetaForm(unfolded, warn);
  return chooseKind(unfolded, alsoAllowed).build(unfolded, warn);
}
