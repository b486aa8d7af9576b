import _ from 'lodash';
import { WhatsAppError } from '../errors/error';
import { personKey } from '../messages/phone-number';
import { addressOf, parseRecipient } from '../messages/recipient';
import type { ErrorInfo } from '../types';
import { invalidOptions } from '../validation';

/** Why a row is not sent. */
export type Because = 'accepted' | 'unknown' | 'failed' | 'skip';

/** The outcome of a row in an earlier run. */
export interface EarlierOutcome {
  because: Because;
  /** The error of a row whose message couldn't be built; its data may have been corrected since. */
  why?: ErrorInfo;
}

/** Why a row from an earlier run isn't sent again, by reference. */
export type EarlierOutcomes = Map<string, EarlierOutcome>;

const LISTS = ['accepted', 'unknown', 'failed', 'skipped'] as const;
/** Statuses of a record, including those of webhooks. */
const STATUSES: Record<string, Because | undefined> = {
  accepted: 'accepted',
  sent: 'accepted',
  delivered: 'accepted',
  read: 'accepted',
  played: 'accepted',
  sending: 'unknown',
  unknown: 'unknown',
  failed: 'failed',
  unsent: undefined,
};

/** Whether a retry may succeed: the error is temporary, or about the template, which can be fixed. */
const isForNow = (error: unknown) =>
  _.get(error, 'retryable') === true ||
  _.inRange(Number(_.get(error, 'code')), 132_000, 133_000);

/** Errors that leave the outcome unknown. */
const UNKNOWN = ['DELIVERY_UNKNOWN', 'OUTCOME_UNKNOWN'];

/** Whether the message couldn't be built: no request was sent, and the data can be corrected. */
export const isCorrectable = ({ why }: EarlierOutcome) => why !== undefined;

function failed(error: unknown): EarlierOutcome | undefined {
  if (UNKNOWN.includes(String(_.get(error, 'code'))))
    return { because: 'unknown' };
  if (isForNow(error)) return undefined;
  const isOurs = _.isString(_.get(error, 'code'));
  return { because: 'failed', ...(isOurs && { why: error as ErrorInfo }) };
}

/** The outcome of a row of a report. */
function outcomeOf(list: string, row: unknown): EarlierOutcome | undefined {
  const error: unknown = _.get(row, 'error');
  const because: unknown = list === 'skipped' ? _.get(row, 'because') : list;
  if (because === 'failed') return failed(error);
  return because === 'skip' ? undefined : { because: because as Because };
}

/** Ranks an outcome: a message accepted once is never sent again, whatever other reports say. */
function weightOf(outcome: EarlierOutcome): number {
  if (isCorrectable(outcome)) return 0;
  return ['failed', 'unknown', 'accepted'].indexOf(outcome.because) + 1;
}

function add(
  outcomes: EarlierOutcomes,
  reference: unknown,
  outcome: EarlierOutcome,
) {
  const key = String(reference);
  const known = outcomes.get(key);
  if (!known || weightOf(outcome) >= weightOf(known))
    outcomes.set(key, outcome);
}

function addReport(outcomes: EarlierOutcomes, report: object) {
  const accepted = _.size(_.get(report, 'accepted'));
  if (Number(_.get(report, 'summary.accepted', accepted)) > accepted)
    throw invalidOptions(
      "`previous` is a report with report: 'problems', which doesn't list accepted messages.",
      "Use report: 'full' if the next run needs the report.",
      { field: 'previous' },
    );
  for (const list of LISTS)
    for (const row of _.castArray(_.get(report, list, []))) {
      const reference: unknown = _.get(row, 'reference');
      const outcome = outcomeOf(list, row);
      if (!outcome) continue;
      checkReference(reference, list);
      if (!_.isNil(reference)) add(outcomes, reference, outcome);
    }
}

/** Without a reference, earlier rows can't be matched to new ones. */
function checkReference(reference: unknown, list: string) {
  if (!_.isNil(reference) || list === 'failed') return;
  throw invalidOptions(
    `\`previous\` has rows in ${list} without a reference.`,
    'The earlier list was sent without `reference`. Remove the rows that were already sent from `items`.',
    { field: 'previous' },
  );
}

/** The last record of a key says what became of it, but for one that was accepted. */
function keepRecord(records: Map<string, any>, record: any) {
  const key = String(record.key);
  const known = records.get(key);
  if (!known || STATUSES[statusOf(known)] !== 'accepted')
    records.set(key, record);
}

/** A Collection may keep the whole record as its value. */
const valueOf = ({ value }: any): unknown =>
  isRecord(value) ? value.value : value;

const statusOf = (record: unknown): string =>
  String(_.get(valueOf(record), 'status')).toLowerCase();

/** A record of a Collection: `{ key: reference, value: { status } }`. */
function addRecord(outcomes: EarlierOutcomes, record: any) {
  const { key } = record;
  const value = valueOf(record);
  const status = statusOf(record);
  if (!Object.hasOwn(STATUSES, status))
    throw invalidOptions(
      `\`previous\` has a record without a known status.`,
      `The status of a record is one of: ${Object.keys(STATUSES).join(', ')}. Example: { key: 'visit-1', value: { status: 'accepted' } }.`,
      { field: 'previous' },
    );
  const because = STATUSES[status];
  const outcome =
    because === 'failed'
      ? failed({
          ..._.pick(value, 'retryable'),
          ...Object(_.get(value, 'error')),
        })
      : because && { because };
  if (outcome) add(outcomes, key, outcome);
}

const isReport = (value: unknown) =>
  _.isPlainObject(value) && LISTS.some(list => _.isArray(_.get(value, list)));
const isRecord = (value: any): boolean =>
  _.isPlainObject(value) && _.has(value, 'key') && _.has(value, 'value');

/** Reads the outcome of each reference from earlier reports. */
export function readPrevious(previous: unknown): EarlierOutcomes | undefined {
  if (_.isNil(previous)) return undefined;
  const outcomes: EarlierOutcomes = new Map();
  const records = new Map<string, Record<string, unknown>>();
  for (const part of _.castArray(previous)) {
    if (isReport(part)) addReport(outcomes, part as object);
    else if (isRecord(part)) keepRecord(records, part);
    else
      throw invalidOptions(
        '`previous` must be a report of sendBulk(), or a list of them.',
        'Example: previous: $.report, if an earlier run saved its state.data there. For the first run, use [].',
        { field: 'previous' },
      );
  }
  for (const record of records.values()) addRecord(outcomes, record);
  return outcomes;
}

function skippedAddresses(one: unknown, field: string, country?: string) {
  const value: unknown = _.isPlainObject(one) ? _.get(one, 'key', one) : one;
  const isStatus = _.has(value, 'status') && _.has(value, 'to');
  const who = [
    _.get(value, isStatus ? 'to' : 'from'),
    _.get(value, 'userId'),
  ].filter(Boolean);
  return (who.length ? who : [value]).map(person =>
    personKey(addressOf(parseRecipient(person, country, field)))!,
  );
}

/** Reads the recipients to skip, in the form messages use. */
export function readSkip(skip: unknown, country?: string): Set<string> {
  try {
    return new Set(
      _.castArray(skip ?? []).flatMap((one, index) =>
        skippedAddresses(one, `skip[${index}]`, country),
      ),
    );
  } catch (error) {
    if (!(error instanceof WhatsAppError)) throw error;
    const { description, fix, field } = error;
    throw invalidOptions(description, fix, { field });
  }
}
