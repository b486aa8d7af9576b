import { expect } from 'chai';
import { NOT_JSON, parseJson } from '../../src/util/json';

describe('JSON of a response', () => {
  it('has nothing if it is empty', () => {
    expect(parseJson('')).to.equal(null);
  });

  it('may begin with a byte order mark', () => {
    expect(parseJson('\uFEFF{"a":1}')).to.eql({ a: 1 });
  });

  it('says that it is none', () => {
    for (const text of ['<html>', '{"a":', 'undefined', '{"a":1}{'])
      expect(parseJson(text)).to.equal(NOT_JSON);
  });

  it('keeps the digits of an ID that is written as a number', () => {
    expect(
      parseJson('{"id":4490709327384033123,"b":[-9007199254740993, 12]}'),
    ).to.eql({ id: '4490709327384033123', b: ['-9007199254740993', 12] });
  });

  it('changes no text and no other number', () => {
    const body = {
      text: 'pay: 4490709327384033123, "4490709327384033123": \\',
      float: 1.2345678901234567,
      exponent: 1e21,
      whole: 9007199254740991,
    };
    expect(parseJson(JSON.stringify(body))).to.eql(body);
  });
});
