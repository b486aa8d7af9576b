import { targetOf, type Target } from '../util/url';
import { entryOf } from '../errors/catalogue';
import { isAccountWide, toRow, WhatsAppError } from '../errors/error';
import type { Content } from '../messages/message';
import { addressOf, type RecipientFields } from '../messages/recipient';
import { Pacer, Spacing } from './pacer';
import type { Call, Platform } from '../platforms/platform';
import { checkTemplate } from '../templates/check';
import { definitionsOf } from '../templates/management';
import { ANSWER_TIMEOUT, tryOnce } from '../util/client';
import { secondsUntilRetry } from '../util/retry';
import { unknownOutcome, type Headers } from '../util/outcome';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput

// A little more than six seconds, for what the network shortens.
const MILLISECONDS_PER_PERSON = 6050;
const MAX_CONCURRENCY = 1000;
const UNLIMITED_CONCURRENCY = 100;
const LOG_SECONDS = 10;

/** A message that is ready to be sent. */
export interface Prepared {
  recipient: RecipientFields;
  content: Content;
  call: Call;
  reference?: string;
}

/** The recipient and the reference of an item, as far as they can be told. */
export interface Mark {
  to?: unknown;
  reference?: string;
}

export interface Job {
  platform: Platform;
  total: number;
  /** Runs the functions of a row: once for each row. */
  read: (index: number) => ReadRow;
  onAccepted: (reference?: string) => void;
  rate: number;
  concurrency?: number;
  timeLimit?: number;
  keepAccepted: boolean;
  /** Whether rows can be left out on purpose. */
  maySkip: boolean;
  /** Whether the report is kept for the next run: rows that could not be made do not end it. */
  isResumable: boolean;
}

/** What became of a row before it is sent. */
export type ReadRow = { mark: Mark } & (
  | { prepared: Prepared }
  | { error: WhatsAppError }
  | { because: string; why?: object }
);

export interface Row extends Mark {
  index: number;
}

export interface Skipped extends Row {
  because: string;
  error?: object;
}

export const skippedRow = (
  index: number,
  { mark, because, why }: Extract<ReadRow, { because: string }>,
): Skipped => ({ index, ...mark, because, ...(why && { error: why }) });

export interface Report {
  accepted: (Row & { id: string; waId?: string })[];
  failed: (Row & { error: object })[];
  unknown: (Row & { error: object })[];
  unsent: Row[];
  /** With `skip` or `previous`. */
  skipped?: Skipped[];
  summary: {
    total: number;
    accepted: number;
    failed: number;
    unknown: number;
    unsent: number;
    skipped?: number;
    seconds: number;
    messagesPerSecond: number;
    stopped?: string;
  };
}

interface Item extends Prepared {
  index: number;
  who: string;
  tries: number;
  /** When it was first tried. */
  firstAt: number;
  /** On its way, and not seen to leave yet. */
  isPending: boolean;
}

/** Sends many messages as fast as the number may, and says what became of each. */
class Line {
  readonly accepted: Report['accepted'] = [];
  readonly failed: Report['failed'] = [];
  readonly unknown: Report['unknown'] = [];
  readonly unsent: Row[] = [];
  readonly skipped: Skipped[] = [];

  readonly #pacer: Pacer;
  readonly #spacing = new Spacing(MILLISECONDS_PER_PERSON);
  readonly #concurrency: number;
  readonly #startedAt = performance.now();
  readonly #targets = new Map<string, Target>();
  /** Whose next message has not left this machine yet. */
  readonly #busy = new Set<string>();
  /** Those that come back later, with their timers. */
  readonly #waiting = new Map<Item, NodeJS.Timeout>();
  #ready: Item[] = [];
  #next = 0;
  #inFlight = 0;
  #acceptedCount = 0;
  #slowest = 0;
  #hasTried = false;
  #firstError?: WhatsAppError;
  #stopped?: string;
  #wake?: () => void;

  constructor(readonly job: Job) {
    this.#pacer = new Pacer(job.rate);
    this.#concurrency =
      job.concurrency ??
      (job.rate === Infinity
        ? UNLIMITED_CONCURRENCY
        : Math.min(MAX_CONCURRENCY, Math.max(10, Math.ceil(job.rate))));
  }

  async run(): Promise<Report> {
    const progress = setInterval(
      () => console.log(this.#progress()),
      LOG_SECONDS * 1000,
    );
    progress.unref();
    try {
      await this.#pump();
      await this.#settle();
    } finally {
      clearInterval(progress);
    }
    this.#collectUnsent();
    const report = this.#report();
    console.log(this.#result(report));
    const { accepted, unknown, total } = report.summary;
    // What was served before counts, too.
    const isServed =
      total === this.skipped.length ||
      this.skipped.some(({ because }) => because !== 'skip') ||
      (this.job.isResumable && !this.#hasTried && !this.#stopped);
    if (!accepted && !unknown && !isServed) throw this.#nothingAccepted(report);
    return report;
  }

  // --- The pump ---

  async #pump() {
    while (!this.#stopped) {
      const now = performance.now();
      const left = this.#untilOver(now);
      if (left <= 0) return this.#stop('the time limit.');
      const wait =
        this.#inFlight < this.#concurrency ? this.#pacer.delay(now) : left;
      if (wait > 0) {
        await this.#sleep(Math.min(wait, left));
        continue;
      }
      const item = await this.#take();
      if (item) {
        // While it was prepared, an answer may have stopped the line.
        if (this.#stopped) this.#ready.push(item);
        else void this.#dispatch(item);
      } else if (this.#isEmpty()) return;
      else if (!this.#ready.length && !this.#stopped) await this.#sleep(left);
    }
  }

  #isEmpty = () =>
    this.#next >= this.job.total &&
    !this.#ready.length &&
    !this.#waiting.size &&
    !this.#inFlight;

  /** The next message that may go to its recipient now. */
  async #take(): Promise<Item | undefined> {
    for (;;) {
      const item = this.#ready.shift() ?? (await this.#prepareNext());
      if (!item) return undefined;
      const delay = this.#busy.has(item.who)
        ? MILLISECONDS_PER_PERSON
        : this.#spacing.delay(item.who, performance.now());
      if (!delay) return item;
      this.#later(item, delay);
    }
  }

  async #prepareNext(): Promise<Item | undefined> {
    while (this.#next < this.job.total && !this.#stopped) {
      const index = this.#next++;
      const row = this.job.read(index);
      if ('error' in row) this.#fail({ index, ...row.mark }, row.error);
      if ('because' in row) this.skipped.push(skippedRow(index, row));
      if (!('prepared' in row)) continue;
      const item = this.#queued(index, row.prepared);
      const isTemplate = item.content.type === 'template';
      const problem = isTemplate && (await this.#preflight(item));
      if (!problem) return item;
      this.#fail(item, problem);
    }
    return undefined;
  }

  #queued = (index: number, prepared: Prepared): Item => ({
    ...prepared,
    index,
    who: addressOf(prepared.recipient),
    tries: 0,
    firstAt: 0,
    isPending: false,
  });

  async #preflight({ content }: Prepared): Promise<WhatsAppError | undefined> {
    const { name } = content.template as { name: string };
    const definitions = await definitionsOf(this.job.platform, name);
    return definitions && checkTemplate(definitions, content);
  }

  async #dispatch(item: Item) {
    const startedAt = performance.now();
    this.#busy.add(item.who);
    this.#pacer.take(startedAt);
    this.#inFlight++;
    item.tries++;
    this.#hasTried = true;
    if (item.tries === 1) item.firstAt = startedAt;
    item.isPending = true;
    const { call } = item;
    try {
      const { result, verdict } = await tryOnce(
        this.job.platform,
        { ...call, ...this.#timeout(), onWritten: () => this.#leave(item) },
        this.#targetOf(call),
      );
      if ('body' in verdict) this.#accept(item, verdict.body);
      else {
        const { error, repeat } = verdict;
        const { headers } = result;
        const wait = repeat
          ? this.#secondsUntilRetry(item, error, headers)
          : undefined;
        this.#judge(item, error, wait);
      }
    } catch (error) {
      this.#judge(item, this.#explain(item, error));
    }
    if (item.isPending) this.#leave(item, false);
    this.#slowest = Math.max(this.#slowest, performance.now() - startedAt);
    this.#inFlight--;
    this.#wake?.();
  }

  /** What no answer explains: a login that failed, say. */
  #explain(item: Item, error: unknown): WhatsAppError {
    if (error instanceof WhatsAppError) return error;
    const details = String((error as Error)?.message ?? error);
    if (!item.isPending) return unknownOutcome(item.call, details);
    return new WhatsAppError('INVALID_REQUEST', {
      description: 'The message could not be sent.',
      fix: 'Check the options of the operation, and the credential.',
      details,
    });
  }

  /** A message has left, or will not: once for each try, and once more after a new login. */
  #leave(item: Item, hasLeft = true) {
    const now = performance.now();
    if (!item.isPending) this.#pacer.take(now);
    item.isPending = false;
    this.#pacer.leave(now, hasLeft);
    if (hasLeft) this.#spacing.sent(item.who, now);
    this.#busy.delete(item.who);
  }

  #targetOf(call: Call): Target {
    const known = this.#targets.get(call.path);
    if (known) return known;
    const target = targetOf(this.job.platform, call);
    this.#targets.set(call.path, target);
    return target;
  }

  // --- What becomes of a message ---

  #accept(item: Item, body: any) {
    this.#acceptedCount++;
    this.job.onAccepted(item.reference);
    if (!this.job.keepAccepted) return;
    const waId: string | undefined = body.contacts?.[0]?.wa_id;
    const { id } = body.messages[0];
    this.accepted.push({
      index: item.index,
      to: item.who,
      id,
      ...(waId && { waId: withPlus(waId) }),
      ...(item.reference && { reference: item.reference }),
    });
  }

  #secondsUntilRetry(
    { tries, firstAt }: Item,
    { code }: WhatsAppError,
    headers: Headers,
  ) {
    const seconds = (performance.now() - firstAt) / 1000;
    return secondsUntilRetry({ tries, seconds, code, headers });
  }

  /** `wait` is given if the same message may be sent again. */
  #judge(item: Item, error: WhatsAppError, wait?: number) {
    if (error.code === 'DELIVERY_UNKNOWN') {
      this.unknown.push({ ...this.#rowOf(item), error: toRow(error) });
      return;
    }
    if (isTooFast(error)) this.#pacer.slowDown(performance.now());
    if (wait !== undefined && !this.#stopped)
      return this.#later(item, wait * 1000);
    if (error.code === 'CONNECTION_FAILED') {
      // It has not left, and nor would any other.
      this.#ready.push(item);
      return this.#stop(error.message);
    }
    this.#fail(item, error);
  }

  #rowOf = ({ index, who, reference }: Item): Row => ({
    index,
    to: who,
    ...(reference && { reference }),
  });

  #fail(row: Row | Item, error: WhatsAppError) {
    this.#firstError ??= error;
    const plain = 'who' in row ? this.#rowOf(row) : row;
    const isForAll = isAccountWide(error);
    // Once the account is well again, the same message can be sent.
    const advice = isForAll ? { retryable: true } : {};
    this.failed.push({ ...plain, error: { ...toRow(error), ...advice } });
    if (isForAll) this.#stop(error.message);
  }

  /** Comes back after a while, without holding up the others. */
  #later(item: Item, milliseconds: number) {
    const timer = setTimeout(() => {
      this.#waiting.delete(item);
      this.#ready.push(item);
      this.#wake?.();
    }, milliseconds);
    this.#waiting.set(item, timer);
  }

  // --- Time ---

  /** Resolves when something has happened, or after so many milliseconds. */
  #sleep(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      const timer =
        milliseconds === Infinity
          ? undefined
          : setTimeout(() => this.#wake?.(), milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
    });
  }

  get #deadline(): number {
    const { timeLimit } = this.job;
    return timeLimit ? this.#startedAt + timeLimit * 1000 : Infinity;
  }

  /** Time for the last answers: twice what the slowest has taken. */
  #untilOver(now: number): number {
    const { timeLimit } = this.job;
    if (!timeLimit) return Infinity;
    const limit = timeLimit * 1000;
    const reserve = Math.min(limit / 2, limit / 10 + 2 * this.#slowest);
    return Math.max(0, this.#deadline - reserve - now);
  }

  /** An answer that comes after the deadline would not be in the report. */
  #timeout() {
    if (this.#deadline === Infinity) return {};
    const left = this.#deadline - performance.now() - 20;
    return { timeout: Math.max(1, Math.min(ANSWER_TIMEOUT, left)) };
  }

  // --- The end ---

  #stop(reason: string) {
    this.#stopped ??= reason;
    this.#wake?.();
  }

  /** Answers of messages that have left are waited for. */
  async #settle() {
    while (this.#inFlight) await this.#sleep(Infinity);
    for (const [item, timer] of this.#waiting) {
      clearTimeout(timer);
      this.#ready.push(item);
    }
    this.#waiting.clear();
  }

  #collectUnsent() {
    for (const item of this.#ready) this.unsent.push(this.#rowOf(item));
    for (let index = this.#next; index < this.job.total; index++)
      this.#leaveUnsent(index);
    const byIndex = (a: Row, b: Row) => a.index - b.index;
    for (const rows of [
      this.accepted,
      this.failed,
      this.unknown,
      this.unsent,
      this.skipped,
    ])
      (rows as Row[]).sort(byIndex);
  }

  #leaveUnsent(index: number) {
    const row = this.job.read(index);
    if ('because' in row) this.skipped.push(skippedRow(index, row));
    else this.unsent.push({ index, ...row.mark });
  }

  #report(): Report {
    const { accepted, failed, unknown, unsent, skipped } = this;
    const { maySkip } = this.job;
    const seconds = (performance.now() - this.#startedAt) / 1000;
    return {
      accepted,
      failed,
      unknown,
      unsent,
      ...(maySkip && { skipped }),
      summary: {
        total: this.job.total,
        accepted: this.#acceptedCount,
        failed: failed.length,
        unknown: unknown.length,
        unsent: unsent.length,
        ...(maySkip && { skipped: skipped.length }),
        seconds: round(seconds),
        messagesPerSecond: round(this.#acceptedCount / seconds),
        ...(this.#stopped && { stopped: this.#stopped }),
      },
    };
  }

  #progress(): string {
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const done =
      this.#acceptedCount +
      this.failed.length +
      this.unknown.length +
      this.skipped.length;
    const pace = done / seconds;
    const left = Math.ceil((this.job.total - done) / pace);
    return `${count(done)} of ${count(this.job.total)} messages: ${count(this.#acceptedCount)} accepted, ${count(this.failed.length)} failed, ${count(this.unknown.length)} unknown; ${round(pace)} a second, about ${duration(left)} left.`;
  }

  #result({ summary }: Report): string {
    const { total, accepted, failed, unknown, unsent, stopped } = summary;
    const end = stopped ? ` Stopped by ${stopped}` : '';
    const skipped = summary.skipped
      ? `, ${count(summary.skipped)} skipped`
      : '';
    return `Sent ${count(accepted)} of ${count(total)} messages in ${duration(summary.seconds)} (${summary.messagesPerSecond} a second): ${count(failed)} failed, ${count(unknown)} unknown, ${count(unsent)} unsent${skipped}.${end}`;
  }

  #nothingAccepted({ summary }: Report): WhatsAppError {
    const error = this.#firstError;
    if (error && isAccountWide(error)) return error;
    return new WhatsAppError('NOTHING_ACCEPTED', {
      description: `None of ${count(summary.total)} messages was accepted: ${count(summary.failed)} failed, ${count(summary.unsent)} were not sent.`,
      fix: error?.fix ?? 'Look at the log for the reason.',
      details: error?.message ?? this.#stopped,
      ...(typeof error?.code === 'number' && { metaCode: error.code }),
    });
  }
}

const isTooFast = ({ code }: WhatsAppError) =>
  code === 'CONNECTION_FAILED' || entryOf(code)?.pace === 'slow';

/** A number that WhatsApp gave must not be read as a local one. */
const withPlus = (waId: string) => (/^\d+$/.test(waId) ? `+${waId}` : waId);

const round = (value: number) =>
  Number.isFinite(value) ? Math.round(value * 10) / 10 : 0;
const count = (value: number) => value.toLocaleString('en');

function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'an unknown time';
  if (seconds < 90) return `${round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}

export const sendLine = (job: Job): Promise<Report> => new Line(job).run();
