import _ from 'lodash';
import { invalidRequest } from './errors/error';
import type { Platform } from './platforms/platform';
import { isPlain } from './state';
import { send } from './util/client';
import {
  anything,
  checkHeaders,
  milliseconds,
  oneOf,
  readOptions,
} from './validation';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '';

/** Whether the query of a path names a method, however it is written. */
function hasMethod(path: string): boolean {
  const [, query = ''] = path.split('?');
  const names = [...new URLSearchParams(query).keys()];
  return names.some(name => name.toLowerCase() === 'method');
}

/** Refuses values that JSON can't represent: a Map, a Set or a form becomes {}, and NaN becomes null. */
function checkJson(value: unknown, field: string) {
  if (typeof value === 'bigint' || Number.isNaN(value))
    throw invalidRequest(
      `\`${field}\` is ${typeof value === 'bigint' ? 'a BigInt' : 'NaN'}, which JSON doesn't support.`,
      'Use a number or a string of digits. Check the path in the job and the data.',
      { field },
    );
  const isJson =
    !_.isObject(value) ||
    isPlain(value) ||
    _.isArray(value) ||
    typeof (value as { toJSON?: unknown }).toJSON === 'function';
  if (!isJson)
    throw invalidRequest(
      `\`${field}\` is a ${Object.prototype.toString.call(value).slice(8, -1)}, which JSON can't represent.`,
      'Use plain objects and arrays.',
      { field },
    );
  if (isPlain(value) || _.isArray(value))
    _.forEach(value as object, (item, key) =>
      checkJson(item, `${field}.${key}`),
    );
}

const OPTIONS = {
  query: anything,
  headers: anything,
  parseAs: oneOf(['json', 'text', 'base64'], "Example: parseAs: 'text'."),
  timeout: milliseconds,
};

function readRequestOptions(given: unknown, credentialHeader: string) {
  const options = readOptions(given, OPTIONS);
  checkHeaders(options.headers);
  const own = ['authorization', credentialHeader];
  const name = _.keys(options.headers).find(one =>
    own.includes(one.toLowerCase()),
  );
  if (name)
    throw invalidRequest(
      `\`headers\` must not have ${name}: it is made from the credential.`,
      'Put the token into apiToken in the credential. For another server use util.request() or uploadMedia(url, { headers }).',
      { field: 'headers' },
    );
  if (_.some(_.keys(options.query), name => name.toLowerCase() === 'method'))
    throw invalidRequest(
      '`query.method` is not allowed: it would change what the request does.',
      'Use post(), del() or request() instead.',
      { field: 'query.method' },
    );
  const headers: Record<string, string> = _.mapKeys(
    options.headers,
    (_value, header) => header.toLowerCase(),
  );
  return { ...options, headers };
}

/** Makes a user-defined request. */
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
  if (!METHODS.includes(method.toUpperCase()))
    throw invalidRequest(
      `\`method\` must be one of: ${METHODS.join(', ')}.`,
      "Example: request('GET', 'whatsapp_business_profile').",
      { field: 'method' },
    );
  if (hasMethod(path))
    throw invalidRequest(
      'The path includes a method parameter, which would change what the request does.',
      'Use post(), del() or request() instead.',
      { field: 'path' },
    );
  checkJson(body, 'body');
  if (typeof body === 'string')
    throw invalidRequest(
      '`body` must be an object, got a string.',
      'Pass the object itself: it is converted to JSON.',
      { field: 'body' },
    );
  const { headers, ...options } = readRequestOptions(
    given,
    platform.credentialHeader,
  );
  const call = platform.request(method.toUpperCase(), path.trim(), body);
  const all = { ...call.headers, ...headers };
  return send(platform, { ...call, ...options, headers: all });
}
