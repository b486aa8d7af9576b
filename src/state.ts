import _ from 'lodash';
import { invalid, WhatsAppError } from './errors';

/** What operations hand on to each other. */
export interface State {
  configuration?: unknown;
  data?: any;
  references?: unknown[];
  index?: number;
  [key: string]: any;
}

export type Operation = (state: State) => Promise<State>;

/** An argument as jobs write it: a value, or a function of state, at any depth. */
export type Lazy<T> = T | ((state: State) => any);

/** A shortcut: lodash also knows objects of the sandbox that jobs run in, and takes its time. */
export const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  (Object.getPrototypeOf(value) === Object.prototype || _.isPlainObject(value));

/** Without a function at any depth: it is the same for every row of a list. */
export const isConstant = (value: unknown): boolean =>
  typeof value !== 'function' &&
  (!_.isObject(value) || _.every(value as object, isConstant));

// --- What is no value ---

const operations = new WeakMap<object, string>();
let depth = 0;

/** Remembers that a function is an operation: it is never called to get a value. */
export function markOperation<F extends object>(operation: F, name: string): F {
  operations.set(operation, name);
  return operation;
}

export const operationName = (value: unknown): string | undefined =>
  typeof value === 'function' ? operations.get(value) : undefined;

/** True while arguments are resolved, which nothing interrupts. */
export const isResolving = () => depth > 0;

const isAsync = (value: object) =>
  Object.prototype.toString.call(value) === '[object AsyncFunction]';

const isPromise = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { then?: unknown }).then === 'function';

/** Where a value is expected and something else stands. */
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

/** Thrown by an operation that is called while arguments are resolved. */
export const calledAsValue = (name: string) => notAnOperation(name);

const PROMISE = new NotAValue(
  'is a promise',
  'Remove async and await: a value must be there at once. Put what takes time into an operation before this one.',
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
          ? `${text}.${key}`
          : key,
    '',
  );

function refuse(
  name: string,
  { path, what, fix }: NotAValue,
  field = pathText([name, ...path]),
): WhatsAppError {
  return invalid(CODES[name] ?? 'INVALID_REQUEST')(
    `\`${field}\` ${what}.`,
    fix,
    { field },
  );
}

// --- Resolving ---

/** What a function of state gives, with functions inside of it left as they are. */
function evaluate(value: unknown, state: State): unknown {
  if (isPromise(value)) {
    // Nobody waits for it any more.
    Promise.resolve(value).catch(() => undefined);
    throw PROMISE;
  }
  if (typeof value !== 'function') return value;
  const name = operationName(value);
  if (name) throw notAnOperation(name);
  if (isAsync(value)) throw PROMISE;
  return evaluate((value as (state: State) => unknown)(state), state);
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
    return _.mapValues(value, (item, key) => expandAt(item, key, state));
  return evaluate(value, state);
}

/** Calls a function that gives a value: nothing else may run meanwhile. */
function guard<T>(name: string, work: () => T): T {
  depth++;
  try {
    return work();
  } catch (error) {
    throw error instanceof NotAValue ? refuse(name, error) : error;
  } finally {
    depth--;
  }
}

/** An argument that is data, and stays as it is: a list, the body of a webhook. */
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

// --- What found nothing ---

const MEMBERS = /(?:\??\.[A-Za-z_$][\w$]*|\[\d+\]|\[(?:'[^']*'|"[^"]*")\])+/
  .source;

const isNothing = (value: unknown) =>
  _.isNil(value) || Number.isNaN(value) || _.isPlainObject(value);

/** The paths of state in a function that find nothing: `$.data.nme`. */
function emptyPaths(source: string, state: State): string[] {
  const [, parameter = 'state'] =
    /^(?:async\s*)?\(?\s*([\w$]+)/.exec(source) ?? [];
  const name = parameter.replace(/\$/g, '\\$&');
  const pattern = new RegExp(`(?<![\\w$.])${name}(${MEMBERS})(?!\\s*\\()`, 'g');
  const paths = [...source.matchAll(pattern)].map(([, path]) =>
    path.replace(/\?\./g, '.').replace(/^\./, ''),
  );
  return _.uniq(paths).filter(path => isNothing(_.get(state, path)));
}

/** The function in the arguments of an operation that makes a field. */
function sourceOf(
  value: unknown,
  [key, ...path]: string[],
): string | undefined {
  if (typeof value === 'function') return String(value).slice(0, 10_000);
  if (key === undefined || typeof value !== 'object' || value === null)
    return undefined;
  return sourceOf((value as Record<string, unknown>)[key], path);
}

/** Says which expression of the job is to blame for a field: ` $.data.nme found nothing.` */
export function explainEmpty(
  argument: unknown,
  field: string,
  state: State,
): string | undefined {
  const source = sourceOf(argument, _.toPath(field));
  const [path, ...more] = source ? emptyPaths(source, state) : [];
  if (!path) return undefined;
  const keys = _.toPath(path);
  const parent: unknown = _.get(state, keys.slice(0, -1));
  const known = _.isPlainObject(parent) && Object.keys(parent as object);
  const there =
    known && keys[0] === 'data' && known.length
      ? ` There is: ${known.slice(0, 12).join(', ')}.`
      : '';
  const all = [path, ...more].slice(0, 3).map(one => `$.${one}`);
  return `${all.join(' and ')} found nothing.${there}`;
}

/** What a run remembers hangs on its credential object, so that no other run can see it. */
export function perRun<T>(create: () => T): (run: object) => T {
  const memories = new WeakMap<object, T>();
  return run => {
    const memory = memories.get(run) ?? create();
    memories.set(run, memory);
    return memory;
  };
}
