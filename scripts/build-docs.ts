// Writes docs/: index.md for people, whatsapp.json for the docs site, and raw.json.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import generate from '@openfn/adaptor-apis';
import { renderPage } from './docs-page';

const read = (file: string) => readFileSync(file, 'utf8');

// OpenFn's own parser; an empty list keeps it from looking for the sources of common.
const doclets = (await generate(path.resolve('.'), {
  common: [],
} as object)) as any[];

const ast: Record<'operations' | 'common', { name: string }[]> = JSON.parse(
  read('ast.json'),
);
const namesOf = (functions: { name: string }[]) =>
  functions.map(({ name }) => name);
const page = renderPage(doclets, namesOf(ast.common));
const { name, version } = JSON.parse(read('package.json'));
const site = {
  name: 'whatsapp',
  adaptor: name,
  version,
  docs: JSON.stringify(page),
  readme: JSON.stringify(read('README.md')),
  changelog: JSON.stringify(read('CHANGELOG.md')),
  functions: namesOf(ast.operations).sort(),
  'configuration-schema': JSON.parse(read('configuration-schema.json')),
};

// Where jsdoc found a name depends on the machine.
for (const { meta } of doclets) if (meta) meta.path = 'src';

mkdirSync('docs', { recursive: true });
writeFileSync('docs/index.md', page);
writeFileSync('docs/whatsapp.json', JSON.stringify(site));
writeFileSync('docs/raw.json', JSON.stringify(doclets, null, 2));
