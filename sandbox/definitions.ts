import { badDefinition, badParameter, missing } from './graph-error';
import { placeholders, type TemplateComponent } from './templates';

// What Meta refuses in the definition of a template.

const CATEGORIES = ['AUTHENTICATION', 'MARKETING', 'UTILITY'];
const FORMATS = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'];
const BUTTONS = [
  'QUICK_REPLY',
  'URL',
  'PHONE_NUMBER',
  'COPY_CODE',
  'FLOW',
  'OTP',
];
const TYPES = [
  'HEADER',
  'BODY',
  'FOOTER',
  'BUTTONS',
  'CAROUSEL',
  'LIMITED_TIME_OFFER',
];

function checkLength(text: unknown, limit: number, part: string) {
  if (typeof text !== 'string' || !text)
    throw badParameter(`${part}: text is required`);
  if ([...text].length > limit)
    throw badDefinition(
      2388040,
      'Character limit exceeded',
      `The ${part} has more than ${limit} characters.`,
    );
}

function checkBody({ text, example }: any, format: string) {
  checkLength(text, 1024, 'body');
  if (/^\s*\{\{|\}\}\s*$/.test(text))
    throw badDefinition(
      2388299,
      "Variables can't be at the start or end of the template",
      'This template has variables at the start or end. Add words there.',
    );
  const names = placeholders(text);
  const isNamed = names.some(name => !/^\d+$/.test(name));
  if (isNamed !== (format === 'NAMED') && names.length)
    throw badDefinition(
      2388072,
      'Message template body is not valid',
      'The variables of the body do not have the format of its parameters.',
    );
  const examples = isNamed
    ? example?.body_text_named_params
    : example?.body_text?.[0];
  if ((examples?.length ?? 0) !== names.length)
    throw badDefinition(
      2388072,
      'Message template body is not valid',
      'Each variable of the body needs an example.',
    );
}

function checkHeader(
  { format, text, example }: any,
  isHandle: (handle: string) => boolean,
) {
  if (!FORMATS.includes(format))
    throw badParameter(`HEADER: format must be one of ${FORMATS.join(', ')}`);
  if (format === 'LOCATION') return;
  if (format === 'TEXT') return checkLength(text, 60, 'header');
  if (!isHandle(example?.header_handle?.[0]))
    throw badDefinition(
      2388047,
      'Message template header is not valid',
      'A header with a file needs the handle of a sample.',
    );
}

function checkButtons({ buttons }: any) {
  if (!Array.isArray(buttons) || !buttons.length || buttons.length > 10)
    throw badParameter('BUTTONS: there must be 1 to 10 buttons');
  for (const { type, text, url, example } of buttons) {
    if (!BUTTONS.includes(type))
      throw badParameter(`BUTTONS: type ${type} is not known`);
    if (type !== 'COPY_CODE' && type !== 'OTP') checkLength(text, 25, 'button');
    if (type === 'URL' && placeholders(url).length && !example)
      throw badParameter('BUTTONS: a url with a variable needs an example');
  }
}

const CODE_TEXT = '*{{1}}* is your verification code.';

/** The texts of authentication templates are Meta's own. */
function authentication(component: any): TemplateComponent {
  if (component.type === 'BODY') return { ...component, text: CODE_TEXT };
  if (component.type !== 'BUTTONS') return component;
  const buttons = component.buttons.map((button: any) => {
    if (!['COPY_CODE', 'ONE_TAP', 'ZERO_TAP'].includes(button.otp_type))
      throw badParameter(
        'BUTTONS: otp_type must be COPY_CODE, ONE_TAP or ZERO_TAP',
      );
    return {
      type: 'URL',
      text: button.text ?? 'Copy code',
      url: 'https://www.whatsapp.com/otp/code/?code={{1}}',
    };
  });
  return { ...component, buttons };
}

function checkAuthentication(components: unknown): TemplateComponent[] {
  if (!Array.isArray(components)) throw missing('components');
  for (const { type, text } of components) {
    if (!['BODY', 'FOOTER', 'BUTTONS'].includes(type))
      throw badParameter(`Component type ${type} is not allowed here`);
    if (type === 'BODY' && text !== undefined)
      throw badParameter(
        'body: an authentication template has no text of its own',
      );
  }
  const buttons = components.find(({ type }) => type === 'BUTTONS')?.buttons;
  if (!buttons?.length) throw missing('components: BUTTONS');
  return components.map(authentication);
}

function checkCards(
  { cards }: any,
  format: string,
  isHandle: (handle: string) => boolean,
) {
  if (!Array.isArray(cards) || cards.length < 2 || cards.length > 10)
    throw badParameter('CAROUSEL: there must be 2 to 10 cards');
  for (const { components } of cards) {
    const header = components?.find(({ type }: any) => type === 'HEADER');
    if (!['IMAGE', 'VIDEO'].includes(header?.format))
      throw badParameter(
        'CAROUSEL: every card needs a header with an image or a video',
      );
    checkHeader(header, isHandle);
    for (const component of components)
      if (component.type === 'BUTTONS') checkButtons(component);
      else if (component.type === 'BODY') checkBody(component, format);
  }
}

function checkComponents(
  components: unknown,
  format: string,
  isHandle: (handle: string) => boolean,
): TemplateComponent[] {
  if (!Array.isArray(components)) throw missing('components');
  for (const component of components) {
    if (!TYPES.includes(component.type))
      throw badParameter(`Component type ${component.type} is not known`);
    if (component.type === 'BODY') checkBody(component, format);
    if (component.type === 'HEADER') checkHeader(component, isHandle);
    if (component.type === 'FOOTER') checkLength(component.text, 60, 'footer');
    if (component.type === 'BUTTONS') checkButtons(component);
    if (component.type === 'CAROUSEL') checkCards(component, format, isHandle);
  }
  if (!components.some(({ type }) => type === 'BODY'))
    throw missing('components: BODY');
  return components;
}

const formatOf = (given: unknown) =>
  String(given ?? 'positional').toUpperCase() as 'POSITIONAL' | 'NAMED';

/** Checks a new template, and returns what of it is kept. */
export function readDefinition(
  given: any,
  isHandle: (handle: string) => boolean,
) {
  const { name, language, category, parameter_format } = given ?? {};
  if (!name) throw missing('name');
  if (!/^[a-z0-9_]{1,512}$/.test(name))
    throw badParameter('Param name must be lowercase letters, digits and _');
  if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(language ?? ''))
    throw badParameter(`Language ${language} is not available`);
  if (!CATEGORIES.includes(category))
    throw badParameter(`Param category must be one of ${CATEGORIES}`);
  const format = formatOf(parameter_format);
  return {
    name: name as string,
    language: language as string,
    category: category as string,
    parameter_format: format,
    components:
      category === 'AUTHENTICATION'
        ? checkAuthentication(given.components)
        : checkComponents(given.components, format, isHandle),
  };
}

/** Checks a change, and returns what of it is kept. */
export function readChanges(
  given: any,
  format: string,
  isHandle: (handle: string) => boolean,
) {
  const { components, category } = given ?? {};
  if (!components && !category && !given?.message_send_ttl_seconds)
    throw badParameter('There is nothing to change');
  if (category && !CATEGORIES.includes(category))
    throw badParameter(`Param category must be one of ${CATEGORIES}`);
  return {
    ...(category && { category }),
    ...(components && {
      components: checkComponents(components, format, isHandle),
    }),
  };
}
