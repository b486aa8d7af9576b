import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import ts from 'typescript';
import { completions, help, signature } from './support/editor';

const { operations } = JSON.parse(readFileSync('ast.json', 'utf8'));
const types = ts.createSourceFile(
  'types.ts',
  readFileSync('src/types.ts', 'utf8'),
  ts.ScriptTarget.ES2022,
  true,
);

/** The fields that a value must be offered with, by where the cursor is. */
const FIELDS: [job: string, ...fields: string[]][] = [
  ['sendMessage(to, { | })', 'text', 'image', 'list', 'buttons', 'carousel'],
  ['sendMessage(to, { text: "", list: { | } })', 'button', 'rows', 'sections'],
  [
    'sendMessage(to, { text: "", list: { button: "", rows: [{ | }] } })',
    'id',
    'title',
    'description',
  ],
  ['sendMessage(to, { text: "", buttons: [{ | }] })', 'id', 'title'],
  ['sendMessage(to, { text: "", cta: { | } })', 'label', 'url'],
  ['sendMessage(to, { text: "", flow: { | } })', 'id', 'cta', 'screen'],
  ['sendMessage(to, { location: { | } })', 'latitude', 'longitude', 'name'],
  ['sendMessage(to, { contacts: [{ | }] })', 'name', 'phones'],
  ['sendMessage(to, { text: "", products: { | } })', 'catalogId', 'sections'],
  ['sendMessage(to, { text: "", carousel: [{ | }] })', 'image', 'cta'],
  ['sendMessage({ | }, "Hi")', 'group'],
  ['sendMessage(to, "Hi", { | })', 'replyTo', 'reference', 'dryRun'],
  ['sendTemplate(to, { | })', 'name', 'language', 'body', 'values', 'cards'],
  ['sendTemplate(to, { name: "a", header: { | } })', 'image', 'document'],
  ['sendTemplate(to, { name: "a", offer: { | } })', 'expires'],
  ['sendBulk(rows, { | })', 'to', 'text', 'template', 'reference'],
  ['sendBulk(rows, { to, template: { | } })', 'name', 'language', 'body'],
  ['sendBulk(rows, { to, text }, { | })', 'rate', 'timeLimit', 'skip'],
  ['createTemplate({ | })', 'name', 'language', 'category', 'components'],
  ['createTemplate({ category: "|" })', 'UTILITY', 'MARKETING'],
  ['getAnalytics("|")', 'messaging', 'conversation', 'pricing'],
  ['getAnalytics("pricing", { | })', 'start', 'end', 'dimensions'],
  ['createFlow({ | })', 'name', 'categories', 'json'],
  ['downloadMedia(id, { as: "|" })', 'base64', 'text', 'stream'],
  ['uploadMedia(file, { | })', 'type', 'filename'],
  ['request("GET", "path", body, { | })', 'query', 'headers', 'parseAs'],
  ['parseWebhook(body, { | })', 'rawBody', 'requireSignature'],
  ['updateBusinessProfile({ | })', 'about', 'address'],
  ['subscribeWebhook({ | })', 'callbackUrl', 'verifyToken'],
];

/** What an argument may be in a job, as far as it has to be written. */
const argumentsFor = (names: string[]) => names.map(() => 'x').join(', ');

describe('the editor of the app', () => {
  for (const [job, ...fields] of FIELDS)
    it(`offers the fields of ${job}`, () => {
      expect(completions(job)).to.include.members(fields);
    });

  for (const { name, params } of operations)
    it(`shows the signature of ${name}(), and what each argument is`, () => {
      const shown = signature(`${name}(${argumentsFor(params)}|)`);
      expect(shown?.text).not.to.equal('');
      expect(shown!.parameters.map(one => one.name)).to.eql(params);
      for (const one of shown!.parameters)
        expect(one.text, `${name}: ${one.name}`).not.to.equal('');
    });

  for (const { name, docs } of operations)
    it(`offers values from the account for ${name}()`, () => {
      const tags = docs.tags.filter(
        ({ title }: { title: string }) => title === 'paramlookup',
      );
      const shown = signature(`${name}(|)`);
      expect(shown!.lookups).to.have.length(tags.length);
    });

  it('can show what each field of each type is', () => {
    const silent = types.statements
      .filter(ts.isInterfaceDeclaration)
      .flatMap(({ name, members }) =>
        members
          .filter(ts.isPropertySignature)
          .filter(member => !ts.getJSDocCommentsAndTags(member).length)
          .map(member => `${name.text}.${member.name.getText(types)}`),
      );
    expect(silent).to.eql([]);
  });

  for (const [job, words] of [
    ['sendMessage(to, { text|: "" })', '4,096 characters'],
    ['sendMessage(to, { text: "", buttons|: [] })', '1 to 3 buttons'],
    ['sendMessage(to, { text: "", flow|: {} })', 'the flow'],
    ['sendMessage(to, { text: "", footer|: "" })', '60 characters'],
    ['sendMessage(to, { image|: "" })', 'the ID of an uploaded file'],
    ['sendMessage(to, { text: "", list: { button| } })', '20 characters'],
    ['sendTemplate(to, { name: "", offer: { expires| } })', 'a moment'],
    ['sendBulk(rows, { to, text }, { rate| })', 'per second'],
  ] as const)
    it(`shows what the field is in ${job}`, () => {
      expect(help(job).text).to.contain(words);
    });

  it('offers templates and phone numbers inside of an object', () => {
    expect(help('sendTemplate(to, { name| })').lookup).to.equal(
      '$.children[?(@.type=="template")]',
    );
    for (const job of [
      'sendMessage(to, "Hi", { phoneNumberId| })',
      'sendBulk(rows, { to, template: { name| } })',
      'uploadMedia(file, { phoneNumberId| })',
    ])
      expect(help(job).lookup, job).to.match(/^\$\.children\[\?\(@\.type==/);
  });
});
