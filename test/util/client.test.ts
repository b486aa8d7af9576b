import { expect } from 'chai';
import { get, post, request, sendMessage } from '../../src';
import { startSandbox } from '../../sandbox/server';
import { errorOf } from '../support/errors';
import {
  accepted,
  captureLog,
  configuration,
  MESSAGES,
  mockApi,
  TOKEN,
  waits,
} from '../support/fixtures';
import { useSandbox } from '../support/sandbox';

const PHONE = '+254712345678';
const WA_ID = '254712345678';

describe('client', () => {
  const sandbox = useSandbox();
  const state = () => ({ configuration: sandbox.credential, data: {} });
  const send = () => sendMessage(PHONE, 'Hi')(state());

  describe('messages', () => {
    const refused = [4, 80007, 130429, 131016, 131056, 131057, 133004];
    for (const code of refused)
      it(`are retried after code ${code}, which proves that nothing was sent`, async () => {
        sandbox.fault({ path: 'messages', code, times: 2 });
        await send();
        expect(sandbox.countOf(WA_ID)).to.equal(1);
        expect(waits).to.have.length(2);
      });

    for (const code of [100, 190, 131026, 131047, 131048, 131049, 131053])
      it(`are not retried after code ${code}`, async () => {
        sandbox.fault({ path: 'messages', code, times: 9 });
        const error = await errorOf(send);
        expect(error.code).to.equal(code);
        expect(error.fix).to.be.a('string');
        expect(sandbox.requests).to.have.length(1);
      });

    for (const code of [1, 2, 131000])
      it(`are not retried after code ${code}: the outcome is unknown`, async () => {
        sandbox.fault({ path: 'messages', code, times: 9 });
        const error = await errorOf(send);
        expect(error).to.include({
          code: 'DELIVERY_UNKNOWN',
          metaCode: code,
          retryable: false,
        });
        expect(sandbox.requests).to.have.length(1);
      });

    const doubtful: [string, object][] = [
      [
        'the connection breaks before the message is handled',
        { reset: 'before' },
      ],
      ['the connection breaks after the message was sent', { reset: 'after' }],
      ['half of the answer comes', { reset: 'half' }],
      ['a proxy answers in its own words', { status: 502, body: '<html>' }],
      ['the answer is empty', { status: 200, body: '' }],
      ['the answer has no id', { status: 200, body: '{}' }],
      ['the answer is a web page', { status: 200, body: '<html>' }],
      ['a 4xx is no JSON', { status: 404, body: 'Not found' }],
      ['a 5xx has a code that nobody knows', { code: 99999, status: 503 }],
      ['the error is transient', { code: 99999, transient: true }],
      [
        'the answer leads elsewhere',
        { status: 307, headers: { location: 'https://a.org' } },
      ],
    ];
    for (const [what, fault] of doubtful)
      it(`are not retried when ${what}`, async () => {
        sandbox.fault({ path: 'messages', times: 9, ...fault });
        const error = await errorOf(send);
        expect(error.code).to.equal('DELIVERY_UNKNOWN');
        expect(error.fix).to.contain('webhook');
        expect(sandbox.requests).to.have.length(1);
        expect(sandbox.countOf(WA_ID)).to.be.at.most(1);
      });

    it('are not retried when the response times out', async () => {
      sandbox.fault({ path: 'messages', delay: 1300, times: 9 });
      const error = await errorOf(() =>
        sendMessage(PHONE, 'Hi', { timeout: 1000 })(state()),
      );
      expect(error.code).to.equal('DELIVERY_UNKNOWN');
      expect(error.details).to.contain('too long');
      expect(sandbox.requests).to.have.length(1);
    });

    it('are not retried with post() and request() either', async () => {
      const body = {
        messaging_product: 'whatsapp',
        to: PHONE,
        text: { body: 'Hi' },
      };
      for (const operation of [
        post('messages', body),
        request('post', `/${configuration.phoneNumberId}/messages`, body),
      ]) {
        sandbox.reset();
        sandbox.fault({ reset: 'after', times: 9 });
        const error = await errorOf(() => operation(state()));
        expect(error.code).to.equal('DELIVERY_UNKNOWN');
        expect(sandbox.countOf(WA_ID)).to.equal(1);
      }
    });

    it('share these rules with other POST requests', async () => {
      sandbox.fault({ reset: 'after', times: 9 });
      const error = await errorOf(() =>
        post('groups', { messaging_product: 'whatsapp', subject: 'a' })(
          state(),
        ),
      );
      expect(error.code).to.equal('OUTCOME_UNKNOWN');
      expect(sandbox.requests).to.have.length(1);
    });

    it('are not retried if the outcome is unknown after a rejected attempt', async () => {
      sandbox.fault({ path: 'messages', code: 130429 });
      sandbox.fault({ path: 'messages', reset: 'after' });
      const error = await errorOf(send);
      expect(error).to.include({ code: 'DELIVERY_UNKNOWN', tries: 2 });
      expect(sandbox.countOf(WA_ID)).to.equal(1);
    });
  });

  describe('retries', () => {
    it('happen after any failure of a read', async () => {
      sandbox.fault({ reset: 'half' });
      sandbox.fault({ code: 2 });
      sandbox.fault({ status: 502, body: '<html>' });
      const { data } = await get('whatsapp_business_profile')(state());
      expect(data.data[0].about).to.equal('Clinic');
      expect(sandbox.requests).to.have.length(4);
    });

    it('stop after five attempts', async () => {
      sandbox.fault({ path: 'messages', code: 130429, times: 9 });
      const error = await errorOf(send);
      expect(error).to.include({ code: 130429, tries: 5, retryable: true });
      expect(sandbox.requests).to.have.length(5);
    });

    it('stop when the wait would exceed 90 seconds', async () => {
      sandbox.fault({
        path: 'messages',
        code: 80007,
        times: 9,
        headers: { 'retry-after': '120' },
      });
      expect((await errorOf(send)).code).to.equal(80007);
      expect(sandbox.requests).to.have.length(1);
    });

    it('wait as long as Retry-After says', async () => {
      const headers = { 'retry-after': '7' };
      sandbox.fault({ path: 'messages', code: 130429, headers });
      await send();
      expect(waits).to.eql([7]);
    });

    it('happen when no connection was made', async () => {
      const gone = await startSandbox();
      await gone.close();
      const error = await errorOf(() =>
        sendMessage(PHONE, 'Hi')({ configuration: gone.credential }),
      );
      expect(error).to.include({
        code: 'CONNECTION_FAILED',
        details: 'ECONNREFUSED',
        tries: 5,
        retryable: true,
      });
      expect(error.description).to.contain('nothing was sent');
    });
  });

  describe('secrets', () => {
    const everything = (value: any) =>
      JSON.stringify(value) + value.message + value.stack;

    it('stay out of errors, even if the API returns the token', async () => {
      mockApi()
        .intercept({ path: MESSAGES, method: 'POST' })
        .reply(401, {
          error: { code: 190, message: `Malformed access token ${TOKEN}` },
        });
      const error = await errorOf(() =>
        sendMessage(PHONE, 'Hi')({ configuration }),
      );
      expect(error.details).to.contain('[redacted]');
      expect(everything(error)).not.to.contain(TOKEN);
    });

    it('stay out of state, even in the URL of a next page', async () => {
      const next = `https://graph.facebook.com/v25.0/1?access_token=${TOKEN}`;
      mockApi()
        .intercept({ path: '/v25.0/1/message_templates' })
        .reply(200, { paging: { next } }, { headers: { 'x-debug': TOKEN } });
      const { configuration: _credential, ...rest } = await get(
        '/1/message_templates',
      )({ configuration });
      expect(everything(rest)).not.to.contain(TOKEN);
    });

    it('are removed from a URL in the job', async () => {
      mockApi()
        .intercept({
          path: '/v24.0/1?after=abc',
          headers: { authorization: `Bearer ${TOKEN}` },
        })
        .reply(200, {});
      const url = `https://graph.facebook.com/v24.0/1?access_token=old&after=abc`;
      const { response } = await get(url)({ configuration });
      expect(response.url).to.equal('https://graph.facebook.com/v24.0/1');
    });

    it('stay out of logs, like phone numbers, texts and message IDs', async () => {
      mockApi()
        .intercept({ path: MESSAGES, method: 'POST' })
        .reply(200, accepted);
      const log = captureLog();
      await sendMessage(PHONE, 'HIV result')({ configuration });
      log.stop();
      expect(log.lines).to.eql(['Sent a message of type text to …678']);
    });

    it('stay out of state if they are cookies', async () => {
      mockApi()
        .intercept({ path: '/v25.0/1' })
        .reply(200, {}, { headers: { 'set-cookie': 'session=1' } });
      const { response } = await get('/1')({ configuration });
      expect(response.headers).not.to.have.property('set-cookie');
    });

    const foreign = [
      'https://evil.org/v25.0/1',
      '//evil.org/1',
      'HTTPS://evil.org',
      'http://graph.facebook.com/v25.0/1',
      'https://graph.facebook.com@evil.org/',
      'https://graph.facebook.com:444/1',
      'ftp://graph.facebook.com/1',
      '/../../1',
      '/%2e%2e/1',
      '/..\\..\\1',
      '../../1',
    ];
    for (const path of foreign)
      it(`are not sent to ${path}`, async () => {
        mockApi();
        const error = await errorOf(() => get(path)({ configuration }));
        expect(error.code).to.equal('INVALID_REQUEST');
      });

    it('are not sent after a redirect', async () => {
      mockApi()
        .intercept({ path: '/v25.0/1' })
        .reply(302, '', { headers: { location: 'https://evil.org/?a=b' } });
      const error = await errorOf(() => get('/1')({ configuration }));
      expect(error.code).to.equal('UNEXPECTED_ANSWER');
      expect(error.details).to.contain('evil.org');
    });

    it("can't be set in the Authorization header by a job", async () => {
      const error = await errorOf(() =>
        get('/1', { headers: { Authorization: 'Bearer a' } })({
          configuration,
        }),
      );
      expect(error.code).to.equal('INVALID_REQUEST');
    });

    it('stay out of errors about invalid headers', async () => {
      const headers = { 'x-key': 'secret\r\nvalue' };
      const error = await errorOf(() => get('/1', { headers })(state()));
      expect(error.code).to.equal('INVALID_REQUEST');
      expect(everything(error)).not.to.contain('secret');
    });
  });

  describe('errors', () => {
    it("include a description, a fix and Meta's details", async () => {
      const details = 'More than 24 hours have passed.';
      sandbox.fault({ path: 'messages', code: 131047, details });
      const error = await errorOf(send);
      expect(error.message).to.match(/^131047: .+\. More than 24 hours/);
      expect(error).to.include({
        details,
        statusCode: 400,
        method: 'POST',
        type: 'OAuthException',
        fbtraceId: 'AsandboxTraceId',
        retryable: false,
      });
      expect(error.url).to.match(/\/messages$/);
      expect(JSON.parse(JSON.stringify(error))).to.include({ code: 131047 });
    });

    it("include error_data given as a JSON string, and Meta's user message", async () => {
      const api = mockApi();
      const errors = [
        { code: 100, message: 'a', error_data: '{"details":"b"}' },
        { code: 100, message: 'a', error_user_msg: 'b', error_data: 'c' },
      ];
      for (const error of errors) {
        api.intercept({ path: '/v25.0/1' }).reply(400, { error });
        const thrown = await errorOf(() => get('/1')({ configuration }));
        expect(thrown.details).to.equal('b');
      }
    });

    it('distinguish an unknown object from a wrong parameter', async () => {
      const error = await errorOf(() => get('/404')(state()));
      expect(error).to.include({ code: 100, subcode: 33 });
      expect(error.description).to.contain('does not exist');
    });
  });
});
