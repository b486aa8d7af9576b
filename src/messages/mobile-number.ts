import {
  callingCodeOf,
  countriesOfCode,
  isNonGeographic,
  numberingPlan,
} from '../phone-library';

// Most numbers of a list are plain mobile numbers of a country that has its
// calling code for itself. They need a few patterns of the library's metadata,
// and not its whole parser, which takes most of the time of a message.

/** WhatsApp IDs in a format that the country's numbering plan no longer uses. */
const FORMER_PLANS = [
  /^521\d{10}$/, // Mexico
  /^549\d{10}$/, // Argentina
  /^55[1-9]\d\d{8}$/, // Brazil
  /^229\d{8}$/, // Benin
  /^225\d{8}$/, // Ivory Coast
];

export const isFormerPlan = (digits: string): boolean =>
  FORMER_PLANS.some(pattern => pattern.test(digits));

interface Patterns {
  code: string;
  /** Whether no other country has the calling code. */
  isAlone: boolean;
  nationalPrefix?: string;
  /** The fewest digits of a number, after the library has changed its start. */
  shortest: number;
  isNational: (digits: string) => boolean;
  isMobile: (digits: string) => boolean;
  /** What the library would remove from the start of a national number. */
  prefix: (digits: string) => string | undefined;
  /** Whether it starts like a call to another country. */
  isCallAbroad: (digits: string) => boolean;
}

const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`);
const start = (pattern: string) => new RegExp(`^(?:${pattern})`);

function readPatterns(country: string): Patterns {
  const plan = numberingPlan(country);
  const mobile = plan.type('MOBILE');
  const code = plan.callingCode();
  const national = whole(plan.nationalNumberPattern());
  const mobilePattern = mobile?.pattern();
  const isMobilePattern = mobilePattern ? whole(mobilePattern) : undefined;
  const lengths = mobile?.possibleLengths() ?? plan.possibleLengths();
  const forParsing = plan.nationalPrefixForParsing();
  const prefix = forParsing ? start(forParsing) : undefined;
  const abroad = plan.IDDPrefix();
  const idd = abroad ? start(abroad) : undefined;
  return {
    code,
    isAlone: countriesOfCode(code).length === 1,
    nationalPrefix: plan.nationalPrefix(),
    shortest: plan.nationalPrefixTransformRule()
      ? 0
      : Math.min(...plan.possibleLengths()),
    isNational: digits => national.test(digits),
    isMobile: digits =>
      isMobilePattern !== undefined &&
      lengths.includes(digits.length) &&
      isMobilePattern.test(digits) &&
      national.test(digits),
    prefix: digits => prefix?.exec(digits)?.[0],
    isCallAbroad: digits => idd?.test(digits) ?? false,
  };
}

const known = new Map<string, Patterns>();

function patternsOf(country: string): Patterns {
  const patterns = known.get(country) ?? readPatterns(country);
  known.set(country, patterns);
  return patterns;
}

/** Whether the digits are no number of the country itself, or of one that has the same calling code. */
const isForeign = (digits: string, country: string) =>
  countriesOfCode(patternsOf(country).code)
    .map(patternsOf)
    .every(
      one =>
        !one.isNational(digits) &&
        one.prefix(digits) === undefined &&
        !one.isCallAbroad(digits),
    );

/** `254712345678` */
function international(digits: string, country?: string): string | undefined {
  const code = callingCodeOf(digits);
  const [only, another] = code ? countriesOfCode(code) : [];
  if (!only || another || isNonGeographic(digits)) return undefined;
  const patterns = patternsOf(only);
  const rest = digits.slice(code!.length);
  if (patterns.prefix(rest) !== undefined || !patterns.isMobile(rest))
    return undefined;
  if (country && !isForeign(digits, country)) return undefined;
  return `+${digits}`;
}

/** Whether the digits are too few for a number with a country code. */
function isTooShort(digits: string): boolean {
  if (isNonGeographic(digits)) return false;
  const code = callingCodeOf(digits);
  const rest = digits.length - (code?.length ?? 0);
  return countriesOfCode(code ?? '').every(
    country => rest < patternsOf(country).shortest,
  );
}

/** `0712345678`, or `712345678` as a spreadsheet leaves it. */
function national(digits: string, country: string): string | undefined {
  const own = patternsOf(country);
  if (!own.isAlone || own.isCallAbroad(digits)) return undefined;
  const prefix = own.prefix(digits) ?? '';
  if (prefix && (prefix !== own.nationalPrefix || own.isNational(digits)))
    return undefined;
  const rest = digits.slice(prefix.length);
  if (!own.isMobile(rest) || rest.startsWith(own.code)) return undefined;
  return prefix || isTooShort(digits) ? `+${own.code}${rest}` : undefined;
}

/** The number in E.164 if it is certain; otherwise it must be parsed. */
export function plainMobileNumber(
  digits: string,
  country?: string,
): string | undefined {
  if (isFormerPlan(digits)) return undefined;
  const found = digits.startsWith('0')
    ? undefined
    : international(digits, country);
  return found ?? (country ? national(digits, country) : undefined);
}
