import { amended, WhatsAppError } from '../errors/error';
import type { NumberOptions, SubscribeOptions } from '../types';
import { anything, invalidOptions, ofNumber, readOptions } from '../validation';
import { isDone, json } from '../util/call';
import type { Platform } from '../platforms/platform';
import type { Call } from '../util/call';
import { send } from '../util/client';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override

const subscription = (
  platform: Platform,
  operation: string,
  method: string,
): Call => ({
  method,
  path: platform.graph(operation).account('subscribed_apps'),
  idempotency: 'safe',
  isExpected: isDone,
});

/** The callback URL of one number, which takes precedence over the account's; an empty one removes it. */
const ofOneNumber = (
  platform: Platform,
  operation: string,
  override: object,
): Call => ({
  method: 'POST',
  path: platform.graph(operation).number(),
  idempotency: 'safe',
  isExpected: isDone,
  ...json({ webhook_configuration: override }),
});

const MAX_CALLBACK_URL = 200;

const OPTIONS = { callbackUrl: anything, verifyToken: anything, ...ofNumber };

function readSubscribeOptions(given: unknown): SubscribeOptions {
  const options = readOptions(given, OPTIONS);
  const { callbackUrl, verifyToken, phoneNumberId } = options;
  if (!callbackUrl !== !verifyToken)
    throw invalidOptions(
      'callbackUrl and verifyToken must be set together.',
      'Set both, or neither to use the callback URL of the app.',
    );
  if (phoneNumberId && !callbackUrl)
    throw invalidOptions(
      'phoneNumberId requires callbackUrl and verifyToken.',
      'A number without its own callback URL uses that of the account. To remove its own, use unsubscribeWebhook({ phoneNumberId }).',
    );
  const isAddress =
    typeof callbackUrl === 'string' && /^https:\/\/\S+$/i.test(callbackUrl);
  if (callbackUrl && (!isAddress || callbackUrl.length > MAX_CALLBACK_URL))
    throw invalidOptions(
      `callbackUrl must be an https:// URL of up to ${MAX_CALLBACK_URL} characters.`,
      'Meta sends webhooks to https URLs only.',
    );
  return options;
}

const WRONG_PARAMETER = 100;

/** A custom callback URL requires a subscribed app and a response to Meta's challenge. */
function explainOverride(error: unknown) {
  if (!(error instanceof WhatsAppError) || error.code !== WRONG_PARAMETER)
    return error;
  return amended(error, {
    fix: 'Run subscribeWebhook() without options first, then again with callbackUrl. The server at callbackUrl must answer the challenge of Meta: see the README.',
  });
}

export async function subscribe(platform: Platform, given: unknown) {
  const { callbackUrl, verifyToken, phoneNumberId } =
    readSubscribeOptions(given);
  const override = {
    override_callback_uri: callbackUrl,
    verify_token: verifyToken,
  };
  const call = phoneNumberId
    ? ofOneNumber(platform, 'subscribeWebhook()', override)
    : {
        ...subscription(platform, 'subscribeWebhook()', 'POST'),
        ...(callbackUrl && json(override)),
      };
  return send(platform, call).catch(error => {
    throw callbackUrl ? explainOverride(error) : error;
  });
}

export async function unsubscribe(platform: Platform, given: unknown) {
  const { phoneNumberId }: NumberOptions = readOptions(given, ofNumber);
  const operation = 'unsubscribeWebhook()';
  return send(
    platform,
    phoneNumberId
      ? ofOneNumber(platform, operation, { override_callback_uri: '' })
      : subscription(platform, operation, 'DELETE'),
  );
}
