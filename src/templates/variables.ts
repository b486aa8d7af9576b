import _ from 'lodash';

/** `{{1}}` or `{{name}}` in a text. */
export const VARIABLE = /\{\{\s*(\w+)\s*\}\}/g;

export const variablesOf = (text?: string) =>
  _.uniq([..._.toString(text).matchAll(VARIABLE)].map(([, name]) => name));

/** Whether values by number may be read in another order: `On {{2}}, {{1}}`. */
export const isOutOfOrder = (text?: string) => {
  const numbers = variablesOf(text).map(Number);
  return numbers.some((number, index) => number < numbers[index - 1]);
};
