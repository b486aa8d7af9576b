import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compile } from '@mdx-js/mdx';
import { expect } from 'chai';
import remarkGfm from 'remark-gfm';

const SCRIPT = ['--import=tsx', 'scripts/monorepo.ts'];

/** A clone of the monorepo with an old adaptor, as far as the script looks at it. */
function fakeMonorepo(): string {
  const root = mkdtempSync(path.join(tmpdir(), 'adaptors-'));
  const put = (file: string, text: string) => {
    const target = path.join(root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  };
  put('pnpm-workspace.yaml', '');
  put('packages/common/package.json', '{}');
  const old = 'packages/whatsapp';
  put(`${old}/package.json`, '{ "version": "1.1.2" }');
  put(`${old}/CHANGELOG.md`, '## 1.1.2');
  put(`${old}/assets/square.png`, 'an icon');
  put(`${old}/LICENSE`, 'the license');
  put(`${old}/src/Adaptor.js`, 'old');
  put(`${old}/.eslintrc.json`, '{}');
  put(`${old}/node_modules/chai/package.json`, '{}');
  return root;
}

describe('the script for the monorepo', () => {
  let root: string;
  const at = (file: string) => path.join(root, 'packages/whatsapp', file);
  const text = (file: string) => readFileSync(at(file), 'utf8');
  before(() => {
    root = fakeMonorepo();
    execFileSync(process.execPath, [...SCRIPT, root, '--no-run']);
  });
  after(() => rmSync(root, { recursive: true }));

  it('refuses a folder that is not the monorepo', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [...SCRIPT, tmpdir()],
      { encoding: 'utf8' },
    );
    expect(status).to.equal(1);
    expect(stderr).to.contain('not the adaptors monorepo');
  });

  it('keeps the history, the icons and the license', () => {
    expect(text('CHANGELOG.md')).to.equal('## 1.1.2');
    expect(text('assets/square.png')).to.equal('an icon');
    expect(text('LICENSE')).to.equal('the license');
    expect(existsSync(at('node_modules/chai'))).to.equal(true);
  });

  it('removes the old sources', () => {
    for (const file of ['src/Adaptor.js', '.eslintrc.json'])
      expect(existsSync(at(file)), file).to.equal(false);
  });

  it('copies what the package is built and tested from', () => {
    for (const file of [
      'src/Adaptor.ts',
      'test/Adaptor.test.ts',
      'sandbox/main.ts',
      'tsup.config.js',
      '.mocharc.json',
      'ast.json',
    ])
      expect(existsSync(at(file)), file).to.equal(true);
  });

  it('writes a package.json by the rules of the house', () => {
    const { version, scripts, dependencies, devDependencies, overrides } =
      JSON.parse(text('package.json'));
    expect(version).to.equal('1.1.2');
    expect(scripts).to.include({
      build: 'pnpm clean && build-adaptor whatsapp',
      lint: 'eslint src',
    });
    expect(scripts).not.to.have.property('pretest');
    expect(dependencies['@openfn/language-common']).to.equal('workspace:*');
    expect(devDependencies).to.include.keys('rimraf', '@openfn/logger');
    expect(devDependencies).not.to.have.any.keys('eslint', 'tsup');
    expect(overrides).to.equal(undefined);
  });

  it('declares every package that is imported', () => {
    const { dependencies, devDependencies } = JSON.parse(text('package.json'));
    const known = Object.keys({ ...dependencies, ...devDependencies });
    const imported = execFileSync(
      'grep',
      ['-rhoE', "^(import|}) .*from '[a-z@][^'.]*'", 'src', 'test', 'sandbox'],
      { encoding: 'utf8', cwd: at('.') },
    )
      .split('\n')
      .filter(Boolean)
      .map(line => /from '((?:@[^/']+\/)?[^/']+)/.exec(line)![1])
      .filter(name => !name.startsWith('node:'));
    // The tests compile jobs that import the adaptor itself.
    const ours = '@openfn/language-whatsapp';
    for (const name of new Set(imported))
      if (name !== ours) expect(known, name).to.include(name);
  });

  it('writes a changeset for a major version', () => {
    const changeset = readFileSync(
      path.join(root, '.changeset/whatsapp-2.md'),
      'utf8',
    );
    expect(changeset).to.match(/^---\n'@openfn\/language-whatsapp': major\n/);
  });

  it('writes a README in the form of the house, which the docs site can compile', async () => {
    const readme = text('README.md');
    expect(readme).to.match(/^# language-whatsapp <img src='.*square\.png'/);
    expect(readme).not.to.match(/(?<!p)npm run/);
    expect(readme).not.to.contain('CONTRIBUTING.md');
    await compile(readme, { format: 'mdx', remarkPlugins: [remarkGfm] });
  });
});
