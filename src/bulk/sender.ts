import { setImmediate } from 'node:timers/promises';
import { entryOf } from '../errors/catalogue';
import { isAccountWide, WhatsAppError } from '../errors/error';
import { warn } from '../log';
import type { Content } from '../messages/content';
import { addressOf, type RecipientFields } from '../messages/recipient';
import type { BulkReport, BulkRow, ErrorInfo } from '../types';
import type { Call } from '../util/call';
import type { Clock, Timer } from '../util/clock';
import type { Headers } from '../util/dispatcher';
import { unknownOutcome, type Outcome } from '../util/outcome';
import { decide } from '../util/retry';
import type { Checkpoint } from './checkpoint';
import { Lanes, type Lane } from './lanes';
import { logProgress, resultText } from './progress';
import { RecipientThrottle } from './recipient-throttle';
import { ReportBuilder, type ReportOptions, type RowIdentity } from './report';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput

// Slightly more than six seconds, to allow for network jitter.
export const RECIPIENT_INTERVAL = 6050;
const MAX_CONCURRENCY = 1000;
const UNLIMITED_CONCURRENCY = 100;

/** A message that is ready to be sent. */
export interface PreparedMessage {
  recipient: RecipientFields;
  content: Content;
  call: Call;
  reference?: string;
  /** The ID of the number that it is sent from. */
  sender?: string;
}

/** Builds a message that needs something of the account, such as its template. */
export type Pending = (deadline?: number) => Promise<PreparedMessage>;

/** The outcome of a row before sending. */
export type ReadRow = { mark: RowIdentity } & (
  | { prepared: PreparedMessage }
  | { pending: Pending }
  | { error: WhatsAppError }
  | { because: string; why?: ErrorInfo }
);

interface Bounds {
  /** The deadline of the caller, in milliseconds of the clock. */
  deadline?: number;
  onRequestSent: () => void;
}

export interface BulkJob extends ReportOptions {
  /** Runs the functions of a row, once per row. */
  read: (index: number) => ReadRow;
  /** Finds errors that are certain, before the first try. */
  check: (
    content: Content,
    deadline?: number,
  ) => WhatsAppError | undefined | Promise<WhatsAppError | undefined>;
  /** One try of a message. */
  attempt: (
    call: Call,
    bounds: Bounds,
  ) => Promise<{ outcome: Outcome; result: { headers: Headers } }>;
  onAccepted: (reference?: string) => void;
  checkpoint?: Checkpoint;
  clock: Clock;
  /** Messages per second of each number, or how to find it. */
  rate: number | ((sender: string, deadline?: number) => Promise<number>);
  concurrency?: number;
  timeLimit?: number;
}

interface QueuedMessage {
  call: Call;
  reference?: string;
  index: number;
  lane: Lane<QueuedMessage>;
  recipientKey: string;
  tries: number;
  /** When the first try began. */
  startedAt: number;
  /** Started but not yet sent. */
  isPending: boolean;
}

const rowOf = ({ index, recipientKey, reference }: QueuedMessage): BulkRow => ({
  index,
  to: recipientKey,
  ...(reference && { reference }),
});

/** Rows that are read before their turn, to find one whose number is free. */
const READ_AHEAD = 100;
/** Rows that are read at a time, if that takes no longer than so many milliseconds. */
const BATCH = 20;
const BATCH_TIME = 5;
/** Milliseconds after which requests and responses get their turn. */
const LONGEST_TURN = 10;

const concurrencyFor = (rate: number) =>
  rate === Infinity
    ? UNLIMITED_CONCURRENCY
    : Math.min(MAX_CONCURRENCY, Math.max(10, Math.ceil(rate)));

const TIME_LIMIT = 'time limit reached';
/** Milliseconds kept for handing on the report. */
const REPORT_TIME = 50;
const TOO_LATE = Symbol('too late');

const messageOf = (error: unknown) =>
  String((error as Error)?.message ?? error);

/** The error of a row that could not be checked. */
const problemOf = (error: unknown): WhatsAppError =>
  error instanceof WhatsAppError
    ? error
    : new WhatsAppError('INVALID_MESSAGE', {
        description: `The message could not be checked: ${messageOf(error)}.`,
        fix: 'Check the job and the data for this item.',
      });

const isTooFast = ({ code }: WhatsAppError) =>
  code === 'CONNECTION_FAILED' || entryOf(code)?.pace === 'slow';

/** Sends many messages at the maximum rate and reports the outcome of each. */
export class BulkSender {
  readonly #report: ReportBuilder;
  readonly #clock: Clock;
  readonly #throttle = new RecipientThrottle(RECIPIENT_INTERVAL);
  readonly #lanes: Lanes<QueuedMessage>;
  #concurrency = 1;
  readonly #startedAt: number;
  /** Recipients whose next message has not been sent yet. */
  readonly #busy = new Set<string>();
  /** Messages waiting for a retry, with their timers. */
  readonly #waiting = new Map<QueuedMessage, Timer>();
  /** Rows that a checkpoint has read, and their end. */
  readonly #announced = new Map<number, ReadRow>();
  #announcedUntil = 0;
  #next = 0;
  /** When requests and responses last had their turn. */
  #turn: number;
  #inFlight = 0;
  #slowest = 0;
  #hasTried = false;
  #stopped?: string;
  #wake?: () => void;

  constructor(readonly job: BulkJob) {
    this.#report = new ReportBuilder(job);
    this.#clock = job.clock;
    this.#startedAt = job.clock.now();
    this.#turn = this.#startedAt;
    this.#lanes = new Lanes(this.#delayOf, (message, milliseconds) =>
      this.#later(message, milliseconds),
    );
  }

  async run(): Promise<BulkReport> {
    const stopLog = logProgress(this.#report, this.#startedAt, this.#clock);
    try {
      await this.#pump();
      await this.#settle();
    } finally {
      stopLog();
    }
    this.#collectUnsent();
    await this.#finishCheckpoint();
    const seconds = (this.#clock.now() - this.#startedAt) / 1000;
    const report = this.#report.build(seconds, this.#stopped);
    console.log(resultText(report));
    const failure = this.#report.failure(this.#hasTried, this.#stopped);
    if (failure) throw failure;
    return report;
  }

  // --- The queue ---

  async #pump() {
    while (!this.#stopped) {
      const now = this.#clock.now();
      const left = this.#timeLeft(now);
      if (left <= 0) return this.#stop(TIME_LIMIT);
      const step =
        now - this.#turn > LONGEST_TURN
          ? this.#breathe()
          : this.#step(now, left);
      if (step === false) return;
      if (step) await step;
    }
  }

  async #breathe() {
    await setImmediate();
    this.#turn = this.#clock.now();
  }

  /** Sends a message, or reads rows, or waits; false if nothing is left to do. */
  #step(now: number, left: number): void | Promise<void> | false {
    if (this.#inFlight >= this.#concurrency) return this.#sleep(left);
    const message = this.#lanes.take(now);
    if (message) return void this.#dispatch(message);
    if (this.#mayRead()) return this.#readSome(now);
    if (this.#isEmpty()) return false;
    return this.#sleep(Math.min(left, this.#lanes.delay(now)));
  }

  #mayRead = () => this.#next < this.job.total && this.#lanes.size < READ_AHEAD;

  /** Reads a few rows in a row, which costs less than one for each response. */
  #readSome(startedAt: number): void | Promise<void> {
    for (let rows = 0; rows < BATCH && this.#mayRead(); rows++) {
      // What was read is sent before the next chunk is saved, which may fail.
      if (rows && this.#mustAnnounce()) return;
      const reading = this.#readNext();
      const isLate = this.#clock.now() - startedAt > BATCH_TIME;
      if (reading || this.#stopped || isLate) return reading;
    }
  }

  #isEmpty = () =>
    this.#next >= this.job.total &&
    !this.#lanes.size &&
    !this.#waiting.size &&
    !this.#inFlight;

  /** How long a recipient must wait for the next message. */
  #delayOf = (recipientKey: string, now: number): number =>
    this.#busy.has(recipientKey)
      ? RECIPIENT_INTERVAL
      : this.#throttle.delay(recipientKey, now);

  /** Reads a row and queues its message. Waits only if it must: most rows need nothing. */
  #readNext(): void | Promise<void> {
    if (this.#mustAnnounce()) return this.#announce(this.job.checkpoint!);
    const index = this.#next++;
    const row = this.#read(index);
    if ('prepared' in row) return this.#check(index, row.mark, row.prepared);
    if ('pending' in row) return this.#build(index, row.mark, row.pending);
    this.#leaveOut(index, row);
  }

  #mustAnnounce = () =>
    this.job.checkpoint !== undefined && this.#next >= this.#announcedUntil;

  /** Each row once: a checkpoint has read it before its turn. */
  #read(index: number): ReadRow {
    const row = this.#announced.get(index) ?? this.job.read(index);
    this.#announced.delete(index);
    return row;
  }

  /** Saves which rows come next, before any of them is sent. */
  async #announce(checkpoint: Checkpoint): Promise<void> {
    const end = Math.min(this.job.total, this.#next + checkpoint.size);
    for (let index = this.#next; index < end; index++)
      this.#announced.set(index, this.job.read(index));
    const references = [...this.#announced.values()].flatMap(row =>
      'prepared' in row || 'pending' in row ? (row.mark.reference ?? []) : [],
    );
    try {
      await this.#inTime(() => checkpoint.announce(references));
      this.#announcedUntil = end;
    } catch (error) {
      this.#stop(error === TOO_LATE ? TIME_LIMIT : messageOf(error));
    }
  }

  /** Builds a message that needs something of the account. */
  async #build(index: number, mark: RowIdentity, pending: Pending) {
    await this.#orFail(index, mark, async () => {
      const prepared = await this.#inTime(deadline => pending(deadline));
      return this.#check(index, mark, prepared);
    });
  }

  /** Queues a message if nothing is known to be wrong with it. */
  #check(
    index: number,
    mark: RowIdentity,
    prepared: PreparedMessage,
  ): void | Promise<void> {
    const { content } = prepared;
    const deadline = this.job.timeLimit ? this.#deadline : undefined;
    const found = this.#orProblem(
      () => content.template && this.job.check(content, deadline),
    );
    if (!(found instanceof Promise))
      return this.#enqueue(index, mark, prepared, found);
    return this.#orFail(index, mark, async () =>
      this.#enqueue(index, mark, prepared, await this.#inTime(() => found)),
    );
  }

  #enqueue(
    index: number,
    mark: RowIdentity,
    prepared: PreparedMessage,
    problem?: WhatsAppError,
  ): void | Promise<void> {
    if (problem) return this.#fail({ index, ...mark }, problem);
    const lane = this.#lanes.get(prepared.sender ?? '');
    if (lane) return this.#lanes.add(lane, this.#queued(index, prepared, lane));
    return this.#orFail(index, mark, async () => {
      const opened = await this.#openLane(prepared.sender);
      this.#lanes.add(opened, this.#queued(index, prepared, opened));
    });
  }

  /** The queue of a phone number, with the rate that it may have. */
  async #openLane(sender = ''): Promise<Lane<QueuedMessage>> {
    const { rate, concurrency } = this.job;
    const found =
      typeof rate === 'number'
        ? rate
        : await this.#inTime(deadline => rate(sender, deadline));
    const lane = this.#lanes.open(sender, found);
    this.#concurrency = concurrency ?? concurrencyFor(this.#lanes.rate);
    return lane;
  }

  /** Whatever goes wrong with one row must not end the list: the report would be lost. */
  #orProblem<T>(check: () => T): T | WhatsAppError {
    try {
      return check();
    } catch (error) {
      return problemOf(error);
    }
  }

  /** Puts a row that can't be sent into the list where it belongs. */
  async #orFail(
    index: number,
    mark: RowIdentity,
    work: () => void | Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error === TOO_LATE) {
        this.#report.unsent.push({ index, ...mark });
        this.#stop(TIME_LIMIT);
      } else this.#fail({ index, ...mark }, problemOf(error));
    }
  }

  /** Throws TOO_LATE if something takes longer than the list has time. */
  #inTime<T>(work: (deadline?: number) => Promise<T>): Promise<T> {
    const left = this.#timeLeft(this.#clock.now());
    if (left === Infinity) return work();
    let timer: Timer | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = this.#clock.setTimeout(() => reject(TOO_LATE), left);
    });
    return Promise.race([work(this.#deadline), late]).finally(() =>
      this.#clock.clearTimeout(timer),
    );
  }

  #leaveOut(
    index: number,
    row: Extract<ReadRow, { error: unknown } | { because: unknown }>,
  ) {
    // Never announced to a checkpoint, so it must not end what another row has begun.
    if ('error' in row) this.#refuse({ index, ...row.mark }, row.error);
    else this.#report.skipped.push(skippedRow(index, row));
  }

  #queued = (
    index: number,
    { recipient, call, reference }: PreparedMessage,
    lane: Lane<QueuedMessage>,
  ): QueuedMessage => ({
    call,
    reference,
    index,
    lane,
    recipientKey: addressOf(recipient),
    tries: 0,
    startedAt: 0,
    isPending: false,
  });

  async #dispatch(message: QueuedMessage) {
    const startedAt = this.#clock.now();
    this.#busy.add(message.recipientKey);
    message.lane.pacer.start(startedAt);
    this.#inFlight++;
    message.tries++;
    this.#hasTried = true;
    if (message.tries === 1) message.startedAt = startedAt;
    message.isPending = true;
    try {
      const { outcome, result } = await this.job.attempt(message.call, {
        ...this.#bounds(),
        onRequestSent: () => this.#leave(message),
      });
      if ('body' in outcome) this.#accept(message, outcome.body);
      else this.#settleError(message, outcome, result.headers);
    } catch (error) {
      const explained = this.#explain(message, error);
      this.#settleError(message, { error: explained, repeat: false });
    }
    if (message.isPending) this.#leave(message, false);
    const took = this.#clock.now() - startedAt;
    this.#slowest = Math.max(this.#slowest, took);
    this.#inFlight--;
    this.#wake?.();
  }

  /** An error without a response, such as a failed login. */
  #explain(message: QueuedMessage, error: unknown): WhatsAppError {
    if (error instanceof WhatsAppError) return error;
    const details = messageOf(error);
    if (!message.isPending) return unknownOutcome(message.call, details);
    return new WhatsAppError('INVALID_REQUEST', {
      description: "The message couldn't be sent.",
      fix: 'Check the options of the operation and the credential.',
      details,
    });
  }

  /** A message has been sent, or won't be: called once per try, and again after a new login. */
  #leave(message: QueuedMessage, requestSent = true) {
    const now = this.#clock.now();
    const {
      recipientKey,
      lane: { pacer },
    } = message;
    if (!message.isPending) pacer.start(now);
    message.isPending = false;
    pacer.finish(now, requestSent);
    if (requestSent) this.#throttle.sent(recipientKey, now);
    this.#busy.delete(recipientKey);
  }

  // --- Outcomes ---

  #accept(message: QueuedMessage, body: unknown) {
    const row = rowOf(message);
    this.#report.accept(row, body);
    const id: string = (body as any).messages[0].id;
    this.job.checkpoint?.add(row, { status: 'accepted', id });
    this.job.onAccepted(message.reference);
  }

  #settleError(
    message: QueuedMessage,
    { error, repeat }: Extract<Outcome, { error: unknown }>,
    headers?: Headers,
  ) {
    if (error.code === 'DELIVERY_UNKNOWN')
      return this.#lose(rowOf(message), error);
    if (isTooFast(error)) message.lane.pacer.slowDown(this.#clock.now());
    const decision = decide({ error, repeat, headers }, message, this.#clock);
    if ('again' in decision && !this.#stopped)
      return this.#later(message, decision.again);
    if (error.code === 'CONNECTION_FAILED') {
      // It was not sent, and no other message would be.
      this.#lanes.add(message.lane, message);
      return this.#stop(error.message);
    }
    this.#fail(rowOf(message), error);
  }

  #lose(row: BulkRow, error: WhatsAppError) {
    this.#report.lose(row, error);
    this.job.checkpoint?.add(row, { status: 'unknown' });
  }

  #fail(row: BulkRow, error: WhatsAppError) {
    this.#refuse(row, error);
    const { code, retryable } = error;
    this.job.checkpoint?.add(row, {
      status: 'failed',
      error: { code, retryable: retryable || isAccountWide(error) },
    });
  }

  #refuse(row: BulkRow, error: WhatsAppError) {
    this.#report.fail(row, error);
    if (isAccountWide(error)) this.#stop(error.message);
  }

  /** Retries after a delay without blocking other messages. */
  #later(message: QueuedMessage, milliseconds: number) {
    const timer = this.#clock.setTimeout(() => {
      this.#waiting.delete(message);
      this.#lanes.add(message.lane, message);
      this.#wake?.();
    }, milliseconds);
    this.#waiting.set(message, timer);
  }

  // --- Time ---

  /** Resolves when something happens, or after the given number of milliseconds. */
  #sleep(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      const timer =
        milliseconds === Infinity
          ? undefined
          : this.#clock.setTimeout(() => this.#wake?.(), milliseconds);
      this.#wake = () => {
        this.#clock.clearTimeout(timer);
        this.#wake = undefined;
        this.#turn = this.#clock.now();
        resolve();
      };
    });
  }

  get #deadline(): number {
    const { timeLimit } = this.job;
    return timeLimit ? this.#startedAt + timeLimit * 1000 : Infinity;
  }

  /** Reserves time for the last responses: twice the slowest response so far. */
  #timeLeft(now: number): number {
    const { timeLimit } = this.job;
    if (!timeLimit) return Infinity;
    const limit = timeLimit * 1000;
    const reserve = Math.min(limit / 2, limit / 10 + 2 * this.#slowest);
    return Math.max(0, this.#deadline - reserve - now);
  }

  /** A response after the deadline would be missing from the report. */
  #bounds() {
    const deadline = this.#deadline - 20;
    return deadline === Infinity ? {} : { deadline };
  }

  // --- The end ---

  #stop(reason: string) {
    this.#stopped ??= reason;
    this.#wake?.();
  }

  /** Waits for responses to messages already sent. */
  async #settle() {
    while (this.#inFlight) await this.#sleep(Infinity);
    for (const [message, timer] of this.#waiting) {
      this.#clock.clearTimeout(timer);
      this.#lanes.add(message.lane, message);
    }
    this.#waiting.clear();
  }

  /** What was sent is known: a checkpoint that fails now is a warning. */
  async #finishCheckpoint() {
    await this.job.checkpoint
      ?.finish()
      .catch(error =>
        warn(`The last checkpoint was not saved: ${messageOf(error)}`),
      );
  }

  #collectUnsent() {
    const { unsent, skipped } = this.#report;
    for (const message of this.#lanes) unsent.push(rowOf(message));
    for (let index = this.#next; index < this.job.total; index++) {
      if (this.#clock.now() >= this.#deadline - REPORT_TIME) {
        // There is no time left to read who it is.
        unsent.push({ index });
        continue;
      }
      const row = this.#read(index);
      if ('because' in row) skipped.push(skippedRow(index, row));
      else unsent.push({ index, ...row.mark });
    }
  }
}

export const skippedRow = (
  index: number,
  { mark, because, why }: Extract<ReadRow, { because: string }>,
) => ({ index, ...mark, because, ...(why && { error: why }) });

export const sendAll = (job: BulkJob): Promise<BulkReport> =>
  new BulkSender(job).run();
