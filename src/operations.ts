import { composeNextState } from '@openfn/language-common';
import _ from 'lodash';
import { targetOf } from './util/url';
import { sendToAll } from './bulk/bulk';
import { heldStatus } from './bulk/report';
import { connect, warningsOf } from './configuration';
import { download } from './media/download';
import {
  amended,
  causesOf,
  Checks,
  emptyValue,
  invalidMessage,
  invalidRecipient,
  invalidRequest,
  together,
  toRow,
  WhatsAppError,
} from './errors/error';
import { plural, warn } from './log';
import type { Warn } from './log';
import type { Content } from './messages/content';
import { checkAddressing } from './messages/meta-form';
import {
  looksLikeNumber,
  mask,
  parseRecipient,
  rowPhoneNumberId,
} from './messages/recipient';
import { checkTexts, checkWritten } from './messages/text-check';
import { readSendOptions } from './messages/send-options';
import {
  flag,
  invalidOptions,
  ofNumber,
  readOptions,
  readPhoneNumberId,
  SEND_OPTIONS,
} from './validation';
import { BULK_OPTIONS } from './bulk/options';
import { requireMessageId } from './messages/message-id';
import { open } from './platforms';
import type { Platform } from './platforms/platform';
import type { Call } from './util/call';
import { explainTemplate } from './templates/check';
import { forgetDefinitions } from './templates/definitions';
import {
  checkKnown,
  isComplete,
  knowTemplate,
  previewKnown,
  withoutValues,
  type KnownTemplate,
} from './templates/prepare';
import { resolveMarketing, warnOfMarketing } from './templates/marketing';
import { previewMessage } from './messages/preview';
import { operation, own, runJob, runOf, type Run } from './run';
import {
  explainEmpty,
  isConstant,
  isPathAlone,
  joined,
  resolve,
  resolveData,
} from './state';
import type { Operation, SendOptions, State } from './types';
import type { ApiResponse } from './util/call';
import { send } from './util/client';
import { parse } from './webhooks/parse';
import { verifySignature } from './webhooks/signature';

type Build = (input: unknown, warn: Warn, options: SendOptions) => Content;

// --- Errors with job context ---

/** Fields of options, which a job may pass as one function. */
const OPTIONS = [...Object.keys(SEND_OPTIONS), ...Object.keys(BULK_OPTIONS)];

/** Finds the argument that a field belongs to. */
function argumentOf(field: string, args: Record<string, unknown>) {
  const [name] = _.toPath(field);
  if (name in args)
    return { argument: args[name], path: field.slice(name.length) };
  const isOption = OPTIONS.includes(name) || _.has(args.options, [name]);
  const key = isOption
    ? 'options'
    : (_.findLast(_.keys(args), one => one !== 'options') ?? '');
  return { argument: args[key], path: field };
}

/** Explains that $.data was replaced by the response of an earlier operation. */
function replacedData(run: Run, { data }: State, found: string): string {
  const isReplaced = run.last && run.last.data === data;
  if (!isReplaced || !found.includes('$.data')) return '';
  const { name } = run.last!;
  return ` $.data is now the result of ${name}(): save what you need before it, with as('result', ${name}(…)) or fn().`;
}

/** Resolves the functions in arguments. Options without a value would be ignored, such as `dryRun` or `skip`. */
function resolveWithOptions<Name extends string>(
  state: State,
  args: Record<Name, unknown>,
): Record<Name, any> {
  const resolved = resolve(state, args);
  const options: unknown = _.get(resolved, 'options');
  if (_.isNil(options) && isPathAlone(_.get(args, 'options')))
    throw emptyValue(invalidOptions, 'options', options);
  return resolved;
}

/** A value that is too long is not missing. */
const isTooLong = ({ description }: WhatsAppError) =>
  description.includes('the limit is');

/** Adds to an error which expressions of the job have no value. */
export const explain = (
  error: unknown,
  args: Record<string, unknown>,
  state: State,
): unknown =>
  error instanceof WhatsAppError
    ? together(causesOf(error).map(one => explainOne(one, args, state)))
    : error;

function explainOne(
  error: WhatsAppError,
  args: Record<string, unknown>,
  state: State,
): WhatsAppError {
  if (!error.field || isTooLong(error)) return error;
  const { argument, path } = argumentOf(error.field, args);
  const found = explainEmpty(argument, path, state);
  if (!found) return error;
  const { description, fix = '' } = error;
  return amended(error, {
    description: joined(description, found),
    fix: `${fix}${replacedData(runOf(state), state, found)}`,
  });
}

const OF_EXECUTE = ['INVALID_CONFIGURATION', 'INVALID_JOB'];

/** The engine keeps `fix` only for errors thrown by an operation; for these it would keep only the message. */
function forEngine(error: unknown): unknown {
  const isOurs = error instanceof WhatsAppError;
  if (!isOurs || !OF_EXECUTE.includes(String(error.code))) return error;
  const { message } = error;
  const details = { ...toRow(error) };
  return Object.defineProperty(
    Object.assign(error, { name: 'AdaptorError', severity: 'fail', details }),
    'message',
    { value: message, enumerable: true },
  );
}

/** Checks the credential and runs a job. */
export async function runPipeline(
  pipeline: Operation,
  state: State,
  steps: unknown[],
): Promise<State> {
  try {
    const start = { references: [], ...state };
    return await runJob(start, steps.length, async () => {
      warningsOf(start.configuration).forEach(warn);
      return pipeline(start);
    });
  } catch (error) {
    throw forEngine(error);
  }
}

/** Puts the result of an operation into state and records its source. */
export function finish(name: string, state: State, next: State): State {
  runOf(state).last = { name, data: next.data };
  return next;
}

// --- Sending ---

interface Sending {
  name: string;
  to: unknown;
  /** The content to send, with the name of its argument. */
  input: unknown;
  argument: 'message' | 'template';
  options: unknown;
}

/** In a list, the same text to the same recipient is a mistake: `state.data.phone` was written for `$.data.phone`. */
function checkRepeated(sending: Sending, state: State, self: object) {
  const { name, to, input } = sending;
  const run = runOf(state);
  if (!run.isInList || !isConstant(to) || !isConstant(input)) return;
  if (!run.isRepeated(self)) return;
  throw invalidMessage(
    `${name}() sends the same ${sending.argument} to the same number for every row.`,
    `Use $.data.phone for the number of each row; state.data.phone is read before the job runs. If this is intended, pass the ${sending.argument} as a function: state => 'A row is done.'`,
    { field: 'to' },
  );
}

function refuseRecipient(
  error: unknown,
  to: unknown,
  sending: Sending,
  input: unknown,
) {
  const isSwapped =
    error instanceof WhatsAppError &&
    typeof to === 'string' &&
    !_.isObject(input) &&
    looksLikeNumber(input) &&
    !looksLikeNumber(to);
  if (!isSwapped) return error;
  return invalidRecipient(
    `\`to\` is not a phone number, and \`${sending.argument}\` is one: they are the wrong way round.`,
    `Write ${sending.name}(to, ${sending.argument}): the number comes first.`,
    { field: 'to' },
  );
}

function readRecipient(
  to: unknown,
  sending: Sending,
  input: unknown,
  country?: string,
) {
  try {
    return parseRecipient(to, country);
  } catch (error) {
    throw refuseRecipient(error, to, sending, input);
  }
}

/** The resolved arguments of a message. */
function read(sending: Sending, state: State) {
  const { argument } = sending;
  const {
    to,
    options,
    [argument]: input,
  } = resolveWithOptions(state, {
    to: sending.to,
    [argument]: sending.input,
    options: sending.options,
  }) as Record<string, unknown>;
  return { to, input, options: readSendOptions(options) };
}

const PARAMETER_COUNT = 132000;

/** A message that is ready to send. */
async function prepare(
  build: Build,
  sending: Sending,
  state: State,
  { to, input, options }: ReturnType<typeof read>,
) {
  const platform = open(
    state.configuration,
    options.phoneNumberId,
    rowPhoneNumberId(to),
  );
  const { defaultCountry } = platform.connection;
  const checks = new Checks();
  const read = checks.attempt(() =>
    readRecipient(to, sending, input, defaultCountry),
  );
  const isTemplate = sending.argument === 'template';
  const checked = (value: unknown) => {
    checkWritten(value);
    if (options.checkText !== false)
      checkTexts(value, typeof value === 'string' ? ['text'] : [], warn);
    return value;
  };
  // First what can be said without asking the API.
  const built = checks.attempt(() => {
    checked(isTemplate ? withoutValues(input) : input);
    return !isTemplate || isComplete(input)
      ? build(input, warn, options)
      : undefined;
  });
  checks.throwAll();
  const recipient = read!;
  checkAddressing(input, { ...options, recipient, defaultCountry });
  const known: KnownTemplate = isTemplate
    ? await knowTemplate(platform, input)
    : { template: input };
  const content = built ?? build(checked(known.template), warn, options);
  const problem = isTemplate && checkKnown(content, known.definitions);
  if (problem) {
    // It may be approved by the time of the next operation.
    if (problem.code !== PARAMETER_COUNT) forgetDefinitions(platform);
    throw problem;
  }
  const { timeout, marketing } = options;
  const { definitions } = known;
  warnOfMarketing(platform, marketing, content, definitions);
  const delivery = {
    ...options,
    marketing: resolveMarketing(platform, marketing, content, definitions),
  };
  const call: Call = {
    ...platform.sendMessage(recipient, content, delivery, warn),
    ...(timeout && { timeout }),
  };
  return { platform, recipient, content, call, options, known };
}

/** Builds and sends a message, or shows the request in a dry run. */
export const sendContent = (build: Build, sending: Sending): Operation =>
  operation(sending.name, async (state, self) => {
    const { name, argument, to, input, options } = sending;
    const args = { to, [argument]: input, options };
    let reference: string | undefined;
    try {
      const given = read(sending, state);
      reference = given.options.reference;
      checkRepeated(sending, state, self);
      const ready = await prepare(build, sending, state, given);
      const next = ready.options.dryRun
        ? showCall(state, ready)
        : await sendNow(state, ready);
      return finish(name, state, next);
    } catch (error) {
      const explained = explain(error, args, state);
      throw reference !== undefined && explained instanceof WhatsAppError
        ? amended(explained, { reference })
        : explained;
    }
  });

async function sendNow(
  state: State,
  ready: Awaited<ReturnType<typeof prepare>>,
) {
  const { platform, recipient, content, call, options } = ready;
  const answer = await send(platform, call).catch(async error => {
    throw await explainTemplate(error, content, platform);
  });
  runOf(state).hasSent(options.reference);
  warnOfPacing(answer.body);
  const what = content.template
    ? `template ${content.template.name}`
    : `a message of type ${content.type}`;
  console.log(`Sent ${what} to ${mask(recipient)}`);
  return nextState(state, answer);
}

/** An accepted message may still be dropped: Meta paces new templates. */
function warnOfPacing(body: unknown) {
  const status = heldStatus(body);
  if (status)
    warn(`WhatsApp accepted the message but is holding it (${status}).`);
}

function showCall(
  state: State,
  { platform, call, content, known }: Awaited<ReturnType<typeof prepare>>,
) {
  console.log('Dry run: nothing was sent');
  return withData(state, {
    method: call.method,
    url: targetOf(platform, call).displayUrl,
    body: JSON.parse(String(call.body?.())),
    preview: content.template
      ? previewKnown(content, known.definitions)
      : previewMessage(content),
  });
}

// --- Other calls ---

/** Marks a message as read. */
export async function markAsRead(
  platform: Platform,
  id: unknown,
  given: unknown,
) {
  const { typing } = readOptions(given, { typing: flag, ...ofNumber });
  const messageId = requireMessageId(id, 'messageId');
  return send(platform, platform.markAsRead(messageId, { typing }));
}

/** Defines an operation whose errors name the expression that has no value. */
const explained = (
  name: string,
  args: Record<string, unknown>,
  work: (state: State) => Promise<State>,
): Operation =>
  operation(name, async state => {
    try {
      return finish(name, state, await work(state));
    } catch (error) {
      throw explain(error, args, state);
    }
  });

/** Picks the business phone number: from the option, or from the given row. */
export function openFor(
  { configuration }: State,
  args: Record<string, unknown>,
): Platform {
  const given: unknown = _.get(args, 'options.phoneNumberId');
  const rows = _.pick(args, 'media', 'messageId', 'id');
  const [row] = _.compact(_.map(rows, rowPhoneNumberId));
  const ofMedia: unknown = _.get(args, 'media.phoneNumberId');
  return open(
    configuration,
    readPhoneNumberId(given),
    row ?? (_.isString(ofMedia) ? ofMedia : undefined),
  );
}

/** Defines an operation that calls the API, logs the result, and puts the response into state. */
export const callApi = (
  name: string,
  args: Record<string, unknown>,
  work: (platform: Platform, ...args: any[]) => Promise<ApiResponse>,
  done: string | ((response: ApiResponse, resolved: any) => string),
): Operation =>
  explained(name, args, async state => {
    const resolved = resolveWithOptions(state, args);
    if (typeof args.body === 'function' && resolved.body === undefined)
      throw emptyValue(invalidRequest, 'body', undefined);
    const response = await work(
      openFor(state, resolved),
      ..._.values(resolved),
    );
    console.log(typeof done === 'string' ? done : done(response, resolved));
    return nextState(state, response);
  });

/** What a request was, for the log: `GET /v25.0/987/flows: 200` */
export const requestText = ({ method, url, statusCode }: ApiResponse) =>
  `${method} ${new URL(url).pathname}: ${statusCode}`;

/** Sends a list. Its items are not added to references, since a list may be large. */
export const sendList = (args: {
  items: unknown;
  message: unknown;
  options: unknown;
}): Operation => {
  own(_.get(args.options, 'checkpoint'));
  return explained('sendBulk', args, async state => {
    const { items, message } = args;
    const given = resolveData(state, 'options', args.options);
    if (_.isNil(given) && isPathAlone(args.options))
      throw emptyValue(invalidOptions, 'options', given);
    // An operation is no value: it is left as it is.
    const { checkpoint, ...others } = Object(given) as Record<string, unknown>;
    own(checkpoint);
    const resolved = resolve(state, { options: checkpoint ? others : given });
    const options = checkpoint
      ? { ...resolved.options, checkpoint }
      : resolved.options;
    const platform = openFor(state, { options });
    const data = await sendToAll(platform, state, { items, message }, options);
    return { ...state, data };
  });
};

export const downloadFile = (args: {
  media: unknown;
  options: unknown;
}): Operation =>
  explained('downloadMedia', args, async state => {
    const { media, options } = resolveWithOptions(state, args);
    const platform = openFor(state, { media, options });
    const file = await download(platform, media, options);
    console.log(`Downloaded a file (${file.mimeType})`);
    return withData(state, file);
  });

/** Parses a webhook after checking its signature. */
export const readWebhook = (args: {
  payload: unknown;
  options: unknown;
}): Operation =>
  explained('parseWebhook', args, async state => {
    // Not resolved in depth: a body is data and may be large.
    const body = resolveData(state, 'payload', args.payload);
    const { options } = resolveWithOptions(state, { options: args.options });
    const { appSecret } = connect(state.configuration);
    verifySignature(state, body, options, appSecret);
    const webhook = parse(body);
    const { messages, statuses, events } = webhook;
    console.log(
      `Parsed ${plural(messages.length, 'message', 'messages')}, ${plural(statuses.length, 'status', 'statuses')} and ${plural(events.length, 'event', 'events')}`,
    );
    return withData(state, webhook);
  });

/** Puts the response into `state.data` and the HTTP details into `state.response`. */
function nextState(state: State, { body, ...response }: ApiResponse): State {
  return { ...composeNextState(state, body), response };
}

/** Puts a result without an HTTP response into state. */
const withData = (state: State, data: unknown): State =>
  composeNextState(state, data);
