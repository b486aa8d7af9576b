import type { SandboxOptions } from './base';
import { startCloud } from './cloud';
import { startOnPremise } from './on-premise';

export type { Delivery } from './base';

/** A local WhatsApp Cloud API. */
export const startSandbox = (options: SandboxOptions = {}) =>
  startCloud(options);

/** A local WhatsApp On-Premise API. */
export const startOnPremiseSandbox = (options: SandboxOptions = {}) =>
  startOnPremise(options);

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;
export type OnPremiseSandbox = Awaited<
  ReturnType<typeof startOnPremiseSandbox>
>;
