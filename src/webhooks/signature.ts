import { createHmac, timingSafeEqual } from 'node:crypto';
import _ from 'lodash';
import { invalid, invalidConfiguration } from '../errors/error';
import type { ParseWebhookOptions, State } from '../types';
import { anything, flag, readOptions } from '../validation';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint

const HEADER = 'x-hub-signature-256';
const OPTIONS = {
  rawBody: anything,
  requireSignature: flag,
  verifySignature: flag,
};

const invalidSignature = invalid('INVALID_SIGNATURE');

function findHeader(state: State): string | undefined {
  const headers: unknown = _.get(state, 'request.headers');
  const name = _.keys(headers).find(key => key.toLowerCase() === HEADER);
  if (!name) return undefined;
  const value: unknown = _.get(headers, [name]);
  // Any other value is a signature that can't match.
  return typeof value === 'string' ? value.trim() : '';
}

const unicode = (character: string) =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

type Escape = (text: string) => string;

const escapeAll =
  (character: string, escaped: string): Escape =>
  text =>
    text.split(character).join(escaped);

/** Characters that Meta may or may not escape. */
const ESCAPES: Escape[] = [
  text => text.replace(/[\u007f-\uffff]/g, unicode),
  escapeAll('/', '\\/'),
  ...['<', '%', '@'].map(character => escapeAll(character, unicode(character))),
];

/** Yields the strings that Meta may have signed, most likely first and one at a time: a body can have 3 MB. */
function* serializations(
  text: string,
  [escape, ...others] = ESCAPES,
): Generator<string> {
  if (!escape) return yield text;
  const escaped = escape(text);
  yield* serializations(escaped, others);
  if (escaped !== text) yield* serializations(text, others);
}

function isSigned(body: string | Uint8Array, secret: string, expected: Buffer) {
  const actual = createHmac('sha256', secret).update(body).digest();
  return timingSafeEqual(actual, expected);
}

/** Whether the payload was parsed from the signed text. */
function isMadeOf(rawBody: string | Uint8Array, payload: unknown): boolean {
  try {
    return _.isEqual(
      JSON.parse(Buffer.from(rawBody as any).toString()),
      payload,
    );
  } catch {
    return false;
  }
}

function isGenuine(
  payload: unknown,
  { rawBody }: ParseWebhookOptions,
  secret: string,
  header: string,
): boolean {
  const [, hex] = /^sha256=([0-9a-f]{64})$/i.exec(header) ?? [];
  if (!hex) return false;
  const expected = Buffer.from(hex, 'hex');
  if (!_.isNil(rawBody))
    return isSigned(rawBody, secret, expected) && isMadeOf(rawBody, payload);
  try {
    for (const text of serializations(JSON.stringify(payload)))
      if (isSigned(text, secret, expected)) return true;
    return false;
  } catch {
    // Nested too deeply to serialize.
    return false;
  }
}

/** Warns if appSecret is set but the webhook has no signature. */
function warnUnsigned({ request }: State, appSecret?: string) {
  if (!appSecret || !request) return;
  console.warn(
    'Warning: this webhook has no signature, so its sender is unverified. Set the option requireSignature to reject such webhooks.',
  );
}

/** Verifies that a webhook comes from Meta. */
export function verifySignature(
  state: State,
  payload: unknown,
  given: unknown,
  appSecret?: string,
) {
  const options: ParseWebhookOptions = readOptions(given, OPTIONS);
  if (options.verifySignature === false) return;
  if (options.requireSignature && !appSecret)
    throw invalidConfiguration(
      'The option requireSignature requires appSecret in the credential.',
      'Find it in the App Dashboard, App settings, Basic.',
    );
  const header = findHeader(state);
  if (header === undefined) {
    if (!options.requireSignature) return warnUnsigned(state, appSecret);
    throw invalidSignature(
      'This webhook has no signature, which requireSignature requires.',
      'It may be forged. If a proxy in front of OpenFn removes the X-Hub-Signature-256 header, configure it to forward the header.',
    );
  }
  if (!appSecret || isGenuine(payload, options, appSecret, header)) return;
  throw invalidSignature(
    'The signature of this webhook does not match its body.',
    'It may be forged. Check appSecret; if something in front of OpenFn rewrites bodies, give options.rawBody, or verifySignature: false.',
  );
}
