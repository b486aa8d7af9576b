import { composeNextState } from '@openfn/language-common';
import { targetOf } from './address';
import type { Warn } from './messages/checks';
import type { Content } from './messages/message';
import { mask, parseRecipient } from './messages/recipient';
import { readSendOptions } from './options';
import { open } from './platforms';
import type { Call, Platform } from './platforms/platform';
import { resolve, type Operation, type State } from './state';
import { explainTemplate } from './templates';
import { nextState, send } from './util';

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
      const run = state.configuration as object;
      throw await explainTemplate(error, content, platform, run);
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

/** Makes a call, says in the log that it is done, and puts its answer into state. */
export async function perform(
  state: State,
  platform: Platform,
  call: Call,
  done: string,
) {
  const answer = await send(platform, call);
  console.log(done);
  return nextState(state, answer);
}

/** A result that is no answer of HTTP. */
export function putData(state: State, data: unknown): State {
  return composeNextState(state, data);
}
