import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { connect, need } from '../src/configuration';
import { errorOf } from './support/errors';
import { configuration } from './support/fixtures';

const problemsOf = async (given: unknown) =>
  (await errorOf(() => connect(given))).problems;

describe('credential', () => {
  it('takes the seed form as it is', () => {
    expect(connect(configuration)).to.include(configuration);
  });

  it('needs nothing as long as nothing is asked for', () => {
    for (const nothing of [undefined, null, {}])
      expect(connect(nothing).baseUrl).to.equal(
        'https://graph.facebook.com/v25.0',
      );
  });

  it('appends the version of a credential of 1.x', () => {
    const apiVersion = 'v22.0';
    const expected = 'https://graph.facebook.com/v22.0';
    expect(connect({ apiVersion }).baseUrl).to.equal(expected);
    expect(
      connect({ baseUrl: 'https://graph.facebook.com/', apiVersion }).baseUrl,
    ).to.equal(expected);
  });

  it('keeps the version of the base URL', () => {
    const baseUrl = 'https://graph.facebook.com/v21.0';
    expect(connect({ baseUrl, apiVersion: 'v22.0' }).baseUrl).to.equal(baseUrl);
  });

  it('tells On-Premise by a path that ends in /v1', () => {
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
    it(`refuses ${what}`, async () => {
      expect(await problemsOf(given)).to.have.length(1);
    });

  it('lets a server on this machine go without https', () => {
    for (const host of ['127.0.0.1:3700', 'localhost:3700', '[::1]:3700'])
      expect(connect({ baseUrl: `http://${host}/v25.0` }).baseUrl).to.contain(
        host,
      );
  });

  it('names all that an operation misses, and where to find it', async () => {
    const error = await errorOf(() =>
      need(connect({}), 'apiToken', 'phoneNumberId'),
    );
    expect(error.problems).to.have.length(2);
    expect(error.message).to.contain('WhatsApp Manager');
  });

  it('never shows a secret', async () => {
    const error = await errorOf(() => connect({ apiToken: 'Bearer sec ret' }));
    expect(JSON.stringify(error) + error.message).not.to.contain('sec');
  });

  it('has every field in the form of the app, and secrets hidden', () => {
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
});
