import { expect } from 'chai';
import { buildMessage } from '../../src/messages/message';
import { sendMessage } from '../support/adaptor';
import { errorOf } from '../support/errors';
import { useSandbox } from '../support/sandbox';

const build = (message: unknown) => buildMessage(message, () => undefined);
const interactive = (message: object): any => build(message).interactive;

const card = (more: object = {}) => ({
  image: 'https://example.org/net.jpg',
  text: 'Net',
  buttons: ['Order'],
  ...more,
});
const products = {
  catalogId: '1',
  sections: [{ title: 'Nets', items: ['SKU1', 'SKU2'] }],
};

describe('interactive messages', () => {
  const sandbox = useSandbox();

  const shapes: [string, object, object][] = [
    [
      'a request for the phone number',
      { text: 'Your number?', requestContactInfo: true },
      {
        type: 'request_contact_info',
        action: { name: 'request_contact_info' },
      },
    ],
    [
      'a request for the permission to call',
      { text: 'May we call?', requestCallPermission: true },
      {
        type: 'call_permission_request',
        action: { name: 'call_permission_request' },
      },
    ],
    [
      'a call button',
      {
        text: 'Hotline',
        call: { label: 'Call us', ttlMinutes: 1440, payload: 'hotline' },
      },
      {
        type: 'voice_call',
        action: {
          name: 'voice_call',
          parameters: {
            display_text: 'Call us',
            ttl_minutes: 1440,
            payload: 'hotline',
          },
        },
      },
    ],
    [
      'a carousel with buttons',
      { text: 'Nets', carousel: [card(), card()] },
      {
        type: 'carousel',
        action: {
          cards: [0, 1].map(card_index => ({
            card_index,
            type: 'cta_url',
            header: {
              type: 'image',
              image: { link: 'https://example.org/net.jpg' },
            },
            body: { text: 'Net' },
            action: {
              buttons: [
                {
                  type: 'quick_reply',
                  quick_reply: { id: 'Order', title: 'Order' },
                },
              ],
            },
          })),
        },
      },
    ],
    [
      'a product',
      { product: 'SKU1', catalogId: '1', text: 'Net' },
      {
        type: 'product',
        action: { catalog_id: '1', product_retailer_id: 'SKU1' },
      },
    ],
    [
      'several products',
      { header: 'Stock', text: 'Order here', products },
      {
        type: 'product_list',
        action: {
          catalog_id: '1',
          sections: [
            {
              title: 'Nets',
              product_items: [
                { product_retailer_id: 'SKU1' },
                { product_retailer_id: 'SKU2' },
              ],
            },
          ],
        },
      },
    ],
    [
      'a catalog',
      { text: 'All we have', catalog: { thumbnail: 'SKU1' } },
      {
        type: 'catalog_message',
        action: {
          name: 'catalog_message',
          parameters: { thumbnail_product_retailer_id: 'SKU1' },
        },
      },
    ],
    [
      'a request for the address',
      { text: 'Where to?', requestAddress: { country: 'IN' } },
      {
        type: 'address_message',
        action: { name: 'address_message', parameters: { country: 'IN' } },
      },
    ],
  ];
  for (const [what, message, expected] of shapes)
    it(`builds and sends ${what}`, async () => {
      expect(interactive(message)).to.deep.include(expected);
      await sendMessage(
        '+254712345678',
        message,
      )({ configuration: sandbox.credential });
      expect(sandbox.deliveries).to.have.length(1);
    });

  it('builds a carousel with links', () => {
    const cta = { label: 'Open', url: 'https://example.org' };
    const cards = [card({ cta }), card({ cta })].map(
      ({ buttons: _buttons, ...rest }) => rest,
    );
    const { action } = interactive({ text: 'Nets', carousel: cards });
    expect(action.cards[1].action).to.eql({
      name: 'cta_url',
      parameters: { display_text: 'Open', url: 'https://example.org' },
    });
  });

  it('pins and unpins a message of a group', () => {
    expect(build({ pin: 'wamid.1', days: 3 })).to.eql({
      type: 'pin',
      pin: { type: 'pin', message_id: 'wamid.1', expiration_days: 3 },
    });
    expect(build({ unpin: 'wamid.1' })).to.eql({
      type: 'pin',
      pin: { type: 'unpin', message_id: 'wamid.1' },
    });
  });

  it('pins nothing in a chat with one person', async () => {
    const error = await errorOf(() =>
      sendMessage('+254712345678', { pin: 'wamid.1' })({
        configuration: sandbox.credential,
      }),
    );
    expect(error.message).to.contain('groups only');
    expect(sandbox.requests).to.have.length(0);
  });

  const wrong: [string, object, string][] = [
    [
      'a request that is not true',
      { text: 'a', requestContactInfo: 'yes' },
      'must be true',
    ],
    [
      'a footer below a call button',
      { text: 'a', call: {}, footer: 'b' },
      'footer',
    ],
    [
      'a picture above a call button',
      { text: 'a', call: {}, header: { image: '1' } },
      'must be text',
    ],
    [
      'a call button for longer than 30 days',
      { text: 'a', call: { ttlMinutes: 43_201 } },
      '43200',
    ],
    ['a carousel of one card', { text: 'a', carousel: [card()] }, '2 to 10'],
    [
      'cards with different buttons',
      { text: 'a', carousel: [card(), card({ buttons: ['A', 'B'] })] },
      'carousel[1]',
    ],
    [
      'a card with a link and buttons',
      { text: 'a', carousel: [card(), card({ cta: {} })] },
      'either',
    ],
    [
      'a card without a file',
      { text: 'a', carousel: [card(), { text: 'b', buttons: ['A'] }] },
      'image, video',
    ],
    [
      'a card with a long text',
      { text: 'a', carousel: [card(), card({ text: 'x'.repeat(161) })] },
      '160',
    ],
    ['products without a header', { text: 'a', products }, 'requires `header`'],
    ['a product without its catalog', { product: 'SKU1' }, 'catalogId'],
    [
      '31 products',
      {
        header: 'a',
        text: 'a',
        products: {
          catalogId: '1',
          sections: ['a', 'b'].map(title => ({
            title,
            items: Array(16).fill('SKU'),
          })),
        },
      },
      '30',
    ],
    [
      'an address in Kenya',
      { text: 'a', requestAddress: { country: 'KE' } },
      "'IN'",
    ],
    ['a pin of 31 days', { pin: 'wamid.1', days: 31 }, '30'],
  ];
  for (const [what, message, expected] of wrong)
    it(`refuses ${what}`, async () => {
      const error = await errorOf(() => build(message));
      expect(error.code).to.equal('INVALID_MESSAGE');
      expect(error.message + error.fix).to.contain(expected);
    });
});
