import type { Readable } from 'node:stream';
import type { Connection } from '../configuration';
import type { MetaError } from '../errors/catalogue';
import type { Warn } from '../messages/checks';
import type { Content } from '../messages/message';
import type { RecipientFields } from '../messages/recipient';

/**
 * What it would mean to make the same call twice:
 * - `none`: nothing
 * - `creates`: something would exist twice, or the second be refused since the first was done
 * - `sends`: somebody would get the same message twice
 */
export type Effect = 'none' | 'creates' | 'sends';

export type Body = string | Uint8Array | Readable;

/** One call of the API. A body is made anew for every try. */
export interface Call {
  method: string;
  /** Below the base URL, or a complete address of the same origin. */
  path: string;
  effect: Effect;
  query?: Record<string, unknown>;
  headers?: Record<string, string>;
  body?: () => Body;
  /** Milliseconds for the whole exchange. */
  timeout?: number;
  /** False if the body can be read only once. */
  repeatable?: boolean;
  /** Told before a repeat: what of the call is now another. */
  resume?: () => Promise<Partial<Call>>;
  parseAs?: 'json' | 'text' | 'base64' | 'bytes';
  /** Other servers that may get the token, over https. */
  hosts?: RegExp;
  /** What outgrows this is cut off. */
  maxBytes?: number;
  /** Whether an answer proves that it was done. */
  proves?: (body: any) => boolean;
  /** Whether an answer with an error is still worth reading: a part of it was done. */
  isPartial?: (body: any) => boolean;
  /** What a user gets of the answer, if not all of it. */
  result?: (body: any) => unknown;
  /** Told when it leaves this machine, each time that it does. */
  onWritten?: () => void;
  /** Whether a user has written the path: it may lead nowhere. */
  isWritten?: boolean;
  /** A call that logs in proves who calls in a way of its own. */
  isLogin?: boolean;
}

/** Makes a call, and returns the body of its answer. */
export type Send = (call: Call) => Promise<any>;

export interface MessageOptions {
  replyTo?: string;
  reference?: string;
}

export interface ContactOptions {
  blocking: boolean;
  forceCheck: boolean;
}

/** A file that is ready to be uploaded. */
export interface Upload {
  type: string;
  filename: string;
  size?: number;
  open: () => Uint8Array | Readable;
  repeatable: boolean;
}

/** Paths of the Graph API, each with the id of the credential that it needs. */
export interface Graph {
  /** Below the WhatsApp Business Account. */
  account(edge?: string): string;
  /** Below the phone number. */
  number(edge?: string): string;
  /** Below the app. */
  app(edge: string): string;
  /** Anything that has an id of its own. */
  node(id: string): string;
}

/** All that differs between the Cloud API and the On-Premise API. */
export interface Platform {
  /** The credential object of a run: what the run remembers hangs on it. */
  readonly run: object;
  /** Messages per second that it allows to most numbers. */
  readonly rate: number;
  readonly connection: Connection;
  /** Texts that must never be seen in a log, an error or in state. */
  readonly secrets: string[];
  /** The headers that prove who calls. */
  authorization(
    send: Send,
  ): Record<string, string> | Promise<Record<string, string>>;
  /** After a 401: whether it is worth another try, with a new authorization. */
  renew(): boolean;
  /** Query parameters that every call has. */
  query(): Record<string, string>;
  sendMessage(
    recipient: RecipientFields,
    content: Content,
    options: MessageOptions,
    warn: Warn,
  ): Call;
  markAsRead(messageId: string, options: { typing?: boolean }): Call;
  uploadMedia(file: Upload): Promise<Call>;
  /** Where a file is and what it is. */
  getMedia(id: string): Call;
  /** Whether `getMedia` has to tell where a file is before it can be downloaded. */
  readonly hasMediaUrls: boolean;
  /** The bytes of a file, `url` being where it is. */
  downloadMedia(id: string, url?: string): Call;
  deleteMedia(id: string): Call;
  /** Where the Graph API has what only it knows. `what` is not possible without it. */
  graph(what: string): Graph;
  /** Whether the templates of the account can be read. */
  readonly knowsTemplates: boolean;
  checkContacts(numbers: string[], options: ContactOptions): Call;
  /** A call that a user writes: where its path leads, and what it does. */
  request(method: string, path: string, body: unknown): Call;
  readError(body: unknown): MetaError | undefined;
}
