import { createRequire } from 'node:module';
import type * as PhoneLibrary from 'libphonenumber-js/max';

declare const __filename: string;

// Loaded with require(): most runs never need it, and `phoneNumber()` is synchronous.
const load = createRequire(
  typeof __filename === 'undefined' ? import.meta.url : __filename,
);

let library: typeof PhoneLibrary | undefined;
let callingCodes: Set<string> | undefined;

/** libphonenumber with full metadata: smaller sets accept invalid numbers. */
export function phoneLibrary(): typeof PhoneLibrary {
  library ??= load('libphonenumber-js/max') as typeof PhoneLibrary;
  return library;
}

/** Numbering plan methods that the library's types omit. */
interface NumberingPlan {
  nationalPrefix(): string | undefined;
  possibleLengths(): number[];
  type(name: string): { possibleLengths(): number[] } | undefined;
}

/** The numbering plan of a country or of a calling code. */
export function numberingPlan(countryOrCode: string): NumberingPlan {
  const { Metadata } = load('libphonenumber-js/core');
  const metadata = new Metadata(load('libphonenumber-js/max/metadata'));
  metadata.selectNumberingPlan(countryOrCode);
  return metadata.numberingPlan;
}

/** The main country of a calling code. */
export const countryOfCode = (code: string): string | undefined =>
  load('libphonenumber-js/max/metadata').country_calling_codes[code]?.[0];

/** The calling code at the start of an international number without its `+`. */
export function callingCodeOf(digits: string): string | undefined {
  const { getCountries, getCountryCallingCode } = phoneLibrary();
  callingCodes ??= new Set(
    getCountries().map(country => getCountryCallingCode(country)),
  );
  return [1, 2, 3]
    .map(length => digits.slice(0, length))
    .find(code => callingCodes!.has(code));
}
