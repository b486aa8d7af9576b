import _ from 'lodash';
import type { Content } from '../messages/content';
import type { Component, Definition } from './definitions';
import { VARIABLE } from './variables';

// What a person will read, made from the parameters of the request.

interface Parameter {
  type: string;
  text?: string;
  parameter_name?: string;
  currency?: { fallback_value: string };
  date_time?: { fallback_value: string };
  [field: string]: any;
}

interface Part {
  type: string;
  sub_type?: string;
  index?: string;
  parameters?: Parameter[];
  cards?: { components: Part[] }[];
}

const textOf = ({ text, currency, date_time: date }: Parameter) =>
  text ?? currency?.fallback_value ?? date?.fallback_value ?? '';

/** In one pass: a value that has braces of its own stays as it is. */
function fill(text: string, parameters: Parameter[] = []): string {
  const values = new Map(
    parameters.map((parameter, index) => [
      parameter.parameter_name ?? String(index + 1),
      textOf(parameter),
    ]),
  );
  return text.replace(VARIABLE, (whole, name) => values.get(name) ?? whole);
}

const FILES = ['image', 'video', 'document', 'gif', 'location', 'product'];

function headerOf({ text, format }: Component, part?: Part) {
  const [parameter] = part?.parameters ?? [];
  const kind = parameter && FILES.find(file => file in parameter);
  if (!kind) return text ? fill(text, part?.parameters) : format?.toLowerCase();
  const file = parameter[kind];
  return { [kind]: file.filename ?? file.link ?? file.id ?? file };
}

type Button = NonNullable<Component['buttons']>[number] & {
  phone_number?: string;
  flow_id?: string;
};

function buttonOf(button: Button, part?: Part) {
  const [parameter] = part?.parameters ?? [];
  const { text: label, url, phone_number: phone, flow_id: flow } = button;
  const address =
    url && (parameter ? url.replace(VARIABLE, () => textOf(parameter)) : url);
  return _.omitBy(
    {
      label,
      payload: parameter?.payload,
      code: parameter?.coupon_code,
      url: address,
      phone,
      flow,
    },
    _.isNil,
  );
}

function partsOf(components: Component[] = [], given: Part[] = []) {
  const definition = (type: string) => _.find(components, { type });
  const part = (type: string) =>
    given.find(one => one.type.toLowerCase() === type);
  const header = definition('HEADER');
  const body = definition('BODY')?.text;
  return {
    header: header && headerOf(header, part('header')),
    body: body === undefined ? undefined : fill(body, part('body')?.parameters),
    footer: definition('FOOTER')?.text,
    buttons: _.map(definition('BUTTONS')?.buttons, (button, index) =>
      buttonOf(
        button as Button,
        given.find(
          one =>
            one.type.toLowerCase() === 'button' && Number(one.index) === index,
        ),
      ),
    ),
  };
}

export interface Preview {
  language?: string;
  category?: string;
  header?: unknown;
  body?: string;
  footer?: string;
  buttons?: object[];
  cards?: object[];
  offer?: object;
  text: string;
  [part: string]: unknown;
}

function lines({ header, body, footer, buttons }: Partial<Preview>): string {
  const labels = _.map(buttons, button => _.get(button, 'label'));
  return _.compact([
    _.isString(header) ? header : undefined,
    body,
    footer,
    labels.length ? labels.join(' | ') : undefined,
  ]).join('\n');
}

export const compact = (parts: object) =>
  _.omitBy(parts, value => value === undefined || _.isEqual(value, []));

/** A template message as the person will read it. */
export function previewTemplate(
  definition: Definition,
  { template }: Content,
): Preview {
  const given = (template?.components ?? []) as Part[];
  const parts = partsOf(definition.components, given);
  const carousel = _.find(definition.components, { type: 'CAROUSEL' });
  const cards = given.find(({ type }) => type === 'carousel')?.cards;
  const offer = given.find(({ type }) => type === 'limited_time_offer');
  const expires: unknown = _.get(
    offer,
    'parameters[0].limited_time_offer.expiration_time_ms',
  );
  return compact({
    language: definition.language,
    category: definition.category,
    ...parts,
    cards: _.map(carousel?.cards, ({ components }, index) =>
      compact(partsOf(components, cards?.[index]?.components)),
    ),
    offer: _.isNumber(expires)
      ? { expires: new Date(expires).toISOString() }
      : undefined,
    text: lines(parts),
  }) as unknown as Preview;
}
