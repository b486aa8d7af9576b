import _ from 'lodash';
import { fromMeta, WhatsAppError } from './errors';
import type { Content } from './messages/message';
import type { Platform } from './platforms/platform';
import { send } from './util';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview

/** A template as the API describes it. */
export interface Definition {
  name: string;
  language: string;
  status: string;
  components?: { type: string; format?: string; text?: string }[];
}

const NOT_APPROVED = 132001;
const OTHER_COUNT = 132000;

/** All languages of a template, or nothing if they cannot be read. */
export async function findDefinitions(
  platform: Platform,
  name: string,
): Promise<Definition[] | undefined> {
  const call = platform.findTemplates(name);
  if (!call) return undefined;
  const found: Definition[] = [];
  let after: string | undefined;
  do {
    const query = { ...call.query, after };
    const { body } = await send(platform, { ...call, query });
    found.push(..._.filter(body?.data, { name }));
    after = body?.paging?.next && body.paging.cursors?.after;
  } while (after);
  return found;
}

const variables = (text = '') =>
  _.uniq([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name));

function countProblem(
  type: string,
  definition: Definition,
  template: any,
): string | undefined {
  const component = _.find(definition.components, { type });
  const isMedia = component?.format && component.format !== 'TEXT';
  const names = isMedia ? ['file'] : variables(component?.text);
  const part = type.toLowerCase();
  const given = _.find(
    template.components,
    ({ type: own }) => String(own).toLowerCase() === part,
  );
  const count = given?.parameters?.length ?? 0;
  if (count === names.length) return undefined;
  const wanted = names.length ? ` (${names.join(', ')})` : '';
  return `The ${part} has ${names.length} values${wanted}, and ${count} were given.`;
}

/** What Meta would say of a template message, judged by its definitions. */
export function checkTemplate(
  definitions: Definition[],
  content: Content,
): WhatsAppError | undefined {
  const template = content.template as any;
  const { code } = template.language;
  const definition = definitions.find(({ language }) => language === code);
  if (!definition) {
    const languages = definitions.map(({ language }) => language).join(', ');
    const details = languages
      ? `The template ${template.name} exists in: ${languages}; not in ${code}.`
      : `There is no template ${template.name} in this account.`;
    return fromMeta({ code: NOT_APPROVED, details });
  }
  if (definition.status !== 'APPROVED')
    return fromMeta({
      code: NOT_APPROVED,
      details: `The template ${template.name} (${code}) has the status ${definition.status}.`,
    });
  const problems = _.compact(
    ['HEADER', 'BODY'].map(type => countProblem(type, definition, template)),
  );
  if (!problems.length) return undefined;
  return fromMeta({ code: OTHER_COUNT, details: problems.join(' ') });
}
