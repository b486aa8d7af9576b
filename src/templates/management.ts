import _ from 'lodash';
import { emptyValue, WhatsAppError } from '../errors/error';
import {
  anything,
  invalidOptions,
  isFilled,
  isGraphId,
  parameters,
  readOptions,
  readQuery,
} from '../validation';
import { DEFAULT_LANGUAGE } from './template';
import {
  EDGE,
  FIELDS,
  forgetDefinitions,
  listTemplates,
  named,
  type Definition,
} from './definitions';
import {
  invalidTemplate,
  requireDefinition,
  requireFields,
  requireName,
} from './new-definition';
import type { DeleteTemplateOptions, GetTemplateOptions } from '../types';

import type { Platform } from '../platforms/platform';
import { hasId, isDone, json, type ApiResponse, type Call } from '../util/call';
import { send } from '../util/client';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management

async function change(platform: Platform, call: Call): Promise<ApiResponse> {
  forgetDefinitions(platform);
  return send(platform, call);
}

// --- Arguments ---

function requireId(value: unknown, field: string): string {
  if (isGraphId(value)) return value;
  if (!isFilled(value) || value === '')
    throw emptyValue(invalidTemplate, field, value);
  throw invalidTemplate(
    `\`${field}\` must be the ID of a template, a string of digits.`,
    "Read it with getTemplate('visit_reminder', { language: 'sw' }).",
    { field },
  );
}

function notFound(name: string, definitions: Definition[], language?: string) {
  const languages = _.map(definitions, 'language').join(', ');
  return new WhatsAppError('TEMPLATE_NOT_FOUND', {
    description: languages
      ? `The template ${name} exists in: ${languages}; not in ${language ?? DEFAULT_LANGUAGE}.`
      : `There is no template ${name} in this account.`,
    fix: languages
      ? `Use one of its languages: { language: '${definitions[0].language}' }.`
      : 'Check its name in WhatsApp Manager, Message templates, or with listTemplates().',
  });
}

/** Picks the template in the language; by default the only one, or the one that `sendTemplate` would send. */
function choose(definitions: Definition[], name: string, language?: string) {
  const isOnly = !language && definitions.length === 1;
  const wanted = language ?? DEFAULT_LANGUAGE;
  const found = isOnly
    ? definitions[0]
    : _.find(definitions, { language: wanted });
  if (found) return found;
  throw notFound(name, definitions, language);
}

/** Names of fields, without those inside of braces. */
function outerFields(fields: string): string[] {
  let depth = 0;
  const outer = [...fields].filter(character => {
    if (character === '{') depth++;
    if (character === '}') depth--;
    return depth === 0 && character !== '}';
  });
  return outer.join('').split(',');
}

/** Adds the fields needed to choose a template to the requested ones. */
const fieldsToChoose = (fields: string): string =>
  [fields, ..._.difference(['name', 'language'], outerFields(fields))].join(
    ',',
  );

async function findByName(
  platform: Platform,
  name: string,
  { language, fields }: GetTemplateOptions,
): Promise<ApiResponse> {
  const answer = await listTemplates(platform, {
    name,
    ...(fields && { fields: fieldsToChoose(String(fields)) }),
  });
  return {
    ...answer,
    body: choose(named(answer.body, name), name, language),
  };
}

/** Prevents a missing value from deleting all languages. */
function readTarget(given: unknown): DeleteTemplateOptions {
  const target: DeleteTemplateOptions = readOptions(
    given,
    parameters('id', 'language'),
  );
  const empty = _.keys(given).filter(key => !_.get(target, key));
  if (!empty.length) return target;
  throw invalidOptions(
    `The option ${empty.join(', ')} is empty: there is no value where the job looks for it.`,
    'Leave it out only if the template is to be deleted in all languages.',
  );
}

// --- Operations ---

export async function getTemplate(
  platform: Platform,
  nameOrId: unknown,
  given: unknown,
): Promise<ApiResponse> {
  const { language, fields }: GetTemplateOptions = readQuery(given, {
    language: anything,
  });
  const graph = platform.graph('getTemplate()');
  if (!isGraphId(nameOrId) || language)
    return findByName(platform, requireName(nameOrId, 'nameOrId'), {
      language,
      fields,
    });
  return send(platform, {
    method: 'GET',
    path: graph.node(nameOrId),
    query: { fields: fields ?? FIELDS },
    idempotency: 'safe',
  });
}

export async function createTemplate(platform: Platform, template: unknown) {
  const path = platform.graph('createTemplate()').account(EDGE);
  return change(platform, {
    method: 'POST',
    path,
    idempotency: 'create',
    isExpected: hasId,
    ...json(requireDefinition(template)),
  });
}

export async function updateTemplate(
  platform: Platform,
  id: unknown,
  changes: unknown,
) {
  const path = platform.graph('updateTemplate()').node(requireId(id, 'id'));
  return change(platform, {
    method: 'POST',
    path,
    // Meta rejects a second edit while the first is in review.
    idempotency: 'create',
    isExpected: isDone,
    ...json(requireFields(changes, 'changes')),
  });
}

export async function deleteTemplate(
  platform: Platform,
  given: unknown,
  options: unknown,
) {
  const path = platform.graph('deleteTemplate()').account(EDGE);
  const name = requireName(given, 'name');
  const { id, language } = readTarget(options);
  const only = id ?? (language && (await idOf(platform, name, language)));
  return change(platform, {
    method: 'DELETE',
    path,
    query: { name, hsm_id: only && requireId(only, 'id') },
    idempotency: 'safe',
    isExpected: isDone,
  });
}

async function idOf(platform: Platform, name: string, language: string) {
  const { body } = await findByName(platform, name, { language });
  return (body as Definition).id;
}
