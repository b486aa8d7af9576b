import { entryOf } from '../errors/catalogue';
import type { WhatsAppError } from '../errors/error';
import type { Clock } from './clock';

// One retry policy for single calls and rows of a list.

export const MAX_TRIES = 5;
const MAX_SECONDS = 90;
const LONGEST_PAUSE = 60;

/** A failed try. */
export interface Refused {
  error: WhatsAppError;
  /** Whether a retry is safe and may succeed. */
  repeat: boolean;
  headers?: Record<string, unknown>;
}

export interface Attempt {
  /** The number of tries so far. */
  tries: number;
  /** When the first try began, on the same clock. */
  startedAt: number;
}

export type Decision = { again: number } | { stop: true };

/** Converts `Retry-After` (seconds or a date) to milliseconds. */
function retryAfter(header: unknown): number | undefined {
  if (typeof header !== 'string') return undefined;
  const milliseconds = /^\d+$/.test(header)
    ? Number(header) * 1000
    : Date.parse(header) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

/** Milliseconds until the next try; `random` is from 0 to 1. */
export function backoff(
  tries: number,
  code: string | number = '',
  random = Math.random(),
): number {
  const { pace, wait = 0 } = entryOf(code) ?? {};
  // https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput
  if (pace === 'recipient') return 4 ** (tries - 1) * 1000;
  const ceiling = Math.min(LONGEST_PAUSE, 2 ** (tries - 1));
  return (wait + ceiling * (0.5 + random / 2)) * 1000;
}

/** Whether to retry, and after how many milliseconds: as given by the server, or with exponential backoff. */
export function decide(
  { error, repeat, headers = {} }: Refused,
  { tries, startedAt }: Attempt,
  clock: Clock,
): Decision {
  if (!repeat || tries >= MAX_TRIES) return { stop: true };
  const again =
    retryAfter(headers['retry-after']) ?? backoff(tries, error.code);
  const total = clock.now() - startedAt + again;
  return total > MAX_SECONDS * 1000 ? { stop: true } : { again };
}
