import _ from 'lodash';
import { emptyValue, invalidMessage, mapAll } from '../errors/error';
import type { Fields } from '../messages/content';
import { isPlain } from '../state';
import { suggest } from '../suggest';
import { isFilled, kindOf } from '../validation';
import type { Component, Definition } from './definitions';
import { variablesOf } from './variables';

// `values: { name: 'Amina' }`: the definition says which names it wants.

const componentOf = ({ components }: Definition, type: string) =>
  _.find(components, { type });

/** By its format, or by its variables: a definition may lack the format. */
const isNamed = ({ parameter_format: format, components }: Definition) =>
  String(format).toUpperCase() === 'NAMED' ||
  _.some(components, ({ text }) =>
    variablesOf(text).some(name => !/^\d+$/.test(name)),
  );

/** Nothing that JavaScript gives to every object, and nothing by position. */
const own = (values: Fields, name: string): unknown =>
  Object.hasOwn(values, name) ? values[name] : undefined;

function valueOf(values: Fields, name: string): unknown {
  const value = own(values, name);
  const isEmpty =
    _.isNil(value) || (typeof value === 'string' && !value.trim());
  const isValue = !_.isArray(value) && !_.isFunction(value) && !isEmpty;
  if (isValue) return value;
  const field = `values.${name}`;
  if (!isEmpty)
    throw invalidMessage(
      `\`${field}\` must be a value, got ${kindOf(value)}.`,
      'Give a text, a number, { date, timeZone } or { currency, amount }.',
      { field },
    );
  const near = suggest(name, _.without(Object.keys(values), name));
  throw emptyValue(
    invalidMessage,
    field,
    value ?? undefined,
    near ? `There is ${near}: write ${name}: $.data.${near}.` : '',
  );
}

const fill = (values: Fields, text?: string): Fields =>
  _.fromPairs(mapAll(variablesOf(text), name => [name, valueOf(values, name)]));

/** Only what the definition has, so that a whole row can be given. */
const filled = (parameters: Fields) =>
  _.isEmpty(parameters) ? undefined : parameters;

/** A URL whose variable has a name; a number has none. */
function buttonValues(
  values: Fields,
  { buttons }: Component,
  given: unknown[],
) {
  const filled = _.map(buttons, ({ url }, index) => {
    if (given[index]) return given[index];
    const [name] = variablesOf(url).filter(one => !/^\d+$/.test(one));
    return name === undefined
      ? null
      : { url: { [name]: valueOf(values, name) } };
  });
  // Too many are an error that names them.
  return [...filled, ...given.slice(filled.length)];
}

const someOf = (parts: unknown[]) => (_.some(parts) ? parts : undefined);

function namedParts(values: Fields, definition: Definition, fields: Fields) {
  const header = componentOf(definition, 'HEADER');
  const buttons = componentOf(definition, 'BUTTONS');
  const { buttons: written } = fields;
  const given = _.isArray(written) ? written : [];
  const built = buttons ? buttonValues(values, buttons, given) : given;
  return {
    body: filled(fill(values, componentOf(definition, 'BODY')?.text)),
    header: fields.header ?? filled(fill(values, header?.text)),
    buttons: isFilled(written) && !_.isArray(written) ? written : someOf(built),
    cards: cardsOf(values, definition, fields.cards),
  };
}

function cardsOf(values: Fields, definition: Definition, given: unknown) {
  const { cards } = componentOf(definition, 'CAROUSEL') ?? {};
  if (!cards || !_.isArray(given)) return given;
  return given.map((card: unknown, index) => {
    const body = _.find(cards[index]?.components, { type: 'BODY' });
    return isPlain(card) && !('body' in card) && variablesOf(body?.text).length
      ? { ...card, body: fill(values, body?.text) }
      : card;
  });
}

/** Numbers mean the body, and nothing else: an order of keys is no order. */
function numberedParts(values: Fields, definition: Definition, fields: Fields) {
  const text = componentOf(definition, 'BODY')?.text ?? '';
  const numbers = variablesOf(text);
  const others = _.difference(Object.keys(values), numbers);
  if (others.length && numbers.length)
    throw invalidMessage(
      `The variables of template ${definition.name} are numbered: "${text}".`,
      `Write body: [${numbers.map(() => '$.data.…').join(', ')}]. A template with parameter_format 'named' has names.`,
      { field: 'values' },
    );
  return {
    body: numbers.length
      ? mapAll(_.sortBy(numbers, Number), number => valueOf(values, number))
      : undefined,
    header: fields.header,
    buttons: fields.buttons,
    cards: fields.cards,
  };
}

/** A template with `values` as one with a body, a header and buttons. */
export function applyValues(fields: Fields, definition: Definition): Fields {
  const { values, ...rest } = fields;
  if (!isPlain(values))
    throw invalidMessage(
      `\`values\` must be an object, got ${kindOf(values)}.`,
      'Example: values: $.data.',
      { field: 'values' },
    );
  if ('body' in rest)
    throw invalidMessage(
      "A template can't have both `values` and `body`.",
      'Remove one of them.',
      { field: 'values' },
    );
  const parts = isNamed(definition)
    ? namedParts(values, definition, rest)
    : numberedParts(values, definition, rest);
  return {
    ..._.omit(rest, _.keys(parts)),
    ..._.omitBy(parts, _.isUndefined),
  };
}
