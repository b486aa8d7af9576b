import { captureLog, restore } from './support/fixtures';

let log: ReturnType<typeof captureLog>;

/** Nothing that a test replaces outlives it, and operations log to nobody. */
export const mochaHooks = {
  beforeEach() {
    log = captureLog();
  },
  afterEach() {
    log.stop();
    restore();
  },
};
