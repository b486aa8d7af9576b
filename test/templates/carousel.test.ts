import { expect } from 'chai';
import {
  createTemplate,
  sendBulk,
  sendTemplate,
  waitForTemplate,
} from '../support/adaptor';
import { errorOf } from '../support/errors';
import { useSandbox } from '../support/sandbox';

const PHONE = '+254712345678';
const card = (handle: string) => ({
  components: [
    {
      type: 'HEADER',
      format: 'IMAGE',
      example: { header_handle: [handle] },
    },
    {
      type: 'BODY',
      text: 'Clinic {{1}}, open now.',
      example: { body_text: [['Kisumu']] },
    },
    {
      type: 'BUTTONS',
      buttons: [
        {
          type: 'URL',
          text: 'Map',
          url: 'https://example.org/{{1}}',
          example: ['https://example.org/kisumu'],
        },
      ],
    },
  ],
});
const cards = (count: number) =>
  ['kisumu', 'kakamega', 'siaya'].slice(0, count).map(name => ({
    header: { image: `https://example.org/${name}.jpg` },
    body: [name],
    buttons: [{ url: name }],
  }));

describe('a template with cards', () => {
  const sandbox = useSandbox({ reviewSeconds: 0 });
  const state = (data: unknown = {}) => ({
    configuration: { ...sandbox.credential },
    data,
  });
  const create = async () => {
    sandbox.handles.set('4:aW1h', Buffer.from('image'));
    await createTemplate({
      name: 'clinics',
      language: 'en',
      category: 'MARKETING',
      components: [
        { type: 'BODY', text: 'Clinics near you:' },
        { type: 'CAROUSEL', cards: [card('4:aW1h'), card('4:aW1h')] },
      ],
    })(state());
    await waitForTemplate('clinics', { language: 'en' })(state());
  };
  const template = (count: number) => ({
    name: 'clinics',
    language: 'en',
    cards: cards(count),
  });

  it('is sent with as many cards as it has', async () => {
    await create();
    await sendTemplate(PHONE, template(2))(state());
    expect(sandbox.deliveries[0].shown.cards).to.have.length(2);
  });

  it('is not sent with more', async () => {
    await create();
    const error = await errorOf(() =>
      sendTemplate(PHONE, template(3))(state()),
    );
    expect(error.details).to.contain('Too many: cards[2].header (image)');
    expect(sandbox.deliveries).to.have.length(0);
  });

  it('stops only the row of a list that has too few', async () => {
    await create();
    const rows = [
      { phone: PHONE, count: 3 },
      { phone: '+254722000111', count: 2 },
    ];
    const { data } = await sendBulk(rows, {
      to: (s: any) => s.data.phone,
      template: (s: any) => template(s.data.count),
    })(state());
    expect(data.summary).to.include({ accepted: 1, failed: 1 });
    expect(data.failed[0].index).to.equal(0);
  });
});
