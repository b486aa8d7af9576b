import _ from 'lodash';
import {
  emptyValue,
  fromMeta,
  invalidMessage,
  WhatsAppError,
} from '../errors/error';
import type { Content, Fields } from '../messages/content';
import type { Platform } from '../platforms/platform';
import { isPlain } from '../state';
import { checkParameters, existence } from './check';
import { definitionsOf, type Definition } from './definitions';
import { previewTemplate, type Preview } from './preview';
import { DEFAULT_LANGUAGE, requireLanguage, requireName } from './template';
import { fitUrls, hasWholeUrl } from './url-buttons';
import { applyValues } from './values';

/** A template whose words and values are known, as far as the account tells them. */
export interface KnownTemplate {
  /** Without `values` and with one language. */
  template: unknown;
  definitions?: Definition[];
}

const NOT_APPROVED = 132001;

/** The first language that is approved. */
function approvedLanguage(
  name: string,
  languages: unknown[],
  definitions: Definition[],
): unknown {
  const found = languages
    .map(requireLanguage)
    .find(language => _.some(definitions, { language, status: 'APPROVED' }));
  if (found !== undefined) return found;
  throw fromMeta({
    code: NOT_APPROVED,
    details: existence(name, definitions),
  });
}

const needsAccount = (field: string, { knowsTemplates }: Platform) =>
  knowsTemplates
    ? invalidMessage(
        `\`${field}\` requires the definition of the template, which couldn't be read now.`,
        'Send it again later. If it happens again, check that the token may read templates.',
        { field, retryable: true },
      )
    : invalidMessage(
        `\`${field}\` requires the definition of the template, which can't be read.`,
        'Add wabaId to the credential, with a token that may read templates. Or write body and one language.',
        { field },
      );

const definitionIn = (
  definitions: Definition[] | undefined,
  { language = DEFAULT_LANGUAGE }: Fields,
) => _.find(definitions, { language: requireLanguage(language) });

/** Fills in what only the definition tells: which language is approved, names of values, and the start of URLs. */
function complete(
  fields: Fields,
  definitions: Definition[] | undefined,
  platform: Platform,
): Fields {
  const filled = withNames(fields, definitions, platform);
  const definition = definitionIn(definitions, filled);
  return hasWholeUrl(filled) ? fitUrls(filled, definition) : filled;
}

function withNames(
  fields: Fields,
  definitions: Definition[] | undefined,
  platform: Platform,
): Fields {
  const { language } = fields;
  if (_.isArray(language) && !language.length)
    throw emptyValue(invalidMessage, 'language', []);
  const needed = ['values', 'language'].find(field =>
    field === 'values' ? field in fields : _.isArray(language),
  );
  if (!needed) return fields;
  const name = requireName(fields.name);
  if (!definitions) throw needsAccount(needed, platform);
  const chosen = _.isArray(language)
    ? { ...fields, language: approvedLanguage(name, language, definitions) }
    : fields;
  if (!('values' in chosen)) return chosen;
  const definition = definitionIn(definitions, chosen);
  if (definition) return applyValues(chosen, definition);
  throw fromMeta({ code: NOT_APPROVED, details: existence(name, definitions) });
}

/** Whether a template can be built without its definition. */
export const isComplete = (template: unknown): boolean =>
  !isPlain(template) ||
  !(
    'values' in template ||
    _.isArray(template.language) ||
    hasWholeUrl(template)
  );

/** Reads the definition of a template, once per run, and completes the template by it. */
export async function knowTemplate(
  platform: Platform,
  template: unknown,
  deadline?: number,
): Promise<KnownTemplate> {
  const name: unknown = isPlain(template) ? template.name : template;
  const definitions =
    typeof name === 'string'
      ? await definitionsOf(platform, name.trim(), deadline)
      : undefined;
  return {
    template: isPlain(template)
      ? complete(template, definitions, platform)
      : template,
    definitions,
  };
}

const definitionFor = (
  definitions: Definition[] | undefined,
  content: Content,
) => _.find(definitions, { language: content.template?.language.code });

/** The error that Meta would return, as far as the definition tells it. */
export function checkKnown(
  content: Content,
  definitions?: Definition[],
): WhatsAppError | undefined {
  return definitions && checkParameters(definitions, content);
}

export function previewKnown(
  content: Content,
  definitions?: Definition[],
): Preview | undefined {
  const definition = definitionFor(definitions, content);
  return definition && previewTemplate(definition, content);
}

/** What is checked before the definition is known: a row may have columns that no template names. */
export const withoutValues = (template: unknown): unknown =>
  isPlain(template) ? _.omit(template, 'values') : template;
