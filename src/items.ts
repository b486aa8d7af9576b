import { asData } from '@openfn/language-common';
import _ from 'lodash';
import { emptyValue, invalidMessage, type WhatsAppError } from './errors/error';
import { kindOf } from './validation';
import { explainEmpty, keysText, resolveData } from './state';
import type { State } from './types';

const EXAMPLE = 'Write the path of the list: $.data.patients.';

function notArray(items: unknown, list: unknown, state: State): WhatsAppError {
  if (_.isNil(list)) {
    const error = emptyValue(invalidMessage, 'items', list, EXAMPLE);
    const more = explainEmpty(items, '', state);
    return more
      ? invalidMessage(`${error.description} ${more}`, error.fix, {
          field: 'items',
        })
      : error;
  }
  if (_.isPlainObject(list)) {
    const arrays = Object.keys(_.pickBy(list as object, _.isArray));
    return invalidMessage(
      `\`items\` must be an array, got an object with: ${keysText(list as object)}.`,
      arrays.length ? `Write $.data.${arrays[0]}.` : EXAMPLE,
      { field: 'items' },
    );
  }
  const isText = _.isString(list);
  return invalidMessage(
    `\`items\` must be an array, got ${kindOf(list)}.`,
    isText ? 'Parse the CSV or JSON first, into an array of rows.' : EXAMPLE,
    { field: 'items' },
  );
}

/** A JSONPath may match nothing: `$.rows[*]` if the list is empty, `$.rows[?(@.isDue)]` for any list. */
function mayMatchNothing(path: string, state: State): boolean {
  const [, parent, condition] =
    /^(.*?)(?:\[\*\]|\.\*|\[(\?)\(.*\)\])$/.exec(path) ?? [];
  if (!parent) return false;
  const [list] = asData(parent, state) as unknown[];
  return _.isArray(list) && (!list.length || condition !== undefined);
}

/** The list of `each()` and `sendBulk()`: an array, a function of state, or a JSONPath. */
export function readItems(items: unknown, state: State): unknown[] {
  const given = resolveData(state, 'items', items);
  const list: unknown = _.isString(items) ? asData(items, state) : given;
  if (!_.isArray(list)) throw notArray(items, list, state);
  if (_.isString(items) && list.length === 1 && _.isArray(list[0]))
    throw invalidMessage(
      '`items` is a JSONPath to a list, and not to its items.',
      `Write ${items}[*].`,
      { field: 'items' },
    );
  if (list.length || !_.isString(items) || mayMatchNothing(items, state))
    return list;
  throw invalidMessage(
    '`items` is a JSONPath that matches nothing.',
    'Check the path. It begins at the state: $.data.patients[*].',
    { field: 'items' },
  );
}
