import { composeNextState } from '@openfn/language-common';
import { targetOf } from './address';
import type { Warn } from './messages/checks';
import type { Content } from './messages/message';
import { mask, parseRecipient } from './messages/recipient';
import { readSendOptions } from './options';
import { open } from './platforms';
import type { Call, Platform } from './platforms/platform';
import { explainTemplate } from './preflight';
import { resolve, type Operation, type State } from './state';
import { nextState, send, type Answer } from './util';

type Build = (input: unknown, warn: Warn) => Content;

export const warn: Warn = warning => console.warn(`Warning: ${warning}`);

/** Sends what a builder makes of `input`, or shows what it would send. */
export function sendContent(
  build: Build,
  args: { to: unknown; input: unknown; options: unknown },
): Operation {
  return async state => {
    const [to, input, given] = resolve(
      state,
      args.to,
      args.input,
      args.options,
    );
    const { dryRun, timeout, ...options } = readSendOptions(given);
    const content = build(input, warn);
    const platform = open(state.configuration);
    const { defaultCountry } = platform.connection;
    const recipient = await parseRecipient(to, defaultCountry);
    const call = {
      ...platform.sendMessage(recipient, content, options, warn),
      ...(timeout && { timeout }),
    };
    if (dryRun) return showCall(state, platform, call);

    const answer = await send(platform, call).catch(async error => {
      throw await explainTemplate(error, content, platform);
    });
    warnOfPacing(answer.body);
    console.log(
      `Sent a message of type ${content.type} to ${mask(recipient)}.`,
    );
    return nextState(state, answer);
  };
}

/** Accepted, and yet it may be dropped: Meta paces new templates. */
function warnOfPacing(body: any) {
  const status: unknown = body?.messages?.[0]?.message_status;
  if (status !== undefined && status !== 'accepted')
    warn(`WhatsApp accepted the message, but holds it back (${status}).`);
}

function showCall(state: State, platform: Platform, call: Call) {
  console.log('Dry run: nothing was sent.');
  return putData(state, {
    method: call.method,
    url: targetOf(platform, call).shown,
    body: JSON.parse(String(call.body?.())),
  });
}

/** An operation that asks the API, says in the log that it is done, and puts the answer into state. */
export function ask(
  args: unknown[],
  work: (platform: Platform, ...args: any[]) => Promise<Answer>,
  done: string | ((data: any) => string),
): Operation {
  return async state => {
    const resolved = resolve(state, ...args);
    const answer = await work(open(state.configuration), ...resolved);
    console.log(typeof done === 'string' ? done : done(answer.body));
    return nextState(state, answer);
  };
}

/** For the log. */
export const countOf = (what: string) => (items: unknown[]) =>
  `Read ${items.length} ${what}.`;

/** A result that is no answer of HTTP. */
export function putData(state: State, data: unknown): State {
  return composeNextState(state, data);
}
