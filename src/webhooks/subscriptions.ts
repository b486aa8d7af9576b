import { amended, WhatsAppError } from '../errors/error';
import type { SubscribeOptions } from '../types';
import { anything, invalidOptions, readOptions } from '../validation';
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

const MAX_CALLBACK_URL = 200;

const OPTIONS = { callbackUrl: anything, verifyToken: anything };

function readSubscribeOptions(given: unknown): SubscribeOptions {
  const options = readOptions(given, OPTIONS);
  const { callbackUrl, verifyToken } = options;
  if (!callbackUrl !== !verifyToken)
    throw invalidOptions(
      'callbackUrl and verifyToken must be set together.',
      'Set both, or neither to use the callback URL of the app.',
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
  const { callbackUrl, verifyToken } = readSubscribeOptions(given);
  const call = {
    ...subscription(platform, 'subscribeWebhook()', 'POST'),
    ...(callbackUrl &&
      json({ override_callback_uri: callbackUrl, verify_token: verifyToken })),
  };
  return send(platform, call).catch(error => {
    throw callbackUrl ? explainOverride(error) : error;
  });
}

export const unsubscribe = async (platform: Platform) =>
  send(platform, subscription(platform, 'unsubscribeWebhook()', 'DELETE'));
