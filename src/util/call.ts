import type { Readable } from 'node:stream';
import type { MetaError } from '../errors/catalogue';
import { toJson } from './json';

/**
 * The effect of making the same call twice:
 * - `safe`: nothing
 * - `create`: an object would be created twice, or the second call would fail
 * - `message`: a recipient would get the same message twice
 */
export type Idempotency = 'safe' | 'create' | 'message';

export type Body = string | Uint8Array | Readable;

/** One API call. The body is created again for each try. */
export interface Call {
  method: string;
  /** A path below the base URL, or a complete URL with the same origin. */
  path: string;
  idempotency: Idempotency;
  query?: Record<string, unknown>;
  headers?: Record<string, string>;
  body?: () => Body;
  /** Milliseconds for the whole request. */
  timeout?: number;
  /** False if the body can only be read once. */
  repeatable?: boolean;
  /** Called before a retry; returns changes to the call. */
  nextAttempt?: () => Promise<Partial<Call>>;
  parseAs?: 'json' | 'text' | 'base64' | 'bytes';
  /** Other hosts that may receive the token, over https. */
  hosts?: RegExp;
  /** The maximum response size; a larger response is an error. */
  maxBytes?: number;
  /** Whether a response proves success. */
  isExpected?: (body: any) => boolean;
  /** Whether a response with an error is still a partial success. */
  isPartialSuccess?: (body: any) => boolean;
  /** Converts the response for the user. */
  transform?: (body: any) => unknown;
  /** The deadline of the caller, in milliseconds of the clock: no request is sent after it. */
  deadline?: number;
  /** Called each time the request is sent. */
  onRequestSent?: () => void;
  /** Whether the path is user-defined and may not exist. */
  isUserPath?: boolean;
}

/** The part of a platform that the client uses. */
export interface Transport {
  readonly baseUrl: string;
  /** Certificates of a private certificate authority, in PEM format. */
  readonly ca?: string;
  /** Strings that must never appear in logs, errors or state. */
  readonly secrets: string[];
  /** The same, plus strings that may also occur in data, such as a password: for errors, logs and headers. */
  readonly errorSecrets: string[];
  /** The authentication headers. */
  headers(
    deadline?: number,
  ): Record<string, string> | Promise<Record<string, string>>;
  /** Query parameters added to every call. */
  query(): Record<string, string>;
  /** After a 401 to a request with these headers: whether there are other headers now. `mayLogIn` allows a new login. */
  renew(used: Record<string, string>, mayLogIn: boolean): boolean;
  /** Reads the error from a body. */
  readError(body: unknown, call: Call): MetaError | undefined;
}

/** The response body and its HTTP details. */
export interface ApiResponse {
  method: string;
  url: string;
  statusCode: number;
  statusMessage: string;
  headers: Record<string, unknown>;
  duration: number;
  body: any;
}

/** A file that is ready to upload. */
export interface FilePart {
  type: string;
  filename: string;
  size?: number;
  open: () => Uint8Array | Readable;
  repeatable: boolean;
  /** Lets go of its source. */
  close?: () => void;
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
  body: () => toJson(body),
});
