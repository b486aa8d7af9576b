import { setImmediate } from 'node:timers/promises';
import _ from 'lodash';
import { amended, invalid, WhatsAppError } from './errors/error';
import { kindOf } from './validation';
import {
  calledAsValue,
  isResolving,
  markOperation,
  operationName,
} from './state';
import type { Operation, State } from './types';

/** An operation created by a job. */
interface Made {
  name: string;
  hasRun?: boolean;
  /** Another operation, such as `each()` or `fnIf()`, decides whether it runs. */
  isOwned?: boolean;
}

interface Begun {
  name: string;
  result: Watched;
}

/** The promise of an operation; it records whether it was awaited. */
class Watched extends Promise<unknown> {
  isAwaited = false;
  isDone = false;
  onceAwaited?: () => void;
  readonly work: Promise<unknown>;

  constructor(work: Promise<unknown>) {
    super((resolve, reject) => void work.then(resolve, reject));
    this.work = work;
    const done = () => {
      this.isDone = true;
      if (this.isAwaited) this.onceAwaited?.();
    };
    work.then(done, done);
    // The run reports the failure; an unhandled rejection must not end the process.
    void super.then(undefined, () => undefined);
  }

  static get [Symbol.species]() {
    return Promise;
  }

  // `await` calls this because it is not a native promise.
  override then<A, B>(
    onDone?: ((value: unknown) => A | PromiseLike<A>) | null,
    onError?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.isAwaited = true;
    if (this.isDone) this.onceAwaited?.();
    return super.then(onDone, onError);
  }
}

/** The number of references to sent messages that an error lists. */
const NAMED = 20;

/** The state of one run of a job. */
export class Run {
  /** Messages accepted by the API. */
  sent = 0;
  readonly sentReferences: string[] = [];
  /** Keys set by as() within the current each(). */
  keys = new Set<string>();
  /** The operation that state.data came from. */
  last?: { name: string; data: unknown };
  #lists = 0;
  #jobs = 0;
  #made = new Set<Made>();
  /** Operations that each step created but did not run; a later step may still run them. */
  #left: { lost: Made[]; isChoice: boolean }[] = [];
  readonly #loaded: Made[];
  readonly #repeated = new WeakSet<object>();
  readonly #begun = new Set<Begun>();

  constructor(loaded: Made[] = []) {
    this.#loaded = loaded;
  }

  hasSent(reference?: string, count = 1) {
    this.sent += count;
    if (reference !== undefined && this.sentReferences.length < NAMED)
      this.sentReferences.push(reference);
  }

  /** Runs a nested job, whose steps are checked together. */
  async within<T>(work: () => Promise<T>): Promise<T> {
    this.#jobs++;
    try {
      return await work();
    } finally {
      this.#jobs--;
    }
  }

  get isInJob(): boolean {
    return this.#jobs > 0;
  }

  get isInList(): boolean {
    return this.#lists > 0;
  }

  /** Runs work inside `each()`. */
  async inList<T>(work: () => Promise<T>): Promise<T> {
    this.#lists++;
    try {
      return await work();
    } finally {
      this.#lists--;
    }
  }

  /** True from the second call on. */
  isRepeated(operation: object): boolean {
    const isRepeated = this.#repeated.has(operation);
    this.#repeated.add(operation);
    return isRepeated;
  }

  add(made: Made) {
    this.#made.add(made);
  }

  /** Another run has started, so the owner of these operations is unknown. */
  forget() {
    this.#made.clear();
  }

  /** Tracks a started operation, since a job that doesn't await it may end first. */
  watch(name: string, work: Promise<unknown>): Promise<unknown> {
    const begun: Begun = { name, result: new Watched(work) };
    this.#begun.add(begun);
    // States are large, so no reference to them is kept.
    begun.result.onceAwaited = () => void this.#begun.delete(begun);
    return begun.result;
  }

  /** After each step, finds operations that it created or started but did not await. */
  async checkStep() {
    await this.#waitForBegun();
    const made = [...this.#made];
    this.#made = new Set();
    const lost = made.filter(isLost);
    if (!lost.length) return;
    const ran = _.map(_.filter(made, 'hasRun'), 'name');
    this.#left.push({
      lost,
      isChoice: lost.every(({ name }) => ran.includes(name)),
    });
  }

  /** Waits for operations that were not awaited and reports how they ended. */
  async #waitForBegun() {
    const alone: Begun[] = [];
    const failures: string[] = [];
    // One of them may start another.
    while (this.#begun.size) {
      const begun = [...this.#begun];
      this.#begun.clear();
      alone.push(...begun);
      failures.push(...(await failuresOf(begun)));
      await setImmediate();
    }
    if (!alone.length) return;
    const error = invalidJob(
      _.compact([
        `${countText(_.map(alone, 'name'))} began inside a function, and nothing waited for it.`,
        failures.length && `It failed: ${failures.slice(0, 3).join(' ')}`,
        sentBefore(this),
      ]).join(' '),
      `Return it: return ${alone[0].name}(…)(state). For several use sendBulk() or each().`,
    );
    if (failures.length) throw error;
    console.warn(`Warning: ${error.description}`);
  }

  /** Finds operations of the job that never ran. */
  finish(operations: number) {
    this.#checkLeft();
    const outside = this.#loaded.filter(isLost);
    if (!outside.length) return;
    const error = neverRan(
      outside,
      'in a loop, a condition or after await',
      this,
    );
    if (!operations) throw error;
    console.warn(`Warning: ${error.description}`);
  }

  #checkLeft() {
    for (const { lost, isChoice } of this.#left) {
      const still = lost.filter(isLost);
      if (!still.length) continue;
      const error = neverRan(still, 'inside a function', this);
      // The job created several operations and chose one of them.
      if (!isChoice) throw error;
      console.warn(`Warning: ${error.description}`);
    }
  }
}

async function failuresOf(begun: Begun[]): Promise<string[]> {
  const results = await Promise.allSettled(_.map(begun, 'result.work'));
  return results.flatMap(one =>
    one.status === 'rejected' ? [String(one.reason?.message)] : [],
  );
}

const isLost = ({ hasRun, isOwned }: Made) => !hasRun && !isOwned;

export const invalidJob = invalid('INVALID_JOB');

/** `2 × sendMessage() and 1 × each()` */
const countText = (names: string[]) =>
  _.map(_.countBy(names), (count, name) => `${count} × ${name}()`).join(
    ' and ',
  );

function neverRan(lost: Made[], where: string, run: Run) {
  const names = _.map(lost, 'name');
  const isOne = lost.length === 1;
  return invalidJob(
    _.compact([
      `${countText(names)} ${isOne ? 'was' : 'were'} written ${where} and never ran: nothing was sent by ${isOne ? 'it' : 'them'}.`,
      sentBefore(run),
    ]).join(' '),
    `Write ${names[0]}() as a step of its own, or inside each(). In a function: return ${names[0]}(…)(state).${isOne ? '' : ' For a list use sendBulk().'}`,
  );
}

// --- Runs ---

const runs = new WeakMap<object, Run>();
const active = new Set<Run>();
/** Operations created while no job runs: a job is being loaded. */
let loaded: Made[] = [];

/** Finds the run of a state by its credential. */
export function runOf({ configuration }: State): Run {
  const known = _.isObject(configuration) && runs.get(configuration);
  if (known) return known;
  // The engine may clone state between operations.
  const run = active.size === 1 ? [...active][0] : new Run();
  if (_.isObject(configuration)) runs.set(configuration, run);
  return run;
}

/** Whether a state belongs to a running job. */
function isRunning({ configuration }: State): boolean {
  const known = _.isObject(configuration) && runs.get(configuration);
  return Boolean(known && active.has(known));
}

function register(name: string): Made {
  const made: Made = { name };
  if (active.size === 1) [...active][0].add(made);
  else if (!active.size) load(made);
  return made;
}

/** Takes the operations of the loaded job, which runs immediately after loading. */
function load(made: Made) {
  if (!loaded.length) globalThis.setImmediate(takeLoaded).unref();
  loaded.push(made);
}

function takeLoaded(): Made[] {
  const taken = loaded;
  loaded = [];
  return taken;
}

/** Runs a job, or operations inside one. */
export async function runJob(
  state: State,
  operations: number,
  work: () => Promise<State>,
): Promise<State> {
  const { configuration } = state;
  const outer = _.isObject(configuration) && runs.get(configuration);
  if (outer && active.has(outer)) return outer.within(work);

  const run = new Run(takeLoaded());
  for (const other of active) other.forget();
  if (_.isObject(configuration)) runs.set(configuration, run);
  active.add(run);
  try {
    const result = await work();
    run.finish(operations);
    return result;
  } finally {
    active.delete(run);
  }
}

// --- Operations ---

const madeBy = new WeakMap<object, Made>();

/** Marks an operation passed as an argument: the receiver decides whether it runs. */
export function own(operation: unknown) {
  const made = _.isFunction(operation) && madeBy.get(operation);
  if (made) made.isOwned = true;
}

/** OpenFn's engine prints each frame of an adaptor to the user: one is enough. */
const shortened = (stack = '') => {
  const isOurs = (line: string) => line.includes('@openfn/language-whatsapp/');
  const lines = stack.split('\n');
  const first = lines.findIndex(isOurs);
  return lines
    .filter((line, index) => index === first || !isOurs(line))
    .join('\n');
};

/** Names the operation in its errors: `each()` would hide which one failed. */
function named(error: unknown, operation: string): unknown {
  if (!(error instanceof WhatsAppError) || 'operation' in error) return error;
  // A copy: several operations may share one error, such as that of a login.
  const copy = amended(error, { operation });
  copy.stack = shortened(error.stack);
  return copy;
}

function withName<Result>(name: string, run: () => Result): Result {
  try {
    const result = run();
    return result instanceof Promise
      ? (result.catch(error => {
          throw named(error, name);
        }) as Result)
      : result;
  } catch (error) {
    throw named(error, name);
  }
}

/** Defines an operation: a function of state that is never called to get a value. */
export function operation<Result = Promise<State>>(
  name: string,
  run: (state: State, self: object) => Result,
  { isJob = false } = {},
): (state: State) => Result {
  const made = register(name);
  const self = (state: State): Result => {
    if (isResolving()) throw calledAsValue(name);
    made.hasRun = true;
    // A job waits for its steps, not for itself.
    const owner = isJob && !isRunning(state) ? undefined : runOf(state);
    const result = isJob
      ? run(state, self)
      : withName(name, () => run(state, self));
    return owner && result instanceof Promise
      ? (owner.watch(name, result) as Result)
      : result;
  };
  madeBy.set(self, made);
  return markOperation(self, name);
}

// --- Results ---

const EXAMPLE =
  'Example: fn(state => { console.log(state.data); return state; }).';

function isNothing(result: unknown): boolean {
  if (!_.isObject(result)) return true;
  // OpenFn's engine returns this for an operation that returns nothing.
  return Object.getOwnPropertySymbols(result).some(
    ({ description }) => description === 'null_state',
  );
}

const hasOperations = (result: unknown) =>
  _.isFunction(result) || (_.isArray(result) && result.some(_.isFunction));

function returnedOperation(result: unknown, where: string) {
  const one = _.isArray(result) ? result.find(_.isFunction) : result;
  const name = operationName(one) ?? 'sendMessage';
  const isList = _.isArray(result);
  return invalidJob(
    `${where} returned ${isList ? 'a list of operations' : 'an operation'} instead of running ${isList ? 'them' : 'it'}: nothing was sent by ${isList ? 'them' : 'it'}.`,
    isList
      ? `Send to a list with sendBulk($.data.patients, { to: $.data.phone, text: … }), or with each($.data.patients, ${name}(…)).`
      : `Write ${name}(…) itself, without state => before it. Inside a function: return ${name}(…)(state).`,
  );
}

/** Checks that an operation returned state. */
export function checkResult(result: unknown, where: string): State {
  if (hasOperations(result)) throw returnedOperation(result, where);
  if (_.isArray(result))
    throw invalidJob(
      `${where} returned a list instead of state.`,
      'Put it into state: return { ...state, data: list }. For messages to a list use sendBulk().',
    );
  if (isNothing(result))
    throw invalidJob(
      `${where} returned nothing.`,
      `End its function with return state. ${EXAMPLE}`,
    );
  return result as State;
}

/** Wraps a step of a job and checks that it leaves no operation unrun. */
export const jobStep = (step: Operation, where: string): Operation => {
  const run = checked(step, where);
  return async state => {
    // The engine may have cloned state: link its credential to this run.
    const owner = runOf(state);
    const { isInJob } = owner;
    const result = await run(state);
    if (!isInJob) await owner.checkStep();
    return result;
  };
};

/** Wraps an operation and checks its result. */
export function checked(step: Operation, where: string): Operation {
  own(step);
  return async state => {
    if (!_.isFunction(step))
      throw invalidJob(
        `${where} must be an operation, got ${step === undefined ? 'nothing' : kindOf(step)}.`,
        'Example: each($.data.patients, sendMessage($.data.phone, $.data.text)).',
      );
    return checkResult(await step(state), where);
  };
}

/** Describes messages already sent, for an error message. */
export function sentBefore({ sent, sentReferences }: Run): string {
  if (!sent) return '';
  const named = sentReferences.length
    ? ` (${sentReferences.join(', ')}${sent > sentReferences.length ? ', …' : ''})`
    : '';
  return `${sent.toLocaleString('en')} ${sent === 1 ? 'message' : 'messages'} of this run ${sent === 1 ? 'was' : 'were'} already sent${named}: don't send ${sent === 1 ? 'it' : 'them'} again.`;
}
