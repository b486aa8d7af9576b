import { MockAgent } from 'undici';
import { systemClock } from '../../src/util/clock';
import { runtime } from '../../src/util/dispatcher';

export const ORIGIN = 'https://graph.facebook.com';
export const TOKEN = 'EAAJZCsecretToken123';
export const configuration = {
  baseUrl: `${ORIGIN}/v25.0`,
  apiToken: TOKEN,
  phoneNumberId: '123456789012345',
  wabaId: '987654321098765',
};
export const MESSAGES = '/v25.0/123456789012345/messages';

export const accepted = {
  messaging_product: 'whatsapp',
  contacts: [{ input: '+254712345678', wa_id: '254712345678' }],
  messages: [{ id: 'wamid.1' }],
};

/** Replaces the network with a mock until the test is over. */
export function mockApi() {
  const agent = new MockAgent();
  agent.disableNetConnect();
  runtime.dispatcher = agent;
  return agent.get(ORIGIN);
}

/** Another host of the mock that mockApi() put in place. */
export const mockHost = (host: string) =>
  (runtime.dispatcher as MockAgent).get(`https://${host}`);

export const waits: number[] = [];

/** Waiting takes no time, and is written down. */
export function skipWaits() {
  waits.length = 0;
  runtime.clock = {
    ...systemClock,
    setTimeout(callback, milliseconds) {
      waits.push(milliseconds / 1000);
      return setTimeout(callback);
    },
  };
}

export function restore() {
  runtime.dispatcher = undefined;
  runtime.clock = systemClock;
}

/** Keeps what is logged away from the screen, and returns it. */
export function captureLog() {
  const lines: string[] = [];
  const log = (...args: unknown[]) => lines.push(args.join(' '));
  const { console } = globalThis;
  // Replaced as a whole, since the runtime freezes the console of the process.
  globalThis.console = { ...console, log, warn: log } as Console;
  return {
    lines,
    stop() {
      globalThis.console = console;
    },
  };
}
