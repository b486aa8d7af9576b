import _ from 'lodash';
import {
  amended,
  causesOf,
  Checks,
  emptyValue,
  invalidMessage,
  together,
  toRow,
  WhatsAppError,
} from '../errors/error';
import { readItems } from '../items';
import type { FailedRow, SkippedRow } from '../types';
import type { RowIdentity } from './report';
import {
  sendAll,
  skippedRow,
  type BulkJob,
  type Pending,
  type PreparedMessage,
  type ReadRow,
} from './sender';
import type { Warn } from '../log';
import { kindOf } from '../validation';
import type { Content } from '../messages/content';
import { buildMessage } from '../messages/message';
import { checkAddressing } from '../messages/meta-form';
import { personKey } from '../messages/phone-number';
import {
  addressOf,
  parseRecipient,
  rowPhoneNumberId,
  type RecipientFields,
} from '../messages/recipient';
import { buildTemplate } from '../templates/template';
import { checkTexts, checkWritten } from '../messages/text-check';
import { warn } from '../log';
import { readLinks } from '../messages/send-options';
import {
  DELIVERY_OPTIONS,
  type DeliveryOptions,
} from '../messages/delivery-options';
import { readOptions, readPhoneNumberId } from '../validation';
import type { BulkOptions } from '../types';
import { BULK_OPTIONS, readBulkOptions } from './options';
import { open } from '../platforms';
import type { Platform } from '../platforms/platform';
import {
  isCorrectable,
  readPrevious,
  readSkip,
  type EarlierOutcome,
  type EarlierOutcomes,
} from './previous';
import { checked, runOf } from '../run';
import { Checkpoint } from './checkpoint';
import { checkParameters } from '../templates/check';
import { ownRate } from '../account/phone-numbers';
import { definitionsOf, type Definition } from '../templates/definitions';
import {
  needsCategory,
  resolveMarketing,
  warnOfMarketing,
} from '../templates/marketing';
import {
  checkKnown,
  isComplete,
  knowTemplate,
  previewKnown,
  type KnownTemplate,
} from '../templates/prepare';
import { previewMessage } from '../messages/preview';
import { tryOnce } from '../util/client';
import { systemClock } from '../util/clock';
import { targetOf, type Target } from '../util/url';
import {
  explainEmpty,
  isConstant,
  isPlain,
  joined,
  lacksPart,
  operationName,
  refuseOperations,
  resolveData,
  resolveField,
} from '../state';
import type { State } from '../types';

/** Fields of a row besides those of a message. */
const ROW_FIELDS = [
  'to',
  'template',
  'reference',
  'replyTo',
  'phoneNumberId',
  'identityKeyHash',
  'marketing',
];
const IS_ROW_FIELD = new Set(ROW_FIELDS);
/** Options of the list that a row may override. */
const ROW_OPTIONS = ['identityKeyHash', 'marketing'] as const;
const EXAMPLE =
  "Example: { to: $.data.phone, text: 'Hi' } or { to: $.data.phone, template: { … } }.";

/** Options of the list that users put into the message by mistake. */
const LIST_OPTIONS = _.difference(Object.keys(BULK_OPTIONS), ROW_FIELDS);

function buildContent(
  template: unknown,
  rest: object,
  warn: Warn,
  { category }: BulkOptions,
): Content {
  const option = LIST_OPTIONS.find(name => name in rest);
  if (option)
    throw invalidMessage(
      `\`${option}\` is an option of the list, and not a field of its messages.`,
      `Pass it after the message: sendBulk(items, message, { ${option}: … }).`,
      { field: option },
    );
  if (template === undefined)
    return buildMessage(rest, warn, { also: ROW_FIELDS, category });
  const others = Object.keys(rest);
  if (others.length)
    throw invalidMessage(
      `A row with \`template\` can't have: ${others.join(', ')}.`,
      'Values of a template go inside of it: template: { name, language, body: { … } }.',
      { field: others[0] },
    );
  return buildTemplate(template, warn);
}

/** Logs each warning once, since a list can repeat it thousands of times. */
function warnOnce(): Warn {
  const seen = new Set<string>();
  return warning => {
    if (!seen.has(warning)) warn(warning);
    seen.add(warning);
  };
}

/** What there is nothing to resolve in. */
const isText = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number';

/** The fields of a message. Written out, for speed: a list can have a million rows. */
function contentOf(row: Record<string, unknown>): Record<string, unknown> {
  const content: Record<string, unknown> = {};
  for (const key in row) if (!IS_ROW_FIELD.has(key)) content[key] = row[key];
  return content;
}

function unbuildable(error: unknown, item: unknown): WhatsAppError {
  if (_.isNil(item))
    return emptyValue(invalidMessage, 'item', item, 'Leave out empty rows.');
  if (error instanceof WhatsAppError) return error;
  return invalidMessage(
    `Couldn't build the message for this item: ${(error as Error)?.message ?? error}.`,
    'Check the job and the data for this item.',
  );
}

/** Builds the message for each item, with `state.data` set to the item, as in `each`. */
class Messages {
  readonly #warn = warnOnce();
  readonly #skip: Set<string>;
  readonly #previous: EarlierOutcomes | undefined;
  readonly #needsReference: boolean;
  readonly #references = new Set<string>();
  readonly #platforms = new Map<string, Platform>();
  readonly #delivery: DeliveryOptions;

  constructor(
    readonly platform: Platform,
    readonly state: State,
    readonly items: unknown[],
    readonly message: unknown,
    readonly options: BulkOptions,
  ) {
    const { defaultCountry } = platform.connection;
    this.#delivery = _.pick(options, Object.keys(DELIVERY_OPTIONS));
    this.#skip = readSkip(options.skip, defaultCountry);
    this.#previous = readPrevious(options.previous);
    this.#needsReference = Boolean(this.#previous || options.checkpoint);
  }

  read = (index: number): ReadRow => {
    const row: Record<string, any> = {};
    const item = this.items[index];
    const scope = { ...this.state, data: item, index };
    let mark: RowIdentity = {};
    let earlier: EarlierOutcome | undefined;
    try {
      const problems = this.#evaluate(scope, row);
      const recipient = this.#recipientOf(row);
      mark = this.#markOf(row, recipient);
      if (this.#needsReference) this.#noteReference(mark, scope, problems);
      earlier = this.#previous?.get(mark.reference!);
      // Checked first: the next run may have no one to skip.
      if (earlier && !isCorrectable(earlier)) return { mark, ...earlier };
      if (this.#isUnwanted(row, mark)) return { mark, because: 'skip' };
      if (problems.length) {
        const others = 'to' in row && _.isError(recipient) ? [recipient] : [];
        throw together(
          [...problems, ...others].map(one => unbuildable(one, item)),
        );
      }
      if (!isComplete(row.template) || this.#needsCategory(row))
        return { mark, pending: this.#pending(row, recipient, scope) };
      return { mark, prepared: this.#prepare(row, recipient) };
    } catch (error) {
      const problem = this.#explain(error, row, scope);
      return earlier
        ? { mark, because: 'failed', why: toRow(problem) }
        : { mark, error: problem };
    }
  };

  /** Runs the functions of a row once and returns their errors. The other fields still identify the row. */
  #evaluate(scope: State, row: Record<string, any>): unknown[] {
    const message = resolveData(scope, 'message', this.message);
    if (!isPlain(message))
      throw invalidMessage(
        `\`message\` must be an object for each item, got ${kindOf(message)}.`,
        EXAMPLE,
        { field: 'message' },
      );
    const problems: unknown[] = [];
    for (const [key, value] of Object.entries(message))
      try {
        row[key] = isText(value)
          ? value
          : resolveField(scope, 'message', key, value);
      } catch (error) {
        problems.push(error);
      }
    return problems;
  }

  /** Parsed once, since the phone number library is slow. */
  #recipientOf({ to }: Record<string, any>): RecipientFields | Error {
    try {
      return parseRecipient(to, this.platform.connection.defaultCountry);
    } catch (error) {
      return error as Error;
    }
  }

  /** Identifies the row for users: the number as sent, or as given if it is invalid. */
  #markOf(
    { to, reference }: Record<string, any>,
    recipient: RecipientFields | Error,
  ): RowIdentity {
    const written: unknown = _.isObject(to) ? undefined : to;
    const who = _.isError(recipient) ? written : addressOf(recipient);
    const mark: RowIdentity = {};
    if (who !== undefined) mark.to = who;
    if (_.isString(reference) || _.isNumber(reference))
      mark.reference = String(reference);
    return mark;
  }

  #isUnwanted(row: Record<string, any>, { to }: RowIdentity): boolean {
    if (!this.#skip.size) return false;
    const who = [to, _.get(row.to, 'userId')].map(personKey);
    return who.some(key => key !== undefined && this.#skip.has(key));
  }

  #noteReference(mark: RowIdentity, scope: State, problems: unknown[]) {
    if (!problems.length) this.#checkReference(mark, scope);
    // Another row with this reference would be taken for this one.
    else if (mark.reference !== undefined) this.#references.add(mark.reference);
  }

  /** With `previous`, each reference must identify exactly one row. */
  #checkReference({ reference }: RowIdentity, scope: State) {
    if (reference === undefined)
      throw invalidMessage(
        '`reference` is missing. With `previous` or `checkpoint`, every row needs one.',
        'Example: reference: $.data.id.',
        { field: 'reference' },
      );
    if (lacksPart(this.message, 'reference', reference, scope))
      throw invalidMessage(
        `\`reference\` is "${reference}": a value in it is empty, so it could stand for another message too.`,
        'Build it from values that are set in every row.',
        { field: 'reference' },
      );
    if (this.#references.has(reference))
      throw invalidMessage(
        '`reference` is the same as that of another row, and with `previous` it must be of one row only.',
        'Example: reference: state => `${state.data.id} ${state.data.visit}`.',
        { field: 'reference' },
      );
    this.#references.add(reference);
  }

  #platformFor(row: Record<string, any>): Platform {
    if ('phoneNumberId' in row && _.isNil(row.phoneNumberId))
      throw emptyValue(invalidMessage, 'phoneNumberId', row.phoneNumberId);
    const given =
      readPhoneNumberId(row.phoneNumberId) ?? this.options.phoneNumberId;
    const number = given ?? rowPhoneNumberId(row.to);
    if (!number) return this.platform;
    const known = this.#platforms.get(number);
    if (known) return known;
    const platform = open(this.state.configuration, given, number);
    this.#platforms.set(number, platform);
    return platform;
  }

  #needsCategory({ template, marketing }: Record<string, any>): boolean {
    return (
      template !== undefined &&
      needsCategory(marketing ?? this.options.marketing)
    );
  }

  /** A row whose template needs its definition: it is built when its turn comes. */
  #pending =
    (
      row: Record<string, any>,
      recipient: RecipientFields | Error,
      scope: State,
    ) =>
    async (deadline?: number): Promise<PreparedMessage> => {
      try {
        const known = await this.#know(row, recipient, deadline);
        const { template, definitions } = known;
        return this.#prepare({ ...row, template }, recipient, definitions);
      } catch (error) {
        throw this.#explain(error, row, scope);
      }
    };

  async #know(
    row: Record<string, any>,
    recipient: RecipientFields | Error,
    deadline?: number,
  ): Promise<KnownTemplate> {
    try {
      const platform = this.#platformFor(row);
      return await knowTemplate(platform, row.template, deadline);
    } catch (error) {
      if (!(error instanceof WhatsAppError)) throw error;
      throw recipient instanceof WhatsAppError
        ? together([error, recipient])
        : error;
    }
  }

  #prepare(
    row: Record<string, any>,
    recipient: RecipientFields | Error,
    definitions?: Definition[],
  ): PreparedMessage {
    const { template } = row;
    const rest = contentOf(row);
    // Most rows are right: only a row that isn't is looked at for all that is wrong.
    if (_.isError(recipient))
      throw this.#problemsOf(row, rest, recipient) ?? recipient;
    const to = recipient;
    let links: ReturnType<typeof readLinks>;
    let platform: Platform;
    let content: Content;
    try {
      links = readLinks(row);
      platform = this.#platformFor(row);
      content = this.#build(template, row, rest);
    } catch (error) {
      throw error instanceof WhatsAppError
        ? (this.#problemsOf(row, rest, recipient) ?? error)
        : error;
    }
    const { defaultCountry } = platform.connection;
    checkAddressing(rest, { ...links, recipient: to, defaultCountry });
    const delivery = this.#deliveryOf(row);
    const marketing = resolveMarketing(
      platform,
      delivery.marketing,
      content,
      definitions,
    );
    const call = platform.sendMessage(
      to,
      content,
      { ...delivery, marketing, ...links },
      this.#warn,
    );
    return {
      recipient: to,
      content,
      call,
      reference: links.reference,
      sender: platform.connection.phoneNumberId,
    };
  }

  /** All that is wrong with a row, in the order in which it is checked. */
  #problemsOf(
    row: Record<string, any>,
    rest: object,
    recipient: RecipientFields | Error,
  ): WhatsAppError | undefined {
    const checks = new Checks();
    checks.attempt(() => readLinks(row));
    checks.attempt(() => this.#platformFor(row));
    checks.attempt(() => this.#build(row.template, row, rest));
    checks.attempt(() => {
      if (_.isError(recipient)) throw recipient;
    });
    return checks.error;
  }

  #deliveryOf(row: Record<string, any>): DeliveryOptions {
    if (!ROW_OPTIONS.some(option => option in row)) return this.#delivery;
    return {
      ...this.#delivery,
      ...readOptions(
        _.pick(row, ROW_OPTIONS),
        _.pick(DELIVERY_OPTIONS, ROW_OPTIONS),
      ),
    };
  }

  #build(template: unknown, row: object, rest: object): Content {
    if ('template' in row && _.isNil(template))
      throw emptyValue(invalidMessage, 'template', template);
    checkWritten(template ?? rest);
    if (this.options.checkText !== false)
      checkTexts(template ?? rest, [], this.#warn);
    return buildContent(template, rest, this.#warn, this.options);
  }

  /** Adds which expressions of the job have no value. */
  #explain(thrown: unknown, row: object, scope: State): WhatsAppError {
    const error = unbuildable(thrown, scope.data);
    return together(
      causesOf(error).map(one => this.#explainOne(one, row, scope)),
    );
  }

  #explainOne(error: WhatsAppError, row: object, scope: State): WhatsAppError {
    const { field } = error;
    if (!field) return error;
    const isInTemplate =
      'template' in row && !ROW_FIELDS.includes(_.toPath(field)[0]);
    const path = isInTemplate ? `template.${field}` : field;
    const found = explainEmpty(this.message, path, scope);
    if (!found) return error;
    return amended(error, { description: joined(error.description, found) });
  }
}

/** The request of a row and what the person will read, or why it can't be sent. */
async function previewRow(
  platform: Platform,
  { prepared, pending }: { prepared?: PreparedMessage; pending?: Pending },
) {
  const { call, content } = prepared ?? (await pending!());
  const { definitions } = content.template
    ? await knowTemplate(platform, content.template.name)
    : { definitions: undefined };
  const problem = content.template && checkKnown(content, definitions);
  if (problem) throw problem;
  const body: unknown = JSON.parse(String(call.body?.()));
  return {
    to: _.get(body, 'to') ?? _.get(body, 'recipient'),
    body,
    preview: content.template
      ? previewKnown(content, definitions)
      : previewMessage(content),
  };
}

/** Returns the requests without sending them. */
async function preview(platform: Platform, { total, read }: BulkJob) {
  const requests: object[] = [];
  const failed: FailedRow[] = [];
  const skipped: SkippedRow[] = [];
  const fail = (index: number, { mark }: ReadRow, error: unknown) => {
    if (!(error instanceof WhatsAppError)) throw error;
    failed.push({ index, ...mark, error: toRow(error) });
  };
  for (let index = 0; index < total; index++) {
    const row = read(index);
    if ('because' in row) skipped.push(skippedRow(index, row));
    else if ('error' in row) fail(index, row, row.error);
    else
      await previewRow(platform, row).then(
        request => requests.push({ index, ...request }),
        error => fail(index, row, error),
      );
  }
  console.log(
    `Dry run: nothing was sent. ${requests.length} messages are ready, ${failed.length} failed`,
  );
  const summary = { total, requests: requests.length, failed: failed.length };
  return {
    requests,
    failed,
    ...(skipped.length && { skipped }),
    summary,
  };
}

/** Finds errors in the message that don't depend on the items. */
function checkMessage(message: unknown, total: number, options: BulkOptions) {
  const name = operationName(message);
  if (name)
    throw invalidMessage(
      `\`message\` is an operation: ${name}().`,
      `Pass the message itself: { to: $.data.phone, text: 'Hi' }.`,
      { field: 'message' },
    );
  refuseOperations('message', message);
  if (total < 2 || options.sameRecipient || !isPlain(message)) return;
  if (!('to' in message) || _.isNil(message.to) || !isConstant(message.to))
    return;
  throw invalidMessage(
    `\`to\` is the same for all ${total.toLocaleString('en')} items, so one recipient would get all messages.`,
    'Use $.data.phone for the number of each item; state.data.phone is read before the job runs. If this is intended, set the option sameRecipient: true.',
    { field: 'to' },
  );
}

const CHUNK = 500;

/** Runs an operation of the job with the records; what it does to state is dropped. */
function checkpointOf(
  state: State,
  { checkpoint, chunk = CHUNK }: BulkOptions,
): Checkpoint {
  const step = checked(checkpoint!, 'The operation of checkpoint');
  return new Checkpoint(
    async records => void (await step({ ...state, data: records })),
    chunk,
  );
}

/** The error that Meta would return for a template, as far as its definition tells. Waits for a definition once. */
function checkerOf(
  platform: Platform,
  { marketing }: BulkOptions,
): BulkJob['check'] {
  const known = new Map<string, Definition[]>();
  const check = (content: Content, definitions?: Definition[]) => {
    warnOfMarketing(platform, marketing, content, definitions);
    return definitions && checkParameters(definitions, content);
  };
  const load = async (content: Content, deadline?: number) => {
    const { name } = content.template!;
    const definitions = await definitionsOf(platform, name, deadline);
    if (definitions) known.set(name, definitions);
    return check(content, definitions);
  };
  return (content, deadline) => {
    const definitions = known.get(content.template!.name);
    return definitions ? check(content, definitions) : load(content, deadline);
  };
}

/** Many calls have the same target, so it is parsed once. */
function attemptWith(platform: Platform): BulkJob['attempt'] {
  const targets = new Map<string, Target>();
  return (call, bounds) => {
    const target = targets.get(call.path) ?? targetOf(platform, call);
    targets.set(call.path, target);
    return tryOnce(platform, Object.assign(call, bounds), target);
  };
}

/** Sends a message to each item and reports the outcome of each. */
export function sendToAll(
  platform: Platform,
  state: State,
  { items, message }: { items: unknown; message: unknown },
  given: unknown,
) {
  const options = readBulkOptions(given);
  const list = readItems(items, state);
  checkMessage(message, list.length, options);
  const messages = new Messages(platform, state, list, message, options);
  const run = runOf(state);
  const job: BulkJob = {
    total: list.length,
    read: messages.read,
    check: platform.knowsTemplates
      ? checkerOf(platform, options)
      : () => undefined,
    attempt: attemptWith(platform),
    clock: systemClock,
    checkpoint: options.checkpoint && checkpointOf(state, options),
    onAccepted: reference => run.hasSent(reference),
    rate:
      options.rate === 'auto'
        ? (sender, deadline) => ownRate(platform, sender, deadline)
        : (options.rate ?? platform.rate),
    concurrency: options.concurrency,
    timeLimit: options.timeLimit,
    keepAccepted: options.report !== 'problems',
    maySkip: Boolean(options.skip || options.previous),
    isResumable: options.previous !== undefined,
  };
  return options.dryRun ? preview(platform, job) : sendAll(job);
}
