import _ from 'lodash';
import { fromMeta, WhatsAppError } from './errors';
import type { Content } from './messages/message';
import type { Platform } from './platforms/platform';
import { definitionsOf, type Component, type Definition } from './templates';

/** Codes that may come of a template which the job does not know well. */
const ABOUT_TEMPLATES = [100, 131008, 132000, 132001, 132012, 132018];
const NOT_APPROVED = 132001;
const OTHER_COUNT = 132000;
const FILES = ['image', 'video', 'document', 'location', 'gif', 'product'];

export const variables = (text = '') =>
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
    candidate => String(candidate.type).toLowerCase() === part,
  );
  const count = _.size(given?.parameters);
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

/** A place in a template that is to be filled: `body {{1}}`. */
interface Slot {
  place: string;
  about?: string;
}

const listed = (slots: Slot[]) =>
  slots
    .map(({ place, about }) => _.compact([place, about]).join(' '))
    .join(', ') || 'nothing';

/** What a component wants to be filled with. */
function wants({ type, format, text, buttons = [] }: Component): Slot[] {
  const part = type.toLowerCase();
  if (type === 'BUTTONS')
    return buttons.flatMap(({ type: kind, text: label, url }, index) =>
      kind === 'COPY_CODE' || variables(url).length
        ? [{ place: `buttons[${index}]`, about: `"${label}" (${kind})` }]
        : [],
    );
  if (format && format !== 'TEXT')
    return [{ place: `${part} (${format.toLowerCase()})` }];
  return variables(text).map(name => ({ place: `${part} {{${name}}}` }));
}

function gives(template: any): Slot[] {
  return _.flatMap(template.components, ({ type, index, parameters }) =>
    _.map(parameters, ({ type: kind, parameter_name: name }, place) => {
      const part = String(type).toLowerCase();
      if (part === 'button') return { place: `buttons[${index}]` };
      if (FILES.includes(kind)) return { place: `${part} (${kind})` };
      return { place: `${part} {{${name ?? place + 1}}}` };
    }),
  );
}

function compare(wanted: Slot[], given: Slot[]): string[] {
  const missing = _.differenceBy(wanted, given, 'place');
  const tooMany = _.differenceBy(given, wanted, 'place');
  return [
    `it wants: ${listed(wanted)}.`,
    `It was given: ${listed(given)}.`,
    ...(missing.length ? [`Missing: ${listed(missing)}.`] : []),
    ...(tooMany.length ? [`Too many: ${listed(tooMany)}.`] : []),
  ];
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
  return [exists, `In ${code}`, ...compare(wanted, gives(template))].join(' ');
}

/** Adds to a refusal what that very template expects, if that can be read. */
export async function explainTemplate(
  error: unknown,
  content: Content,
  platform: Platform,
): Promise<unknown> {
  const isAboutTemplate =
    error instanceof WhatsAppError &&
    content.type === 'template' &&
    !error.subcode &&
    ABOUT_TEMPLATES.includes(Number(error.code));
  if (!isAboutTemplate) return error;
  const { name } = content.template as { name: string };
  const definitions = await definitionsOf(platform, name);
  if (!definitions) return error;
  const { code, ...rest } = error;
  const more = explanation(definitions, content);
  const details = _.compact([error.details, more]).join(' ');
  return new WhatsAppError(code, { ...rest, details });
}
