import type { Warn } from '../log';

/** The content of a message in Meta's format: `{ type: 'text', text: { body } }`. */
export interface Content {
  type: string;
  template?: TemplateContent;
  interactive?: { type: string; [field: string]: unknown };
  [field: string]: unknown;
}

/** A template in Meta's format. */
export interface TemplateContent {
  name: string;
  language: { code: string; policy?: string };
  namespace?: unknown;
  components?: unknown[];
}

/** Fields as given by a job, before validation. */
export type Fields = Record<string, unknown>;

/** What the options allow in a message. */
export interface Allowance {
  /** The category of Direct Send. */
  category?: string;
}

/** Defines one kind of message. */
export interface MessageKind {
  /** The field that identifies it, such as `image` or `buttons`. */
  name: string;
  /** All fields that it allows. */
  fields: string[];
  build: (message: Fields, warn: Warn, allowance: Allowance) => Content;
  /** Converts the form in Meta's documentation, such as a pasted `{ text: { body } }`. */
  unfold?: (value: Fields) => Fields;
  /** Hints for fields that belong to another kind. */
  hints?: Record<string, string>;
  /** Meta's interactive type, if any. */
  interactive?: string;
  /** On-Premise support: `never`, or `old` if old servers may reject it. */
  onPremise?: 'never' | 'old';
}
