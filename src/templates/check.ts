import _ from 'lodash';
import { entryOf } from '../errors/catalogue';
import { amended, fromMeta, WhatsAppError } from '../errors/error';
import { plural } from '../log';
import type { Content, TemplateContent } from '../messages/content';
import type { Platform } from '../platforms/platform';
import {
  givenParameters,
  expectedParameters,
  type ExpectedParameter,
} from './parameters';
import { definitionsOf, type Definition } from './definitions';
import { checkFilled } from './filled';

const NOT_APPROVED = 132001;
const OTHER_COUNT = 132000;
const STATUS_CODES: Record<string, number> = {
  PAUSED: 132015,
  DISABLED: 132016,
};

const listed = (slots: ExpectedParameter[]) =>
  slots
    .map(({ place, about, kind }) =>
      _.compact([place, about ?? (kind && `(${kind.toUpperCase()})`)]).join(
        ' ',
      ),
    )
    .join(', ') || 'nothing';

/** Cached, since many messages use the same template. */
const slotsIn = _.memoize(({ components }: Definition): ExpectedParameter[] =>
  _.flatMap(components, component => expectedParameters(component)),
);
slotsIn.cache = new WeakMap();

interface Comparison {
  wanted: ExpectedParameter[];
  given: ExpectedParameter[];
  missing: ExpectedParameter[];
  tooMany: ExpectedParameter[];
}

/** A button of another kind is another parameter; an unknown kind may be any. */
const isSamePlace = (a: ExpectedParameter, b: ExpectedParameter) =>
  a.place === b.place && (!a.kind || !b.kind || a.kind === b.kind);

/** Where the parameters of a message are, without their values: the same for all rows of a list. */
function shapeOf(components: unknown): string {
  if (!Array.isArray(components)) return '';
  let shape = '';
  for (const component of components) {
    const { type, sub_type, index, parameters, cards } = Object(component);
    shape += `|${type},${sub_type},${index}`;
    if (Array.isArray(parameters))
      for (const parameter of parameters) {
        const { type: kind, parameter_name } = Object(parameter);
        shape += `:${kind},${JSON.stringify(parameter_name)}`;
      }
    if (Array.isArray(cards))
      for (const card of cards) {
        const { card_index, components: within } = Object(card);
        shape += `(${card_index}${shapeOf(within)})`;
      }
  }
  return shape;
}

/** Shapes that a definition is known to fit. */
const fitting = new WeakMap<Definition, Set<string>>();
const MAX_SHAPES = 100;

function fits(definition: Definition, template: TemplateContent): boolean {
  const known = fitting.get(definition) ?? new Set<string>();
  const shape = shapeOf(template.components);
  if (known.has(shape)) return true;
  const { missing, tooMany } = compare(definition, template);
  if (missing.length || tooMany.length) return false;
  if (known.size < MAX_SHAPES) fitting.set(definition, known.add(shape));
  return true;
}

function compare(
  definition: Definition,
  template: TemplateContent,
): Comparison {
  const slots = slotsIn(definition);
  const wanted = slots.filter(({ isOptional }) => !isOptional);
  const given = givenParameters(template);
  return {
    wanted,
    given,
    missing: _.differenceWith(wanted, given, isSamePlace),
    tooMany: _.differenceWith(given, slots, isSamePlace),
  };
}

/** `2: body {{1}}, body {{2}}` */
const counted = (parameters: ExpectedParameter[]) =>
  parameters.length ? `${parameters.length}: ${listed(parameters)}` : '0';

const describe = (
  { name, language }: TemplateContent,
  { wanted, given, missing, tooMany }: Comparison,
) =>
  _.compact([
    `Template ${name} (${language.code}) expects ${plural(wanted.length, 'parameter', 'parameters')}${wanted.length ? `: ${listed(wanted)}` : ''}.`,
    `Got ${counted(given)}.`,
    missing.length && `Missing: ${listed(missing)}.`,
    tooMany.length && `Too many: ${listed(tooMany)}.`,
  ]).join(' ');

const isNumbered = ({ name }: ExpectedParameter) => /^\d+$/.test(name);
const isIn =
  (part: string) =>
  ({ place }: ExpectedParameter) =>
    place.startsWith(`${part} `);

/** Suggests how to pass the parameters that the template expects, if that is clear. */
function fixOf({ wanted, given, missing }: Comparison): string | undefined {
  const names = wanted.filter(isIn('body'));
  const isOtherKind =
    missing.some(isIn('body')) &&
    given
      .filter(isIn('body'))
      .some(slot => isNumbered(slot) !== isNumbered(names[0]));
  if (isOtherKind)
    return isNumbered(names[0])
      ? `The variables are numbered: body: [${names.map(() => '…').join(', ')}].`
      : `The variables are named: body: { ${names.map(({ name }) => `${name}: …`).join(', ')} }.`;
  const file = missing.find(isIn('header'));
  return file && !isNumbered(file) && file.place.endsWith(')')
    ? `The header is a file: header: { ${file.name}: 'https://…' }.`
    : undefined;
}

export function existence(name: string, definitions: Definition[]): string {
  if (!definitions.length)
    return `There is no template ${name} in this account.`;
  const languages = definitions.map(
    ({ language, status }) => `${language} (${status})`,
  );
  return `The template ${name} exists in: ${languages.join(', ')}.`;
}

/** Predicts Meta's error for a template message from the template's definitions. */
export function checkParameters(
  definitions: Definition[],
  content: Content,
): WhatsAppError | undefined {
  const template = content.template!;
  const { code: language } = template.language;
  const definition = definitions.find(one => one.language === language);
  if (definition?.status !== 'APPROVED')
    return fromMeta({
      code: STATUS_CODES[definition?.status ?? ''] ?? NOT_APPROVED,
      details: existence(template.name, definitions),
    });
  if (fits(definition, template)) return checkFilled(definition, content);
  const comparison = compare(definition, template);
  const details = describe(template, comparison);
  const fix = fixOf(comparison);
  return fromMeta({ code: OTHER_COUNT, details }, fix && { fix });
}

function explanation(definitions: Definition[], content: Content) {
  const template = content.template!;
  const { code: language } = template.language;
  const exists = existence(template.name, definitions);
  const definition = _.find(definitions, { language });
  if (!definition) return { more: exists };
  const comparison = compare(definition, template);
  return {
    more: `${exists} ${describe(template, comparison)}`,
    fix: fixOf(comparison),
  };
}

/** Adds to an error the parameters that the template expects, if it can be read. */
export async function explainTemplate(
  error: unknown,
  content: Content,
  platform: Platform,
): Promise<unknown> {
  const isAboutTemplate =
    error instanceof WhatsAppError &&
    content.type === 'template' &&
    !error.subcode &&
    entryOf(error.code)?.ofTemplate;
  if (!isAboutTemplate) return error;
  const { name } = content.template!;
  const definitions = await definitionsOf(platform, name);
  if (!definitions) return error;
  const { more, fix } = explanation(definitions, content);
  const said = error.details?.replace(/(?<![.!?])$/, '.');
  const details = _.compact([said, more]).join(' ');
  return amended(error, { details, ...(fix && { fix }) });
}
