import _ from 'lodash';
import { isPlain } from '../state';

const REDACTED = '[redacted]';
/** A shorter secret is hidden as a word only: its letters may stand in any text. */
const SHORT = 6;

/** How a secret may be written: as it is, in a URL, in Base64. */
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
  // A host is in small letters, and so may be the digits of an encoded URL.
  return forms.length ? new RegExp(forms.join('|'), 'gi') : undefined;
}

/** By their lists, which live as long as a credential does. */
const patterns = new WeakMap<string[], RegExp | undefined>();

function patternFor(secrets: string[]): RegExp | undefined {
  if (!patterns.has(secrets)) patterns.set(secrets, patternOf(secrets));
  return patterns.get(secrets);
}

/** The API may echo the token, in an error or in the URL of a next page. */
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

/** What was parsed, with the secrets taken out of its texts; its keys stay. `text` is what it was parsed from. */
export function redactValues(
  value: unknown,
  secrets: string[],
  text: string,
): unknown {
  const pattern = patternFor(secrets);
  if (!pattern) return value;
  pattern.lastIndex = 0;
  // Escapes of JSON may hide one.
  if (!text.includes('\\') && !pattern.test(text)) return value;
  return redactAll(value, pattern);
}
