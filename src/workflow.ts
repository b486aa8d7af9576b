// The operations of language-common, with errors that name the row of a list, and
// never evaluated as values.
import _ from 'lodash';
import * as common from './common.js';
import { amended, WhatsAppError } from './errors/error';
import { readItems } from './items';
import { checked, invalidJob, operation, own, runOf, sentBefore } from './run';
import { refuseOperations, resolve } from './state';
import type { State } from './types';

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

type Factory = (...args: any[]) => (state: State) => any;

/** Wraps a function of language-common as an operation; `values` are arguments that are not operations. */
const named =
  (name: string, create: Factory, values: string[] = []): Factory =>
  (...args) => {
    args.forEach(own);
    const step = create(...args);
    return operation(name, state => {
      values.forEach((value, index) => refuseOperations(value, args[index]));
      return step(state);
    });
  };

/** Refuses a second operation, which would be ignored silently. */
function checkSurplus(name: string, surplus: unknown[]) {
  if (surplus.some(_.isFunction))
    throw invalidJob(
      `${name}() has one operation, got ${surplus.filter(_.isFunction).length + 1}.`,
      `Put them together: ${name}(…, combine(first, second)).`,
    );
}

// --- Lists ---

/** The position in a list, for errors, counted from one. */
function placeOf(index: number, reference?: string): string {
  const named = reference === undefined ? '' : `, reference '${reference}'`;
  return `Row ${index + 1} (index ${index}${named})`;
}

/** Adds the row, and the messages already sent, to an error. */
function inRow(error: unknown, index: number, state: State): unknown {
  const run = runOf(state);
  const { reference, description, message } = Object(error);
  const text = description ?? message ?? String(error);
  const before = sentBefore(run);
  const place = `${placeOf(index, reference)}: ${text}`;
  const full = _.compact([place, !place.includes(before) && before]).join(' ');
  const about = { index, sent: run.sent };
  if (error instanceof WhatsAppError)
    return Object.assign(amended(error, { description: full }), {
      ...about,
      stack: error.stack,
    });
  // A job's errors come from another realm.
  if (_.isError(error)) return Object.assign(error, about, { message: full });
  return Object.assign(new Error(full), about);
}

export const each: Factory = (items, step, ...surplus) => {
  const inList = checked(step, 'The operation of each()');
  surplus.forEach(own);
  const row = async (state: State) => {
    try {
      return await inList(state);
    } catch (error) {
      throw inRow(error, state.index!, state);
    }
  };
  return operation('each', async state => {
    checkSurplus('each', surplus);
    const list = readItems(items, state);
    const run = runOf(state);
    const outer = run.keys;
    run.keys = new Set();
    try {
      // Keys set by as() must not carry over to the next row.
      const clean = (scope: State): State =>
        run.keys.size
          ? { ..._.omit(scope, [...run.keys]), ..._.pick(state, [...run.keys]) }
          : scope;
      return await run.inList(async () =>
        (common.each as Factory)(list, (scope: State) => row(clean(scope)))(
          state,
        ),
      );
    } finally {
      run.keys = new Set([...outer, ...run.keys]);
    }
  });
};

// --- Other operations ---

/** Reserved keys of state. */
const RESERVED = ['configuration', 'data', 'references', 'index'];

function requireKey(key: unknown): string {
  if (typeof key === 'string' && key && !RESERVED.includes(key)) return key;
  throw invalidJob(
    `The key of as() must be a name of its own, got ${JSON.stringify(key) ?? 'undefined'}.`,
    "Example: as('upload', uploadMedia($.data.pdf)), and then $.upload.id.",
  );
}

export const as = named(
  'as',
  (key, step, ...surplus) => {
    const run = checked(step, 'The operation of as()');
    return async state => {
      checkSurplus('as', surplus);
      const name = requireKey(resolve(state, { key }).key);
      const { data } = state;
      runOf(state).keys.add(name);
      // Unlike as() of language-common, which keeps the old value: a file of the
      // previous row would go to the next patient.
      const next = await run(_.omit(state, name));
      return { ...state, ...next, [name]: next.data, data };
    };
  },
  ['key'],
);

export const assert = named('assert', (expression, message) => state => {
  const args = resolve(state, { expression, message });
  return (common.assert as Factory)(args.expression, args.message)(state);
});

export const combine = named('combine', (...given) =>
  (common.combine as Factory)(
    ...given.map((step, index) =>
      checked(step, `Operation ${index + 1} of combine()`),
    ),
  ),
);

export const cursor = named('cursor', common.cursor as Factory, ['value']);

export const fn = named('fn', common.fn as Factory);

export const fnIf = named('fnIf', (condition, step, ...surplus) => {
  const inner = checked(step, 'The operation of fnIf()');
  return state => {
    checkSurplus('fnIf', surplus);
    const args = resolve(state, { condition });
    return args.condition ? inner(state) : state;
  };
});

export const group = named('group', common.group as Factory, ['items', 'key']);

export const log = named('log', (...given) => state => {
  refuseOperations('log', given);
  return (common.log as Factory)(...given)(state);
});

export const map = named('map', common.map as Factory, ['items']);
