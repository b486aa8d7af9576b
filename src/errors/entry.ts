/**
 * What a response with a code proves:
 * - `retry`: nothing happened, and the same request may succeed a moment later
 * - `permanent`: nothing happened, and the same request will be refused again
 * - `later`: nothing happened, and the same request may succeed after hours or days
 * - `unknown`: nothing
 */
export type Proof = 'retry' | 'permanent' | 'later' | 'unknown';

interface More {
  /** Every other message would be refused, too. */
  scope?: 'account';
  /** Who was too fast: all messages together, or those to one person. */
  pace?: 'slow' | 'recipient';
  /** Seconds that are waited in addition. */
  wait?: number;
  /** It may come of a template that the job doesn't know well. */
  ofTemplate?: boolean;
  /** What it says to whoever has received a message. */
  received?: { description: string; fix: string };
}

/** All there is to say about a code. */
export interface Entry extends More {
  proof: Proof;
  description: string;
  fix: string;
}

/** A code that means the same as another. */
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

// --- Advice that several codes share ---

export const NEW_TOKEN =
  'Create a permanent access token: in Meta Business Settings, System users, Generate token, with whatsapp_business_messaging and whatsapp_business_management. Put it in apiToken.';
export const PERMISSION =
  'Check that the token has whatsapp_business_messaging and whatsapp_business_management, and that its system user is assigned to this WhatsApp account.';
export const SLOW_DOWN = 'Wait a while, then send fewer messages per second.';
export const OTHER_CHANNEL = 'Reach this person another way: SMS or a call.';
export const READ_DETAILS = 'Correct the value that the details name.';
export const EDIT_TEMPLATE =
  'Compare the template in WhatsApp Manager with what the job sends.';
export const SHORTEN = 'Shorten what the details name.';
export const SUPPORT =
  "Look at Meta's status page (metastatus.com) and try again later.";
export const SERVER = 'Look at the health of the server, and try again later.';
export const TEMPLATE_NAME =
  'Check its name, its namespace and its language code in WhatsApp Manager, Message templates.';
export const QUALITY =
  'Look at Account Quality in WhatsApp Manager before sending more.';
