import { expect } from 'chai';
import fc from 'fast-check';
import examples from 'libphonenumber-js/mobile/examples';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import { plainMobileNumber } from '../../src/messages/mobile-number';
import { readDigits } from '../../src/messages/phone-number';

const countries = getCountries().filter(country =>
  getExampleNumber(country, examples),
);
const country = fc.constantFrom(...countries);

/** Digits close to a mobile number of a country, as people write them. */
const written = fc
  .record({
    of: country,
    prefix: fc.constantFrom('code', '0', '', '00', '8', '1', '810', '9'),
    changes: fc.array(fc.tuple(fc.nat(14), fc.nat(9)), { maxLength: 6 }),
    length: fc.constantFrom(-1, 0, 0, 0, 1),
  })
  .map(({ of, prefix, changes, length }) => {
    const { nationalNumber, countryCallingCode } = getExampleNumber(
      of,
      examples,
    )!;
    const digits = [...nationalNumber];
    for (const [place, digit] of changes)
      digits[place % digits.length] = String(digit);
    if (length < 0) digits.pop();
    if (length > 0) digits.push('7');
    const start = prefix === 'code' ? countryCallingCode : prefix;
    return { of, digits: `${start}${digits.join('')}` };
  });

describe('a plain mobile number', () => {
  it('is never another one than the library finds', () => {
    let found = 0;
    fc.assert(
      fc.property(
        written,
        fc.option(country),
        fc.boolean(),
        ({ of, digits }, other, isOwn) => {
          const home = isOwn ? of : (other ?? undefined);
          const number = plainMobileNumber(digits, home);
          if (number === undefined) return;
          found++;
          expect(readDigits(digits, home)).to.eql({ number });
        },
      ),
      { numRuns: 20_000 },
    );
    expect(found).to.be.above(1000);
  });

  for (const [digits, home, number] of [
    ['254712345678', undefined, '+254712345678'],
    ['254712345678', 'KE', '+254712345678'],
    ['0712345678', 'KE', '+254712345678'],
    ['712345678', 'KE', '+254712345678'],
    ['256772123456', 'KE', '+256772123456'],
    ['0772123456', 'UG', '+256772123456'],
    ['8801712345678', 'BD', '+8801712345678'],
  ] as const)
    it(`is found without the library: ${digits} in ${home ?? 'no country'}`, () => {
      expect(plainMobileNumber(digits, home)).to.equal(number);
    });

  for (const [what, digits, home] of [
    ['of a country that shares its calling code', '12025550123', undefined],
    ['in a former plan', '5215512345678', undefined],
    ['of a fixed line', '254202222222', undefined],
    // Singapore, or Jamaica, which has the calling code of Saint Lucia.
    ['of two countries', '6582045678', 'LC'],
    // Lithuania, or Norfolk Island, which completes a short number.
    // Brazil, or a former number of Benin.
    ['of two countries, one former', '22961234567', 'BR'],
    ['of two countries, one short', '67254567', 'LT'],
    ['without a country', '0712345678', undefined],
  ] as const)
    it(`is left to the library: ${what}`, () => {
      expect(plainMobileNumber(digits, home)).to.equal(undefined);
    });
});
