import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { JSONPath } from 'jsonpath-plus';
import { metadata } from '../src';
import { startOnPremiseSandbox } from '../sandbox/server';
import { errorOf } from './support/errors';
import { configuration, mockApi } from './support/fixtures';
import { useSandbox } from './support/sandbox';

/** The queries of the operations, as the OpenFn app finds them. */
const lookups: Record<string, string> = Object.fromEntries(
  JSON.parse(readFileSync('ast.json', 'utf8')).operations.flatMap(
    ({ name, docs }: any) =>
      docs.tags
        .filter(({ title }: any) => title === 'paramlookup')
        .map(({ description }: any) => {
          const [, param, query] = /^(\w+) (.*)$/.exec(description)!;
          return [`${name}.${param}`, query];
        }),
  ),
);

describe('metadata', () => {
  const sandbox = useSandbox();
  let tree: any;
  const entities = (lookup: string): any[] =>
    JSONPath({ path: lookups[lookup], json: tree });
  const query = (lookup: string) => entities(lookup).map(({ name }) => name);
  const child = (name: string) =>
    tree.children.find((node: any) => node.name === name);

  beforeEach(async () => {
    sandbox.review({ name: 'receipt', event: 'PAUSED' });
    tree = await metadata({ ...sandbox.credential });
  });

  it('is a tree of phone numbers, templates and flows', () => {
    expect(tree).to.include({ name: '987654321098765', type: 'account' });
    const types = tree.children.map(({ type }: any) => type);
    expect(types).to.include.members(['phoneNumber', 'template', 'flow']);
    const walk = (node: any) => {
      expect(node).to.have.keys(
        Object.keys(node).filter(key =>
          'name type label datatype desc children meta'.includes(key),
        ),
      );
      expect(node.name).to.be.a('string').with.length.above(0);
      expect(node.type).to.be.a('string');
      node.children.forEach(walk);
    };
    walk(tree);
    expect(JSON.parse(JSON.stringify(tree))).to.eql(tree);
  });

  it('has the number and name of each phone number', () => {
    const number = child('123456789012345');
    expect(number.label).to.equal('+1 555 000 1111 (Clinic)');
    expect(number.meta).to.include({
      quality_rating: 'GREEN',
      status: 'CONNECTED',
    });
  });

  it('has the status, language, category and parameters of each template', () => {
    const { label, desc, meta, children } = child('visit_reminder');
    expect(label).to.equal('visit_reminder (sw)');
    expect(desc).to.contain('Habari {{name}}');
    expect(meta).to.include({
      id: '2003',
      status: 'APPROVED',
      language: 'sw',
      category: 'UTILITY',
      parameter_format: 'NAMED',
    });
    expect(children[0]).to.include({ name: 'body', type: 'component' });
    expect(children[0].children.map(({ name }: any) => name)).to.eql([
      'name',
      'day',
    ]);
  });

  it('has the types of media headers and buttons', () => {
    const [header, body, buttons] = child('receipt').children;
    expect(header.children[0].name).to.equal('document');
    expect(body.children[0].label).to.equal('body {{1}}');
    expect(buttons.children.map(({ name, desc }: any) => [name, desc])).to.eql([
      ['0', '"Open" (URL)'],
      ['2', '"Call me" (QUICK_REPLY)'],
    ]);
  });

  it('has the status and categories of each flow', () => {
    expect(child('3001')).to.deep.include({
      label: 'intake (PUBLISHED)',
      meta: { status: 'PUBLISHED', categories: ['SURVEY'] },
    });
  });

  it('offers only approved templates to sendTemplate()', () => {
    const names = query('sendTemplate.template');
    expect(names).to.include.members(['hello_world', 'visit_reminder']);
    expect(names).not.to.include('receipt');
    expect(names).to.have.length(5);
  });

  it('offers all templates to getTemplate(), updateTemplate() and deleteTemplate()', () => {
    for (const lookup of ['getTemplate.nameOrId', 'deleteTemplate.name'])
      expect(query(lookup)).to.include('receipt').and.have.length(6);
    expect(query('updateTemplate.id')).to.include('2004').and.have.length(6);
  });

  it('offers IDs by the name, the language and the status of the template', () => {
    const labels = entities('updateTemplate.id').map(({ label }) => label);
    expect(labels).to.include.members([
      'visit_reminder (sw)',
      'receipt (en, PAUSED)',
    ]);
  });

  it('offers entities, whose labels tell languages apart', () => {
    sandbox.templates.push({ ...sandbox.templates[2], language: 'en' });
    for (const { label, name } of entities('getTemplate.nameOrId'))
      expect(label).to.contain(`${name} (`);
  });

  it('offers drafts to publishFlow() and deleteFlow(), and published flows to deprecateFlow()', () => {
    expect(query('getFlow.id')).to.eql(['3001']);
    expect(query('deprecateFlow.id')).to.eql(['3001']);
    for (const lookup of ['publishFlow.id', 'deleteFlow.id'])
      expect(query(lookup)).to.eql([]);
  });

  it('is used by the operations of templates and flows only', () => {
    expect(Object.keys(lookups)).to.have.members([
      'updateFlow.id',
      'publishFlow.id',
      'deprecateFlow.id',
      'deleteFlow.id',
      'getFlow.id',
      'sendTemplate.template',
      'getTemplate.nameOrId',
      'waitForTemplate.nameOrId',
      'deleteTemplate.name',
      'updateTemplate.id',
    ]);
  });

  it('contains no secret', () => {
    const { apiToken, appSecret } = sandbox.credential;
    expect(JSON.stringify(tree)).not.to.contain(apiToken);
    expect(JSON.stringify(tree)).not.to.contain(appSecret);
  });

  it("omits items that don't match Meta's documented format", async () => {
    mockApi()
      .intercept({ path: () => true })
      .reply(200, { data: [null, 5, 'x', {}, { name: 'a' }] })
      .times(3);
    const { children } = await metadata({ ...configuration });
    expect(children).to.eql([]);
  });

  it('requires wabaId', async () => {
    const { wabaId: _gone, ...rest } = sandbox.credential;
    const error = await errorOf(() => metadata(rest));
    expect(error.message).to.contain('wabaId is missing');
  });

  it('throws NOT_SUPPORTED on-premise', async () => {
    const server = await startOnPremiseSandbox();
    const error = await errorOf(() => metadata(server.credential));
    await server.close();
    expect(error.code).to.equal('NOT_SUPPORTED');
  });
});
