import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import { typedefs } from '../scripts/build-typedefs';
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

  it('has every operation on the docs page, with types and common functions', () => {
    const page = read('docs/index.md');
    for (const name of OPERATIONS) expect(page).to.contain(`### ${name}\n`);
    expect(page).to.contain('>each</a>');
    expect(page).not.to.match(/\| {2}\|/);
  });

  it('has the types of src/types.ts unchanged on the docs page', async () => {
    expect(read('src/typedefs.js')).to.equal(await typedefs());
  });

  it('has types that the editor of the OpenFn app can parse', () => {
    const types = read('types/types.d.ts');
    // It knows few types of JavaScript, and inserts the text as a pattern.
    expect(types).not.to.match(/\b(Record|Partial|Omit|Pick|Readonly)</);
    expect(types).not.to.match(/^import/m);
    expect(types).not.to.match(/\$[`'&$]/);
  });

  it('groups operations on the docs page, most common first', () => {
    const page = read('docs/index.md');
    const groups = page
      .split(/^## /m)
      .slice(1, -1)
      .map(part => part.split('\n')[0]);
    expect(groups.slice(0, 6)).to.eql([
      'Sending',
      'Bulk',
      'Receiving',
      'Media',
      'Templates',
      'Account',
    ]);
    const index = page.split('## Sending')[0];
    for (const group of groups)
      expect(index).to.contain(`<a href="#${group.toLowerCase()}">`);
  });

  it('links parameters to their types on the docs page', () => {
    const page = read('docs/index.md');
    const links = [...page.matchAll(/<a href="#(\w+)"><code>/g)];
    expect(links).not.to.have.length(0);
    for (const [, anchor] of links)
      expect(page.toLowerCase()).to.contain(`### ${anchor}\n`);
  });

  it('has a docs page that is valid MDX, without braces or angle brackets outside code', () => {
    const prose = read('docs/index.md')
      .replace(/```[^]*?```/g, '')
      .replace(/`[^`]*`/g, '')
      .replace(/<\/?(dl|dt|p|code|a)( [^>]*)?>/g, '');
    expect(prose).not.to.match(/[{}<]/);
  });

  it('is smaller than 190 kB', () => {
    const [pack] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
    expect(pack.size).to.be.below(190_000);
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
