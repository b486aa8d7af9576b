import _ from 'lodash';
import { invalidRequest } from './errors/error';
import { closeFiles, filesOf, readForm } from './media/form';
import type { Platform } from './platforms/platform';
import { isPlain } from './state';
import { MEDIA_TIMEOUT, type ApiResponse, type Call } from './util/call';
import { send } from './util/client';
import { multipart, type Form } from './util/multipart';
import {
  anything,
  checkHeaders,
  isFilled,
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
      'Use plain objects and arrays. For a form with a file, use the option form: { file: { content, filename, type } }.',
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
  form: anything,
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

function checkBody(method: string, body: unknown, form: unknown) {
  checkJson(body, 'body');
  if (typeof body === 'string')
    throw invalidRequest(
      '`body` must be an object, got a string.',
      'Pass the object itself: it is converted to JSON.',
      { field: 'body' },
    );
  if (form === undefined) return;
  if (isFilled(body))
    throw invalidRequest(
      'A request has either a body or a form.',
      "Move the fields of the body into the form: post('path', null, { form }).",
      { field: 'form' },
    );
  if (/^(GET|HEAD)$/.test(method))
    throw invalidRequest(
      `A ${method} request can't have a form.`,
      'Use post(path, null, { form }).',
      { field: 'form' },
    );
}

async function sendForm(
  platform: Platform,
  call: Call,
  form: Form,
): Promise<ApiResponse> {
  const { headers, body } = await multipart(form);
  return send(platform, {
    timeout: MEDIA_TIMEOUT,
    ...call,
    // The boundary of the form is in its content type.
    headers: { ...call.headers, ...headers },
    body,
    repeatable: filesOf(form).every(({ repeatable }) => repeatable),
  }).finally(() => closeFiles(form));
}

/** Makes a user-defined request. */
export async function makeRequest(
  platform: Platform,
  given: unknown,
  path: unknown,
  body: unknown,
  givenOptions: unknown,
) {
  if (!isText(given) || !isText(path))
    throw invalidRequest(
      'The method and the path must be strings.',
      "Example: request('GET', 'whatsapp_business_profile').",
    );
  const method = given.toUpperCase();
  if (!METHODS.includes(method))
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
  const { headers, form, ...options } = readRequestOptions(
    givenOptions,
    platform.credentialHeader,
  );
  checkBody(method, body, form);
  const resolved = platform.request(method, path.trim(), body);
  const all = { ...resolved.headers, ...headers };
  const call = { ...resolved, ...options, headers: all };
  return form === undefined
    ? send(platform, call)
    : sendForm(platform, call, await readForm(form));
}
