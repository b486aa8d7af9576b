/**
 * What a response with a code proves:
 * - `retry`: nothing was done, and the same request may succeed shortly
 * - `permanent`: nothing was done, and the same request will fail again
 * - `later`: nothing was done, and the same request may succeed after hours or days
 * - `unknown`: the outcome is unknown
 */
export type Proof = 'retry' | 'permanent' | 'later' | 'unknown';

interface More {
  /** Every other message would fail, too. */
  scope?: 'account';
  /** Which rate limit was hit: the overall one, or the one per recipient. */
  pace?: 'slow' | 'recipient';
  /** Additional seconds to wait. */
  wait?: number;
  /** The cause may be a mismatch between the job and the template. */
  ofTemplate?: boolean;
  /** The text for the receiver of a message. */
  received?: { description: string; fix: string };
}

/** The description, fix and properties of a code. */
export interface Entry extends More {
  proof: Proof;
  description: string;
  fix: string;
}

/** A code with the same meaning as another. */
export interface Same extends More {
  sameAs: number;
}

export type Catalogue = Record<number, Entry | Same>;

const entry =
  (proof: Proof) =>
  (description: string, fix: string, more: More = {}): Entry => ({
    proof,
    description,
    fix,
    ...more,
  });

export const retry = entry('retry');
export const permanent = entry('permanent');
export const later = entry('later');
export const unknown = entry('unknown');

// --- Shared advice ---

export const NEW_TOKEN =
  'Create a permanent access token: in Meta Business Settings, System users, Generate token, with whatsapp_business_messaging and whatsapp_business_management. Put it in apiToken.';
export const PERMISSION =
  'Check that the token has whatsapp_business_messaging and whatsapp_business_management, and that its system user is assigned to this WhatsApp account.';
export const SLOW_DOWN = 'Wait a while, then send fewer messages per second.';
export const OTHER_CHANNEL =
  'Contact this recipient another way, such as SMS or a call.';
export const READ_DETAILS = 'Correct the value that the details name.';
export const EDIT_TEMPLATE =
  'Compare the template in WhatsApp Manager with what the job sends.';
export const SHORTEN = 'Shorten the field named in the details.';
export const SUPPORT =
  "Check Meta's status page (metastatus.com) and try again later.";
export const SERVER = 'Check the health of the server and try again later.';
export const TEMPLATE_NAME =
  'Check its name, its namespace and its language code in WhatsApp Manager, Message templates.';
export const QUALITY =
  'Look at Account Quality in WhatsApp Manager before sending more.';
