import _ from 'lodash';
import { invalid, WhatsAppError } from './errors/error';
import { didYouMean } from './suggest';
import type { State } from './types';

/** Fast path: lodash also detects plain objects from the job sandbox, but is slower. */
export const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  (Object.getPrototypeOf(value) === Object.prototype || _.isPlainObject(value));

/** Whether a value has no functions at any depth, so it is the same for every row. */
export const isConstant = (value: unknown): boolean =>
  typeof value !== 'function' &&
  (!_.isObject(value) || _.every(value as object, isConstant));

// --- Non-values ---

const operations = new WeakMap<object, string>();
let depth = 0;

/** Marks a function as an operation, which is never called to get a value. */
export function markOperation<F extends object>(operation: F, name: string): F {
  operations.set(operation, name);
  return operation;
}

export const operationName = (value: unknown): string | undefined =>
  typeof value === 'function' ? operations.get(value) : undefined;

/** True while arguments are resolved synchronously. */
export const isResolving = () => depth > 0;

const isAsync = (value: object) =>
  Object.prototype.toString.call(value) === '[object AsyncFunction]';

const isPromise = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { then?: unknown }).then === 'function';

/** Thrown if a value is expected but something else is found. */
class NotAValue extends Error {
  constructor(
    readonly what: string,
    readonly fix: string,
    readonly path: (string | number)[] = [],
  ) {
    super(what);
  }
}

const notAnOperation = (name: string) =>
  new NotAValue(
    `is an operation: ${name}()`,
    `Run ${name}() before this operation, as a step of its own, and use its result from state, such as $.data.`,
  );

/** The error for an operation called while arguments are resolved. */
export const calledAsValue = (name: string) => notAnOperation(name);

const PROMISE = new NotAValue(
  'is a promise',
  'Remove async and await: a value must be there at once. Put what takes time into an operation before this one.',
);

const TOO_DEEP = new NotAValue(
  'is nested too deep',
  'Give plain values: check the path in the job, and the data.',
);

const CODES: Record<string, string> = {
  to: 'INVALID_RECIPIENT',
  users: 'INVALID_RECIPIENT',
  numbers: 'INVALID_RECIPIENT',
  message: 'INVALID_MESSAGE',
  template: 'INVALID_MESSAGE',
  items: 'INVALID_MESSAGE',
  messageId: 'INVALID_MESSAGE',
  file: 'INVALID_MEDIA',
  media: 'INVALID_MEDIA',
  id: 'INVALID_MEDIA',
  options: 'INVALID_OPTIONS',
  query: 'INVALID_OPTIONS',
};

/** `message.buttons[0]`, as the user wrote it. */
export const pathText = (path: (string | number)[]): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === 'number'
        ? `${text}[${key}]`
        : text
          ? `${text}.${hidden(key)}`
          : hidden(key),
    '',
  );

/** Hides a key that may be a phone number from errors and logs. */
const hidden = (key: string) =>
  key.length > 40 || key.includes('@') || key.replace(/\D/g, '').length > 4
    ? '…'
    : key;

/** Keys for an error or a log. */
export const namesText = (keys: string[]): string =>
  keys.slice(0, 12).map(hidden).join(', ') || 'nothing';

function refuse(
  name: string,
  { path, what, fix }: NotAValue,
  field = pathText([name, ...path]),
): WhatsAppError {
  return invalid(CODES[name] ?? 'INVALID_REQUEST')(
    `\`${field}\` ${what.replace(/[.?]?$/, end => end || '.')}`,
    fix,
    { field },
  );
}

// --- Resolving ---

/** Calls a function of state; functions inside its result are not called. */
function evaluate(value: unknown, state: State): unknown {
  if (isPromise(value)) {
    // The promise is no longer awaited.
    Promise.resolve(value).catch(() => undefined);
    throw PROMISE;
  }
  if (typeof value !== 'function') return value;
  const name = operationName(value);
  if (name) throw notAnOperation(name);
  if (isAsync(value)) throw PROMISE;
  return evaluate(call(value as (state: State) => unknown, state), state);
}

/** Hides the message of a parser error, which quotes the data. */
const messageOf = (error: unknown): string =>
  _.get(error, 'name') === 'SyntaxError'
    ? "a text can't be parsed"
    : String(_.get(error, 'message', error));

/** The error for a function of the job that throws, usually because part of its path is missing. */
function call(value: (state: State) => unknown, state: State): unknown {
  try {
    return value(state);
  } catch (error) {
    if (error instanceof NotAValue || error instanceof WhatsAppError)
      throw error;
    const found = describeEmpty(
      emptyPaths(String(value).slice(0, LONGEST), state),
      state,
    );
    const message = messageOf(error);
    throw new NotAValue(
      `can't be evaluated: ${found ?? message}`,
      message === 'Invalid time value'
        ? 'A date has another form than the job expects: correct the cell, or the format in dateFns.parse().'
        : 'Check the path in the job, and the data.',
    );
  }
}

/** Refuses operations and async functions anywhere in an argument, before it is resolved. */
export function refuseOperations(name: string, value: unknown, path = name) {
  if (typeof value === 'function') {
    const operation = operationName(value);
    const problem = operation
      ? notAnOperation(operation)
      : isAsync(value) && PROMISE;
    if (problem) throw refuse(name, problem, path);
    return;
  }
  if (Array.isArray(value))
    value.forEach((item, index) =>
      refuseOperations(name, item, `${path}[${index}]`),
    );
  else if (isPlain(value))
    _.forOwn(value, (item, key) =>
      refuseOperations(name, item, `${path}.${key}`),
    );
}

function expandAt(value: unknown, key: string | number, state: State): unknown {
  try {
    return expand(value, state);
  } catch (error) {
    if (!(error instanceof NotAValue)) throw error;
    throw new NotAValue(error.what, error.fix, [key, ...error.path]);
  }
}

function expand(value: unknown, state: State): unknown {
  if (typeof value === 'function') return expand(evaluate(value, state), state);
  if (Array.isArray(value))
    return value.map((item, index) => expandAt(item, index, state));
  if (isPlain(value))
    return Object.fromEntries(
      Object.keys(value).map(key => [key, expandAt(value[key], key, state)]),
    );
  return evaluate(value, state);
}

/** Calls a function that returns a value synchronously. */
function guard<T>(name: string, work: () => T): T {
  depth++;
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw refuse(name, TOO_DEEP);
    throw error instanceof NotAValue ? refuse(name, error) : error;
  } finally {
    depth--;
  }
}

/** Resolves an argument whose content is data and isn't expanded: a list or a webhook body. */
export const resolveData = (state: State, name: string, value: unknown) =>
  guard(name, () => evaluate(value, state));

/**
 * Calls the functions in arguments with state. Unlike `expandReferences` of
 * language-common it leaves a Date, URL, Map or byte array as it is, and calls
 * no operation.
 */
export function resolve<Name extends string>(
  state: State,
  args: Record<Name, unknown>,
): Record<Name, any> {
  return _.mapValues(args, (arg, name) =>
    guard(name, () => expand(arg, state)),
  ) as Record<Name, any>;
}

/** Resolves one field of an argument. */
export const resolveField = (
  state: State,
  name: string,
  key: string,
  value: unknown,
) => guard(name, () => expandAt(value, key, state));

// --- Missing values ---

const LONGEST = 10_000;

const MEMBER = /\??\.[A-Za-z_$][\w$]*|\[\d+\]|\[(?:'[^']*'|"[^"]*")\]/;

/** Whether a value is missing: in text, one shown as undefined, NaN or [object Object]. */
const isNothing = (value: unknown, isText: boolean) =>
  _.isNil(value) || Number.isNaN(value) || (isText && _.isPlainObject(value));

/** Matches only `state => state.data.options`. */
export const isPathAlone = (value: unknown): boolean =>
  new RegExp(
    `^\\(?\\s*([\\w$]+)\\s*\\)?\\s*=>\\s*\\1(${MEMBER.source})+$`,
  ).test(String(value));

/** The state paths that a function reads, without method calls. */
function pathsIn(source: string): string[][] {
  const [, parameter = 'state'] =
    /^(?:async\s*)?\(?\s*([\w$]+)/.exec(source) ?? [];
  const name = parameter.replace(/\$/g, '\\$&');
  const pattern = new RegExp(
    `(?<![\\w$.])${name}((?:${MEMBER.source})+)(\\s*\\()?`,
    'g',
  );
  return [...source.matchAll(pattern)].map(([, members, isCall]) => {
    const path = _.toPath(members.replace(/\?\./g, '.').replace(/^\./, ''));
    return isCall ? path.slice(0, -1) : path;
  });
}

/** The state paths in a function that have no value, up to the first missing key. */
function emptyPaths(source: string, state: State): string[][] {
  const isText = source.includes('`') || source.includes('+');
  const empty = pathsIn(source)
    .filter(path => path.length && isNothing(_.get(state, path), isText))
    .map(path => {
      const end = path.findIndex((_key, index) =>
        _.isNil(_.get(state, path.slice(0, index + 1))),
      );
      return end < 0 ? path : path.slice(0, end + 1);
    });
  return _.uniqBy(empty, path => path.join('.'));
}

export const keysText = (object: object): string =>
  namesText(Object.keys(object));

const shown = (path: string[]) =>
  `$.${pathText(path.map(key => (/^\d+$/.test(key) ? Number(key) : key)))}`;

/** Suggests alternatives to a missing path. */
function alternatives(path: string[], state: State): string {
  const parentPath = path.slice(0, -1);
  const parent: unknown = _.get(state, parentPath);
  if (_.isArray(parent) && !parent.length)
    return ` ${shown(parentPath)} is an empty list.`;
  if (_.has(state.data, path))
    return ` Did you mean ${shown(['data', ...path])}?`;
  if (path[0] !== 'data' || !_.isPlainObject(parent) || _.isEmpty(parent))
    return '';
  const keys = Object.keys(parent as object);
  const hides = path.at(-1) === 'from' && keys.includes('userId');
  return hides
    ? ` This person hides the phone number: give the row itself, ${shown(parentPath)}.`
    : `${didYouMean([path.at(-1)!], keys)} There is: ${namesText(keys)}.`;
}

/** `$.data.nme has no value. Did you mean name? Available: name, phone.` */
function describeEmpty(paths: string[][], state: State): string | undefined {
  const [path] = paths;
  if (!path) return undefined;
  const value: unknown = _.get(state, path);
  if (_.isPlainObject(value))
    return `${shown(path)} is an object with: ${keysText(value as object)}.`;
  const all = paths.slice(0, 3).map(shown);
  return `${all.join(' and ')} found nothing.${alternatives(path, state)}`;
}

/** Finds the function in the arguments that produces a field. */
function sourceOf(
  value: unknown,
  [key, ...path]: string[],
): string | undefined {
  if (typeof value === 'function') return String(value).slice(0, LONGEST);
  if (key === undefined || typeof value !== 'object' || value === null)
    return undefined;
  return sourceOf((value as Record<string, unknown>)[key], path);
}

/** Appends text unless the description already includes it. */
export const joined = (description: string, found: string) =>
  description.includes(found) ? description : `${description} ${found}`;

/** Names the expression of the job that caused a missing field. */
export function explainEmpty(
  argument: unknown,
  field: string,
  state: State,
): string | undefined {
  const source = sourceOf(argument, _.toPath(field));
  return source ? describeEmpty(emptyPaths(source, state), state) : undefined;
}

/** `7 null`, `7-` or ` 7`: what is left of a text when one of its values is not there. */
const WITHOUT_PART = /null|^[\s\-_/|:.]|[\s\-_/|:.](?=[\s\-_/|:.]|$)/;
const isBlank = (value: unknown) =>
  _.isNil(value) || (typeof value === 'string' && !value.trim());

/** Whether a text was built with a missing value. */
export function lacksPart(
  argument: unknown,
  field: string,
  text: string,
  state: State,
): boolean {
  if (!WITHOUT_PART.test(text)) return false;
  const source = sourceOf(argument, [field]);
  return pathsIn(source ?? '').some(path => isBlank(_.get(state, path)));
}

/** Attaches state to a run's credential object, so that runs are isolated from each other. */
export function perRun<T>(create: () => T): (run: object) => T {
  const memories = new WeakMap<object, T>();
  return run => {
    const memory = memories.get(run) ?? create();
    memories.set(run, memory);
    return memory;
  };
}
