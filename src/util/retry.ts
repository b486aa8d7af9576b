import { entryOf } from '../errors/catalogue';

// One policy, for single calls and for the rows of a list.

export const MAX_TRIES = 5;
const MAX_SECONDS = 90;
const LONGEST_PAUSE = 60;

/** Seconds, out of a number of seconds or a date. */
function retryAfter(header: unknown): number | undefined {
  if (typeof header !== 'string') return undefined;
  const seconds = /^\d+$/.test(header)
    ? Number(header)
    : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

/** Seconds until the next try, `tries` being how many there were. */
export function backoff(tries: number, code: string | number = ''): number {
  const { pace, wait = 0 } = entryOf(code) ?? {};
  // https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput
  if (pace === 'recipient') return 4 ** (tries - 1);
  const ceiling = Math.min(LONGEST_PAUSE, 2 ** (tries - 1));
  return wait + ceiling * (0.5 + Math.random() / 2);
}

interface Tried {
  tries: number;
  /** How long it has taken so far. */
  seconds: number;
  code: string | number;
  headers: Record<string, unknown>;
}

/** As the server says, or ever longer. Nothing, if this was the last try. */
export function secondsUntilRetry(tried: Tried): number | undefined {
  const { tries, seconds, code, headers } = tried;
  if (tries >= MAX_TRIES) return undefined;
  const wait = retryAfter(headers['retry-after']) ?? backoff(tries, code);
  return seconds + wait > MAX_SECONDS ? undefined : wait;
}
