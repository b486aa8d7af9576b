import { readSubscribeOptions } from '../options';
import { json } from '../platforms/calls';
import type { Call, Platform } from '../platforms/platform';
import { send } from '../util';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override

const subscription = (
  platform: Platform,
  operation: string,
  method: string,
): Call => ({
  method,
  path: platform.graph(operation).account('subscribed_apps'),
  effect: 'none',
});

export async function subscribe(platform: Platform, given: unknown) {
  const { callbackUrl, verifyToken } = readSubscribeOptions(given);
  return send(platform, {
    ...subscription(platform, 'subscribeWebhook()', 'POST'),
    ...(callbackUrl &&
      json({ override_callback_uri: callbackUrl, verify_token: verifyToken })),
  });
}

export const unsubscribe = async (platform: Platform) =>
  send(platform, subscription(platform, 'unsubscribeWebhook()', 'DELETE'));
