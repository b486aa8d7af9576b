import { toJson } from '../util/json';
import _ from 'lodash';
import { emptyValue, invalid } from '../errors/error';
import { warn } from '../log';
import { isFilled } from '../validation';
import { isTemplateName } from './template';
import { isOutOfOrder, variablesOf } from './variables';

// What a job writes to create or change a template.
// https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components

const CATEGORIES = ['UTILITY', 'MARKETING', 'AUTHENTICATION'];

export const invalidTemplate = invalid('INVALID_TEMPLATE');

export function requireName(value: unknown, field: string): string {
  if (isTemplateName(value)) return value;
  if (!isFilled(value) || value === '')
    throw emptyValue(invalidTemplate, field, value);
  throw invalidTemplate(
    `\`${field}\` must be the name of a template: up to 512 lowercase letters, digits and underscores.`,
    "Example: 'visit_reminder'.",
    { field },
  );
}

export function requireFields(
  value: unknown,
  what: string,
): Record<string, unknown> {
  if (_.isPlainObject(value) && !_.isEmpty(value))
    return value as Record<string, unknown>;
  throw invalidTemplate(
    `${what} must be an object with fields.`,
    "Use Meta's format: { components: [{ type: 'BODY', text: 'Hello.' }] }.",
  );
}

export function requireDefinition(value: unknown): Record<string, unknown> {
  const template = requireFields(value, '`template`');
  requireName(template.name, 'name');
  const parts = template.library_template_name ? [] : ['components'];
  const missing = ['language', 'category', ...parts].filter(field =>
    _.isEmpty(template[field]),
  );
  if (missing.length)
    throw invalidTemplate(
      `\`template\` is missing: ${missing.join(', ')}.`,
      `It must have a name, a language such as 'sw', a category (${CATEGORIES.join(', ')}) and components with at least a BODY.`,
    );
  if (!CATEGORIES.includes(String(template.category)))
    throw invalidTemplate(
      `The category ${template.category} does not exist.`,
      `Allowed: ${CATEGORIES.join(', ')}.`,
    );
  checkHandles(template.components);
  warnOfDefinition(template.components);
  return { ...template, ...formatOf(template) };
}

/** Names require `parameter_format`: Meta's default is numbers. */
function formatOf({
  components,
  parameter_format: given,
}: Record<string, unknown>) {
  if (isFilled(given)) return {};
  // An example may have anything.
  const texts = toJson(components, (key, value: unknown) =>
    key === 'example' ? undefined : value,
  );
  const isNamed = variablesOf(texts).some(name => !/^\d+$/.test(name));
  return isNamed ? { parameter_format: 'named' } : {};
}

const MOST_ON_DESKTOP = 3;

/** Meta accepts these, but a person may get something else than expected. */
function warnOfDefinition(components: unknown) {
  for (const component of _.castArray(components ?? [])) {
    const { text, buttons } = Object(component);
    if (isOutOfOrder(text))
      warn(
        `The numbers of the variables are not in order: "${text}". The first value fills {{1}}.`,
      );
    const kinds = _.countBy(buttons, 'type');
    const { QUICK_REPLY: replies = 0 } = kinds;
    const isMixed = replies > 0 && replies < _.size(buttons);
    if (isMixed || _.size(buttons) > MOST_ON_DESKTOP)
      warn(
        'WhatsApp on desktop does not show templates with more than 3 buttons, or with quick replies beside other buttons.',
      );
  }
}

function handleAdvice(handle: unknown): string | undefined {
  if (!isFilled(handle) || handle === '') return 'is empty';
  if (/^https?:/i.test(String(handle))) return 'is a URL';
  return /^\d+$/.test(String(handle)) ? 'is the ID of a file' : undefined;
}

/** Checks header samples: an uploaded file ID or a URL is not valid. */
function checkHandles(components: unknown) {
  for (const component of _.castArray(components ?? [])) {
    const handles: unknown = _.get(component, 'example.header_handle', []);
    const wrong = _.compact(_.castArray(handles).map(handleAdvice))[0];
    if (wrong)
      throw invalidTemplate(
        `\`header_handle[0]\` ${wrong}: it must be the handle of a sample.`,
        'Get it from uploadFileHandle(), in $.data.h. The ID from uploadMedia() is only for sending.',
        { field: 'components' },
      );
  }
}
