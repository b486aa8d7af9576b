// Puts the adaptor into a clone of OpenFn's monorepo, builds and tests it there.
// npm run monorepo -- <path of the clone> [--no-run]
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { monorepoPackage } from './monorepo/package';
import { CHANGESET, monorepoReadme } from './monorepo/texts';

/** What is there and stays: the history, the icons, the license. */
const KEPT = ['CHANGELOG.md', 'LICENSE', 'LICENSE.LESSER', 'assets'];
const COPIED = [
  '.mocharc.json',
  'ast.json',
  'bench',
  'build.config.js',
  'configuration-schema.json',
  'docs-site',
  'examples',
  'sandbox',
  'scripts/build-typedefs.ts',
  'scripts/demo.ts',
  'scripts/demo-text.ts',
  'src',
  'test',
  'tsconfig.json',
  'tsconfig.types.json',
  'tsup.config.js',
];
/** Tests of what stays in this repository. */
const NOT_COPIED = [/monorepo\.test\.ts$/];
const NAME = '@openfn/language-whatsapp';

const {
  positionals: [clone],
  values: { run },
} = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: { run: { type: 'boolean', default: true } },
});

function fail(problem: string): never {
  console.error(problem);
  process.exit(1);
}

if (!clone) fail('Usage: npm run monorepo -- <path of the adaptors monorepo>');
const root = path.resolve(clone);
const target = path.join(root, 'packages/whatsapp');
for (const part of ['pnpm-workspace.yaml', 'packages'])
  if (!existsSync(path.join(root, part)))
    fail(`${root} is not the adaptors monorepo: it has no ${part}.`);

const read = (file: string) => readFileSync(file, 'utf8');

function versionThere(): string {
  const file = path.join(target, 'package.json');
  return existsSync(file) ? JSON.parse(read(file)).version : '1.1.2';
}

async function write(file: string, text: string) {
  mkdirSync(path.dirname(file), { recursive: true });
  const style = await resolveConfig('package.json');
  writeFileSync(file, await format(text, { ...style, filepath: file }));
}

const version = versionThere();
mkdirSync(target, { recursive: true });
for (const file of readdirSync(target))
  if (![...KEPT, 'node_modules'].includes(file))
    rmSync(path.join(target, file), { recursive: true });
for (const part of COPIED)
  cpSync(part, path.join(target, part), {
    recursive: true,
    filter: file => !NOT_COPIED.some(pattern => pattern.test(file)),
  });

const ours = JSON.parse(read('package.json'));
await write(
  path.join(target, 'package.json'),
  JSON.stringify(monorepoPackage(ours, version)),
);
await write(path.join(target, 'README.md'), monorepoReadme(read('README.md')));
await write(path.join(root, '.changeset/whatsapp-2.md'), CHANGESET);
console.log(`Copied the adaptor to ${target}`);

if (run) {
  const pnpm = (cwd: string, ...args: string[]) =>
    execFileSync('pnpm', args, { cwd, stdio: 'inherit' });
  pnpm(root, 'install', '--lockfile-only');
  pnpm(root, 'install', '--filter', `${NAME}...`);
  for (const step of ['build', 'lint', 'test']) pnpm(target, step);
  const changes = ['status', '--short', 'packages/whatsapp', '.changeset'];
  execFileSync('git', changes, { cwd: root, stdio: 'inherit' });
}
