import _ from 'lodash';
import { isPlain } from '../state';

const REDACTED = '[redacted]';
/** A shorter secret is redacted only as a whole word, since its letters may occur in any text. */
const SHORT = 6;

/** Encodings of a secret: plain, URL-encoded and Base64. */
function formsOf(secret: string): string[] {
  const forms = [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ];
  return _.uniq(forms).map(_.escapeRegExp);
}

function patternOf(secrets: string[]): RegExp | undefined {
  const forms = _.uniq(_.compact(secrets)).flatMap(secret =>
    secret.length < SHORT
      ? [`(?<![\\w])${_.escapeRegExp(secret)}(?![\\w])`]
      : formsOf(secret),
  );
  // Case-insensitive: hosts are lowercase, and so may be percent-encodings.
  return forms.length ? new RegExp(forms.join('|'), 'gi') : undefined;
}

/** Patterns by list of secrets, which lives as long as its credential. */
const patterns = new WeakMap<string[], RegExp | undefined>();

function patternFor(secrets: string[]): RegExp | undefined {
  if (!patterns.has(secrets)) patterns.set(secrets, patternOf(secrets));
  return patterns.get(secrets);
}

/** Redacts secrets: the API may echo the token in an error or a paging URL. */
export function redact(text: string, secrets: string[]): string {
  const pattern = patternFor(secrets);
  return pattern ? text.replace(pattern, REDACTED) : text;
}

function redactAll(value: unknown, pattern: RegExp): unknown {
  if (typeof value === 'string') return value.replace(pattern, REDACTED);
  if (Array.isArray(value)) return value.map(item => redactAll(item, pattern));
  if (isPlain(value))
    return _.mapValues(value, item => redactAll(item, pattern));
  return value;
}

/** Redacts secrets in the strings of parsed data, but not in its keys. `text` is the source. */
export function redactValues(
  value: unknown,
  secrets: string[],
  text: string,
): unknown {
  const pattern = patternFor(secrets);
  if (!pattern) return value;
  pattern.lastIndex = 0;
  // JSON escapes may hide a secret.
  if (!text.includes('\\') && !pattern.test(text)) return value;
  return redactAll(value, pattern);
}
