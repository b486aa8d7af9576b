import _ from 'lodash';
import type { Component } from './definitions';
import { variablesOf } from './variables';

/** A parameter that a template expects. */
export interface ExpectedParameter {
  /** Its name: a variable, a file type, or the index of a button. */
  name: string;
  /** Its position, for error messages: `body {{1}}`. */
  place: string;
  about?: string;
  /** The kind of a button, as messages name it. */
  kind?: string;
  isOptional?: boolean;
}

type Button = NonNullable<Component['buttons']>[number];

const FILES = ['image', 'video', 'document', 'location', 'product', 'gif'];
const TEXTS = ['text', 'currency', 'date_time', 'group_id'];
/** Buttons without parameters. */
const FIXED_BUTTONS = [
  'PHONE_NUMBER',
  'SPM',
  'REQUEST_CONTACT_INFO',
  'CALL_PERMISSION_REQUEST',
  'APP',
];
/** What messages call a button, by its type in the definition. */
const BUTTON_KINDS: Record<string, string> = {
  URL: 'url',
  OTP: 'url',
  QUICK_REPLY: 'quick_reply',
  COPY_CODE: 'copy_code',
  FLOW: 'flow',
  CATALOG: 'catalog',
  MPM: 'mpm',
  VOICE_CALL: 'voice_call',
};

const variable = (part: string, name: string): ExpectedParameter => ({
  name,
  place: `${part} {{${name}}}`,
});

const file = (part: string, kind: string): ExpectedParameter => ({
  name: kind,
  place: `${part} (${kind})`,
});

const isRequired = ({ type, url }: Button) =>
  type === 'COPY_CODE' || type === 'MPM' || variablesOf(url).length > 0;

function buttonParameters(
  buttons: Button[] | undefined,
  within: string,
): ExpectedParameter[] {
  return _.flatMap(buttons, (button, index) => {
    const { type, text } = button;
    const isFixed =
      FIXED_BUTTONS.includes(type) || (type === 'URL' && !isRequired(button));
    if (isFixed) return [];
    return {
      name: String(index),
      place: `${within}buttons[${index}]`,
      about: `"${text}" (${type})`,
      kind: BUTTON_KINDS[type],
      isOptional: !isRequired(button),
    };
  });
}

const cardParameters = (cards: Component['cards']): ExpectedParameter[] =>
  _.flatMap(cards, ({ components }, index) =>
    _.flatMap(components, one => expectedParameters(one, `cards[${index}].`)),
  );

/** The parameters of a component, if its kind is known; `within` is the card that it belongs to. */
export function expectedParameters(
  component: Component,
  within = '',
): ExpectedParameter[] {
  const { type, format = 'TEXT', text, buttons, cards } = component;
  const part = `${within}${type.toLowerCase()}`;
  if (type === 'BUTTONS') return buttonParameters(buttons, within);
  if (type === 'CAROUSEL') return cardParameters(cards);
  if (type === 'LIMITED_TIME_OFFER')
    return component.limited_time_offer?.has_expiration
      ? [{ name: 'offer', place: 'offer' }]
      : [{ name: 'offer', place: 'offer', isOptional: true }];
  if (format === 'TEXT')
    return variablesOf(text).map(name => variable(part, name));
  const kind = format.toLowerCase();
  if (FILES.includes(kind)) return [file(part, kind)];
  // An unknown kind: no parameter is required, and any file is allowed.
  return [kind, ...FILES].map(one => ({
    ...file(part, one),
    isOptional: true,
  }));
}

/** The parameters given in a template message, or in one of its cards. */
export function givenParameters(
  { components }: { components?: unknown },
  within = '',
): ExpectedParameter[] {
  return _.flatMap(components as any[], (given): ExpectedParameter[] => {
    const { type, index, sub_type, parameters, cards } = Object(given);
    const part = String(type).toLowerCase();
    if (part === 'button')
      return [
        {
          name: String(index),
          place: `${within}buttons[${index}]`,
          kind: sub_type && String(sub_type).toLowerCase(),
        },
      ];
    if (part === 'carousel')
      return _.flatMap(cards, (card, place) =>
        givenParameters(Object(card), `cards[${card?.card_index ?? place}].`),
      );
    if (part === 'limited_time_offer')
      return [{ name: 'offer', place: 'offer' }];
    if (part !== 'header' && part !== 'body') return [];
    return _.map(parameters, (parameter, place) => {
      const { type: kind, parameter_name: name } = Object(parameter);
      return TEXTS.includes(kind)
        ? variable(`${within}${part}`, String(name ?? place + 1))
        : file(`${within}${part}`, kind);
    });
  });
}
