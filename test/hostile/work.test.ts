import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { targetOf } from '../../src/util/url';
import { open } from '../../src/platforms';
import { redact } from '../../src/util/redact';
import {
  getTemplate,
  parseWebhook,
  sendBulk,
  sendMessage,
  sendTemplate,
  uploadMedia,
} from '../support/adaptor';
import { errorOf } from '../support/errors';
import { accepted, configuration, mockApi } from '../support/fixtures';

const PHONE = '+254712345678';
const state = (more: object = {}) => ({
  configuration: { ...configuration },
  data: {},
  ...more,
});
const settle = (work: Promise<unknown>) => work.catch(() => undefined);

/** Milliseconds of CPU, at least so many that noise does not count. */
async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return Math.max(20, (user + system) / 1000);
}

const people = (count: number) =>
  Array.from({ length: count }, (_value, index) =>
    String(254700000000 + index),
  );
const webhook = (count: number) => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '1',
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { phone_number_id: '1', display_phone_number: '2' },
            contacts: people(count)
              .reverse()
              .map(wa_id => ({ wa_id, profile: { name: wa_id } })),
            messages: people(count).map(from => ({
              from,
              id: from,
              timestamp: '1900000000',
              type: 'text',
              text: { body: 'Hi' },
            })),
          },
        },
      ],
    },
  ],
});

const dry = { dryRun: true };
const cases: [string, number, (size: number) => Promise<unknown>][] = [
  [
    'a number with many dashes',
    60_000,
    n => sendMessage(`1${'-'.repeat(n)}1`, 'Hi', dry)(state()),
  ],
  [
    'a number with many spaces, in a list',
    60_000,
    n =>
      sendBulk([`1${' '.repeat(n)}1`], (s: any) => ({ to: s.data, text: 'x' }))(
        state(),
      ),
  ],
  [
    'a value of a template with many spaces',
    30_000,
    n =>
      sendTemplate(
        PHONE,
        { name: 'a', language: 'en', body: [`a${' '.repeat(n)}b`] },
        dry,
      )(state()),
  ],
  [
    'a reaction of many emojis',
    30_000,
    n =>
      sendMessage(
        PHONE,
        { reaction: '👍'.repeat(n), messageId: 'wamid.1' },
        dry,
      )(state()),
  ],
  [
    'a path with many slashes',
    60_000,
    async n => {
      const platform = open(configuration);
      targetOf(platform, platform.request('POST', `a${'/'.repeat(n)}x`, {}));
    },
  ],
  [
    'fields with many braces',
    60_000,
    n => getTemplate('reminder', { fields: '{'.repeat(n) })(state()),
  ],
  [
    'a text of a message with many braces',
    60_000,
    n => sendMessage(PHONE, '{{'.repeat(n), dry)(state()),
  ],
  [
    'a base64 text with many equals signs',
    200_000,
    n => uploadMedia(`a${'='.repeat(n)}b`)(state()),
  ],
  [
    'a MIME type with many parameters',
    60_000,
    n =>
      uploadMedia(Buffer.from('x'), { type: `a/b${';a=b'.repeat(n)}!` })(
        state(),
      ),
  ],
  [
    'query parameters',
    4000,
    async n =>
      targetOf(open(configuration), {
        method: 'GET',
        path: '/x',
        idempotency: 'safe',
        query: Object.fromEntries(
          Array.from({ length: n }, (_value, i) => [`k${i}`, i]),
        ),
      }),
  ],
  [
    'a secret in a long text',
    1_000_000,
    async n => redact('EAAto'.repeat(n / 5), ['EAAtoken0123456789']),
  ],
  ['people of a webhook', 6000, n => parseWebhook(webhook(n))(state())],
  [
    'people of a webhook whom no contact fits',
    1500,
    n => {
      const payload = webhook(n);
      payload.entry[0].changes[0].value.contacts.length = 1;
      return parseWebhook(payload)(state());
    },
  ],
  [
    'the signature of a body with all that can be escaped',
    300_000,
    n =>
      parseWebhook({ text: '<%@/é'.repeat(n / 5) })({
        ...state(),
        configuration: { ...configuration, appSecret: 'secret' },
        request: { headers: { 'x-hub-signature-256': 'sha256=00' } },
      }),
  ],
];

describe('work grows with the input, and not with its square', () => {
  for (const [what, size, run] of cases)
    it(`for ${what}`, async function () {
      this.retries(2);
      mockApi()
        .intercept({ path: /./, method: 'GET' })
        .reply(200, { data: [] })
        .persist();
      await settle(run(size / 10));
      const one = await cpuOf(() => settle(run(size)));
      const four = await cpuOf(() => settle(run(size * 4)));
      expect(four / one).to.be.below(10);
    });

  it('for a webhook whose signature is wrong: it is not even parsed', async () => {
    const payload = webhook(5000);
    const signed = {
      ...state(),
      configuration: { ...configuration, appSecret: 'secret' },
    };
    const body = JSON.stringify(payload);
    const good = createHmac('sha256', 'secret').update(body).digest('hex');
    const read = (signature: string) =>
      parseWebhook(payload)({
        ...signed,
        request: { headers: { 'x-hub-signature-256': `sha256=${signature}` } },
      });
    const { data } = await read(good);
    expect(data.messages).to.have.length(5000);
    const error = await errorOf(() => read(good.replace(/^./, 'z')));
    expect(error.code).to.equal('INVALID_SIGNATURE');
  });

  it('for a message that is nested too deep: it is an error', async () => {
    mockApi().intercept({ path: /./, method: 'POST' }).reply(200, accepted);
    let deep: any = 'x';
    for (let i = 0; i < 20_000; i++) deep = { a: deep };
    for (const message of [deep, { type: 'text', text: deep }]) {
      const error = await errorOf(() => sendMessage(PHONE, message)(state()));
      expect(error.code).to.equal('INVALID_MESSAGE');
      expect(error.message).to.contain('nested too deep');
    }
  });
});
