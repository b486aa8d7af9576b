import { CLOUD_CODES } from './cloud-codes';
import { permanent, type Catalogue, type Entry, type Proof } from './entry';
import { ON_PREMISE_CODES } from './on-premise-codes';

/** What Meta's codes mean in responses, webhooks and reports. */
const CODES: Catalogue = { ...CLOUD_CODES, ...ON_PREMISE_CODES };
const PERMISSION_DENIED = 10;
const WRONG_PARAMETER = 100;
const NO_OBJECT = 33;

export type Advice = Pick<Entry, 'description' | 'fix'>;

/** The platform's error, from a response or a webhook. */
export interface MetaError {
  /** Meta's code, or one of ours if the platform has none. */
  code: number | string;
  details?: string;
  type?: string;
  subcode?: number;
  transient?: boolean;
  fbtraceId?: string;
  /** Advice from the platform, which overrides the catalogue. */
  advice?: Advice;
  proof?: Proof;
}

/** Reads an error code: an integer, or a string of digits. Anything else is ignored. */
export function codeOf(error: unknown): number | undefined {
  const code: unknown = (error as { code?: unknown } | null | undefined)?.code;
  const isCode =
    Number.isSafeInteger(code) ||
    (typeof code === 'string' && /^\d{1,9}$/.test(code));
  return isCode ? Number(code) : undefined;
}

const NOT_FOUND = permanent(
  "The object does not exist, or the token doesn't have access to it.",
  'Check the ID and the path, and that the token belongs to the same WhatsApp account.',
  { scope: 'account' },
);

const isPermission = (code: number) => code >= 200 && code <= 299;

/** The catalogue entry for a code; undefined for the adaptor's own codes. */
export function entryOf(code: string | number): Entry | undefined {
  const number = Number(code);
  const found = CODES[isPermission(number) ? PERMISSION_DENIED : number];
  if (!found || !('sameAs' in found)) return found;
  const { sameAs, ...more } = found;
  return { ...entryOf(sameAs)!, ...more };
}

/** For an invalid parameter, the subcode is often more specific than the code. */
export function lookUp({
  code,
  subcode,
}: Pick<MetaError, 'subcode'> & { code: string | number }): Entry | undefined {
  if (code !== WRONG_PARAMETER || !subcode) return entryOf(code);
  return subcode === NO_OBJECT
    ? NOT_FOUND
    : (entryOf(subcode) ?? entryOf(code));
}

/** What the code means and what the user should do about it. */
export function advice(error: MetaError): Advice {
  return (
    error.advice ??
    lookUp(error) ?? {
      description: 'The API refused the request.',
      fix: `Look up ${error.code} in Meta's error code reference.`,
    }
  );
}
