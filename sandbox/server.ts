import type { SandboxOptions } from './base';
import { startCloud } from './cloud';
import { startDialog360 } from './360dialog';
import { startOnPremise } from './on-premise';

export type { Delivery } from './types';

/** A local WhatsApp Cloud API. */
export const startSandbox = (options: SandboxOptions = {}) =>
  startCloud(options);

/** A local WhatsApp On-Premise API. */
export const startOnPremiseSandbox = (options: SandboxOptions = {}) =>
  startOnPremise(options);

/** A local gateway of 360dialog. */
export const startDialog360Sandbox = (options: SandboxOptions = {}) =>
  startDialog360(options);

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;
export type Dialog360Sandbox = Awaited<
  ReturnType<typeof startDialog360Sandbox>
>;
export type OnPremiseSandbox = Awaited<
  ReturnType<typeof startOnPremiseSandbox>
>;
