import { expect } from 'chai';
import { NOT_JSON, parseJson } from '../../src/util/json';

describe('JSON response', () => {
  it('is null if it is empty', () => {
    expect(parseJson('')).to.equal(null);
  });

  it('may begin with a byte order mark', () => {
    expect(parseJson('\uFEFF{"a":1}')).to.eql({ a: 1 });
  });

  it('is detected as invalid', () => {
    for (const text of ['<html>', '{"a":', 'undefined', '{"a":1}{'])
      expect(parseJson(text)).to.equal(NOT_JSON);
  });

  it('keeps all digits of a numeric ID', () => {
    expect(
      parseJson('{"id":4490709327384033123,"b":[-9007199254740993, 12]}'),
    ).to.eql({ id: '4490709327384033123', b: ['-9007199254740993', 12] });
  });

  it('keeps strings and other numbers unchanged', () => {
    const body = {
      text: 'pay: 4490709327384033123, "4490709327384033123": \\',
      float: 1.2345678901234567,
      exponent: 1e21,
      whole: 9007199254740991,
    };
    expect(parseJson(JSON.stringify(body))).to.eql(body);
  });
});
