import { expect } from 'chai';
import { previewMessage } from '../../src/messages/preview';
import { buildMessage } from '../../src/messages/message';
import { previewTemplate } from '../../src/templates/preview';
import { buildTemplate } from '../../src/templates/template';
import { errorOf } from '../support/errors';

const definition: any = {
  name: 'a',
  language: 'en',
  status: 'APPROVED',
  category: 'MARKETING',
  components: [
    { type: 'HEADER', format: 'DOCUMENT' },
    { type: 'BODY', text: 'Dear {{1}}, pay {{2}}.' },
    { type: 'FOOTER', text: 'Reply STOP' },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Yes' },
        { type: 'URL', text: 'Map', url: 'https://example.org/{{1}}' },
        { type: 'COPY_CODE', text: 'Copy code' },
      ],
    },
  ],
};
const build = (fields: object) =>
  buildTemplate({ name: 'a', language: 'en', ...fields }, () => undefined);

describe('preview', () => {
  it('has all parts of a template, filled from the request', () => {
    const content = build({
      header: { document: '1', filename: 'r.pdf' },
      body: ['{{2}} $& Amina', { currency: 'KES', amount: 5 }],
      buttons: [{ payload: 'Y' }, { url: 'é 1' }, { code: 'SAVE20' }],
    });
    expect(previewTemplate(definition, content)).to.eql({
      language: 'en',
      category: 'MARKETING',
      header: { document: 'r.pdf' },
      body: 'Dear {{2}} $& Amina, pay KES 5.00.',
      footer: 'Reply STOP',
      buttons: [
        { label: 'Yes', payload: 'Y' },
        { label: 'Map', url: 'https://example.org/%C3%A9%201' },
        { label: 'Copy code', code: 'SAVE20' },
      ],
      text: 'Dear {{2}} $& Amina, pay KES 5.00.\nReply STOP\nYes | Map | Copy code',
    });
  });

  it('has the parts of any other message', () => {
    const content = buildMessage(
      { text: 'Coming?', buttons: ['Yes', 'No'], footer: 'STOP' },
      () => undefined,
    );
    expect(previewMessage(content)).to.eql({
      text: 'Coming?',
      footer: 'STOP',
      buttons: [{ label: 'Yes' }, { label: 'No' }],
    });
    const file = buildMessage(
      { document: '1', filename: 'r.pdf', caption: 'Result' },
      () => undefined,
    );
    expect(previewMessage(file)).to.eql({
      text: 'Result',
      media: { document: 'r.pdf' },
    });
  });
});

describe('parameters of a template', () => {
  const componentsOf = (fields: object) => build(fields).template!.components;

  it('can be cards, each like a small template', () => {
    const card = {
      header: { image: '1' },
      body: ['a'],
      buttons: [{ url: 'x' }],
    };
    expect(componentsOf({ cards: [card, card] })).to.eql([
      {
        type: 'carousel',
        cards: [0, 1].map(card_index => ({
          card_index,
          components: [
            {
              type: 'header',
              parameters: [{ type: 'image', image: { id: '1' } }],
            },
            { type: 'body', parameters: [{ type: 'text', text: 'a' }] },
            {
              type: 'button',
              sub_type: 'url',
              index: '0',
              parameters: [{ type: 'text', text: 'x' }],
            },
          ],
        })),
      },
    ]);
  });

  it('can be an offer, in milliseconds', () => {
    const offer = { expires: '2026-12-24T18:00:00Z' };
    expect(componentsOf({ offer })).to.eql([
      {
        type: 'limited_time_offer',
        parameters: [
          {
            type: 'limited_time_offer',
            limited_time_offer: {
              expiration_time_ms: Date.parse(offer.expires),
            },
          },
        ],
      },
    ]);
  });

  const buttons: [object, object][] = [
    [
      { flow: { token: 't', data: { a: 1 } } },
      {
        sub_type: 'flow',
        parameters: [
          {
            type: 'action',
            action: { flow_token: 't', flow_action_data: { a: 1 } },
          },
        ],
      },
    ],
    [{ catalog: true }, { sub_type: 'catalog' }],
    [
      { call: { ttlMinutes: 5, payload: 'p' } },
      {
        sub_type: 'voice_call',
        parameters: [
          { type: 'ttl_minutes', ttl_minutes: 5 },
          { type: 'payload', payload: 'p' },
        ],
      },
    ],
    [
      {
        products: {
          thumbnail: 'S',
          sections: [{ title: 'A', items: ['S'] }],
        },
      },
      {
        sub_type: 'mpm',
        parameters: [
          {
            type: 'action',
            action: {
              thumbnail_product_retailer_id: 'S',
              sections: [
                { title: 'A', product_items: [{ product_retailer_id: 'S' }] },
              ],
            },
          },
        ],
      },
    ],
    [
      { url: { place: 'a b' } },
      {
        sub_type: 'url',
        parameters: [{ type: 'text', text: 'a%20b', parameter_name: 'place' }],
      },
    ],
  ];
  for (const [button, expected] of buttons)
    it(`can be a button with ${Object.keys(button)[0]}`, () => {
      expect(componentsOf({ buttons: [button] })).to.eql([
        { type: 'button', index: '0', ...expected },
      ]);
    });

  it('can be a product or a GIF in the header', () => {
    expect(
      componentsOf({ header: { product: 'S', catalogId: '1' } }),
    ).to.deep.include({
      type: 'header',
      parameters: [
        {
          type: 'product',
          product: { product_retailer_id: 'S', catalog_id: '1' },
        },
      ],
    });
    expect(componentsOf({ header: { gif: '1' } })).to.deep.include({
      type: 'header',
      parameters: [{ type: 'gif', gif: { id: '1' } }],
    });
  });

  it('encode a URL where it is not encoded', () => {
    const [{ parameters }]: any = componentsOf({
      buttons: [{ url: 'r/1:2|é%41%?a=b' }],
    });
    expect(parameters[0].text).to.equal('r/1%3A2%7C%C3%A9%41%25?a=b');
  });

  const wrong: [string, object, string][] = [
    ['one card', { cards: [{}] }, '2 to 10'],
    [
      'an offer without a zone',
      { offer: { expires: '2026-12-24 18:00' } },
      'offer.expires',
    ],
    [
      'a coupon of 21 characters',
      { buttons: [{ code: 'x'.repeat(21) }] },
      '20',
    ],
    ['an unknown field of a card', { cards: [{ text: 'a' }, {}] }, 'text'],
  ];
  for (const [what, fields, word] of wrong)
    it(`can't be ${what}`, async () => {
      const error = await errorOf(() => build(fields));
      expect(error.message).to.contain(word);
    });
});
