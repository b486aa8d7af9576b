import { expect } from 'chai';
import { buildTemplate } from '../../src/templates/template';
import { checkFilled } from '../../src/templates/filled';
import type { Component } from '../../src/templates/definitions';

const judge = (components: Component[], fields: object) =>
  checkFilled(
    { id: '1', name: 'a', language: 'en', status: 'APPROVED', components },
    buildTemplate({ name: 'a', language: 'en', ...fields }, () => undefined),
  );
const letters = (count: number) => 'é'.repeat(count);
const body = { type: 'BODY', text: 'Hi {{1}}!' };
const footer = { type: 'FOOTER', text: 'Reply STOP' };
const card = (text: string) => ({ components: [{ type: 'BODY', text }] });

describe('the length of a template with its values', () => {
  const cases: [string, Component[], (count: number) => object, number][] = [
    [
      'a header',
      [{ type: 'HEADER', format: 'TEXT', text: 'For {{1}}' }, body],
      count => ({ header: letters(count), body: ['a'] }),
      56,
    ],
    ['a body', [body, footer], count => ({ body: [letters(count)] }), 1020],
    ['a body alone', [body], count => ({ body: [letters(count)] }), 32_764],
    [
      'the body of an offer',
      [{ type: 'LIMITED_TIME_OFFER' }, body],
      count => ({ body: [letters(count)] }),
      596,
    ],
    [
      'a body with a name twice',
      [{ type: 'BODY', text: '{{name}} {{name}}' }, footer],
      count => ({ body: { name: letters(count) } }),
      511,
    ],
    [
      'the body of a card',
      [{ type: 'CAROUSEL', cards: [card('No {{1}}'), card('No {{1}}')] }],
      count => ({ cards: [{ body: ['1'] }, { body: [letters(count)] }] }),
      157,
    ],
    [
      'a URL',
      [
        {
          type: 'BUTTONS',
          buttons: [{ type: 'URL', url: 'https://example.org/{{1}}' }],
        },
      ],
      count => ({ buttons: [{ url: 'a'.repeat(count) }] }),
      1980,
    ],
  ];
  for (const [what, components, fields, most] of cases) {
    it(`may reach the limit of ${what}`, () => {
      expect(judge(components, fields(most))).to.equal(undefined);
    });

    it(`must not exceed the limit of ${what}`, () => {
      expect(judge(components, fields(most + 1))).to.include({ code: 132005 });
    });
  }

  it('is in the error, with its limit and the place', () => {
    const error = judge([body, footer], { body: [letters(1030)] })!;
    expect(error.details).to.contain(
      'With its values, body has 1,034 characters; the limit is 1,024.',
    );
    expect(error.fix).to.equal('Shorten the values of body.');
  });
});
