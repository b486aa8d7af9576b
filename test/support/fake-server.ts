import { fromMeta, WhatsAppError } from '../../src/errors/error';
import type { BulkJob } from '../../src/bulk/sender';
import { sendAll } from '../../src/bulk/sender';
import type { Outcome } from '../../src/util/outcome';
import { unknownOutcome } from '../../src/util/outcome';
import { virtualClock } from './virtual-clock';

export const numberOf = (index: number) =>
  `+2547${String(index).padStart(8, '0')}`;

/** What happens to one try. */
export type Fault =
  | { code: number; retryAfter?: string }
  /** The response never comes. */
  | { lost: true }
  /** There is no connection. */
  | { refused: true }
  | { delay: number };

/** Sends to a server that is not there, in time that does not pass: it counts what arrives, and when. */
export function fakeServer({ latency = 5 } = {}) {
  const clock = virtualClock();
  const arrivals: { to: string; at: number }[] = [];
  const accepted: string[] = [];
  const faults = new Map<string, Fault[]>();
  let next: (to: string, count: number) => Fault | undefined = to =>
    faults.get(to)?.shift();

  const wait = (milliseconds: number) =>
    new Promise<void>(resolve => clock.setTimeout(resolve, milliseconds));

  function answer(to: string, fault?: Fault): Outcome {
    if (fault && 'code' in fault) {
      const error = fromMeta({ code: fault.code });
      return { error, repeat: error.retryable };
    }
    accepted.push(to);
    return {
      body: {
        contacts: [{ wa_id: to.slice(1) }],
        messages: [{ id: `wamid.${accepted.length}` }],
      },
    };
  }

  const attempt: BulkJob['attempt'] = async (
    call,
    { onRequestSent, deadline = Infinity },
  ) => {
    const to = call.path;
    const timeout = Math.min(30_000, deadline - clock.now());
    const fault = next(to, arrivals.length);
    if (fault && 'refused' in fault)
      return {
        outcome: {
          error: new WhatsAppError('CONNECTION_FAILED', {
            description: 'No connection.',
            retryable: true,
          }),
          repeat: true,
        },
        result: { headers: {} },
      };
    onRequestSent();
    arrivals.push({ to, at: clock.now() });
    const time = fault && 'delay' in fault ? fault.delay : latency;
    await wait(Math.min(time, timeout));
    const isLost = (fault && 'lost' in fault) || time > timeout;
    return {
      outcome: isLost
        ? { error: unknownOutcome(call, 'TIMEOUT'), repeat: false }
        : answer(to, fault),
      result: {
        headers:
          fault && 'code' in fault && fault.retryAfter
            ? { 'retry-after': fault.retryAfter }
            : {},
      },
    };
  };

  return {
    clock,
    arrivals,
    accepted,
    /** What happens to the next tries of one person. */
    fault: (index: number, ...all: Fault[]) =>
      void faults.set(numberOf(index), all),
    /** What happens to any try, by how many have arrived. */
    answerWith(choose: (to: string, count: number) => Fault | undefined) {
      next = choose;
    },
    send: (
      rows: number[],
      options: Partial<BulkJob> = {},
      senderOf: (index: number) => string | undefined = () => undefined,
    ) =>
      clock.until(
        sendAll({
          total: rows.length,
          read: index => ({
            mark: { to: numberOf(rows[index]), reference: `p-${rows[index]}` },
            prepared: {
              recipient: {
                recipient_type: 'individual',
                to: numberOf(rows[index]),
              },
              content: { type: 'text' },
              call: {
                method: 'POST',
                path: numberOf(rows[index]),
                idempotency: 'message',
              },
              reference: `p-${rows[index]}`,
              sender: senderOf(index),
            },
          }),
          check: async () => undefined,
          attempt,
          onAccepted: () => undefined,
          clock,
          rate: 100,
          maySkip: false,
          keepAccepted: true,
          isResumable: false,
          ...options,
        }),
      ),
  };
}
