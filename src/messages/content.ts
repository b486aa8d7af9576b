import type { Warn } from '../log';

/** What a message says, in Meta's form: `{ type: 'text', text: { body } }`. */
export interface Content {
  type: string;
  template?: TemplateContent;
  interactive?: { type: string; [field: string]: unknown };
  [field: string]: unknown;
}

/** A template in Meta's form. */
export interface TemplateContent {
  name: string;
  language: { code: string; policy?: string };
  namespace?: unknown;
  components?: unknown[];
}

/** Fields as a job gives them, before they are checked. */
export type Fields = Record<string, unknown>;

/** One kind of message: all that is known of it. */
export interface MessageKind {
  /** The field by which it is known: `image`, `buttons`. */
  name: string;
  /** All fields that it may have. */
  fields: string[];
  build: (message: Fields, warn: Warn) => Content;
  /** What its field means in the form of Meta's documentation, where `{ text: { body } }` is pasted. */
  unfold?: (value: Fields) => Fields;
  /** What to do with fields that belong to another kind. */
  hints?: Record<string, string>;
  /** Meta's type, if it is interactive. */
  interactive?: string;
  /** Whether the On-Premise API has it; `old` servers may refuse it. */
  onPremise?: 'never' | 'old';
}
