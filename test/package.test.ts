import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import * as source from '../src';

const require = createRequire(import.meta.url);
const read = (file: string) => readFileSync(file, 'utf8');
const OPERATIONS = Object.keys(source.default).filter(
  name => !(name in require('@openfn/language-common')) || name === 'execute',
);

describe('package', () => {
  it('exports the same names as ESM and CJS', async () => {
    const esm = await import('../dist/index.js' as string);
    const cjs = require('../dist/index.cjs');
    for (const built of [esm, cjs])
      expect(Object.keys(built)).to.include.members(Object.keys(source));
  });

  it('declares every operation in the types that the compiler reads', () => {
    const types = read('types/Adaptor.d.ts');
    expect(read('types/index.d.ts')).to.contain("from './Adaptor'");
    expect(OPERATIONS).to.include.members(['execute', 'sendMessage', 'del']);
    for (const name of OPERATIONS)
      expect(types).to.match(new RegExp(`export declare function ${name}\\(`));
  });

  it('has every operation in ast.json with complete documentation', () => {
    const { operations, common } = JSON.parse(read('ast.json'));
    expect(operations.map((o: any) => o.name)).to.have.members(OPERATIONS);
    for (const { valid } of operations) expect(valid).to.be.true;
    expect(common.map((o: any) => o.name)).to.include('each');
  });

  it('has types that the editor of the OpenFn app can parse', () => {
    const types = read('types/types.d.ts');
    // It knows few types of JavaScript, and inserts the text as a pattern.
    expect(types).not.to.match(/\b(Record|Partial|Omit|Pick|Readonly)</);
    expect(types).not.to.match(/^import/m);
    expect(types).not.to.match(/\$[`'&$]/);
  });

  it('is smaller than 300 kB', () => {
    const [pack] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
    expect(pack.size).to.be.below(300_000);
    const files = pack.files.map((file: any) => file.path);
    expect(files).to.include.members([
      'LICENSE',
      'LICENSE.LESSER',
      'ast.json',
      'configuration-schema.json',
      'dist/index.js',
      'dist/index.cjs',
      'types/Adaptor.d.ts',
    ]);
    // The editor of the OpenFn app fetches each before it completes anything.
    const types = files.filter((file: string) => file.startsWith('types/'));
    expect(types).to.have.length(6);
  });
});
