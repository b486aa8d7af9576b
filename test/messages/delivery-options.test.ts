import { expect } from 'chai';
import { sendBulk, sendMessage, sendTemplate } from '../support/adaptor';
import { errorOf } from '../support/errors';
import { captureLog } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';

const PHONE = '+254712345678';
const OFFER = {
  name: 'vaccination_offer',
  language: 'en',
  header: { 1: 'Amina' },
  buttons: [{ code: 'SAVE20' }],
};
const isSend = (edge: string) => edge.endsWith('messages');

describe('delivery options', () => {
  const sandbox = useSandbox();
  const state = (more: object = {}) => ({
    configuration: { ...sandbox.credential, ...more },
    data: {},
  });
  const payload = () => sandbox.deliveries[0].payload;
  const edges = () =>
    sandbox.requests.map(({ path }) => path.split('/').pop()!);

  it('send a text by Direct Send', async () => {
    const options = {
      category: 'utility',
      ttlSeconds: 600,
      templateName: 'visit_reminder',
    };
    await sendMessage(PHONE, 'Your visit is on 5 May.', options)(state());
    expect(payload()).to.deep.include({
      category: 'utility',
      ttl_seconds: 600,
      direct_send_config: { template_name: 'visit_reminder' },
    });
  });

  it('send only to the person whose identity is unchanged', async () => {
    await sendMessage(PHONE, 'Hi', { identityKeyHash: 'abc' })(state());
    expect(payload().recipient_identity_key_hash).to.equal('abc');
  });

  it('send a template by the Marketing Messages API', async () => {
    await sendTemplate(PHONE, OFFER, {
      marketing: { productPolicy: 'STRICT' },
    })(state());
    expect(payload().product_policy).to.equal('STRICT');
    expect(edges()).to.eql(['message_templates', 'marketing_messages']);
  });

  describe("marketing: 'auto'", () => {
    it('sends marketing templates by the Marketing Messages API, and others not', async () => {
      await sendTemplate(PHONE, OFFER, { marketing: 'auto' })(state());
      await sendTemplate(PHONE, 'hello_world', { marketing: 'auto' })(state());
      expect(edges().filter(isSend)).to.eql(['marketing_messages', 'messages']);
    });

    it('decides for each row of a list, with one read per template', async () => {
      const { data } = await sendBulk(
        [OFFER, { name: 'hello_world' }, OFFER].map((template, index) => ({
          template,
          to: `+25471234567${index}`,
        })),
        { to: (s: any) => s.data.to, template: (s: any) => s.data.template },
        { marketing: 'auto' },
      )(state());
      expect(data.summary.accepted).to.equal(3);
      expect(edges().filter(isSend).sort()).to.eql([
        'marketing_messages',
        'marketing_messages',
        'messages',
      ]);
      expect(edges().filter(edge => !isSend(edge))).to.have.length(2);
    });

    it('is a field of a row, too', async () => {
      await sendBulk([PHONE], {
        to: (s: any) => s.data,
        template: OFFER,
        marketing: 'auto',
      })(state());
      expect(edges().filter(isSend)).to.eql(['marketing_messages']);
    });

    it('shows the endpoint in a dry run', async () => {
      const { data } = await sendTemplate(PHONE, OFFER, {
        marketing: 'auto',
        dryRun: true,
      })(state());
      expect(data.url).to.match(/marketing_messages$/);
    });

    it('requires wabaId', async () => {
      const error = await errorOf(() =>
        sendTemplate(PHONE, OFFER, { marketing: 'auto' })(
          state({ wabaId: undefined }),
        ),
      );
      expect(error.fix).to.contain('Add wabaId');
      expect(sandbox.requests).to.eql([]);
    });

    it('is NOT_SUPPORTED on the On-Premise API', async () => {
      const error = await errorOf(() =>
        sendTemplate(
          PHONE,
          { ...OFFER, namespace: 'a' },
          { marketing: 'auto' },
        )({
          configuration: { baseUrl: 'http://127.0.0.1:1/v1', apiToken: 'abc' },
        }),
      );
      expect(error.code).to.equal('NOT_SUPPORTED');
    });
  });

  it('suggest the Marketing Messages API once per run', async () => {
    const { lines, stop } = captureLog();
    const rows = [0, 1, 2].map(index => `+25471234567${index}`);
    const given = state();
    await sendBulk(rows, { to: (s: any) => s.data, template: OFFER })(given);
    await sendTemplate(PHONE, OFFER)(given);
    stop();
    expect(lines.join('\n').split("marketing: 'auto'")).to.have.length(2);
  });

  it('refuse a gif in a message that is not sent as marketing', async () => {
    const error = await errorOf(() =>
      sendTemplate(PHONE, {
        name: 'hello_world',
        header: { gif: 'https://example.org/a.mp4' },
      })(state({ wabaId: undefined })),
    );
    expect(error.fix).to.contain('marketing: true');
  });

  describe('buttons of Direct Send', () => {
    const MAP = { label: 'Map', url: 'https://example.org/map' };
    const DIRECT = { category: 'utility' };
    const send = (buttons: unknown, options = {}) =>
      sendMessage(PHONE, { text: 'Come?', buttons }, options)(state());

    it('open a URL or reply, up to ten', async () => {
      await send([MAP, 'Yes', 'No', 'Later', 'Call me'], DIRECT);
      const [first, second] = payload().interactive.action.buttons;
      expect(first).to.eql({
        type: 'cta_url',
        cta_url: { display_text: 'Map', url: 'https://example.org/map' },
      });
      expect(second).to.eql({
        type: 'reply',
        reply: { id: 'Yes', title: 'Yes' },
      });
      expect(sandbox.deliveries[0].shown.buttons).to.have.length(5);
    });

    it('are options of a list', async () => {
      const { data } = await sendBulk(
        [PHONE],
        { to: (s: any) => s.data, text: 'Come?', buttons: [MAP, 'Yes'] },
        DIRECT,
      )(state());
      expect(data.summary.accepted).to.equal(1);
    });

    it('are in the preview', async () => {
      const { data } = await send([MAP, 'Yes'], { ...DIRECT, dryRun: true });
      expect(data.preview.buttons).to.eql([{ label: 'Map' }, { label: 'Yes' }]);
    });

    const refused: [string, unknown, object, RegExp][] = [
      ['a URL without Direct Send', [MAP, 'Yes'], {}, /cta: \{ label/],
      ['four without Direct Send', ['a', 'b', 'c', 'd'], {}, /Leave out 1/],
      ['URLs after replies', ['Yes', MAP], DIRECT, /\[\{ label: 'Map'/],
      [
        'three URLs',
        [MAP, { ...MAP, label: 'B' }, { ...MAP, label: 'C' }],
        DIRECT,
        /Leave out 1/,
      ],
      ['eleven', 'abcdefghijk'.split(''), DIRECT, /Leave out 1/],
      [
        'a URL in a code',
        [MAP],
        { category: 'authentication' },
        /cta: \{ label/,
      ],
    ];
    for (const [what, buttons, options, fix] of refused)
      it(`refuse ${what}`, async () => {
        const error = await errorOf(() => send(buttons, options));
        expect(error.code).to.equal('INVALID_MESSAGE');
        expect(error.fix).to.match(fix);
        expect(sandbox.requests).to.eql([]);
      });
  });

  it('are options of a list, and the identity of a row', async () => {
    await sendBulk(
      [{ phone: PHONE, hash: 'abc' }],
      {
        to: (s: any) => s.data.phone,
        text: 'Hi',
        identityKeyHash: (s: any) => s.data.hash,
      },
      { category: 'utility', ttlSeconds: 60 },
    )(state());
    expect(payload()).to.include({
      category: 'utility',
      ttl_seconds: 60,
      recipient_identity_key_hash: 'abc',
    });
  });

  const wrong: [string, () => any, string][] = [
    [
      'a lifetime without a category',
      () => sendMessage(PHONE, 'Hi', { ttlSeconds: 60 }),
      'category',
    ],
    [
      'a lifetime of an hour for a code',
      () =>
        sendMessage(PHONE, 'Hi', {
          category: 'authentication',
          ttlSeconds: 3600,
        }),
      '900',
    ],
    [
      'a marketing text',
      () => sendMessage(PHONE, 'Hi', { marketing: true }),
      'sendTemplate',
    ],
    [
      'the category marketing',
      () => sendMessage(PHONE, 'Hi', { category: 'marketing' }),
      'sendTemplate',
    ],
    [
      'a name that no template has',
      () =>
        sendMessage(PHONE, 'Hi', {
          category: 'utility',
          templateName: 'My Template',
        }),
      'lowercase',
    ],
    [
      'a category of a template',
      () => sendTemplate(PHONE, 'hello_world', { category: 'utility' }),
      'category',
    ],
    [
      'a code for a user ID',
      () => sendMessage('KE.1A2b', '1234', { category: 'authentication' }),
      '131062',
    ],
  ];
  for (const [what, operation, word] of wrong)
    it(`refuse ${what}`, async () => {
      const error = await errorOf(() => operation()(state()));
      expect(error.message + error.fix).to.contain(word);
      expect(sandbox.deliveries).to.have.length(0);
    });

  it('throw NOT_SUPPORTED on the On-Premise API', async () => {
    const configuration = {
      baseUrl: 'http://127.0.0.1:1/v1',
      apiToken: 'abc',
    };
    const error = await errorOf(() =>
      sendMessage(PHONE, 'Hi', { category: 'utility' })({ configuration }),
    );
    expect(error.code).to.equal('NOT_SUPPORTED');
  });
});
