import { expect } from 'chai';
import { redact, redactValues } from '../../src/util/redact';

const TOKEN = 'EAAab/cd+ef=gh|ij0123456789';
const secrets = [TOKEN, 'a1b2c'];

/** What is left of a value that was written as JSON in some way. */
const valuesOf = (value: unknown, text = JSON.stringify(value)) =>
  redactValues(JSON.parse(text), secrets, text);

describe('redaction', () => {
  const forms: [string, string][] = [
    ['as it is', TOKEN],
    ['in a URL', encodeURIComponent(TOKEN)],
    ['in a URL, with small letters', encodeURIComponent(TOKEN).toLowerCase()],
    ['in small letters, as in a host', TOKEN.toLowerCase()],
    ['in Base64', Buffer.from(TOKEN).toString('base64')],
  ];
  for (const [what, form] of forms)
    it(`replaces a secret ${what}`, () => {
      expect(redact(`before ${form} after`, secrets)).to.equal(
        'before [redacted] after',
      );
      expect(valuesOf({ a: [`x${form}`] })).to.eql({ a: ['x[redacted]'] });
    });

  it('replaces a secret with JSON escapes', () => {
    const text = JSON.stringify({ a: TOKEN })
      .replace('EAA', '\\u0045AA')
      .replace('/', '\\/');
    expect(valuesOf(undefined, text)).to.eql({ a: '[redacted]' });
  });

  it('keeps keys, numbers and other strings', () => {
    const value = { [TOKEN]: 1, a: [null, true, 254712345678, 'Hi'] };
    expect(valuesOf(value)).to.eql(value);
  });

  it('replaces a short secret only as a whole word', () => {
    expect(redact('bad password a1b2c.', secrets)).to.equal(
      'bad password [redacted].',
    );
    expect(redact('xa1b2cx', secrets)).to.equal('xa1b2cx');
  });

  it('replaces a secret with quotes, backslashes and non-ASCII letters', () => {
    const password = 'pä"ss\\wörd';
    const text = JSON.stringify({ a: `no: ${password}` });
    expect(redactValues(JSON.parse(text), [password], text)).to.eql({
      a: 'no: [redacted]',
    });
  });

  it('changes nothing without secrets', () => {
    expect(redact('text', [])).to.equal('text');
    expect(redact('text', [''])).to.equal('text');
  });
});
