import { invalidRequest } from '../errors/error';

/** Returned by `parseJson()` for invalid JSON. */
export const NOT_JSON = Symbol('not JSON');

const LONG_NUMBER = /\d{16}/;
const NUMBER = /-?\d{16,}(?![\d.eE])/g;

const quoteLong = (part: string) =>
  part.replace(NUMBER, digits =>
    Number.isSafeInteger(Number(digits)) ? digits : `"${digits}"`,
  );

/** Where the string that begins at a place of valid JSON ends. */
function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  for (;;) {
    let slashes = 0;
    while (json[end - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return end + 1;
    end = json.indexOf('"', end + 1);
  }
}

/** Keeps IDs that are written as numbers, which JavaScript would round, as strings. */
function keepDigits(json: string): string {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const start = json.indexOf('"', at);
    if (start < 0) break;
    const end = endOfString(json, start);
    parts.push(quoteLong(json.slice(at, start)), json.slice(start, end));
    at = end;
  }
  return [...parts, quoteLong(json.slice(at))].join('');
}

/** The body of a response; null if it is empty. */
export function parseJson(text: string): unknown {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (!json) return null;
  try {
    const parsed: unknown = JSON.parse(json);
    return LONG_NUMBER.test(json) ? JSON.parse(keepDigits(json)) : parsed;
  } catch {
    return NOT_JSON;
  }
}

/** A value as JSON, or an error for what a job can have and JSON can't. */
export function toJson(
  value: unknown,
  replacer?: (key: string, value: unknown) => unknown,
): string {
  try {
    return JSON.stringify(value, replacer);
  } catch (error) {
    throw invalidRequest(
      `The request can't be written as JSON: ${(error as Error).message}.`,
      'Use plain values: a number or a string of digits instead of a BigInt, and no object that contains itself.',
    );
  }
}
