import { createRequire } from 'node:module';
import type * as PhoneLibrary from 'libphonenumber-js/max';

declare const __filename: string;

// Loaded with require(): most runs never need it, and `phoneNumber()` is synchronous.
const load = createRequire(
  typeof __filename === 'undefined' ? import.meta.url : __filename,
);

let library: typeof PhoneLibrary | undefined;

/** libphonenumber with full metadata: smaller sets accept invalid numbers. */
export function phoneLibrary(): typeof PhoneLibrary {
  library ??= load('libphonenumber-js/max') as typeof PhoneLibrary;
  return library;
}

/** Numbering plan methods that the library's types omit. */
export interface NumberingPlan {
  callingCode(): string;
  IDDPrefix(): string | undefined;
  nationalPrefix(): string | undefined;
  nationalPrefixForParsing(): string | undefined;
  nationalPrefixTransformRule(): string | undefined;
  nationalNumberPattern(): string;
  possibleLengths(): number[];
  type(
    name: string,
  ): { pattern(): string; possibleLengths(): number[] } | undefined;
}

interface Metadata {
  country_calling_codes: Record<string, string[]>;
  nonGeographic: Record<string, unknown>;
}

let metadata: Metadata | undefined;

function phoneMetadata(): Metadata {
  metadata ??= load('libphonenumber-js/max/metadata') as Metadata;
  return metadata;
}

/** The numbering plan of a country or of a calling code. */
export function numberingPlan(countryOrCode: string): NumberingPlan {
  const { Metadata: Plans } = load('libphonenumber-js/core');
  const plans = new Plans(phoneMetadata());
  plans.selectNumberingPlan(countryOrCode);
  return plans.numberingPlan;
}

/** The countries that share a calling code, the main one first. */
export const countriesOfCode = (code: string): string[] =>
  phoneMetadata().country_calling_codes[code] ?? [];

/** The main country of a calling code. */
export const countryOfCode = (code: string): string | undefined =>
  countriesOfCode(code)[0];

/** The calling code at the start of an international number without its `+`. */
export function callingCodeOf(digits: string): string | undefined {
  const codes = phoneMetadata().country_calling_codes;
  return [1, 2, 3]
    .map(length => digits.slice(0, length))
    .find(code => Object.hasOwn(codes, code));
}

/** Whether a number is of no country, such as one of a satellite. */
export const isNonGeographic = (digits: string): boolean =>
  Object.hasOwn(phoneMetadata().nonGeographic, digits.slice(0, 3));
