import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

let folder: string | undefined;

after(() => {
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** A job in a file, as the command line has it. */
export function jobFile(source: string, name = 'job.js'): string {
  folder ??= mkdtempSync(path.join(tmpdir(), 'jobs-'));
  const file = path.join(mkdtempSync(path.join(folder, 'job-')), name);
  writeFileSync(file, source);
  return file;
}
