import { optional, text, type Check, type Store } from './checks';
import { missing, notValid } from './graph-error';
import { media } from './media-message';

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

/** Direct Send allows more buttons, of which the first two may open a page. */
function replyButtons({ buttons }: any, isDirect = false): string[] {
  const max = isDirect ? 10 : 3;
  if (!Array.isArray(buttons) || buttons.length < 1 || buttons.length > max)
    throw notValid(
      `Invalid buttons count. Min allowed buttons: 1, Max: ${max}`,
    );
  const pages = buttons.filter(({ type }: any) => type === 'cta_url');
  const isMixed = isDirect && pages.length <= 2;
  if (pages.length && !isMixed) throw notValid('button type must be reply');
  if (pages.some((page, index) => buttons[index] !== page))
    throw notValid('cta_url buttons must come first');
  const replies = buttons.slice(pages.length);
  for (const { type, reply } of replies) {
    if (type !== 'reply') throw notValid('button type must be reply');
    text(reply?.id, 'reply.id', 256);
    text(reply?.title, 'reply.title', 20);
  }
  unique(
    replies.map(({ reply }: any) => reply.id),
    'button id',
  );
  const titles = [
    ...pages.map(({ cta_url }: any) => ctaLabel(cta_url ?? {})),
    ...replies.map(({ reply }: any) => reply.title),
  ];
  unique(titles, 'button title');
  return titles;
}

function listRows({ button, sections }: any): string[] {
  text(button, 'action.button', 20);
  if (!Array.isArray(sections) || sections.length < 1 || sections.length > 10)
    throw notValid('Invalid sections count. Min: 1, Max: 10');
  const rows = sections.flatMap((section: any) => {
    const isNeeded = sections.length > 1;
    (isNeeded ? text : optional)(section.title, 'section.title', 24);
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

// --- Products ---

function product({ catalog_id, product_retailer_id }: any): string[] {
  text(catalog_id, 'action.catalog_id', 128);
  return [text(product_retailer_id, 'action.product_retailer_id', 128)];
}

function productList({ catalog_id, sections }: any): string[] {
  text(catalog_id, 'action.catalog_id', 128);
  if (!Array.isArray(sections) || sections.length < 1 || sections.length > 10)
    throw notValid('Invalid sections count. Min: 1, Max: 10');
  const items = sections.flatMap(({ title, product_items }: any) => {
    text(title, 'section.title', 24);
    if (!product_items?.length) throw missing('section.product_items');
    return product_items.map((item: any) =>
      text(item.product_retailer_id, 'product_retailer_id', 128),
    );
  });
  if (items.length > 30) throw notValid('There can be 30 products at most');
  return items;
}

// --- A carousel ---

const quickReplies = (buttons: any[]): string[] =>
  buttons.map(({ type, quick_reply }) => {
    if (type !== 'quick_reply')
      throw notValid('button type must be quick_reply');
    text(quick_reply?.id, 'quick_reply.id', 256);
    return text(quick_reply?.title, 'quick_reply.title', 20);
  });

function cardLabels({ action, type }: any): string[] {
  if (type === 'product') return product(action ?? {});
  if (action?.buttons) return quickReplies(action.buttons);
  return named('cta_url', ctaLabel)(action ?? {});
}

/** What has to be the same in all cards. */
const shapeOf = ({ type, header, action }: any) =>
  [type, header?.type, action?.name, action?.buttons?.length].join();

function carousel({ cards }: any): string[] {
  if (!Array.isArray(cards) || cards.length < 2 || cards.length > 10)
    throw notValid('Invalid cards count. Min: 2, Max: 10');
  if (new Set(cards.map(shapeOf)).size > 1)
    throw notValid('All cards must have the same header and the same buttons');
  return cards.flatMap((card: any, index) => {
    if (card.card_index !== index)
      throw notValid(`card_index must be ${index}`);
    if (card.type !== 'product') checkCard(card);
    return cardLabels(card);
  });
}

function checkCard({ header: top, body }: any) {
  if (!['image', 'video'].includes(top?.type))
    throw notValid('The header of a card must be an image or a video');
  optional(body?.text, 'card.body.text', 160);
}

function callLabel({ display_text, ttl_minutes, payload }: any): string {
  optional(payload, 'payload', 512);
  const isTime =
    ttl_minutes === undefined || (ttl_minutes >= 1 && ttl_minutes <= 43_200);
  if (!isTime) throw notValid('ttl_minutes must be 1 to 43200');
  return optional(display_text, 'display_text', 20) ?? 'Call on WhatsApp';
}

function addressLabel({ country }: any): string {
  if (country !== 'IN') throw notValid('country must be IN');
  return 'Provide address';
}

interface Kind {
  labels: (action: any, isDirect?: boolean) => string[];
  headers: string[];
  body: number;
  isBodyOptional?: boolean;
  hasNoFooter?: boolean;
}

const plain = (labels: Kind['labels'], more: Partial<Kind> = {}): Kind => ({
  labels,
  headers: [],
  body: 1024,
  ...more,
});

const ANY_HEADER = ['text', 'image', 'video', 'document'];
const INTERACTIVE: Record<string, Kind> = {
  product: plain(product, { isBodyOptional: true }),
  product_list: plain(productList, { headers: ['text'] }),
  catalog_message: plain(named('catalog_message', () => 'View catalog')),
  request_contact_info: plain(
    named('request_contact_info', () => 'Share contact info'),
  ),
  address_message: plain(named('address_message', addressLabel)),
  call_permission_request: plain(
    named('call_permission_request', () => 'Choose'),
    { isBodyOptional: true },
  ),
  voice_call: plain(named('voice_call', callLabel), {
    headers: ['text'],
    hasNoFooter: true,
  }),
  carousel: plain(carousel, { hasNoFooter: true }),
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

export const interactive: Check = (value, store) => {
  const kind = INTERACTIVE[value.type];
  if (!kind) throw notValid(`interactive.type ${value.type} is not valid`);
  if (!value.action) throw missing('interactive.action');
  if (value.type === 'product_list' && !value.header)
    throw missing('interactive.header');
  if (value.footer && kind.hasNoFooter)
    throw notValid('interactive.footer is not allowed here');
  const body = kind.isBodyOptional ? optional : text;
  return {
    header: header(value.header, store, kind.headers),
    body: body(value.body?.text, 'interactive.body.text', kind.body) ?? '',
    footer: optional(value.footer?.text, 'interactive.footer.text', 60),
    buttons: kind.labels(value.action, store.isDirect),
  };
};
