import * as v from 'valibot';
import type { BulkOptions } from '../types';
import {
  anything,
  flag,
  ofNumber,
  oneOf,
  positive,
  readOptions,
} from '../validation';

const LONGEST_TIME_LIMIT = 86_400;
const UNITS = '`rate` is in messages per second, `timeLimit` in seconds.';

/** Options of a list. */
export const BULK_OPTIONS = {
  rate: positive(UNITS),
  concurrency: v.pipe(
    positive(UNITS),
    v.check(
      (value: number) => Number.isInteger(value),
      'must be a whole number.\nLeave it out: it follows from the rate.',
    ),
  ),
  timeLimit: v.pipe(
    positive(UNITS),
    v.check(
      seconds => seconds <= LONGEST_TIME_LIMIT,
      ({ input }) =>
        `is in seconds: ${input} is more than a day.\nFor ${input} milliseconds write ${Math.round(input / 1000)}.`,
    ),
  ),
  report: oneOf(
    ['full', 'problems'],
    "With 'problems', accepted messages are only counted.",
  ),
  dryRun: flag,
  sameRecipient: flag,
  checkText: flag,
  skip: anything,
  previous: anything,
  ...ofNumber,
};

export const readBulkOptions = (given: unknown): BulkOptions =>
  readOptions(given, BULK_OPTIONS);
