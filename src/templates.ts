import _ from 'lodash';
import { fromMeta, WhatsAppError } from './errors';
import type { Content } from './messages/message';
import type { Platform } from './platforms/platform';
import { perRun } from './state';
import { send } from './util';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview

/** A template as the API describes it. */
export interface Definition {
  name: string;
  language: string;
  status: string;
  components?: Component[];
}

interface Component {
  type: string;
  format?: string;
  text?: string;
  buttons?: { type: string; text?: string; url?: string }[];
}

const ABOUT_TEMPLATES = [132000, 132001, 132012, 132018];
const NOT_APPROVED = 132001;
const OTHER_COUNT = 132000;

const knownOf = perRun(
  () => new Map<string, Promise<Definition[] | undefined>>(),
);

/** All languages of a template, read once in a run; nothing if they cannot be read. */
export function definitionsOf(
  run: object,
  platform: Platform,
  name: string,
): Promise<Definition[] | undefined> {
  const known = knownOf(run);
  const definitions =
    known.get(name) ??
    findDefinitions(platform, name).catch(error => {
      console.warn(
        `The templates of the account cannot be read, so nothing is known of them here (${error.code}).`,
      );
      return undefined;
    });
  known.set(name, definitions);
  return definitions;
}

async function findDefinitions(
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

const listed = (names: string[]) =>
  names.length ? names.join(', ') : 'nothing';

/** What a component wants to be filled with. */
function wants({ type, format, text, buttons = [] }: Component): string[] {
  const part = type.toLowerCase();
  if (type === 'BUTTONS')
    return buttons.flatMap(({ type: kind, text: label, url }, index) =>
      kind === 'COPY_CODE' || variables(url).length
        ? [`buttons[${index}] "${label}" (${kind})`]
        : [],
    );
  if (format && format !== 'TEXT') return [`${part} (${format.toLowerCase()})`];
  return variables(text).map(name => `${part} {{${name}}}`);
}

function gives(template: any): string[] {
  return _.flatMap(template.components, ({ type, index, parameters }) =>
    _.map(parameters, ({ type: kind, parameter_name: name }, place) => {
      const part = String(type).toLowerCase();
      if (part === 'button') return `buttons[${index}]`;
      if (kind !== 'text') return `${part} (${kind})`;
      return `${part} {{${name ?? place + 1}}}`;
    }),
  );
}

function explanation(definitions: Definition[], content: Content): string {
  const template = content.template as any;
  const { code } = template.language;
  const languages = definitions.map(
    ({ language, status }) => `${language} (${status})`,
  );
  if (!languages.length)
    return `There is no template ${template.name} in this account.`;
  const exists = `The template ${template.name} exists in: ${languages.join(', ')}.`;
  const definition = _.find(definitions, { language: code });
  if (!definition) return exists;
  const wanted = _.flatMap(definition.components, wants);
  return `${exists} In ${code} it wants: ${listed(wanted)}. It was given: ${listed(gives(template))}.`;
}

/** Adds to a refusal what that very template expects, if that can be read. */
export async function explainTemplate(
  error: unknown,
  content: Content,
  platform: Platform,
  run: object,
): Promise<unknown> {
  const isAboutTemplate =
    error instanceof WhatsAppError &&
    content.type === 'template' &&
    ABOUT_TEMPLATES.includes(Number(error.code));
  if (!isAboutTemplate) return error;
  const { name } = content.template as { name: string };
  const definitions = await definitionsOf(run, platform, name);
  if (!definitions) return error;
  const { code, ...rest } = error;
  const more = explanation(definitions, content);
  const details = _.compact([error.details, more]).join(' ');
  return new WhatsAppError(code, { ...rest, details });
}
