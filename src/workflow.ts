// The operations of language-common, which say what goes wrong in a list, and
// are never taken for a value.
import _ from 'lodash';
import * as common from './common.js';
import { WhatsAppError } from './errors';
import { readItems } from './items';
import { checked, operation, own, runOf, sentBefore } from './run';
import type { Operation, State } from './state';

type Factory = (...args: any[]) => (state: State) => any;

/** Marks what a function of common makes as an operation. */
const named =
  (name: string, create: Factory): Factory =>
  (...args) => {
    args.forEach(own);
    const step = create(...args);
    return operation(name, state => step(state));
  };

/** A place in a list, for people: they count from one. */
function placeOf(index: number, reference?: string): string {
  const named = reference === undefined ? '' : `, reference '${reference}'`;
  return `Row ${index + 1} (index ${index}${named})`;
}

/** An error that says in which row it happened, and what was sent before it. */
function inRow(error: unknown, index: number, state: State): unknown {
  if (!(error instanceof Error) || 'index' in error) return error;
  const { reference } = error as { reference?: string };
  const { code, description, message, ...rest } = error as WhatsAppError;
  const text = _.compact([
    `${placeOf(index, reference)}: ${description ?? message}`,
    sentBefore(runOf(state)),
  ]).join(' ');
  const { sent } = runOf(state);
  if (error instanceof WhatsAppError)
    return Object.assign(
      new WhatsAppError(code, { ...rest, description: text }),
      { index, sent, stack: error.stack },
    );
  return Object.assign(error, { message: text, index, sent });
}

function eachRow(items: unknown, step: Operation): (state: State) => any {
  const inList = checked(step, 'The operation of each()');
  const row = async (state: State) => {
    try {
      return await inList(state);
    } catch (error) {
      throw inRow(error, state.index!, state);
    }
  };
  return operation('each', state => {
    const list = readItems(items, state);
    return (common.each as Factory)(list, row)(state);
  });
}

const steps = (name: string, given: Operation[]) =>
  given.map((step, index) =>
    checked(step, `Operation ${index + 1} of ${name}()`),
  );

export {
  dataPath,
  dataValue,
  dateFns,
  field,
  fields,
  lastReferenceValue,
  merge,
  scrubEmojis,
  sourceValue,
  util,
} from './common.js';

export const as = named('as', (key, step) =>
  (common.as as Factory)(key, checked(step, `The operation of as()`)),
);
export const assert = named('assert', common.assert as Factory);
export const combine = named('combine', (...given) =>
  (common.combine as Factory)(...steps('combine', given)),
);
export const cursor = named('cursor', common.cursor as Factory);
export const each = eachRow as Factory;
export const fn = named('fn', common.fn as Factory);
export const fnIf = named('fnIf', (condition, step) =>
  (common.fnIf as Factory)(condition, checked(step, 'The operation of fnIf()')),
);
export const group = named('group', common.group as Factory);
export const log = named('log', common.log as Factory);
export const map = named('map', common.map as Factory);
