import { createHash } from 'node:crypto';
import { expect } from 'chai';
import {
  deleteMedia,
  downloadMedia,
  get,
  getBusinessProfile,
  getMedia,
  getPhoneNumber,
  listTemplates,
  markAsRead,
  post,
  sendBulk,
  sendMessage,
  sendTemplate,
  uploadMedia,
} from '../../src';
import {
  startDialog360Sandbox,
  type Dialog360Sandbox,
} from '../../sandbox/server';
import { errorOf } from '../support/errors';
import { accepted, mockHost, mockApi, skipWaits } from '../support/fixtures';

const HOST = 'waba-v2.360dialog.io';
const KEY = 'd360-secret-key-123';
const state = (data: unknown = {}) => ({
  configuration: { baseUrl: `https://${HOST}`, apiToken: KEY },
  data,
});
const PDF = Buffer.from('%PDF-1.4 leaflet');

describe('360dialog', () => {
  describe('requests', () => {
    /** Answers one call, and keeps what was sent. */
    function answer(
      method: string,
      path: string,
      status = 200,
      body: object = {},
    ) {
      const seen: any = {};
      mockApi();
      mockHost(HOST)
        .intercept({ method, path })
        .reply(status, ({ body: sent, headers }) => {
          Object.assign(seen, { headers, body: sent });
          return body;
        });
      return seen;
    }

    it('go to /messages with the API key and without a phone number ID', async () => {
      const seen = answer('POST', '/messages', 200, accepted);
      const next = await sendMessage('+254712345678', 'Hi')(state());
      expect(next.data.messages[0].id).to.equal('wamid.1');
      expect(seen.headers).to.include({ 'd360-api-key': KEY });
      expect(seen.headers).not.to.have.property('authorization');
      expect(JSON.parse(seen.body)).to.eql({
        type: 'text',
        text: { body: 'Hi' },
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: '+254712345678',
      });
    });

    it('have no Graph API version in the URL', async () => {
      answer('GET', '/health_status', 200, { ok: true });
      const next = await get('health_status')(state());
      expect(next.response.url).to.equal(`https://${HOST}/health_status`);
    });

    it("download a file through the gateway, never from Meta's host", async () => {
      const sha256 = createHash('sha256').update(PDF).digest('hex');
      answer('GET', '/111', 200, {
        url: 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=111&hash=x',
        mime_type: 'application/pdf',
        sha256,
      });
      const seen: any = {};
      mockHost(HOST)
        .intercept({ path: '/whatsapp_business/attachments/?mid=111&hash=x' })
        .reply(200, ({ headers }) => {
          Object.assign(seen, headers);
          return PDF;
        });
      const { data } = await downloadMedia('111')(state());
      expect(Buffer.from(data.content, 'base64')).to.eql(PDF);
      expect(seen).to.include({ 'd360-api-key': KEY });
    });

    const refusals: [status: number, meta: object, expected: object][] = [
      [
        401,
        { http_code: 401, developer_message: 'Invalid api_key' },
        { code: 'LOGIN_FAILED', retryable: false, details: 'Invalid api_key' },
      ],
      [
        401,
        { httpCode: 401, developerMessage: 'Invalid api_key' },
        { code: 'LOGIN_FAILED', retryable: false },
      ],
      [
        400,
        { http_code: 400, developer_message: 'lack of payment' },
        { code: 'GATEWAY_REFUSED', retryable: false },
      ],
      [500, { http_code: 500 }, { code: 'DELIVERY_UNKNOWN' }],
      [502, { http_code: 502 }, { code: 'DELIVERY_UNKNOWN' }],
    ];
    for (const [status, meta, expected] of refusals)
      it(`throw a clear error for ${JSON.stringify(meta)}`, async () => {
        answer('POST', '/messages', status, { meta });
        const error = await errorOf(() =>
          sendMessage('+254712345678', 'Hi')(state()),
        );
        expect(error).to.include(expected);
        expect(error.fix).to.be.a('string');
        expect(JSON.stringify(error)).not.to.contain(KEY);
      });

    it('are retried when the gateway returns a rate limit error', async () => {
      skipWaits();
      answer('POST', '/messages', 429, { meta: { http_code: 429 } });
      mockHost(HOST)
        .intercept({ method: 'POST', path: '/messages' })
        .reply(200, accepted);
      const next = await sendMessage('+254712345678', 'Hi')(state());
      expect(next.data.messages).to.have.length(1);
    });

    it('throw clear errors for forwarded Meta errors', async () => {
      answer('POST', '/messages', 400, {
        error: { code: 131047, message: 'Re-engagement message' },
      });
      const error = await errorOf(() =>
        sendMessage('+254712345678', 'Hi')(state()),
      );
      expect(error.code).to.equal(131047);
    });

    it('reject a header name as the API key', async () => {
      const headers = { 'D360-API-KEY': 'other' };
      const error = await errorOf(() =>
        post('messages', {}, { headers })(state()),
      );
      expect(error.code).to.equal('INVALID_REQUEST');
      expect(error.message).to.contain('D360-API-KEY');
    });
  });

  const missing: [name: string, operation: any][] = [
    ['listTemplates()', listTemplates()],
    ['getPhoneNumber()', getPhoneNumber()],
    [
      'The option phoneNumberId',
      sendMessage('+254712345678', 'Hi', { phoneNumberId: '123456' }),
    ],
  ];
  for (const [name, operation] of missing)
    it(`throw NOT_SUPPORTED for ${name}`, async () => {
      const error = await errorOf(() => operation(state()));
      expect(error.code).to.equal('NOT_SUPPORTED');
      expect(error.message).to.contain(name);
      expect(error.message).to.contain('this credential is for 360dialog');
    });

  it('requires the API key', async () => {
    const configuration = { baseUrl: `https://${HOST}` };
    const error = await errorOf(() =>
      sendMessage('+254712345678', 'Hi')({ configuration }),
    );
    expect(error.message).to.contain('apiToken is missing');
  });

  describe('in the sandbox', () => {
    let sandbox: Dialog360Sandbox;
    const run = (operation: any, data: unknown = {}) =>
      operation({ configuration: sandbox.credential, data, references: [] });
    before(async () => {
      sandbox = await startDialog360Sandbox();
    });
    after(() => sandbox.close());
    beforeEach(() => sandbox.reset());

    it('sends, marks as read and reads the profile', async () => {
      await run(sendMessage('+254712345678', 'Hi'));
      await run(
        sendTemplate('+254712345678', {
          name: 'visit_reminder',
          language: 'sw',
          body: { name: 'Amina', day: 'Monday' },
        }),
      );
      await run(markAsRead('wamid.in.1'));
      const { data } = await run(getBusinessProfile());
      expect(sandbox.deliveries).to.have.length(2);
      expect(data.about).to.equal('Clinic');
    });

    it('sends to a list with sendBulk()', async () => {
      const people = ['+254712345671', '+254712345672'];
      const { data } = await run(
        sendBulk(people, ((s: any) => ({ to: s.data, text: 'Hi' })) as any),
      );
      expect(data.summary).to.include({ total: 2, accepted: 2 });
    });

    it('stops a list when the API key is rejected', async () => {
      const configuration = { ...sandbox.credential, apiToken: 'wrong' };
      const people = ['+254712345671', '+254712345672'];
      const message: any = (s: any) => ({ to: s.data, text: 'Hi' });
      const error = await errorOf(() =>
        sendBulk(people, message)({ configuration, data: {} }),
      );
      expect(error.code).to.equal('LOGIN_FAILED');
      expect(sandbox.deliveries).to.have.length(0);
    });

    it('uploads, downloads and deletes a file', async () => {
      const { data } = await run(uploadMedia(PDF));
      const file = await run(downloadMedia(data.id));
      expect(Buffer.from(file.data.content, 'base64')).to.eql(PDF);
      expect((await run(getMedia(data.id))).data.mime_type).to.equal(
        'application/pdf',
      );
      expect((await run(deleteMedia(data.id))).data).to.eql({ success: true });
    });
  });
});
