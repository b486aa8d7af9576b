import _ from 'lodash';
import { warn } from '../log';
import type {
  AcceptedRow,
  BulkReason,
  BulkReport,
  BulkRow,
  FailedRow,
  SkippedRow,
} from '../types';
import { isAccountWide, toRow, WhatsAppError } from '../errors/error';

/** The recipient and the reference of an item, if known. */
export interface RowIdentity {
  to?: unknown;
  reference?: string;
}

/** How many rows a reason names. */
const NAMED_ROWS = 10;

/** `131026 (12), INVALID_RECIPIENT (3)` */
export const reasonsText = (reasons: BulkReason[] = []): string =>
  reasons
    .slice(0, 3)
    .map(({ code, count }) => `${code} (${count.toLocaleString('en')})`)
    .join(', ');

export interface ReportOptions {
  total: number;
  /** Whether rows can be skipped. */
  maySkip: boolean;
  /** Whether accepted rows are listed or only counted. */
  keepAccepted: boolean;
  /** Whether the report is saved for the next run: rows that couldn't be built don't fail the run. */
  isResumable: boolean;
}

/** Prevents a number from WhatsApp from being parsed as a local one. */
const withPlus = (waId: string) => (/^\d+$/.test(waId) ? `+${waId}` : waId);

export const round = (value: number) =>
  Number.isFinite(value) ? Math.round(value * 10) / 10 : 0;

/** Meta's word for a message that it accepts and holds back. */
export function heldStatus(body: any): string | undefined {
  const status: unknown = body?.messages?.[0]?.message_status;
  return typeof status === 'string' && status !== 'accepted'
    ? status
    : undefined;
}

/** Collects the outcome of each item in exactly one list. */
export class ReportBuilder {
  readonly accepted: AcceptedRow[] = [];
  readonly failed: FailedRow[] = [];
  readonly unknown: FailedRow[] = [];
  readonly unsent: BulkRow[] = [];
  readonly skipped: SkippedRow[] = [];
  acceptedCount = 0;
  /** Accepted, and held back: how many, by Meta's word for it. */
  readonly held: Record<string, number> = {};
  #firstError?: WhatsAppError;

  constructor(readonly options: ReportOptions) {}

  get done(): number {
    const { failed, unknown, skipped } = this;
    return this.acceptedCount + failed.length + unknown.length + skipped.length;
  }

  accept(row: BulkRow, body: any) {
    this.acceptedCount++;
    const messageStatus = heldStatus(body);
    if (messageStatus) this.#hold(messageStatus);
    if (!this.options.keepAccepted) return;
    const waId: unknown = body.contacts?.[0]?.wa_id;
    const { index, to, reference } = row;
    this.accepted.push({
      index,
      to,
      id: body.messages[0].id,
      ...(typeof waId === 'string' && waId && { waId: withPlus(waId) }),
      ...(reference && { reference }),
      ...(messageStatus && { messageStatus }),
    });
  }

  #hold(status: string) {
    if (!this.held[status])
      warn(`WhatsApp holds accepted messages back (${status}).`);
    this.held[status] = (this.held[status] ?? 0) + 1;
  }

  fail(row: BulkRow, error: WhatsAppError) {
    this.#firstError ??= error;
    // The same message can be sent once the account error is resolved.
    const advice = isAccountWide(error) ? { retryable: true } : {};
    this.failed.push({ ...row, error: { ...toRow(error), ...advice } });
  }

  lose(row: BulkRow, error: WhatsAppError) {
    this.unknown.push({ ...row, error: toRow(error) });
  }

  build(seconds: number, stopped?: string): BulkReport {
    const { accepted, failed, unknown, unsent, skipped } = this;
    const { maySkip, total } = this.options;
    const reasons = this.reasons();
    const byIndex = (a: BulkRow, b: BulkRow) => a.index - b.index;
    for (const rows of [accepted, failed, unknown, unsent, skipped])
      (rows as BulkRow[]).sort(byIndex);
    return {
      accepted,
      failed,
      unknown,
      unsent,
      ...(maySkip && { skipped }),
      summary: {
        total,
        accepted: this.acceptedCount,
        failed: failed.length,
        unknown: unknown.length,
        unsent: unsent.length,
        ...(maySkip && { skipped: skipped.length }),
        ...(!_.isEmpty(this.held) && { messageStatus: this.held }),
        ...(reasons.length && { reasons }),
        seconds: round(seconds),
        messagesPerSecond: round(this.acceptedCount / seconds),
        ...(stopped && { stopped }),
      },
    };
  }

  /** Why messages failed or are unknown, most frequent first. */
  reasons(): BulkReason[] {
    const groups = _.groupBy(
      [...this.failed, ...this.unknown],
      ({ error }) => error.code,
    );
    const reasons = _.map(groups, rows => {
      const { code, description, fix } = rows[0].error;
      return {
        code,
        description,
        fix,
        count: rows.length,
        rows: _.sortBy(_.map(rows, 'index')).slice(0, NAMED_ROWS),
      };
    });
    return _.orderBy(reasons, 'count', 'desc');
  }

  /** Returns the error if no message was accepted; `hasTried` says whether any request was sent. */
  failure(hasTried: boolean, stopped?: string): WhatsAppError | undefined {
    const { total, isResumable } = this.options;
    if (this.acceptedCount || this.unknown.length) return undefined;
    // Messages sent by earlier runs count, too.
    const isServed =
      total === this.skipped.length ||
      this.skipped.some(({ because }) => because !== 'skip') ||
      (isResumable && !hasTried && !stopped);
    return isServed ? undefined : this.#nothingAccepted(stopped);
  }

  #nothingAccepted(stopped?: string): WhatsAppError {
    const error = this.#firstError;
    if (error && isAccountWide(error)) return error;
    const count = (value: number) => value.toLocaleString('en');
    return new WhatsAppError('NOTHING_ACCEPTED', {
      description: `None of ${count(this.options.total)} messages were accepted: ${count(this.failed.length)} failed, ${count(this.unsent.length)} unsent.`,
      fix: error?.fix ?? 'Check the log for the reason.',
      details: _.compact([
        error?.message ?? stopped,
        this.reasons().length > 1 && `Reasons: ${reasonsText(this.reasons())}.`,
      ]).join(' '),
      ...(typeof error?.code === 'number' && { metaCode: error.code }),
    });
  }
}
