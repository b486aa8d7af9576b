import { expect } from 'chai';
import { sendBulk, sendMessage, sendTemplate } from '../support/adaptor';
import { errorOf } from '../support/errors';
import { useSandbox } from '../support/sandbox';

const PHONE = '+254712345678';

describe('delivery options', () => {
  const sandbox = useSandbox();
  const state = (more: object = {}) => ({
    configuration: { ...sandbox.credential, ...more },
    data: {},
  });
  const payload = () => sandbox.deliveries[0].payload;

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
    await sendTemplate(PHONE, 'hello_world', {
      marketing: { productPolicy: 'STRICT' },
    })(state());
    expect(payload().product_policy).to.equal('STRICT');
    expect(sandbox.requests.at(-1)!.path).to.match(/\/marketing_messages$/);
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
