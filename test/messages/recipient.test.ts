import { expect } from 'chai';
import {
  mask,
  parseRecipient,
  parseRecipients,
} from '../../src/messages/recipient';
import { errorOf } from '../support/errors';

const numberOf = async (to: unknown, country?: string) =>
  ((await parseRecipient(to, country)) as any).to;

describe('recipient', () => {
  const writings: [string, unknown][] = [
    ['E.164', '+254712345678'],
    ['spaces and dashes', ' +254 712-345 678 '],
    ['brackets and dots', '+1 (555) 234.5678'],
    ['the trunk zero in brackets', '+44 (0)20 7946 0958'],
    ['the international prefix 00', '00254712345678'],
    ['no plus, as in wa_id', '254712345678'],
    ['a number instead of a text', 254712345678],
    ['what phones copy around a contact', '\u202a+254 712 345 678\u202c'],
    ['no-break spaces', '+254\u00a0712\u00a0345\u00a0678'],
    ['Arabic digits', '+٢٥٤٧١٢٣٤٥٦٧٨'],
    ['a tel: link', 'tel:+254712345678'],
  ];
  for (const [what, written] of writings)
    it(`accepts a number with ${what}`, async () => {
      expect(await numberOf(written)).to.match(
        /^\+(254712345678|15552345678|442079460958)$/,
      );
    });

  it('completes a local number with the default country', async () => {
    expect(await numberOf('0712 345 678', 'KE')).to.equal('+254712345678');
    expect(await numberOf('712345678', 'ke')).to.equal('+254712345678');
  });

  it('keeps an international number from another country, with or without +', async () => {
    expect(await numberOf('48601000000', 'KE')).to.equal('+48601000000');
    expect(await numberOf('+48601000000', 'KE')).to.equal('+48601000000');
    expect(await numberOf('254712345678', 'KE')).to.equal('+254712345678');
  });

  it('keeps a business-scoped user ID unchanged', async () => {
    const bsuid = 'KE.ENT.1A2b3C';
    expect(await parseRecipient(bsuid, 'KE')).to.eql({
      recipient_type: 'individual',
      recipient: bsuid,
    });
  });

  it('accepts a group ID', async () => {
    expect(await parseRecipient({ group: 'Y2FwaV9n' })).to.eql({
      recipient_type: 'group',
      to: 'Y2FwaV9n',
    });
  });

  const junk: [string, unknown][] = [
    ['nothing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['spaces', '   '],
    ['a name', 'Amina'],
    ['two numbers', '+254712345678, +254712345679'],
    ['an extension', '+254712345678 ext. 4'],
    ['a short number', '12345'],
    ['a number that is too long', '+2547123456781234'],
    ['a zero after the plus', '+0712345678'],
    ['a national number without its zero', '712345678'],
    ['an unsafe integer', 2 ** 60],
    ['an array', ['+254712345678']],
    ['an unknown object', { phone: '+254712345678' }],
    ['an empty group', { group: '' }],
    ['a group with something beside it', { group: 'Y2Fw', name: 'Nurses' }],
    ['a number of five digits', '+25471'],
    ['a number of six digits', '+254712'],
    ['a calling code that does not exist', '9991234567890'],
    ['a broken BSUID', 'KE.'],
    ['a boolean', true],
  ];
  for (const [what, to] of junk)
    it(`rejects ${what}`, async () => {
      const error = await errorOf(() => parseRecipient(to));
      expect(error.code).to.equal('INVALID_RECIPIENT');
      expect(error.message).to.contain('`to');
      expect(error.fix).to.be.a('string');
    });

  it('throws for a local number without a default country', async () => {
    const error = await errorOf(() => parseRecipient('0712345678'));
    expect(error.code).to.equal('INVALID_RECIPIENT');
    expect(error.fix).to.contain('defaultCountry');
  });

  it('rejects an unknown default country', async () => {
    const error = await errorOf(() => parseRecipient('0712345678', 'XX'));
    expect(error.code).to.equal('INVALID_CONFIGURATION');
  });

  it('never includes the number in an error', async () => {
    const error = await errorOf(() => parseRecipient('+48601000777x'));
    expect(JSON.stringify(error) + error.message).not.to.contain('48601');
  });

  it('shows only the last three digits in logs', () => {
    expect(mask({ to: '+254712345678' })).to.equal('…678');
  });

  describe('as a row from parseWebhook()', () => {
    const content = { type: 'text' };
    const row = (fields: object) => ({ id: 'wamid.1', content, ...fields });

    it('is the number that sent the message', () => {
      expect(
        parseRecipient(row({ from: '+254712345678', userId: 'KE.1A' }), 'DE'),
      ).to.eql({ recipient_type: 'individual', to: '+254712345678' });
    });

    it('never parses a WhatsApp number as a local number', () => {
      const from = '254711111111';
      expect(parseRecipient(row({ from }), 'DE')).to.include({
        to: '+254711111111',
      });
    });

    it('is the BSUID of a user who hides their number', () => {
      expect(parseRecipient(row({ userId: 'KE.1A' }))).to.eql({
        recipient_type: 'individual',
        recipient: 'KE.1A',
      });
    });

    it('is the group of a group message', () => {
      expect(
        parseRecipient(row({ from: '+254712345678', groupId: 'Y2Fw' })),
      ).to.eql({ recipient_type: 'group', to: 'Y2Fw' });
    });

    it('is the recipient of a status', () => {
      expect(
        parseRecipient(row({ status: 'failed', to: '+254712345678' })),
      ).to.include({ to: '+254712345678' });
    });

    it('rejects outgoing messages and rows without a person', async () => {
      const echo = row({ direction: 'out', from: '+15550001111', to: '+2547' });
      for (const nobody of [echo, row({})]) {
        const error = await errorOf(() => parseRecipient(nobody));
        expect(error.code).to.equal('INVALID_RECIPIENT');
        expect(error.fix).to.be.a('string');
      }
    });
  });

  it('names the index of an invalid entry in a list', async () => {
    const error = await errorOf(() =>
      parseRecipients(['+254712345678', 'x'], 'users'),
    );
    expect(error.message).to.contain('`users[1]`');
  });

  it('suggests the key of an object that has a number', async () => {
    const error = await errorOf(() =>
      parseRecipient({ name: 'A', mobile: '1' }),
    );
    expect(error.fix).to.contain('$.data.mobile');
  });
});
