import { CLOUD_CODES } from './cloud-codes';
import { permanent, type Catalogue, type Entry, type Proof } from './entry';
import { ON_PREMISE_CODES } from './on-premise-codes';

/** What Meta's codes mean, for answers, webhooks and rows of a list alike. */
const CODES: Catalogue = { ...CLOUD_CODES, ...ON_PREMISE_CODES };
const PERMISSION_DENIED = 10;
const WRONG_PARAMETER = 100;
const NO_OBJECT = 33;

export type Advice = Pick<Entry, 'description' | 'fix'>;

/** The error of a platform, out of a response or a webhook. */
export interface MetaError {
  /** Meta's, or one of our own if the platform has none. */
  code: number | string;
  details?: string;
  type?: string;
  subcode?: number;
  transient?: boolean;
  fbtraceId?: string;
  /** What the platform knows better than the catalogue. */
  advice?: Advice;
  proof?: Proof;
}

/** The code of an error: a whole number, or digits. Anything else is none, and says nothing. */
export function codeOf(error: unknown): number | undefined {
  const code: unknown = (error as { code?: unknown } | null | undefined)?.code;
  const isCode =
    Number.isSafeInteger(code) ||
    (typeof code === 'string' && /^\d{1,9}$/.test(code));
  return isCode ? Number(code) : undefined;
}

const NOT_FOUND = permanent(
  'The object does not exist, or the token may not see it.',
  'Check the ID and the path, and that the token belongs to the same WhatsApp account.',
  { scope: 'account' },
);

const isPermission = (code: number) => code >= 200 && code <= 299;

/** All that is known of a code; of the adaptor's own codes nothing is. */
export function entryOf(code: string | number): Entry | undefined {
  const number = Number(code);
  const found = CODES[isPermission(number) ? PERMISSION_DENIED : number];
  if (!found || !('sameAs' in found)) return found;
  const { sameAs, ...more } = found;
  return { ...entryOf(sameAs)!, ...more };
}

/** The subcode of a wrong parameter often says more than the code. */
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
      fix: `Look up ${error.code} in Meta's list of error codes.`,
    }
  );
}
