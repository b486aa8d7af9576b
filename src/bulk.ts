import { asData } from '@openfn/language-common';
import _ from 'lodash';
import { invalidMessage, toRow, WhatsAppError } from './errors';
import { allowOnly, type Warn } from './messages/checks';
import { buildMessage, type Content } from './messages/message';
import { parseRecipient, readRecipient } from './messages/recipient';
import { buildTemplate } from './messages/template';
import { sendLine, type Job, type Mark, type Prepared, type Row } from './line';
import { warn } from './operations';
import { readBulkOptions, readLinks, type BulkOptions } from './options';
import type { Platform } from './platforms/platform';
import { isPlain, resolve, type State } from './state';

function readItems(items: unknown, state: State): unknown[] {
  const list: unknown = asData(items as any, state);
  if (Array.isArray(list)) return list;
  throw invalidMessage(
    'The items are not an array.',
    'Give an array: sendBulk($.data.patients, { to: $.data.phone, … }).',
  );
}

function buildContent(template: unknown, rest: object, warn: Warn): Content {
  if (template === undefined) return buildMessage(rest, warn);
  allowOnly(rest, [], 'A message with template');
  return buildTemplate(template, warn);
}

/** Each warning once: a list repeats it thousands of times. */
function warnOnce(): Warn {
  const seen = new Set<string>();
  return warning => {
    if (!seen.has(warning)) warn(warning);
    seen.add(warning);
  };
}

/** The message of every item, with `state.data` = the item, as `each` has it. */
class Messages {
  readonly #warn = warnOnce();

  constructor(
    readonly platform: Platform,
    readonly state: State,
    readonly items: unknown[],
    readonly message: unknown,
  ) {}

  #evaluate(index: number): Record<string, any> {
    const scope = { ...this.state, data: this.items[index], index };
    const [message] = resolve(scope, this.message);
    if (isPlain(message)) return message;
    throw invalidMessage(
      'The message of an item has to be an object.',
      "Write it like { to: $.data.phone, text: 'Hi' } or { to: $.data.phone, template: { … } }.",
    );
  }

  mark = (index: number): Mark => {
    const { to, reference } = this.#evaluate(index);
    return { to, ...(_.isNil(reference) ? {} : { reference: `${reference}` }) };
  };

  prepare = async (index: number): Promise<Prepared> => {
    const { to, template, reference, replyTo, ...rest } = this.#evaluate(index);
    const links = readLinks(replyTo, reference);
    const content = buildContent(template, rest, this.#warn);
    const { defaultCountry } = this.platform.connection;
    const recipient =
      readRecipient(to) ?? (await parseRecipient(to, defaultCountry));
    const call = this.platform.sendMessage(
      recipient,
      content,
      links,
      this.#warn,
    );
    return { recipient, content, call, reference: links.reference };
  };
}

/** What would be sent, without sending. */
async function preview({ total, prepare, mark }: Job) {
  const requests: { index: number; to: unknown; body: unknown }[] = [];
  const failed: (Row & { error: object })[] = [];
  for (let index = 0; index < total; index++)
    try {
      const { call } = await prepare(index);
      const body: unknown = JSON.parse(String(call.body?.()));
      const to: unknown = _.get(body, 'to') ?? _.get(body, 'recipient');
      requests.push({ index, to, body });
    } catch (error) {
      if (!(error instanceof WhatsAppError)) throw error;
      failed.push({ index, ...mark(index), error: toRow(error) });
    }
  console.log(
    `Dry run: nothing was sent. ${requests.length} messages are ready, ${failed.length} cannot be made.`,
  );
  const summary = { total, requests: requests.length, failed: failed.length };
  return { requests, failed, summary };
}

/** Sends a message to each item, and reports what became of every one. */
export function sendToAll(
  platform: Platform,
  state: State,
  { items, message }: { items: unknown; message: unknown },
  given: unknown,
) {
  const options: BulkOptions = readBulkOptions(given);
  const list = readItems(items, state);
  const { prepare, mark } = new Messages(platform, state, list, message);
  const job: Job = {
    platform,
    total: list.length,
    prepare,
    mark,
    rate: options.rate ?? platform.rate,
    concurrency: options.concurrency,
    timeLimit: options.timeLimit,
    keepAccepted: options.report !== 'problems',
  };
  return options.dryRun ? preview(job) : sendLine(job);
}
