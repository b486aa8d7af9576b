import { badParameter, graphError, missing, notValid } from './graph-error';

export interface TemplateComponent {
  type: string;
  format?: string;
  text?: string;
  buttons?: { type: string; text: string; url?: string }[];
  cards?: { components: TemplateComponent[] }[];
  limited_time_offer?: { text?: string; has_expiration?: boolean };
}

export interface StoredTemplate {
  id: string;
  name: string;
  language: string;
  status: string;
  category: string;
  parameter_format: 'POSITIONAL' | 'NAMED';
  components: TemplateComponent[];
  rejected_reason?: string;
  /** One card of a carousel, which is checked like a template. */
  isCard?: boolean;
}

const template = (
  id: string,
  name: string,
  language: string,
  components: TemplateComponent[],
  more: Partial<StoredTemplate> = {},
): StoredTemplate => ({
  id,
  name,
  language,
  status: 'APPROVED',
  category: 'UTILITY',
  parameter_format: 'POSITIONAL',
  components,
  ...more,
});

export const approvedTemplates = (): StoredTemplate[] => [
  template('2001', 'hello_world', 'en_US', [
    { type: 'BODY', text: 'Welcome and congratulations!' },
  ]),
  template('2002', 'appointment_reminder', 'en_US', [
    {
      type: 'BODY',
      text: 'Dear {{1}}, your appointment is on {{2}}. See you.',
    },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Confirm' },
        { type: 'QUICK_REPLY', text: 'Change' },
      ],
    },
  ]),
  template(
    '2003',
    'visit_reminder',
    'sw',
    [{ type: 'BODY', text: 'Habari {{name}}, ziara yako ni {{day}}. Karibu.' }],
    { parameter_format: 'NAMED' },
  ),
  template('2004', 'receipt', 'en', [
    { type: 'HEADER', format: 'DOCUMENT' },
    { type: 'BODY', text: 'Thank you for your payment of {{1}}. Stay well.' },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'URL', text: 'Open', url: 'https://example.org/{{1}}' },
        { type: 'URL', text: 'Help', url: 'https://example.org/help' },
        { type: 'QUICK_REPLY', text: 'Call me' },
      ],
    },
  ]),
  template(
    '2005',
    'login_code',
    'en_US',
    [
      { type: 'BODY', text: '*{{1}}* is your verification code.' },
      {
        type: 'BUTTONS',
        buttons: [
          {
            type: 'URL',
            text: 'Copy code',
            url: 'https://www.whatsapp.com/otp/code/?code={{1}}',
          },
        ],
      },
    ],
    { category: 'AUTHENTICATION' },
  ),
  template(
    '2006',
    'vaccination_offer',
    'en',
    [
      { type: 'HEADER', format: 'TEXT', text: 'Hello {{1}}' },
      { type: 'BODY', text: 'Show this code at the clinic.' },
      { type: 'BUTTONS', buttons: [{ type: 'COPY_CODE', text: 'Copy code' }] },
    ],
    { category: 'MARKETING' },
  ),
];

export const placeholders = (text = '') => [
  ...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name)),
];

const valueOf = (parameter: any): string =>
  parameter.text ??
  parameter.currency?.fallback_value ??
  parameter.date_time?.fallback_value ??
  parameter.group_id ??
  '';

function checkText(parameter: any) {
  if (!parameter?.type) throw missing('parameters.type');
  if (parameter.type === 'group_id') {
    if (!parameter.group_id) throw missing('parameters.group_id');
    return;
  }
  const value = valueOf(parameter);
  if (!value) throw badParameter('Param text must be a non-empty string');
  if (/[\n\t]| {5}/.test(value))
    throw badParameter(
      'Param text cannot have new-line/tab characters or more than 4 consecutive spaces',
    );
}

function checkCount(part: string, expected: string[], given: any[]) {
  if (expected.length !== given.length)
    throw graphError(
      132000,
      `${part}: number of localizable_params (${given.length}) does not match the expected number of params (${expected.length})`,
    );
}

function fillText(
  stored: StoredTemplate,
  part: string,
  text: string,
  parameters: any[],
): string {
  const { parameter_format } = stored;
  const names = placeholders(text);
  checkCount(part, names, parameters);
  parameters.forEach(checkText);
  if (
    parameter_format !== 'NAMED' &&
    parameters.some(one => one.parameter_name)
  )
    throw badParameter(
      'Invalid parameter. This template has positional parameters, which have no parameter_name',
    );
  if (parameter_format === 'NAMED')
    for (const name of names)
      if (!parameters.some(({ parameter_name }) => parameter_name === name))
        throw badParameter(
          `Invalid parameter. Parameter name is missing or empty: ${name}`,
        );
  const filled = text.replace(/\{\{(\w+)\}\}/g, (_all, name) =>
    valueOf(
      parameter_format === 'NAMED'
        ? parameters.find(({ parameter_name }) => parameter_name === name)
        : parameters[Number(name) - 1],
    ),
  );
  const longest = part === 'header' ? 60 : longestBody(stored);
  if (names.length && [...filled].length > longest)
    throw graphError(132005, `${part}: translated text too long`);
  return filled;
}

/** A body that stands alone may be longer; those of cards and offers must be shorter. */
function longestBody({ components, isCard }: StoredTemplate): number {
  if (isCard) return 160;
  if (components.some(({ type }) => type === 'LIMITED_TIME_OFFER')) return 600;
  return components.length === 1 ? 32_768 : 1024;
}

function fillHeader(
  stored: StoredTemplate,
  header: TemplateComponent,
  parameters: any[],
): string {
  const { format = 'TEXT', text = '' } = header;
  if (format === 'TEXT') return fillText(stored, 'header', text, parameters);
  const received = parameters[0]?.type?.toUpperCase() ?? 'UNKNOWN';
  if (received !== format)
    throw graphError(
      132012,
      `header: Format mismatch, expected ${format}, received ${received}`,
    );
  return `[${format.toLowerCase()}]`;
}

const BUTTON_TYPES: Record<string, string> = {
  URL: 'url',
  QUICK_REPLY: 'quick_reply',
  COPY_CODE: 'copy_code',
  FLOW: 'flow',
  CATALOG: 'catalog',
  MPM: 'mpm',
  VOICE_CALL: 'voice_call',
};

function checkButtons(buttons: any[] = [], given: any[]) {
  for (const component of given) {
    const button = buttons[Number(component.index)];
    const kind = String(component.sub_type).toLowerCase();
    if (!button || BUTTON_TYPES[button.type] !== kind)
      throw graphError(
        132012,
        `buttons: Button at index ${component.index} is not of type ${component.sub_type}`,
      );
  }
  buttons.forEach((button, index) => {
    const isNamed = given.some(({ index: i }) => Number(i) === index);
    if (button.type === 'FLOW' && !isNamed)
      throw notValid(
        `buttons: Button at index ${index} of type Flow requires a parameter`,
      );
    const needs =
      button.type === 'COPY_CODE' ||
      button.type === 'MPM' ||
      (button.type === 'URL' && placeholders(button.url).length > 0);
    if (needs && !isNamed)
      throw graphError(
        131008,
        `buttons: Button at index ${index} of type ${button.type} requires a parameter`,
      );
  });
}

/** Checks a template message against what was approved, and returns what a person reads. */
export function renderTemplate(templates: StoredTemplate[], message: any) {
  const { name, language, components = [] } = message;
  const stored = templates.find(
    candidate =>
      candidate.name === name &&
      candidate.language === language?.code &&
      candidate.status === 'APPROVED',
  );
  if (!stored)
    throw graphError(
      132001,
      `template name (${name}) does not exist in ${language?.code}`,
    );

  return renderParts(stored, components);
}

function renderOffer({ components }: StoredTemplate, given: any[]) {
  const offer = components.find(({ type }) => type === 'LIMITED_TIME_OFFER');
  const parameter = given[0]?.parameters?.[0]?.limited_time_offer;
  if (!offer) {
    if (given.length)
      throw graphError(132012, 'limited_time_offer: no such component');
    return undefined;
  }
  if (!offer.limited_time_offer?.has_expiration) return {};
  const expires = parameter?.expiration_time_ms;
  if (typeof expires !== 'number' || expires < 1e12)
    throw graphError(
      131008,
      'limited_time_offer: expiration_time_ms is required, in milliseconds',
    );
  return { expires };
}

function renderCards(stored: StoredTemplate, given: any[]) {
  const carousel = stored.components.find(({ type }) => type === 'CAROUSEL');
  const cards = carousel?.cards ?? [];
  const messageCards: any[] = given[0]?.cards ?? [];
  checkCount('carousel', cards as any[], messageCards);
  const places = messageCards.map(({ card_index: place }) => Number(place));
  if (places.some((place, index) => place !== index))
    throw badParameter('card_index must count the cards from 0');
  return cards.map(({ components }, index) =>
    renderParts(
      { ...stored, components, isCard: true },
      messageCards[index].components ?? [],
    ),
  );
}

function checkTapTarget([target]: any[]) {
  const [first] = target?.parameters?.[0]?.tap_target_configuration ?? [];
  if (target && !(first?.url && first?.title))
    throw missing('tap_target_configuration');
}

/** The parts of a template or of one of its cards. */
function renderParts(stored: StoredTemplate, components: any[]): any {
  const part = (type: string) =>
    stored.components.find(component => component.type === type);
  const given = (type: string) =>
    components.filter(
      (component: any) => component.type?.toLowerCase() === type,
    );
  const parameters = (type: string) => given(type)[0]?.parameters ?? [];

  for (const type of ['header', 'body'])
    if (given(type).length > 1)
      throw badParameter(`There can be one ${type} component`);
  const header = part('HEADER');
  const buttons = part('BUTTONS')?.buttons ?? [];
  checkButtons(buttons, given('button'));
  if (!header) checkCount('header', [], parameters('header'));
  checkTapTarget(given('tap_target_configuration'));
  const offer = renderOffer(stored, given('limited_time_offer'));
  const cards = renderCards(stored, given('carousel'));
  return {
    ...(offer && { offer }),
    ...(cards.length && { cards }),
    header: header && fillHeader(stored, header, parameters('header')),
    ...fileIn(header, parameters('header')),
    body: fillText(
      stored,
      'body',
      part('BODY')?.text ?? '',
      parameters('body'),
    ),
    footer: part('FOOTER')?.text,
    buttons: buttons.map(({ text }) => text),
    filled: buttons.map((button, index) =>
      fillButton(
        button,
        given('button').find(one => Number(one.index) === index),
      ),
    ),
  };
}

/** A header that is a file, as the message has it. */
function fileIn(header: TemplateComponent | undefined, [parameter]: any[]) {
  const { format = 'TEXT' } = header ?? {};
  if (format === 'TEXT' || !parameter) return {};
  const { type } = parameter;
  return { file: { type, value: parameter[type] ?? {} } };
}

/** A button with what the message fills into it. */
function fillButton(button: any, component: any) {
  const [parameter] = component?.parameters ?? [];
  const { text, payload, coupon_code: code } = parameter ?? {};
  const url = button.url?.replace(/\{\{\w+\}\}/g, text ?? '');
  return { ...button, ...(url && { url }), payload, code };
}
