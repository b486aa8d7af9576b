import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

// The editor of the OpenFn app: how it loads the types of an adaptor, and what
// it asks TypeScript about a job.

const NAME = '@openfn/language-whatsapp';
const JOB = '/job.js';
/** All that the editor knows of JavaScript. */
const LIBRARY = `
  interface Array<T> { copyWithin(target: number, start: number, end?: number): this; [n: number]: T; }
  declare module undefined
`;

const read = (file: string) => readFileSync(file, 'utf8');
const TYPES = '{{types}}';

/** Each module under its file name alone; the index and the operations are global. */
function declare(file: string): string {
  const name = path.basename(file, '.d.ts');
  const content = read(file).replace(
    /(from|import) '\.\//g,
    (_whole, word: string) => `${word} '${NAME}/`,
  );
  return name === 'index' || name === 'Adaptor'
    ? `declare namespace {\n${TYPES}\n${content}\n`
    : `declare module '${NAME}/${name}' {\n${TYPES}\n${content}\n}`;
}

const folder = 'node_modules/@openfn/language-common/types';
const commonFiles = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.d.ts'))
  .map(
    file =>
      `declare module '@openfn/language-common' { ${read(`${folder}/${file}`).replace(/\* +@(.+?)\*\//gs, '*/')} }`,
  );

function libraries(): Map<string, string> {
  const { files } = JSON.parse(read('package.json'));
  const declared = files.filter((file: string) => file.endsWith('.d.ts'));
  const types = read('types/types.d.ts');
  const modules = declared
    .filter((file: string) => file !== 'types/types.d.ts')
    // With a string, as in the app: `$'` in the types would be a pattern.
    .map((file: string) => declare(file).replace(TYPES, types));
  const all = [LIBRARY, ...commonFiles, ...modules];
  return new Map(all.map((text, index) => [`/library${index}.d.ts`, text]));
}

const known = libraries();
let job = '';
let version = 0;

const service = ts.createLanguageService({
  getCompilationSettings: () => ({
    allowJs: true,
    noLib: true,
    allowNonTsExtensions: true,
    target: ts.ScriptTarget.ESNext,
  }),
  getScriptFileNames: () => [JOB, ...known.keys()],
  getScriptVersion: file => (file === JOB ? String(version) : '1'),
  getScriptSnapshot: file =>
    ts.ScriptSnapshot.fromString(file === JOB ? job : (known.get(file) ?? '')),
  getCurrentDirectory: () => '/',
  getDefaultLibFileName: () => '/library0.d.ts',
  fileExists: file => file === JOB || known.has(file),
  readFile: file => known.get(file),
});

/** Puts a job into the editor; `|` is where the cursor is. */
function write(text: string): number {
  const cursor = text.indexOf('|');
  job = text.slice(0, cursor) + text.slice(cursor + 1);
  version++;
  return cursor;
}

/** What is offered at the cursor, without JavaScript's own words. */
export function completions(text: string): string[] {
  const cursor = write(text);
  const found = service.getCompletionsAtPosition(JOB, cursor, {});
  return (found?.entries ?? [])
    .filter(({ kind }) => kind === 'property' || kind === 'string')
    .map(({ name }) => name);
}

/** What is shown for the word before the cursor. */
export function help(text: string) {
  const cursor = write(text);
  const info = service.getQuickInfoAtPosition(JOB, cursor - 1);
  return {
    kind: info?.kind,
    text: ts.displayPartsToString(info?.documentation),
    lookup: info?.tags?.find(({ name }) => name === 'lookup')?.text?.[0].text,
  };
}

/** The signature of the call around the cursor. */
export function signature(text: string) {
  const cursor = write(text);
  const found = service.getSignatureHelpItems(JOB, cursor, {});
  const [item] = found?.items ?? [];
  if (!item) return undefined;
  const lookups = item.tags
    .filter(({ name }) => name.toLowerCase() === 'paramlookup')
    .map(({ text: parts }) => parts![0].text);
  return {
    text: ts.displayPartsToString(item.documentation),
    parameters: item.parameters.map(({ name, documentation }) => ({
      name,
      text: ts.displayPartsToString(documentation),
    })),
    lookups,
  };
}
