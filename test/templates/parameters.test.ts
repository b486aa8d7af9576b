import { expect } from 'chai';
import { checkParameters } from '../../src/templates/check';
import {
  givenParameters,
  expectedParameters,
} from '../../src/templates/parameters';
import type { Component, Definition } from '../../src/templates/definitions';

const placesOf = (component: Component) =>
  expectedParameters(component).map(
    ({ place, isOptional }) => `${place}${isOptional ? '?' : ''}`,
  );

describe('template parameters', () => {
  const components: [string, Component, string[]][] = [
    [
      'variables by position, each once',
      { type: 'BODY', text: '{{1}}, {{ 2 }} and {{1}}' },
      ['body {{1}}', 'body {{2}}'],
    ],
    [
      'variables by name',
      { type: 'HEADER', format: 'TEXT', text: 'Hi {{first_name}}' },
      ['header {{first_name}}'],
    ],
    ['none in a text without variables', { type: 'BODY', text: 'Hi' }, []],
    ['a file', { type: 'HEADER', format: 'IMAGE' }, ['header (image)']],
    ['a place', { type: 'HEADER', format: 'LOCATION' }, ['header (location)']],
    [
      'buttons that need a value, and those that may have one',
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'URL', url: 'https://a.b/{{1}}' },
          { type: 'URL', url: 'https://a.b/' },
          { type: 'QUICK_REPLY' },
          { type: 'PHONE_NUMBER' },
          { type: 'COPY_CODE' },
          { type: 'FLOW' },
          { type: 'MPM' },
          { type: 'CALL_PERMISSION_REQUEST' },
        ],
      },
      ['buttons[0]', 'buttons[2]?', 'buttons[4]', 'buttons[5]?', 'buttons[6]'],
    ],
    [
      'those of each card',
      {
        type: 'CAROUSEL',
        cards: [
          {
            components: [
              { type: 'HEADER', format: 'IMAGE' },
              { type: 'BODY', text: 'Bed {{1}}' },
            ],
          },
          {
            components: [
              { type: 'HEADER', format: 'PRODUCT' },
              {
                type: 'BUTTONS',
                buttons: [{ type: 'URL', url: 'https://a.b/{{1}}' }],
              },
            ],
          },
        ],
      },
      [
        'cards[0].header (image)',
        'cards[0].body {{1}}',
        'cards[1].header (product)',
        'cards[1].buttons[0]',
      ],
    ],
    [
      'the end of an offer that has one',
      {
        type: 'LIMITED_TIME_OFFER',
        limited_time_offer: { has_expiration: true },
      },
      ['offer'],
    ],
    ['none in a footer', { type: 'FOOTER', text: 'Bye' }, []],
  ];
  for (const [what, component, places] of components)
    it(`include ${what}`, () => {
      expect(placesOf(component)).to.eql(places);
    });

  it('reads parameters from a message', () => {
    const filled = givenParameters({
      components: [
        { type: 'header', parameters: [{ type: 'image', image: {} }] },
        {
          type: 'BODY',
          parameters: [
            { type: 'text', text: 'a', parameter_name: 'name' },
            { type: 'currency', currency: {} },
          ],
        },
        { type: 'button', index: 1, sub_type: 'url', parameters: [{}] },
        { type: 'limited_time_offer', parameters: [{}] },
        {
          type: 'carousel',
          cards: [
            {
              card_index: 0,
              components: [
                { type: 'header', parameters: [{ type: 'video' }] },
                { type: 'button', index: '0', sub_type: 'URL' },
              ],
            },
          ],
        },
        { type: 'tap_target_configuration', parameters: [{}] },
      ],
    });
    expect(filled.map(({ place }) => place)).to.eql([
      'header (image)',
      'body {{name}}',
      'body {{2}}',
      'buttons[1]',
      'offer',
      'cards[0].header (video)',
      'cards[0].buttons[0]',
    ]);
    expect(givenParameters({})).to.eql([]);
  });
});

describe('checkParameters', () => {
  const definition = (components: Component[], more = {}): Definition => ({
    id: '1',
    name: 'a',
    language: 'en',
    status: 'APPROVED',
    components,
    ...more,
  });
  const judge = (one: Definition | undefined, components: object[] = []) =>
    checkParameters(one ? [one] : [], {
      type: 'template',
      template: { name: 'a', language: { code: 'en' }, components },
    } as any);
  const body = { type: 'BODY', text: 'Hi {{name}}' };
  const named = (name: string) => ({
    type: 'body',
    parameters: [{ type: 'text', text: 'a', parameter_name: name }],
  });

  it('accepts a message that matches its template', () => {
    expect(judge(definition([body]), [named('name')])).to.equal(undefined);
  });

  it('accepts a payload for a quick reply', () => {
    const buttons = [{ type: 'QUICK_REPLY', text: 'Yes' }];
    const payload = { type: 'button', index: '0', parameters: [{}] };
    const one = definition([{ type: 'BUTTONS', buttons }]);
    expect(judge(one, [payload])).to.equal(undefined);
  });

  it('accepts any file for an unknown header format', () => {
    const one = definition([{ type: 'HEADER', format: 'PANORAMA' }]);
    for (const type of ['gif', 'video'])
      expect(judge(one, [{ type: 'header', parameters: [{ type }] }])).to.equal(
        undefined,
      );
  });

  it('rejects an unknown parameter name', () => {
    const error = judge(definition([body]), [named('first_name')])!;
    expect(error.code).to.equal(132000);
    expect(error.details).to.equal(
      'Template a (en) expects 1 parameter: body {{name}}. Got 1: body {{first_name}}. Missing: body {{name}}. Too many: body {{first_name}}.',
    );
  });

  it('suggests the correct parameters where possible', () => {
    const text = { type: 'text', text: 'a' };
    const positional = { type: 'body', parameters: [text] };
    expect(judge(definition([body]), [positional])!.fix).to.equal(
      'The variables are named: body: { name: … }.',
    );
    const numbered = { type: 'BODY', text: 'On {{1}} at {{2}}' };
    expect(judge(definition([numbered]), [named('day')])!.fix).to.equal(
      'The variables are numbered: body: […, …].',
    );
    const picture = { type: 'HEADER', format: 'IMAGE' };
    const header = { type: 'header', parameters: [text] };
    expect(judge(definition([picture]), [header])!.fix).to.equal(
      "The header is a file: header: { image: 'https://…' }.",
    );
  });

  it('rejects a button without its value', () => {
    const buttons = [{ type: 'COPY_CODE', text: 'Copy' }];
    const error = judge(definition([{ type: 'BUTTONS', buttons }]))!;
    expect(error.details).to.contain('Missing: buttons[0] "Copy" (COPY_CODE)');
  });

  it('rejects a button of another kind', () => {
    const buttons = [{ type: 'URL', text: 'Open', url: 'https://a.b/{{1}}' }];
    const payload = { type: 'button', sub_type: 'quick_reply', index: '0' };
    const error = judge(definition([{ type: 'BUTTONS', buttons }]), [payload])!;
    expect(error.code).to.equal(132000);
    expect(error.details).to.contain(
      'Missing: buttons[0] "Open" (URL). Too many: buttons[0] (QUICK_REPLY).',
    );
  });

  const carousel = (count: number) => ({
    type: 'CAROUSEL',
    cards: Array.from({ length: count }, () => ({
      components: [{ type: 'HEADER', format: 'IMAGE' }],
    })),
  });
  const cards = (count: number) => ({
    type: 'carousel',
    cards: Array.from({ length: count }, (_one, card_index) => ({
      card_index,
      components: [{ type: 'header', parameters: [{ type: 'image' }] }],
    })),
  });

  it('accepts as many cards as the template has', () => {
    expect(judge(definition([carousel(3)]), [cards(3)])).to.equal(undefined);
  });

  for (const [count, words] of [
    [2, 'Missing: cards[2].header (image)'],
    [4, 'Too many: cards[3].header (image)'],
  ] as const)
    it(`rejects ${count} cards for a template with 3`, () => {
      const error = judge(definition([carousel(3)]), [cards(count)])!;
      expect(error.details).to.contain(words);
    });

  it('rejects an offer without its end', () => {
    const type = 'LIMITED_TIME_OFFER';
    const limited_time_offer = { has_expiration: true };
    const error = judge(definition([{ type, limited_time_offer }]))!;
    expect(error.details).to.contain('Missing: offer.');
  });

  for (const [status, code] of [
    ['PENDING', 132001],
    ['REJECTED', 132001],
    ['PAUSED', 132015],
    ['DISABLED', 132016],
  ] as const)
    it(`rejects a template with status ${status}`, () => {
      const error = judge(definition([body], { status }), [named('name')])!;
      expect(error.code).to.equal(code);
      expect(error.details).to.contain(`en (${status})`);
    });

  it('rejects a template that does not exist', () => {
    expect(judge(undefined)!.details).to.contain('no template a');
  });
});
