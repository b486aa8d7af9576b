import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { useCollections } from '../support/collections';
import { addFiles, data } from '../support/example-data';
import { runJob } from '../support/run-job';
import { useSandbox } from '../support/sandbox';

const SECTIONS = [
  'Sending',
  'Sending to many',
  'Receiving',
  'Jobs',
  'Templates',
  'Flows',
  'Account',
  'Recipes',
];

const readme = readFileSync('README.md', 'utf8');
const codeOf = (section: string) => {
  const [, text] = new RegExp(`^## ${section}\n([^]*?)^## `, 'm').exec(readme)!;
  return [...text.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code);
};

describe('README', () => {
  const sandbox = useSandbox();
  beforeEach(() => addFiles(sandbox));

  for (const section of SECTIONS)
    for (const [index, code] of codeOf(section).entries())
      it(`runs job ${index + 1} of section ${section}`, async () => {
        const collections = await useCollections();
        const configuration = {
          ...sandbox.credential,
          ...collections.credential,
          pin: '654321',
          labToken: 'a token of the lab',
        };
        const state = { configuration, data, code: '123456' };
        const { errors } = await runJob(code, state);
        expect(errors, JSON.stringify(errors)).to.equal(undefined);
      });

  it('mentions every operation', () => {
    const { operations } = JSON.parse(readFileSync('ast.json', 'utf8'));
    for (const { name } of operations)
      if (name !== 'execute') expect(readme).to.contain(`\`${name}`);
  });
});
