import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { createMockLogger } from '@openfn/logger';
import run from '@openfn/runtime';
import { compile } from './compile';

const ADAPTOR = '@openfn/language-whatsapp';
/** OpenFn gives it to every job. */
const COLLECTIONS = '@openfn/language-collections';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The built package where npm would put it: the runtime knows adaptors by their path. */
function install(): string {
  const target = path.join(ROOT, 'node_modules/.cache/job', ADAPTOR);
  copyPackage(target);
  return target;
}

/** The built package in a folder of its own. */
export function copyPackage(target: string) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const part of ['package.json', 'dist'])
    cpSync(path.join(ROOT, part), path.join(target, part), {
      recursive: true,
    });
}

let installed: string | undefined;

/** Runs a job as users write it, in the real runtime. */
export async function runJob(
  source: string,
  state: any,
  options: object = {},
): Promise<any> {
  installed ??= install();
  const adaptor = await import(path.join(installed, 'dist/index.js'));
  const expression = compile(
    source,
    { name: ADAPTOR, exports: Object.keys(adaptor) },
    { name: COLLECTIONS, exports: ['collections'] },
  );
  return run({ workflow: { steps: [{ id: 'job', expression }] } }, state, {
    ...options,
    logger: createMockLogger(),
    linker: {
      modules: {
        [ADAPTOR]: { path: installed },
        [COLLECTIONS]: { path: path.join(ROOT, 'node_modules', COLLECTIONS) },
      },
    },
  });
}
