import _ from 'lodash';
import { fromMeta, WhatsAppError } from '../errors/error';
import type { Content } from '../messages/content';
import type { Component, Definition } from './definitions';

import { previewTemplate } from './preview';
import { VARIABLE, variablesOf } from './variables';

// What becomes too long by the values that fill it.
// https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components

const TOO_LONG = 132005;
const LIMITS = {
  header: 60,
  body: 1024,
  bodyAlone: 32_768,
  bodyOfOffer: 600,
  bodyOfCard: 160,
  url: 2000,
};

/** A text with variables, and how long it may become. */
interface Filled {
  place: string;
  text: string;
  limit: number;
}

function bodyLimit(components: Component[], within: string): number {
  if (within) return LIMITS.bodyOfCard;
  if (_.some(components, { type: 'LIMITED_TIME_OFFER' }))
    return LIMITS.bodyOfOffer;
  return components.length === 1 ? LIMITS.bodyAlone : LIMITS.body;
}

const textsOf = (components: Component[] = [], within = ''): Filled[] =>
  components
    .flatMap(({ type, text = '', buttons, cards }): Filled[] => {
      if (type === 'CAROUSEL')
        return _.flatMap(cards, (card, index) =>
          textsOf(card.components, `cards[${index}].`),
        );
      if (type === 'HEADER')
        return [{ place: `${within}header`, text, limit: LIMITS.header }];
      if (type === 'BODY') {
        const limit = bodyLimit(components, within);
        return [{ place: `${within}body`, text, limit }];
      }
      return _.map(buttons, ({ url = '' }, index) => ({
        place: `${within}buttons[${index}].url`,
        text: url,
        limit: LIMITS.url,
      }));
    })
    .filter(({ text }) => variablesOf(text).length);

const lengthOf = (text: string) => [...text].length;

/** How many characters the values may have in all, so that nothing needs to be filled in to see that it fits. */
const roomIn = _.memoize(({ components }: Definition): number => {
  const texts = textsOf(components);
  const rooms = texts.map(({ text, limit }) => {
    const fixed = text.replace(VARIABLE, '');
    const uses = text.split('{{').length - 1;
    return (limit - fixed.length) / uses;
  });
  return Math.min(Infinity, ...rooms);
});
roomIn.cache = new WeakMap();

const sizeOf = (parameter: unknown): number => {
  const { text, currency, date_time } = Object(parameter);
  const value: unknown =
    text ?? currency?.fallback_value ?? date_time?.fallback_value;
  return typeof value === 'string' ? value.length : 0;
};

const listIn = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : [];

/** Written out, for speed: a list can have a million rows. */
function sizeOfAll(components: unknown): number {
  let size = 0;
  for (const component of listIn(components)) {
    const { parameters, cards } = Object(component);
    for (const parameter of listIn(parameters)) size += sizeOf(parameter);
    for (const card of listIn(cards))
      size += sizeOfAll(Object(card).components);
  }
  return size;
}

/** The error for a text that is too long once its values are filled in. */
export function checkFilled(
  definition: Definition,
  content: Content,
): WhatsAppError | undefined {
  if (sizeOfAll(content.template!.components) <= roomIn(definition))
    return undefined;
  const preview = previewTemplate(definition, content);
  const wrong = textsOf(definition.components)
    .map(({ place, limit }) => {
      const text: unknown = _.get(preview, place);
      return { place, limit, length: _.isString(text) ? lengthOf(text) : 0 };
    })
    .find(({ limit, length }) => length > limit);
  if (!wrong) return undefined;
  const { place, limit, length } = wrong;
  return fromMeta(
    {
      code: TOO_LONG,
      details: `With its values, ${place} has ${length.toLocaleString('en')} characters; the limit is ${limit.toLocaleString('en')}.`,
    },
    { fix: `Shorten the values of ${place}.` },
  );
}
