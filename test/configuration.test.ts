import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { connect, need, warningsOf } from '../src/configuration';
import { errorOf } from './support/errors';
import { configuration } from './support/fixtures';

const problemsOf = async (given: unknown) =>
  (await errorOf(() => connect(given))).problems;

describe('credential', () => {
  it('accepts the original format of credentials', () => {
    expect(connect(configuration)).to.include(configuration);
  });

  it('requires no field until an operation needs it', () => {
    for (const nothing of [undefined, null, {}])
      expect(connect(nothing).baseUrl).to.equal(
        'https://graph.facebook.com/v25.0',
      );
  });

  it('appends the API version of a 1.x credential', () => {
    const apiVersion = 'v22.0';
    const expected = 'https://graph.facebook.com/v22.0';
    expect(connect({ apiVersion }).baseUrl).to.equal(expected);
    expect(
      connect({ baseUrl: 'https://graph.facebook.com/', apiVersion }).baseUrl,
    ).to.equal(expected);
  });

  it('keeps the API version of the base URL', () => {
    const baseUrl = 'https://graph.facebook.com/v25.0';
    expect(connect({ baseUrl, apiVersion: 'v22.0' }).baseUrl).to.equal(baseUrl);
  });

  it('detects the On-Premise API by a base URL that ends in /v1', () => {
    expect(connect({ baseUrl: 'https://a.org:9090/v1/' }).onPremise).to.be.true;
    expect(connect({ baseUrl: 'https://a.org/v11.0' }).onPremise).to.be.false;
  });

  it('lists every problem in one error', async () => {
    const error = await errorOf(() =>
      connect({
        baseUrl: 'graph.facebook.com',
        apiToken: 'Bearer abc',
        phoneNumberId: '+254712345678',
        wabaId: 12,
      }),
    );
    expect(error.code).to.equal('INVALID_CONFIGURATION');
    expect(error.problems).to.have.length(4);
    for (const field of ['baseUrl', 'apiToken', 'phoneNumberId', 'wabaId'])
      expect(error.message).to.contain(field);
  });

  const wrong: [string, object][] = [
    [
      'a token that would cross a network in the clear',
      { baseUrl: 'http://a.org/v25.0' },
    ],
    ['a login in the address', { baseUrl: 'https://a:b@a.org/v25.0' }],
    ['a query in the address', { baseUrl: 'https://a.org/v25.0?x=1' }],
    ['another protocol', { baseUrl: 'ftp://a.org/v25.0' }],
    ['a token with a line break', { apiToken: 'abc\ndef' }],
    ['a version without v', { apiVersion: '22.0' }],
    ['a country in words', { defaultCountry: 'Kenya' }],
    ['a certificate that is none', { ca: 'abc' }],
    ['a user name without a password', { username: 'a' }],
    ['an object instead of a text', { apiToken: {} }],
  ];
  for (const [what, given] of wrong)
    it(`rejects ${what}`, async () => {
      expect(await problemsOf(given)).to.have.length(1);
    });

  it('allows http for localhost', () => {
    for (const host of ['127.0.0.1:3700', 'localhost:3700', '[::1]:3700'])
      expect(connect({ baseUrl: `http://${host}/v25.0` }).baseUrl).to.contain(
        host,
      );
  });

  it('lists all fields that an operation is missing and where to find them', async () => {
    const error = await errorOf(() =>
      need(connect({}), 'apiToken', 'phoneNumberId'),
    );
    expect(error.problems).to.have.length(2);
    expect(error.message).to.contain('WhatsApp Manager');
  });

  it('never includes a secret in an error', async () => {
    const error = await errorOf(() => connect({ apiToken: 'Bearer sec ret' }));
    expect(JSON.stringify(error) + error.message).not.to.contain('sec');
  });

  it('has every field in the configuration schema, with secrets marked writeOnly', () => {
    const { properties } = JSON.parse(
      readFileSync('configuration-schema.json', 'utf8'),
    );
    expect(properties).to.have.all.keys(
      'baseUrl apiToken phoneNumberId wabaId apiVersion username password appId appSecret defaultCountry ca'.split(
        ' ',
      ),
    );
    for (const secret of ['apiToken', 'password', 'appSecret'])
      expect(properties[secret].writeOnly).to.be.true;
  });

  const GRAPH = 'https://graph.facebook.com';
  const advice: [what: string, given: object, ...words: string[]][] = [
    [
      'a token in quotes',
      { apiToken: '"EAAJ"' },
      'apiToken is in quotes',
      'Remove the quotes',
    ],
    [
      'a token with a line break inside',
      { apiToken: 'EAAJ\nZC' },
      'in one piece',
    ],
    [
      'a phone number for its ID',
      { phoneNumberId: '+1 555 000 1111' },
      'looks like the phone number',
    ],
    ['an ID without quotes', { wabaId: 987 }, 'in quotes'],
    ['one ID twice', { phoneNumberId: '1', wabaId: '1' }, 'the same as wabaId'],
    [
      'a calling code for a country',
      { defaultCountry: '254' },
      '254 is the calling code of KE: write KE',
    ],
    ['a calling code with +', { defaultCountry: '+254' }, 'write KE'],
    [
      'the name of a country',
      { defaultCountry: 'Kenya' },
      'Kenya is KE: write KE',
    ],
    [
      'an address without its scheme',
      { baseUrl: 'graph.facebook.com/v25.0' },
      'Write https:// before it',
    ],
    [
      'an address with an edge',
      { baseUrl: `${GRAPH}/v25.0/messages` },
      `baseUrl ends after the version: ${GRAPH}/v25.0`,
    ],
    [
      'an address with the version twice',
      { baseUrl: `${GRAPH}/v25.0/v25.0` },
      'baseUrl',
    ],
    [
      'a version without v',
      { baseUrl: `${GRAPH}/25.0` },
      `Write ${GRAPH}/v25.0`,
    ],
    [
      'the Cloud API with /v1',
      { baseUrl: `${GRAPH}/v1` },
      'On-Premise',
      `Write ${GRAPH}/v25.0`,
    ],
    [
      'the path of a certificate',
      { ca: '/etc/ssl/ca.pem' },
      'paste the content',
    ],
    [
      'a key in other letters',
      { baseURL: `${GRAPH}/v25.0` },
      'baseURL is not known',
      'Write baseUrl',
    ],
    [
      "a key in Meta's letters",
      { phone_number_id: '1' },
      'Write phoneNumberId',
    ],
    ['a key with a known other name', { access_token: 'a' }, 'Write apiToken'],
    [
      "Meta's name of the account",
      { whatsapp_business_account_id: '1' },
      'Write wabaId',
    ],
  ];
  for (const [what, given, ...words] of advice)
    it(`explains how to fix ${what}`, async () => {
      const error = await errorOf(() => connect(given));
      expect(error.code).to.equal('INVALID_CONFIGURATION');
      for (const word of words)
        expect(`${error.message} ${error.fix}`).to.contain(word);
    });

  it('trims whitespace around values', () => {
    const given = { apiToken: ' EAAJ\n', phoneNumberId: '\t12 ', wabaId: '3' };
    expect(connect(given)).to.include({
      apiToken: 'EAAJ',
      phoneNumberId: '12',
    });
  });

  it('restores the line breaks of a certificate', () => {
    const lines = ['a'.repeat(64), 'b'.repeat(20)];
    const whole = `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
    for (const broken of [
      whole.replace(/\n/g, ' '),
      whole.replace(/\n/g, '\\n'),
      whole.replace(/\n/g, ''),
    ])
      expect(connect({ ca: broken }).ca).to.equal(whole);
    expect(connect({ ca: whole + whole }).ca).to.equal(whole + whole);
  });

  it("leaves the user's own keys unchanged", () => {
    const own = { labToken: 'x', pin: '1', collections_token: 'y' };
    expect(connect(own)).to.include(own);
    const beside = { apiToken: 'EAAJ', token: 'of another system' };
    expect(connect(beside)).to.include(beside);
  });

  it('warns about an ignored API version', () => {
    const baseUrl = `${GRAPH}/v25.0`;
    expect(warningsOf({ baseUrl, apiVersion: 'v18.0' })[0]).to.contain(
      'ignored',
    );
    expect(warningsOf({ apiVersion: 'v25.0' })).to.eql([]);
    expect(warningsOf({ baseUrl })).to.eql([]);
  });

  it('has a form that the app can check: it knows few keywords', () => {
    const { properties, required } = JSON.parse(
      readFileSync('configuration-schema.json', 'utf8'),
    );
    const known = [
      'title',
      'type',
      'description',
      'examples',
      'default',
      'writeOnly',
      'format',
      'minLength',
    ];
    for (const field of Object.values<any>(properties))
      expect(known).to.include.members(Object.keys(field));
    expect(required).to.equal(undefined);
    const withExamples = Object.keys(properties).filter(
      name => properties[name].examples,
    );
    expect(withExamples).to.eql([
      'baseUrl',
      'apiToken',
      'phoneNumberId',
      'wabaId',
    ]);
  });
});
