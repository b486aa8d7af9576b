import { expect } from 'chai';
import {
  getCountries,
  getExampleNumber,
  type CountryCode,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/examples.mobile.json';
import { phoneNumber } from '../../src';
import { readPhoneNumber } from '../../src/messages/phone-number';

const read = (written: string, country?: string) => {
  const reading = readPhoneNumber(written, country);
  return 'number' in reading ? reading.number : undefined;
};
const problemOf = (written: string, country?: string) => {
  const reading = readPhoneNumber(written, country);
  return 'problem' in reading ? `${reading.problem} ${reading.fix}` : '';
};

const countries = getCountries();
const mobiles = countries.flatMap(country => {
  const phone = getExampleNumber(country, examples);
  return phone ? [{ country, phone }] : [];
});

describe('phone number', () => {
  describe('in every country', function () {
    this.timeout(60_000);

    it('is never read as another number, for any default country', () => {
      let refused = 0;
      for (const { phone } of mobiles)
        for (const country of countries) {
          const number = read(phone.number.slice(1), country);
          if (number === undefined) refused++;
          else
            expect(number, `${phone.number} in ${country}`).to.equal(
              phone.number,
            );
        }
      expect(mobiles.length * countries.length).to.be.above(59_000);
      expect(refused).to.be.below(600);
    });

    it('is read in national format, or rejected', () => {
      let right = 0;
      const refused: string[] = [];
      for (const { country, phone } of mobiles)
        for (const written of [phone.formatNational(), phone.nationalNumber]) {
          const number = read(written, country);
          if (number === undefined) refused.push(written);
          else expect(number, written).to.equal(phone.number);
          right += number === undefined ? 0 : 1;
        }
      expect(refused).to.have.length.at.most(3);
      expect(right).to.be.above(480);
    });

    it('is rejected without its country code, except for two that are also US numbers', () => {
      const elsewhere = mobiles.filter(({ phone }) => {
        const number = read(phone.nationalNumber);
        return number !== undefined && number !== phone.number;
      });
      expect(elsewhere.map(({ country }) => country)).to.eql(['CN', 'DE']);
    });

    it('loses a trunk zero after the country code, unless it can be part of the number', () => {
      const kept = mobiles.filter(({ phone }) => {
        const written = `+${phone.countryCallingCode}0${phone.nationalNumber}`;
        return read(written) !== phone.number;
      });
      expect(kept.map(({ country }) => country)).to.eql(['AC', 'IT', 'VA']);
    });

    it('is read in international format', () => {
      for (const { phone } of mobiles) {
        expect(read(phone.formatInternational())).to.equal(phone.number);
        expect(read(`00${phone.number.slice(1)}`)).to.equal(phone.number);
      }
    });
  });

  const right: [
    what: string,
    written: string,
    country: string | undefined,
    number: string,
  ][] = [
    ['a decimal of a data frame', '254712345678.0', undefined, '+254712345678'],
    ['a decimal after a +', '+628123456789.00', undefined, '+628123456789'],
    ['a decimal of a local number', '0712345678.0', 'KE', '+254712345678'],
    ['a decimal comma', '712345678,0', 'KE', '+254712345678'],
    ['a decimal after spaces', '0812 3456 789.0', 'ID', '+628123456789'],
    ['many decimals', '254712345678.000000', undefined, '+254712345678'],
    ['a number of the US', '2025550123.0', 'US', '+12025550123'],
    [
      'a number of the US that could be of Egypt',
      '2025550123',
      'US',
      '+12025550123',
    ],
    ['dots between groups', '06.12.34.56.00', 'FR', '+33612345600'],
    [
      'a trunk zero after the code',
      '+254 0712 345678',
      undefined,
      '+254712345678',
    ],
    [
      'a trunk zero in brackets',
      '+44 (0)7911 123456',
      undefined,
      '+447911123456',
    ],
    [
      'a trunk zero between dashes',
      '+254-0-712-345-678',
      undefined,
      '+254712345678',
    ],
    [
      'a zero that belongs to it, in Ivory Coast',
      '+225 07 12 34 56 78',
      undefined,
      '+2250712345678',
    ],
    [
      'a zero that belongs to it, in Italy',
      '+39 06 3331 2345',
      undefined,
      '+390633312345',
    ],
    [
      'a zero that belongs to it, in Benin',
      '+229 01 97 12 34 56',
      undefined,
      '+2290197123456',
    ],
    ['digits with the own calling code', '62812345678', 'ID', '+62812345678'],
    ['digits of another country', '4915123456789', 'DE', '+4915123456789'],
    ['a former number of Mexico', '5215512345678', 'ID', '+5215512345678'],
    [
      'a Brazilian one without the nine',
      '558299448232',
      undefined,
      '+558299448232',
    ],
    ['a former number of Benin', '22997123456', undefined, '+22997123456'],
    [
      'a former number of Ivory Coast',
      '22507123456',
      undefined,
      '+22507123456',
    ],
    [
      'a former number of Argentina',
      '5491123456789',
      undefined,
      '+5491123456789',
    ],
    [
      'a fixed line of the default country',
      '020 4123456',
      'KE',
      '+254204123456',
    ],
    ['Devanagari digits', '९८७६५४३२१०', 'IN', '+919876543210'],
    ['Bengali digits', '০১৭১২৩৪৫৬৭৮', 'BD', '+8801712345678'],
    ['Arabic digits', '٠٧١٢٣٤٥٦٧٨', 'KE', '+254712345678'],
    ['the apostrophe of a spreadsheet', "'0712345678", 'KE', '+254712345678'],
    ['a chat link', 'https://wa.me/254712345678', undefined, '+254712345678'],
    ['a soft hyphen', '+254\u00ad712345678', undefined, '+254712345678'],
  ];
  for (const [what, written, country, number] of right)
    it(`is read with ${what}`, () => {
      expect(read(written, country)).to.equal(number);
    });

  const wrong: [
    what: string,
    written: string,
    country: string | undefined,
    ...words: string[],
  ][] = [
    [
      'one that a spreadsheet has rounded',
      '2.54712E+11',
      'KE',
      'exponential',
      'column as text',
    ],
    ['a digit too many', '07123456789', 'KE', '10 digits', 'Kenya have 9'],
    ['a digit after a space', '0712345678 0', 'KE', 'Kenya have 9'],
    ['a digit too few', '071234567', 'KE', '8 digits'],
    [
      'a digit too few after the code',
      '25471234567',
      undefined,
      '8 digits after 254',
      'Kenya have 9',
    ],
    [
      'no country code',
      '712345678',
      undefined,
      'country code',
      'defaultCountry',
    ],
    [
      'no country code, of the US',
      '(202) 555-0123',
      undefined,
      'no country code',
    ],
    ['the number of another country', '9876543210', 'KE', 'Kenya'],
    ['a number of the UK without its code', '7911123456', 'KE', 'Kenya'],
    ['an unknown calling code', '999123456789', undefined, 'country code'],
    [
      'digits that can mean two numbers',
      '15123456789',
      'DE',
      '+49',
      '+1',
      'with its +',
    ],
    ['a zero after the +', '+0712345678', undefined, '0 after the +'],
    ['both + and 00', '+00254712345678', undefined, 'both + and 00'],
    [
      'several numbers',
      '0712345678 / 0722000111',
      'KE',
      'several numbers',
      'sendBulk',
    ],
    ['a placeholder', 'N/A', 'KE', 'placeholder'],
    ['an expression in quotes', '$.data.fone', 'KE', 'Remove the quotes'],
    ['a remark', '0712345678 (wife)', 'KE', 'letters or symbols'],
    ['20 digits', '+25471234567812345678', undefined, '7 to 15'],
    ['a text of a megabyte', '1'.repeat(1e6), 'KE', 'too long'],
  ];
  for (const [what, written, country, ...words] of wrong)
    it(`is rejected with ${what}`, () => {
      for (const word of words)
        expect(problemOf(written, country)).to.contain(word);
      const [problem] = problemOf(written, country).split('Example');
      expect(problem).not.to.contain(written.replace('+', '').slice(0, 8));
    });

  it('is formatted by phoneNumber()', () => {
    expect(phoneNumber('0712 345 678', 'KE')).to.equal('+254712345678');
    expect(phoneNumber(254712345678)).to.equal('+254712345678');
    expect(phoneNumber(' +254 712 345 678 ')).to.equal('+254712345678');
    for (const nothing of [
      '',
      'Amina',
      undefined,
      null,
      {},
      'KE.1A2b',
      2 ** 60,
    ])
      expect(phoneNumber(nothing, 'KE')).to.equal(undefined);
  });

  it('is resolved lazily if phoneNumber() gets a function of state', () => {
    const lazy = phoneNumber((state: any) => state.data.phone, 'KE');
    expect(lazy({ data: { phone: '0712345678' } })).to.equal('+254712345678');
  });

  it('is rejected for an unknown country', () => {
    expect(() => phoneNumber('0712345678', 'XX' as CountryCode)).to.throw(
      'not a country code',
    );
  });
});
