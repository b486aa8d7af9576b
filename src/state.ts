import _ from 'lodash';

/** What operations hand on to each other. */
export interface State {
  configuration?: unknown;
  data?: any;
  references?: unknown[];
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

function expand(value: unknown, state: State): unknown {
  if (typeof value === 'function') return expand(value(state), state);
  if (Array.isArray(value)) return value.map(item => expand(item, state));
  if (isPlain(value)) return _.mapValues(value, item => expand(item, state));
  return value;
}

/**
 * Calls the functions in arguments with state. Unlike `expandReferences` of
 * language-common it leaves a Date, URL, Map or byte array as it is.
 */
export function resolve(state: State, ...args: unknown[]): any[] {
  return args.map(arg => expand(arg, state));
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
