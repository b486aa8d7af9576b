import * as v from 'valibot';
import { DELIVERY_OPTIONS } from '../messages/delivery-options';
import type { BulkOptions, Operation } from '../types';
import {
  anything,
  flag,
  ofNumber,
  oneOf,
  positive,
  positiveOrAuto,
  readOptions,
} from '../validation';

const LONGEST_TIME_LIMIT = 86_400;
const UNITS = '`rate` is in messages per second, `timeLimit` in seconds.';

/** Options of a list. */
export const BULK_OPTIONS = {
  rate: positiveOrAuto(UNITS),
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
  checkpoint: v.custom<Operation>(
    value => typeof value === 'function',
    "must be an operation.\nExample: checkpoint: collections.set('campaign', $.data).",
  ),
  chunk: v.pipe(
    positive('Example: chunk: 100.'),
    v.check(
      (value: number) => Number.isInteger(value),
      'must be a whole number.\nExample: chunk: 100.',
    ),
  ),
  ...DELIVERY_OPTIONS,
  ...ofNumber,
};

export const readBulkOptions = (given: unknown): BulkOptions =>
  readOptions(given, BULK_OPTIONS);
