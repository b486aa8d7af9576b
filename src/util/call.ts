import type { Readable } from 'node:stream';
import type { MetaError } from '../errors/catalogue';

/**
 * What it would mean to make the same call twice:
 * - `safe`: nothing
 * - `create`: something would exist twice, or the second be refused since the first was done
 * - `message`: somebody would get the same message twice
 */
export type Idempotency = 'safe' | 'create' | 'message';

export type Body = string | Uint8Array | Readable;

/** One call of the API. A body is made anew for every try. */
export interface Call {
  method: string;
  /** Below the base URL, or a complete address of the same origin. */
  path: string;
  idempotency: Idempotency;
  query?: Record<string, unknown>;
  headers?: Record<string, string>;
  body?: () => Body;
  /** Milliseconds for the whole exchange. */
  timeout?: number;
  /** False if the body can be read only once. */
  repeatable?: boolean;
  /** Called before a retry: what of the call has changed. */
  nextAttempt?: () => Promise<Partial<Call>>;
  parseAs?: 'json' | 'text' | 'base64' | 'bytes';
  /** Other servers that may get the token, over https. */
  hosts?: RegExp;
  /** A larger response is cut off. */
  maxBytes?: number;
  /** Whether a response proves that it was done. */
  isExpected?: (body: any) => boolean;
  /** Whether a response with an error is still worth reading: a part of it was done. */
  isPartialSuccess?: (body: any) => boolean;
  /** What a user gets of the response, if not all of it. */
  transform?: (body: any) => unknown;
  /** When the caller no longer waits, in milliseconds of the clock: nothing leaves after it. */
  deadline?: number;
  /** Called each time that the request leaves this machine. */
  onRequestSent?: () => void;
  /** Whether a user has written the path: it may lead nowhere. */
  isUserPath?: boolean;
}

/**
 * What came of a refused login:
 * - `renewed`: it is made anew
 * - `replaced`: another call has made it anew in the meantime
 * - `none`: there is no other
 */
export type Renewal = 'renewed' | 'replaced' | 'none';

/** Whom the client talks to, and how: all that it knows of a platform. */
export interface Transport {
  readonly baseUrl: string;
  /** Certificates of a private authority, in PEM form. */
  readonly ca?: string;
  /** Texts that must never be seen in a log, an error or in state. */
  readonly secrets: string[];
  /** The same, and words that data may have of its own, such as a password: for errors, logs and headers. */
  readonly errorSecrets: string[];
  /** The headers that prove who calls. */
  headers(): Record<string, string> | Promise<Record<string, string>>;
  /** Query parameters that every call has. */
  query(): Record<string, string>;
  /** After a 401 to a request with these headers: whether there are others now. */
  renew(used: Record<string, string>): Renewal;
  /** The error that a body holds. */
  readError(body: unknown, call: Call): MetaError | undefined;
}

/** What came back, and what HTTP says of it. */
export interface ApiResponse {
  method: string;
  url: string;
  statusCode: number;
  statusMessage: string;
  headers: Record<string, unknown>;
  duration: number;
  body: any;
}

/** A file that is ready to be uploaded. */
export interface FilePart {
  type: string;
  filename: string;
  size?: number;
  open: () => Uint8Array | Readable;
  repeatable: boolean;
}

/** What calls have that only change something. */
export const isDone = (body: any): boolean => body?.success === true;

const isText = (value: unknown) => typeof value === 'string' && value !== '';

export const hasId = (body: any): boolean => isText(body?.id);

/** A message that was accepted has an ID, whatever else the response says. */
export const hasMessageId = (body: any): boolean =>
  isText(body?.messages?.[0]?.id);

export const MEDIA_TIMEOUT = 5 * 60_000;

export const json = (body: unknown) => ({
  headers: { 'content-type': 'application/json' },
  body: () => JSON.stringify(body),
});
