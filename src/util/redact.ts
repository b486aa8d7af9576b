import _ from 'lodash';
import { isPlain } from '../state';
import { parseJson } from './json';

const REDACTED = '[redacted]';
/** A shorter secret is redacted only as a whole word, since its letters may occur in any text. */
const SHORT = 6;

/** Base64 of a secret in a longer text: its first and last letters depend on what is around it. */
const base64Forms = (secret: string) =>
  [0, 1, 2].map(offset => {
    const bytes = Buffer.from(' '.repeat(offset) + secret);
    const whole = Math.floor(bytes.length / 3) * 4;
    const start = [0, 2, 3][offset];
    return bytes.toString('base64').slice(start, whole);
  });

/** How a secret may be written: as it is, in a URL, a form, JSON, HTML or Base64. */
function formsOf(secret: string): string[] {
  const inUrl = encodeURIComponent(secret);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const forms = [
    secret,
    inUrl,
    inUrl.replace(/%/g, '%25'),
    new URLSearchParams([['', secret]]).toString().slice(1),
    inJson,
    inJson.replace(/[/]/g, '\\/'),
    inJson.replace(
      /[\u0080-\uffff]/g,
      letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
    _.escape(secret),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ...base64Forms(secret).filter(form => form.length >= SHORT),
  ];
  return _.uniq(forms);
}

function patternOf(secrets: string[]): RegExp | undefined {
  const forms = _.uniq(_.compact(secrets)).flatMap(formsOf);
  const patterns = _.uniq(forms).map(form =>
    form.length < SHORT
      ? `(?<![\\w])${_.escapeRegExp(form)}(?![\\w])`
      : _.escapeRegExp(form),
  );
  // Hosts are lowercase, and so may be percent-encodings.
  return patterns.length ? new RegExp(patterns.join('|'), 'gi') : undefined;
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
  try {
    return redactAll(value, pattern);
  } catch {
    // Nested deeper than the stack: its text is redacted instead.
    return parseJson(redact(text, secrets));
  }
}
