// Runs a compiled job in the real runtime, in a process without a loader: it
// would change the names that errors have in their stack.
import process, { argv } from 'node:process';
import run from '@openfn/runtime';
import { createMockLogger } from '@openfn/logger';

const { expression, state, folder } = JSON.parse(argv[2]);
const result = await run(
  { workflow: { steps: [{ id: 'job', expression }] } },
  state,
  {
    logger: createMockLogger(),
    linker: { modules: { '@openfn/language-whatsapp': { path: folder } } },
  },
);
process.stdout.write(`${JSON.stringify(result.errors.job)}\n`);
process.exit();
