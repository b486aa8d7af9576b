/** Returned by `parseJson()` for text that is not JSON. */
export const NOT_JSON = Symbol('not JSON');

const LONG_NUMBER = /\d{16}/;
const TEXT_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/** Converts numeric IDs that JavaScript would round to strings. */
const keepDigits = (text: string) =>
  text.replace(TEXT_OR_NUMBER, part =>
    part.startsWith('"') || Number.isSafeInteger(Number(part))
      ? part
      : `"${part}"`,
  );

/** Parses the body of a response; an empty body has no value. */
export function parseJson(text: string): unknown {
  const json = text.replace(/^\uFEFF/, '');
  if (!json) return null;
  try {
    return JSON.parse(LONG_NUMBER.test(json) ? keepDigits(json) : json);
  } catch {
    return NOT_JSON;
  }
}
