import { badParameter, missing, notValid } from './graph-error';
import { renderTemplate, type StoredTemplate } from './templates';

/** What a person sees on the phone. */
export interface Shown {
  header?: string;
  body: string;
  footer?: string;
  buttons?: string[];
}

interface Store {
  templates: StoredTemplate[];
  hasMedia: (id: string) => boolean;
}

type Check = (value: any, store: Store) => Shown;

function text(value: unknown, name: string, limit: number): string {
  if (value === undefined || value === null || value === '')
    throw missing(name);
  if (typeof value !== 'string') throw badParameter(`${name} must be a string`);
  if ([...value].length > limit)
    throw badParameter(
      `Param ${name} must be at most ${limit} characters long.`,
    );
  return value;
}

const optional = (value: unknown, name: string, limit: number) =>
  value === undefined ? undefined : text(value, name, limit);

function onlyKeys(value: object, keys: string[], name: string) {
  for (const key of Object.keys(value))
    if (!keys.includes(key))
      throw badParameter(`Unexpected key "${key}" on param "${name}".`);
}

const media =
  (kind: string, extras: string[]): Check =>
  (value, { hasMedia }) => {
    onlyKeys(value, ['id', 'link', ...extras], kind);
    const { id, link } = value;
    if ((id === undefined) === (link === undefined))
      throw badParameter(`Exactly one of id and link is needed for ${kind}`);
    if (id !== undefined && !hasMedia(String(id)))
      throw notValid(`Media ID ${id} does not exist`);
    if (link !== undefined && !/^https?:\/\/[^\s/]+/.test(link))
      throw notValid(`${kind}.link is not a valid URL`);
    const caption = optional(value.caption, `${kind}['caption']`, 1024);
    const name = value.filename ? `${kind}: ${value.filename}` : kind;
    return { header: `[${name}]`, body: caption ?? '' };
  };

function header(value: any, store: Store, allowed: string[]) {
  if (value === undefined) return undefined;
  if (!allowed.includes(value.type))
    throw notValid(`header type ${value.type} is not allowed here`);
  if (value.type === 'text') return text(value.text, 'header.text', 60);
  if (!value[value.type]) throw missing(`header.${value.type}`);
  return media(value.type, ['filename'])(value[value.type], store).header;
}

function unique(values: string[], name: string) {
  if (new Set(values).size !== values.length)
    throw notValid(`Duplicated ${name}`);
}

function replyButtons({ buttons }: any): string[] {
  if (!Array.isArray(buttons) || buttons.length < 1 || buttons.length > 3)
    throw notValid('Invalid buttons count. Min allowed buttons: 1, Max: 3');
  for (const { type, reply } of buttons) {
    if (type !== 'reply') throw notValid('button type must be reply');
    text(reply?.id, 'reply.id', 256);
    text(reply?.title, 'reply.title', 20);
  }
  const titles = buttons.map(({ reply }: any) => reply.title);
  unique(
    buttons.map(({ reply }: any) => reply.id),
    'button id',
  );
  unique(titles, 'button title');
  return titles;
}

function listRows({ button, sections }: any): string[] {
  text(button, 'action.button', 20);
  if (!Array.isArray(sections) || sections.length < 1 || sections.length > 10)
    throw notValid('Invalid sections count. Min: 1, Max: 10');
  const rows = sections.flatMap((section: any) => {
    if (sections.length > 1) text(section.title, 'section.title', 24);
    return section.rows ?? [];
  });
  if (rows.length < 1 || rows.length > 10)
    throw notValid('Total row count exceed max allowed count: 10');
  for (const row of rows) {
    text(row.id, 'row.id', 200);
    text(row.title, 'row.title', 24);
    optional(row.description, 'row.description', 72);
  }
  unique(
    rows.map((row: any) => row.id),
    'row id',
  );
  return rows.map((row: any) => row.title);
}

const named =
  (name: string, label: (parameters: any) => string) => (action: any) => {
    if (action.name !== name) throw notValid(`action.name must be ${name}`);
    return [label(action.parameters ?? {})];
  };

function ctaLabel({ display_text, url }: any): string {
  if (!/^https?:\/\//.test(url ?? '')) throw notValid('url is not valid');
  return text(display_text, 'display_text', 20);
}

function flowLabel(parameters: any): string {
  const { flow_id, flow_name, flow_message_version } = parameters;
  if (flow_message_version !== '3')
    throw notValid('flow_message_version must be 3');
  if (!flow_id === !flow_name)
    throw notValid('Exactly one of flow_id and flow_name is needed');
  if (parameters.flow_action_payload && !parameters.flow_action_payload.screen)
    throw missing('flow_action_payload.screen');
  return text(parameters.flow_cta, 'flow_cta', 30);
}

const ANY_HEADER = ['text', 'image', 'video', 'document'];
const INTERACTIVE: Record<
  string,
  { labels: (action: any) => string[]; headers: string[]; body: number }
> = {
  button: { labels: replyButtons, headers: ANY_HEADER, body: 1024 },
  list: { labels: listRows, headers: ['text'], body: 4096 },
  cta_url: {
    labels: named('cta_url', ctaLabel),
    headers: ANY_HEADER,
    body: 1024,
  },
  flow: { labels: named('flow', flowLabel), headers: ANY_HEADER, body: 1024 },
  location_request_message: {
    labels: named('send_location', () => 'Send location'),
    headers: [],
    body: 1024,
  },
};

const interactive: Check = (value, store) => {
  const kind = INTERACTIVE[value.type];
  if (!kind) throw notValid(`interactive.type ${value.type} is not valid`);
  if (!value.action) throw missing('interactive.action');
  return {
    header: header(value.header, store, kind.headers),
    body: text(value.body?.text, 'interactive.body.text', kind.body),
    footer: optional(value.footer?.text, 'interactive.footer.text', 60),
    buttons: kind.labels(value.action),
  };
};

const location: Check = ({ latitude, longitude, name, address }) => {
  for (const [key, number, max] of [
    ['latitude', latitude, 90],
    ['longitude', longitude, 180],
  ] as const) {
    if (number === undefined) throw missing(`location.${key}`);
    if (!(Math.abs(Number(number)) <= max))
      throw notValid(`location.${key} is not valid`);
  }
  return {
    header: '[location]',
    body: [name, address].filter(Boolean).join(', '),
  };
};

const contacts: Check = value => {
  if (!Array.isArray(value) || !value.length) throw missing('contacts');
  for (const { name } of value)
    if (!name?.formatted_name || Object.keys(name).length < 2)
      throw notValid('contacts.name needs formatted_name and another name');
  return {
    header: '[contact]',
    body: value.map(({ name }) => name.formatted_name).join(', '),
  };
};

const reaction: Check = ({ message_id, emoji }) => {
  text(message_id, 'reaction.message_id', 128);
  if (typeof emoji !== 'string') throw missing('reaction.emoji');
  return { body: emoji || '(reaction removed)' };
};

const CHECKS: Record<string, Check> = {
  text: value => {
    onlyKeys(value, ['body', 'preview_url'], 'text');
    return { body: text(value.body, "text['body']", 4096) };
  },
  image: media('image', ['caption']),
  video: media('video', ['caption']),
  audio: media('audio', ['voice']),
  document: media('document', ['caption', 'filename']),
  sticker: media('sticker', []),
  location,
  contacts,
  reaction,
  interactive,
  template: (value, { templates }) => renderTemplate(templates, value),
};

export const digits = (text: unknown) => String(text ?? '').replace(/\D/g, '');

/** What every body of WhatsApp has to say. */
export function requireProduct(body: any) {
  if (body?.messaging_product !== 'whatsapp')
    throw badParameter('The parameter messaging_product is required.');
}

function checkRecipient({ to, recipient, recipient_type }: any): string {
  if (to === undefined && recipient === undefined)
    throw badParameter('The parameter to is required.');
  if (to === undefined) {
    if (!/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(recipient))
      throw notValid('recipient is not a business-scoped user id');
    return recipient;
  }
  if (recipient_type === 'group') return text(to, 'to', 128);
  if (!/^\+?[0-9 ()-]{6,25}$/.test(to))
    throw notValid('The phone number in to is not valid');
  return digits(to);
}

/** Validates a message as Meta does, and returns to whom it goes and what it shows. */
export function checkMessage(payload: any, store: Store) {
  requireProduct(payload);
  const waId = checkRecipient(payload);
  const { type = 'text', context, biz_opaque_callback_data } = payload;
  const check = CHECKS[type];
  if (!check)
    throw badParameter(
      `Param type must be one of {${Object.keys(CHECKS).join(', ').toUpperCase()}} - got "${type}".`,
    );
  if (payload[type] === undefined) throw missing(type);
  if (context !== undefined)
    text(context.message_id, 'context.message_id', 128);
  optional(biz_opaque_callback_data, 'biz_opaque_callback_data', 512);
  return { waId, shown: check(payload[type], store) };
}
