import { toJson } from '../util/json';
import _ from 'lodash';
import { amended, emptyValue, invalid, WhatsAppError } from '../errors/error';
import { plural, warn } from '../log';
import type { Graph, Platform } from '../platforms/platform';
import { isPlain, namesText } from '../state';
import { didYouMean } from '../suggest';
import {
  hasId,
  isDone,
  json,
  MEDIA_TIMEOUT,
  type ApiResponse,
} from '../util/call';
import { send } from '../util/client';
import { multipart } from '../util/multipart';
import { getAllPages } from '../util/pagination';
import {
  isFilled,
  isGraphId,
  kindOf,
  parameters,
  readQuery,
} from '../validation';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/flows/reference/flowsapi

const CATEGORIES = [
  'SIGN_UP',
  'SIGN_IN',
  'APPOINTMENT_BOOKING',
  'LEAD_GENERATION',
  'CONTACT_US',
  'CUSTOMER_SUPPORT',
  'SURVEY',
  'OTHER',
];
const CHANGES = ['name', 'categories', 'json', 'endpointUri', 'applicationId'];
const FIELDS = [
  ..._.without(CHANGES, 'applicationId'),
  'publish',
  'cloneFlowId',
];
const LIST_FIELDS = 'id,name,status,categories';
const ALL_FIELDS = `${LIST_FIELDS},validation_errors,json_version,preview.invalidate(false),health_status`;
const MAX_BYTES = 10 * 2 ** 20;
const CANNOT_PUBLISH = 139002;
const SHOWN_ERRORS = 20;

const invalidFlow = invalid('INVALID_FLOW');

/** An error that Meta found in the JSON of a flow. */
interface ValidationError {
  error?: string;
  message?: string;
  line_start?: number;
  pointers?: { path?: string }[];
}

// --- Arguments ---

function requireId(value: unknown): string {
  if (isGraphId(value)) return value;
  if (!isFilled(value) || value === '')
    throw emptyValue(invalidFlow, 'id', value);
  throw invalidFlow(
    '`id` must be the ID of a flow, a string of digits.',
    'Get it with listFlows(), or from the result of createFlow().',
    { field: 'id' },
  );
}

function checkCategories(categories: unknown) {
  const unknown = _.difference(_.castArray(categories), CATEGORIES);
  if (_.isArray(categories) && categories.length && !unknown.length) return;
  throw invalidFlow(
    unknown.length
      ? `The category ${String(unknown[0])} does not exist.`
      : '`categories` must be an array with at least one category.',
    `Allowed: ${CATEGORIES.join(', ')}. Example: categories: ['SURVEY'].`,
    { field: 'categories' },
  );
}

/** The JSON of a flow as text: Meta takes no object. */
function jsonText(value: unknown): string {
  const text = typeof value === 'string' ? value : toJson(value);
  const parsed: unknown =
    typeof value === 'string' ? _.attempt(JSON.parse, value) : value;
  if (!isPlain(parsed))
    throw invalidFlow(
      `\`json\` must be the JSON of a flow, got ${_.isError(parsed) ? 'a string that is not valid JSON' : kindOf(parsed)}.`,
      "Example: json: { version: '7.3', screens: [ … ] }. Copy it from the Flow Builder in WhatsApp Manager.",
      { field: 'json' },
    );
  if (Buffer.byteLength(text) > MAX_BYTES)
    throw invalidFlow(
      `\`json\` has ${Buffer.byteLength(text)} bytes; the limit is ${MAX_BYTES}.`,
      'Shorten the flow, for example its images.',
      { field: 'json' },
    );
  return text;
}

function checkType(
  fields: Record<string, unknown>,
  field: string,
  type: 'string' | 'boolean',
  fix: string,
) {
  if (!(field in fields) || typeof fields[field] === type) return;
  throw invalidFlow(
    `\`${field}\` must be ${type === 'boolean' ? 'true or false' : 'a string'}, got ${kindOf(fields[field])}.`,
    fix,
    { field },
  );
}

/** Meta's names are read too, as copied from its documentation. */
const nameOf = (key: string) =>
  key === 'flow_json' ? 'json' : _.camelCase(key);

function readFields(given: unknown, argument: string, allowed: string[]) {
  if (!isPlain(given) || _.isEmpty(given))
    throw invalidFlow(
      `\`${argument}\` must be an object with fields, got ${_.isEmpty(given) && isPlain(given) ? 'an empty one' : kindOf(given)}.`,
      "Example: { name: 'intake', categories: ['SURVEY'], json: { … } }.",
      { field: argument },
    );
  const fields = _.mapKeys(given, (_value, key) => nameOf(key));
  const unknown = _.difference(Object.keys(fields), allowed);
  if (unknown.length)
    throw invalidFlow(
      `Unknown field: ${namesText(unknown)}.${didYouMean(unknown, allowed, {})}`,
      `Allowed: ${allowed.join(', ')}. To publish a flow, use publishFlow(id).`,
      { field: unknown[0] },
    );
  const empty = Object.keys(fields).find(
    name => !isFilled(fields[name]) || fields[name] === '',
  );
  if (empty !== undefined) throw emptyValue(invalidFlow, empty, fields[empty]);
  checkType(fields, 'name', 'string', "Example: name: 'intake'.");
  checkType(fields, 'publish', 'boolean', 'Write it without quotes.');
  if ('categories' in fields) checkCategories(fields.categories);
  return fields;
}

const inMetaNames = (fields: Record<string, unknown>) =>
  _.mapKeys(fields, (_value, key) => _.snakeCase(key));

// --- Validation errors ---

function describe({
  error,
  message,
  line_start: line,
  pointers,
}: ValidationError) {
  const path = pointers?.[0]?.path;
  const place = _.compact([line !== undefined && `line ${line}`, path]);
  return `${place.length ? `${place.join(', ')}: ` : ''}${message ?? error ?? 'no reason given'}`;
}

function errorsIn(body: unknown): ValidationError[] {
  const errors: unknown = _.get(body, 'validation_errors');
  return _.isArray(errors) ? errors.filter(isPlain) : [];
}

function listed(errors: ValidationError[]): string {
  const more = errors.length - SHOWN_ERRORS;
  return [
    ...errors.slice(0, SHOWN_ERRORS).map(describe),
    ...(more > 0 ? [`and ${more} more`] : []),
  ].join('; ');
}

const notPublished = (id: string, errors: ValidationError[]) =>
  invalidFlow(
    `The flow ${id} was not published${errors.length ? `: its JSON has ${plural(errors.length, 'error', 'errors')}` : ''}.`,
    `It is a draft. Correct the JSON, then run updateFlow('${id}', { json }) and publishFlow('${id}').`,
    { details: listed(errors), problems: errors.map(describe) },
  );

/** Warns about errors that Meta accepts in a draft. */
function warnOfErrors({ body }: ApiResponse) {
  const errors = errorsIn(body);
  if (errors.length)
    warn(
      `The JSON of the flow has ${plural(errors.length, 'error', 'errors')}, so it can't be published yet: ${listed(errors)}.`,
    );
}

// --- Operations ---

export async function listFlows(platform: Platform, given: unknown) {
  return getAllPages(platform, {
    method: 'GET',
    path: platform.graph('listFlows()').account('flows'),
    query: { fields: LIST_FIELDS, ...readQuery(given, parameters('limit')) },
    idempotency: 'safe',
  });
}

const flowCall = (graph: Graph, id: string, fields: unknown = ALL_FIELDS) => ({
  method: 'GET',
  path: graph.node(id),
  query: { fields },
  idempotency: 'safe' as const,
});

export async function getFlow(platform: Platform, id: unknown, given: unknown) {
  const graph = platform.graph('getFlow()');
  const { fields } = readQuery(given, {});
  return send(platform, flowCall(graph, requireId(id), fields));
}

export async function createFlow(platform: Platform, flow: unknown) {
  const path = platform.graph('createFlow()').account('flows');
  const { json: given, ...fields } = readFields(flow, 'flow', FIELDS);
  const missing = ['name', 'categories'].filter(name => !(name in fields));
  if (missing.length)
    throw invalidFlow(
      `\`flow\` is missing: ${missing.join(', ')}.`,
      "Example: createFlow({ name: 'intake', categories: ['SURVEY'], json: { … } }).",
      { field: missing[0] },
    );
  const response = await send(platform, {
    method: 'POST',
    path,
    idempotency: 'create',
    isExpected: hasId,
    ...json({
      ...inMetaNames(fields),
      ...(given !== undefined && { flow_json: jsonText(given) }),
    }),
  });
  const errors = errorsIn(response.body);
  const isDraft = errors.length || response.body.success === false;
  if (fields.publish && isDraft) throw notPublished(response.body.id, errors);
  warnOfErrors(response);
  return response;
}

/** The JSON goes to another endpoint than the other fields. */
export async function updateFlow(
  platform: Platform,
  id: unknown,
  changes: unknown,
) {
  const path = platform.graph('updateFlow()').node(requireId(id));
  const { json: given, ...fields } = readFields(changes, 'changes', CHANGES);
  const text = given === undefined ? undefined : jsonText(given);
  const changed = _.isEmpty(fields)
    ? undefined
    : await send(platform, {
        method: 'POST',
        path,
        idempotency: 'safe',
        isExpected: isDone,
        ...json(inMetaNames(fields)),
      });
  if (text === undefined) return changed!;
  const response = await send(platform, {
    method: 'POST',
    path: `${path}/assets`,
    idempotency: 'safe',
    timeout: MEDIA_TIMEOUT,
    isExpected: isDone,
    ...(await multipart({
      name: 'flow.json',
      asset_type: 'FLOW_JSON',
      file: jsonFile(text),
    })),
  });
  warnOfErrors(response);
  return response;
}

const jsonFile = (text: string) => ({
  type: 'application/json',
  filename: 'flow.json',
  size: Buffer.byteLength(text),
  open: () => Buffer.from(text),
  repeatable: true,
});

/** Moves a flow to its next state, from which there is no way back. */
const step = (platform: Platform, graph: Graph, id: string, edge: string) =>
  send(platform, {
    method: 'POST',
    path: `${graph.node(id)}/${edge}`,
    idempotency: 'create',
    isExpected: isDone,
  });

export async function publishFlow(platform: Platform, given: unknown) {
  const graph = platform.graph('publishFlow()');
  const id = requireId(given);
  return step(platform, graph, id, 'publish').catch(async error => {
    throw await explainRefusal(error, platform, graph, id);
  });
}

/** Reads the errors of the JSON that prevent publishing. */
async function explainRefusal(
  error: unknown,
  platform: Platform,
  graph: Graph,
  id: string,
) {
  if (!(error instanceof WhatsAppError) || error.code !== CANNOT_PUBLISH)
    return error;
  const fields = 'validation_errors,status';
  const call = { ...flowCall(graph, id, fields), repeatable: false };
  const answer = await send(platform, call).catch(() => undefined);
  const errors = errorsIn(answer?.body);
  if (errors.length) return notPublished(id, errors);
  const status: unknown = _.get(answer, 'body.status');
  return typeof status === 'string'
    ? amended(error, {
        details: _.compact([error.details, `Its status is ${status}.`]).join(
          ' ',
        ),
      })
    : error;
}

export const deprecateFlow = async (platform: Platform, id: unknown) =>
  step(platform, platform.graph('deprecateFlow()'), requireId(id), 'deprecate');

export async function deleteFlow(platform: Platform, id: unknown) {
  return send(platform, {
    method: 'DELETE',
    path: platform.graph('deleteFlow()').node(requireId(id)),
    idempotency: 'safe',
    isExpected: isDone,
  });
}
