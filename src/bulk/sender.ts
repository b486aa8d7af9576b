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
import { Pacer } from './pacer';
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
  ) => Promise<WhatsAppError | undefined>;
  /** One try of a message. */
  attempt: (
    call: Call,
    bounds: Bounds,
  ) => Promise<{ outcome: Outcome; result: { headers: Headers } }>;
  onAccepted: (reference?: string) => void;
  checkpoint?: Checkpoint;
  clock: Clock;
  rate: number;
  concurrency?: number;
  timeLimit?: number;
}

interface QueuedMessage extends PreparedMessage {
  index: number;
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

const TIME_LIMIT = 'time limit reached';
/** Milliseconds kept for handing on the report. */
const REPORT_TIME = 50;
const TOO_LATE = Symbol('too late');

const messageOf = (error: unknown) =>
  String((error as Error)?.message ?? error);

const isTooFast = ({ code }: WhatsAppError) =>
  code === 'CONNECTION_FAILED' || entryOf(code)?.pace === 'slow';

/** Sends many messages at the maximum rate and reports the outcome of each. */
export class BulkSender {
  readonly #report: ReportBuilder;
  readonly #clock: Clock;
  readonly #pacer: Pacer;
  readonly #throttle = new RecipientThrottle(RECIPIENT_INTERVAL);
  readonly #concurrency: number;
  readonly #startedAt: number;
  /** Recipients whose next message has not been sent yet. */
  readonly #busy = new Set<string>();
  /** Messages waiting for a retry, with their timers. */
  readonly #waiting = new Map<QueuedMessage, Timer>();
  /** Rows that a checkpoint has read, and their end. */
  readonly #announced = new Map<number, ReadRow>();
  #announcedUntil = 0;
  #ready: QueuedMessage[] = [];
  #next = 0;
  #inFlight = 0;
  #slowest = 0;
  #hasTried = false;
  #stopped?: string;
  #wake?: () => void;

  constructor(readonly job: BulkJob) {
    const { rate, concurrency, clock } = job;
    this.#report = new ReportBuilder(job);
    this.#clock = clock;
    this.#startedAt = clock.now();
    this.#pacer = new Pacer(rate);
    this.#concurrency =
      concurrency ??
      (rate === Infinity
        ? UNLIMITED_CONCURRENCY
        : Math.min(MAX_CONCURRENCY, Math.max(10, Math.ceil(rate))));
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
      const wait =
        this.#inFlight < this.#concurrency ? this.#pacer.delay(now) : left;
      if (wait > 0) {
        await this.#sleep(Math.min(wait, left));
        continue;
      }
      const message = await this.#take();
      if (message) {
        // A response may have stopped the list while this message was prepared.
        if (this.#stopped) this.#ready.push(message);
        else void this.#dispatch(message);
      } else if (this.#isEmpty()) return;
      else if (!this.#ready.length && !this.#stopped) await this.#sleep(left);
    }
  }

  #isEmpty = () =>
    this.#next >= this.job.total &&
    !this.#ready.length &&
    !this.#waiting.size &&
    !this.#inFlight;

  /** The next message whose recipient may get one now. */
  async #take(): Promise<QueuedMessage | undefined> {
    for (;;) {
      const message = this.#ready.shift() ?? (await this.#prepareNext());
      if (!message) return undefined;
      const { recipientKey } = message;
      const delay = this.#busy.has(recipientKey)
        ? RECIPIENT_INTERVAL
        : this.#throttle.delay(recipientKey, this.#clock.now());
      if (!delay) return message;
      this.#later(message, delay);
    }
  }

  async #prepareNext(): Promise<QueuedMessage | undefined> {
    while (this.#next < this.job.total && !this.#stopped) {
      if (this.#timeLeft(this.#clock.now()) <= 0) return undefined;
      if (!(await this.#announce())) return undefined;
      const index = this.#next++;
      const row = this.#read(index);
      if ('pending' in row || 'prepared' in row) {
        const message = await this.#build(index, row);
        if (message) return message;
      } else this.#leaveOut(index, row);
    }
    return undefined;
  }

  /** Each row once: a checkpoint has read it before its turn. */
  #read(index: number): ReadRow {
    const row = this.#announced.get(index) ?? this.job.read(index);
    this.#announced.delete(index);
    return row;
  }

  /** Saves which rows come next, before any of them is sent. */
  async #announce(): Promise<boolean> {
    const { checkpoint, total } = this.job;
    if (!checkpoint || this.#next < this.#announcedUntil) return true;
    const end = Math.min(total, this.#next + checkpoint.size);
    for (let index = this.#next; index < end; index++)
      this.#announced.set(index, this.job.read(index));
    const references = [...this.#announced.values()].flatMap(row =>
      'prepared' in row || 'pending' in row ? (row.mark.reference ?? []) : [],
    );
    try {
      await this.#inTime(() => checkpoint.announce(references));
    } catch (error) {
      const reason = error === TOO_LATE ? TIME_LIMIT : messageOf(error);
      this.#stop(reason);
      return false;
    }
    this.#announcedUntil = end;
    return !this.#stopped;
  }

  /** Builds and checks a message, as long as there is time. */
  async #build(
    index: number,
    row: Extract<ReadRow, { prepared: unknown } | { pending: unknown }>,
  ): Promise<QueuedMessage | undefined> {
    try {
      const prepared =
        'prepared' in row
          ? row.prepared
          : await this.#inTime(deadline => row.pending(deadline));
      const { content } = prepared;
      const problem =
        content.template &&
        (await this.#inTime(deadline => this.job.check(content, deadline)));
      if (!problem) return this.#queued(index, prepared);
      this.#fail({ index, ...row.mark }, problem);
    } catch (error) {
      if (error instanceof WhatsAppError)
        this.#fail({ index, ...row.mark }, error);
      else if (error === TOO_LATE) {
        this.#report.unsent.push({ index, ...row.mark });
        this.#stop(TIME_LIMIT);
      } else throw error;
    }
    return undefined;
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
    if ('error' in row) this.#fail({ index, ...row.mark }, row.error);
    else this.#report.skipped.push(skippedRow(index, row));
  }

  #queued = (index: number, prepared: PreparedMessage): QueuedMessage => ({
    ...prepared,
    index,
    recipientKey: addressOf(prepared.recipient),
    tries: 0,
    startedAt: 0,
    isPending: false,
  });

  async #dispatch(message: QueuedMessage) {
    const startedAt = this.#clock.now();
    this.#busy.add(message.recipientKey);
    this.#pacer.start(startedAt);
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
    const { recipientKey } = message;
    if (!message.isPending) this.#pacer.start(now);
    message.isPending = false;
    this.#pacer.finish(now, requestSent);
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
    if (isTooFast(error)) this.#pacer.slowDown(this.#clock.now());
    const decision = decide({ error, repeat, headers }, message, this.#clock);
    if ('again' in decision && !this.#stopped)
      return this.#later(message, decision.again);
    if (error.code === 'CONNECTION_FAILED') {
      // It was not sent, and no other message would be.
      this.#ready.push(message);
      return this.#stop(error.message);
    }
    this.#fail(rowOf(message), error);
  }

  #lose(row: BulkRow, error: WhatsAppError) {
    this.#report.lose(row, error);
    this.job.checkpoint?.add(row, { status: 'unknown' });
  }

  #fail(row: BulkRow, error: WhatsAppError) {
    this.#report.fail(row, error);
    const { code, retryable } = error;
    this.job.checkpoint?.add(row, {
      status: 'failed',
      error: { code, retryable: retryable || isAccountWide(error) },
    });
    if (isAccountWide(error)) this.#stop(error.message);
  }

  /** Retries after a delay without blocking other messages. */
  #later(message: QueuedMessage, milliseconds: number) {
    const timer = this.#clock.setTimeout(() => {
      this.#waiting.delete(message);
      this.#ready.push(message);
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
      this.#ready.push(message);
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
    for (const message of this.#ready) unsent.push(rowOf(message));
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
