import _ from 'lodash';
import { WhatsAppError } from './errors';
import { addressOf, parseRecipient } from './messages/recipient';
import { invalidOptions } from './options';

/** Why a row is not sent. */
export type Because = 'accepted' | 'unknown' | 'failed' | 'skip';

/** Why a row of an earlier list is not sent again, if it isn't. */
type Verdicts = Map<string, Because>;

const LISTS = ['accepted', 'unknown', 'failed', 'skipped'] as const;
const MAY_BE_SENT: Record<string, Because> = {
  accepted: 'accepted',
  sending: 'unknown',
  unknown: 'unknown',
};

/** What the record of a list says: a report row, or what a Collection has kept of it. */
function verdictOf(list: string, row: unknown): Because | undefined {
  if (list === 'skipped') {
    const because: unknown = _.get(row, 'because');
    return because === 'skip' ? undefined : (because as Because);
  }
  if (list === 'failed')
    return _.get(row, 'error.retryable') === true ? undefined : 'failed';
  return list as Because;
}

function addReport(verdicts: Verdicts, report: object) {
  const accepted = _.size(_.get(report, 'accepted'));
  if (Number(_.get(report, 'summary.accepted', accepted)) > accepted)
    throw invalidOptions(
      "`previous` is a report with report: 'problems', which doesn't say who was served.",
      "Keep a report with report: 'full' for the next run.",
      { field: 'previous' },
    );
  for (const list of LISTS)
    for (const row of _.get(report, list, []) as unknown[]) {
      const reference: unknown = _.get(row, 'reference');
      const verdict = verdictOf(list, row);
      if (!_.isNil(reference) && verdict)
        verdicts.set(String(reference), verdict);
    }
}

/** A record of a Collection: `{ key: reference, value: { status } }`. */
function addRecord(verdicts: Verdicts, { key, value }: any) {
  const status: unknown = _.get(value, 'status');
  const isLasting = status === 'failed' && _.get(value, 'retryable') !== true;
  const verdict = isLasting ? 'failed' : MAY_BE_SENT[String(status)];
  if (verdict) verdicts.set(String(key), verdict);
}

const isReport = (value: unknown) =>
  _.isPlainObject(value) && LISTS.some(list => _.isArray(_.get(value, list)));
const isRecord = (value: unknown) =>
  _.isPlainObject(value) && _.has(value, 'key') && _.has(value, 'value');

/** What earlier reports say of each reference. */
export function readPrevious(previous: unknown): Verdicts | undefined {
  if (_.isNil(previous)) return undefined;
  const verdicts: Verdicts = new Map();
  for (const part of _.castArray(previous)) {
    if (isReport(part)) addReport(verdicts, part as object);
    else if (isRecord(part)) addRecord(verdicts, part);
    else
      throw invalidOptions(
        '`previous` must be a report of sendBulk(), or a list of them.',
        'Example: previous: $.report, where an earlier run kept state.data. For the first run give [].',
        { field: 'previous' },
      );
  }
  return verdicts;
}

function skippedAddresses(one: unknown, field: string, country?: string) {
  const value: unknown = _.isPlainObject(one) ? _.get(one, 'key', one) : one;
  const from: unknown = _.get(value, 'from');
  const userId: unknown = _.get(value, 'userId');
  if (from === undefined && userId === undefined)
    return [addressOf(parseRecipient(value, country, field))];
  return _.compact([from, userId]).map(who =>
    addressOf(parseRecipient(who, country, field)),
  );
}

/** People who must get nothing, as they are written in messages. */
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
