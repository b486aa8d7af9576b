/** Of what `parseJson()` could not read. */
export const NOT_JSON = Symbol('not JSON');

const LONG_NUMBER = /\d{16}/;
const TEXT_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/** An ID that is written as a number and that JavaScript would round becomes a string. */
const keepDigits = (text: string) =>
  text.replace(TEXT_OR_NUMBER, part =>
    part.startsWith('"') || Number.isSafeInteger(Number(part))
      ? part
      : `"${part}"`,
  );

/** The body of a response; nothing for an empty one. */
export function parseJson(text: string): unknown {
  const json = text.replace(/^\uFEFF/, '');
  if (!json) return null;
  try {
    return JSON.parse(LONG_NUMBER.test(json) ? keepDigits(json) : json);
  } catch {
    return NOT_JSON;
  }
}
