import { expect } from 'chai';
import {
  chat,
  choose,
  describeInBrowser,
  expectQuiet,
  openPhone,
} from '../support/browser';
import { sendByMeta } from '../support/send';

const TO = '254712345678';
const PHOTO = '9000000000000002';

const interactive = (fields: object) => ({
  type: 'interactive',
  interactive: { body: { text: 'Body' }, ...fields },
});
const named = (type: string, name: string, parameters: object = {}) =>
  interactive({ type, action: { name, parameters } });
const reply = (id: string, title: string) => ({
  type: 'reply',
  reply: { id, title },
});
const template = (name: string, language: string, components: object[]) => ({
  type: 'template',
  template: { name, language: { code: language }, components },
});
const text = (value: string) => ({ type: 'text', text: value });

/** A message in Meta's form, and what a person reads of it. */
const KINDS: [name: string, message: object, shown: string[]][] = [
  [
    'text',
    { type: 'text', text: { body: '*Bold* _soft_ ~old~ ```code```' } },
    ['strong: Bold', 'emphasis: soft', 'deletion: old', 'code: code'],
  ],
  [
    'image',
    { type: 'image', image: { id: PHOTO, caption: 'Look' } },
    ['img "image"', 'Look'],
  ],
  [
    'image by link',
    { type: 'image', image: { link: 'https://example.org/a.png' } },
    ['links are not opened here'],
  ],
  [
    'document',
    { type: 'document', document: { id: PHOTO, filename: 'form.pdf' } },
    ['link "📄 form.pdf"'],
  ],
  [
    'location',
    {
      type: 'location',
      location: { latitude: -1.29, longitude: 36.82, name: 'Clinic' },
    },
    ['📍 Clinic', '-1.29, 36.82'],
  ],
  [
    'contacts',
    {
      type: 'contacts',
      contacts: [
        {
          name: { formatted_name: 'Nurse Joy', first_name: 'Joy' },
          phones: [{ phone: '+254711222333' }],
        },
      ],
    },
    ['👤 Nurse Joy', '+254711222333'],
  ],
  [
    'buttons',
    interactive({
      type: 'button',
      header: { type: 'text', text: 'Header' },
      footer: { text: 'Footer' },
      action: { buttons: [reply('y', 'Yes')] },
    }),
    [
      'paragraph: Header',
      'paragraph: Body',
      'paragraph: Footer',
      'button "Yes"',
    ],
  ],
  [
    'list',
    interactive({
      type: 'list',
      action: {
        button: 'Days',
        sections: [{ rows: [{ id: '1', title: 'Monday' }] }],
      },
    }),
    ['button "☰ Days"'],
  ],
  [
    'link',
    named('cta_url', 'cta_url', {
      display_text: 'Open',
      url: 'https://example.org/x',
    }),
    ['Open https://example.org/x'],
  ],
  [
    'flow',
    named('flow', 'flow', {
      flow_message_version: '3',
      flow_id: '3001',
      flow_cta: 'Start',
    }),
    ['button "Start"'],
  ],
  [
    'location request',
    named('location_request_message', 'send_location'),
    ['button "Send location"'],
  ],
  [
    'contact request',
    named('request_contact_info', 'request_contact_info'),
    ['Share contact info'],
  ],
  [
    'call permission',
    named('call_permission_request', 'call_permission_request'),
    ['Choose whether they may call'],
  ],
  [
    'call',
    named('voice_call', 'voice_call', { display_text: 'Call us' }),
    ['Call us'],
  ],
  ['catalog', named('catalog_message', 'catalog_message'), ['View catalog']],
  [
    'product',
    interactive({
      type: 'product',
      action: { catalog_id: '1', product_retailer_id: 'soap' },
    }),
    ['View product soap'],
  ],
  [
    'products',
    interactive({
      type: 'product_list',
      header: { type: 'text', text: 'Shop' },
      action: {
        catalog_id: '1',
        sections: [
          { title: 'All', product_items: [{ product_retailer_id: 'soap' }] },
        ],
      },
    }),
    ['soap'],
  ],
  [
    'carousel',
    interactive({
      type: 'carousel',
      action: {
        cards: [0, 1].map(card_index => ({
          card_index,
          type: 'cta_url',
          header: { type: 'image', image: { id: PHOTO } },
          body: { text: `Card ${card_index}` },
          action: {
            buttons: [
              {
                type: 'quick_reply',
                quick_reply: {
                  id: `k${card_index}`,
                  title: `Take ${card_index}`,
                },
              },
            ],
          },
        })),
      },
    }),
    ['group "Cards"', 'Card 0', 'button "Take 1"'],
  ],
  [
    'template with a file and a link',
    template('receipt', 'en', [
      {
        type: 'header',
        parameters: [
          { type: 'document', document: { id: PHOTO, filename: 'bill.pdf' } },
        ],
      },
      { type: 'body', parameters: [text('KES 100')] },
      {
        type: 'button',
        sub_type: 'url',
        index: '0',
        parameters: [text('r/1')],
      },
    ]),
    [
      'link "📄 bill.pdf"',
      'Thank you for your payment of KES 100.',
      'Open https://example.org/r/1',
      'button "Call me"',
    ],
  ],
  [
    'template with a code',
    template('login_code', 'en_US', [
      { type: 'body', parameters: [text('123456')] },
      {
        type: 'button',
        sub_type: 'url',
        index: '0',
        parameters: [text('123456')],
      },
    ]),
    ['is your verification code', 'button "Copy code 123456"'],
  ],
];

describeInBrowser('a message on the phone', () => {
  let opened: Awaited<ReturnType<typeof openPhone>>;
  before(async () => {
    opened = await openPhone({
      phone: { people: [{ number: TO, name: 'Amina' }] },
    });
    await choose(opened.page, 'Amina');
  });
  after(async () => {
    expectQuiet(opened.page);
    await opened.close();
  });

  const send = (message: object) => sendByMeta(opened.sandbox, TO, message);

  for (const [name, message, shown] of KINDS)
    it(`is read by a person: ${name}`, async () => {
      const id = await send(message);
      const bubble = chat(opened.page).locator(`article[data-id="${id}"]`);
      const tree = await bubble.ariaSnapshot();
      expect(tree).to.match(/article "To Amina, \d\d:\d\d, sent"/);
      for (const part of shown) expect(tree).to.contain(part);
    });

  it('shows Meta’s JSON for a kind that is not known', async () => {
    const { page, sandbox } = opened;
    const delivery = sandbox.deliveries[0];
    delivery.payload = { type: 'hologram', hologram: { depth: 3 } };
    await page.reload();
    await chat(page).getByText('"hologram"').first().waitFor();
  });
});
