import { startSandbox, type Sandbox } from '../../sandbox/server';
import { skipWaits } from './fixtures';

type Options = Parameters<typeof startSandbox>[0];

/** A local WhatsApp for the tests of a block: each finds it as new, and waiting takes no time. */
export function useSandbox(options: Options = {}): Sandbox {
  let current: Sandbox;
  before(async () => {
    current = await startSandbox(options);
  });
  after(() => current.close());
  beforeEach(() => {
    current.reset();
    skipWaits();
  });
  return new Proxy({} as Sandbox, {
    get: (_target, name) => Reflect.get(current, name),
  });
}
