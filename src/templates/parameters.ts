import _ from 'lodash';
import type { Component } from './definitions';

/** A parameter that a template expects. */
export interface ExpectedParameter {
  /** Its name: a variable, a file type, or the index of a button. */
  name: string;
  /** Its position, for error messages: `body {{1}}`. */
  place: string;
  about?: string;
  isOptional?: boolean;
}

const FILES = ['image', 'video', 'document', 'location', 'product'];
const TEXTS = ['text', 'currency', 'date_time'];
/** Buttons without parameters. */
const FIXED_BUTTONS = ['PHONE_NUMBER', 'SPM', 'REQUEST_CONTACT_INFO', 'APP'];

export const variablesOf = (text?: string) =>
  _.uniq(
    [..._.toString(text).matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(
      ([, name]) => name,
    ),
  );

const variable = (part: string, name: string): ExpectedParameter => ({
  name,
  place: `${part} {{${name}}}`,
});

const file = (part: string, kind: string): ExpectedParameter => ({
  name: kind,
  place: `${part} (${kind})`,
});

function buttonParameters(buttons: Component['buttons']): ExpectedParameter[] {
  return _.flatMap(buttons, ({ type, text, url }, index) => {
    const isFilled = type === 'COPY_CODE' || variablesOf(url).length > 0;
    const isFixed =
      FIXED_BUTTONS.includes(type) || (type === 'URL' && !isFilled);
    if (isFixed) return [];
    return {
      name: String(index),
      place: `buttons[${index}]`,
      about: `"${text}" (${type})`,
      isOptional: !isFilled,
    };
  });
}

/** The parameters of a component, if its kind is known. */
export function expectedParameters(component: Component): ExpectedParameter[] {
  const { type, format = 'TEXT', text, buttons } = component;
  const part = type.toLowerCase();
  if (type === 'BUTTONS') return buttonParameters(buttons);
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

/** The parameters given in a template message. */
export function givenParameters(template: any): ExpectedParameter[] {
  return _.flatMap(template.components, ({ type, index, parameters }) => {
    const part = String(type).toLowerCase();
    if (part === 'button')
      return [{ name: String(index), place: `buttons[${index}]` }];
    if (part !== 'header' && part !== 'body') return [];
    return _.map(parameters, ({ type: kind, parameter_name: name }, place) =>
      TEXTS.includes(kind)
        ? variable(part, String(name ?? place + 1))
        : file(part, kind),
    );
  });
}
