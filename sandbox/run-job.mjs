// One run of a job in a process of its own, so that it can be stopped.
import { createMockLogger } from '@openfn/logger';
import run from '@openfn/runtime';

const SHOWN = ['code', 'description', 'fix', 'field', 'operation'];

/** What is shown of an error: the rest may hold the request with its token. */
function readable({ name, message, fix, details }) {
  const { details: more, ...known } = Object(details);
  const found = { fix, ...known };
  return {
    name,
    message,
    ...Object.fromEntries(SHOWN.map(key => [key, found[key]])),
    ...(typeof more === 'string' && { details: more }),
  };
}

process.once('message', async ({ expression, state, modules }) => {
  const workflow = { steps: [{ id: 'job', expression }] };
  const { errors, data } = await run({ workflow }, state, {
    logger: createMockLogger(),
    jobLogger: console,
    linker: { modules },
  });
  const [error] = Object.values(errors ?? {});
  process.send({ error: error && readable(error), data }, () => process.exit());
});
