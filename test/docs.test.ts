import { readFileSync } from 'node:fs';
import { compile } from '@mdx-js/mdx';
import { expect } from 'chai';
import remarkGfm from 'remark-gfm';
import { typedefs } from '../scripts/build-typedefs';
import { sampleOf, sitePages } from './support/site-pages';

const read = (file: string) => readFileSync(file, 'utf8');
const { operations, common } = JSON.parse(read('ast.json'));
const mdx = (page: string) =>
  compile(page, { format: 'mdx', remarkPlugins: [remarkGfm] });

describe('docs', () => {
  it('have every operation on the functions page, in alphabetical order', () => {
    const page = read('docs/index.md');
    const [, functions] = page.split(/^## Functions$/m);
    const titles = functions
      .split('##  Interfaces')[0]
      .match(/^### .*/gm)!
      .map(title => title.slice(4));
    const names = operations.map(({ name }: { name: string }) => name).sort();
    expect(titles).to.eql(names);
    for (const { name } of common) expect(page).to.contain(`>${name}()</a>`);
  });

  it('have a type for every parameter', () => {
    expect(read('docs/index.md')).not.to.match(/\| {2}\|/);
  });

  it('link parameters to types that are on the page', () => {
    const page = read('docs/index.md');
    const links = [...page.matchAll(/\]\(#(\w+)\)/g)];
    expect(links).not.to.have.length(0);
    for (const [, anchor] of links)
      expect(page.toLowerCase()).to.contain(`### ${anchor}\n`);
  });

  it('have the types of src/types.ts unchanged', async () => {
    expect(read('src/typedefs.js')).to.equal(await typedefs());
  });

  for (const name of Object.keys(sitePages()))
    it(`are compiled by the docs site: the ${name} page`, async () => {
      await mdx(sitePages()[name]);
    });

  it('show a credential for the Cloud API as the sample configuration', () => {
    const schema = JSON.parse(read('configuration-schema.json'));
    expect(Object.keys(sampleOf(schema))).to.eql([
      'baseUrl',
      'apiToken',
      'phoneNumberId',
      'wabaId',
    ]);
  });

  it('have an overview page whose links lead to the functions page', () => {
    const overview = read('docs-site/whatsapp.md');
    const page = read('docs/index.md').toLowerCase();
    const anchors = [...overview.matchAll(/whatsapp-docs#(\w+)/g)];
    expect(anchors).not.to.have.length(0);
    for (const [, anchor] of anchors)
      expect(page).to.contain(`\n### ${anchor}\n`);
  });
});
