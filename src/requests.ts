import { invalidRequest } from './errors';
import { readRequestOptions } from './options';
import type { Platform } from './platforms/platform';
import { send } from './util';

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '';

/** Whatever a user wants of the API. */
export async function makeRequest(
  platform: Platform,
  method: unknown,
  path: unknown,
  body: unknown,
  given: unknown,
) {
  if (!isText(method) || !isText(path))
    throw invalidRequest(
      'The method and the path must be strings.',
      "Example: request('GET', 'whatsapp_business_profile').",
    );
  if (typeof body === 'string')
    throw invalidRequest(
      '`body` must be an object, got a string.',
      'Give the object itself: it is written as JSON.',
      { field: 'body' },
    );
  const { headers, ...options } = readRequestOptions(given);
  const call = platform.request(method.toUpperCase(), path.trim(), body);
  const all = { ...call.headers, ...headers };
  return send(platform, { ...call, ...options, headers: all });
}
