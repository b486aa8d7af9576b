import { Readable } from 'node:stream';
import { expect } from 'chai';
import selfsigned from 'selfsigned';
import {
  deleteMedia,
  downloadMedia,
  get,
  getBusinessProfile,
  getMedia,
  getPhoneNumber,
  getTemplate,
  listBlockedUsers,
  listPhoneNumbers,
  listTemplates,
  markAsRead,
  parseWebhook,
  post,
  request,
  subscribeWebhook,
  unblockUsers,
  unsubscribeWebhook,
  updateBusinessProfile,
  uploadFileHandle,
  uploadMedia,
} from '../../src';
import {
  blockUsers,
  checkContacts,
  createFlow,
  createTemplate,
  deleteFlow,
  deleteTemplate,
  deprecateFlow,
  getAnalytics,
  getFlow,
  listFlows,
  publishFlow,
  sendMessage,
  sendTemplate,
  updateFlow,
  updateTemplate,
} from '../support/adaptor';
import {
  startOnPremiseSandbox,
  type OnPremiseSandbox,
} from '../../sandbox/server';
import { errorOf } from '../support/errors';
import { captureLog, skipWaits } from '../support/fixtures';
import { startTrigger } from '../support/trigger';

const PHONE = '+254712345678';
const WA_ID = '254712345678';
const PDF = Buffer.from('%PDF-1.4\n%%EOF');
const TEMPLATE = {
  name: 'appointment_reminder',
  namespace: 'clinic_namespace',
  body: ['Amina', '5 May'],
};

describe('On-Premise', () => {
  let sandbox: OnPremiseSandbox;
  const state = (configuration: any = { ...sandbox.credential }): any => ({
    configuration,
    data: {},
  });
  const last = () => sandbox.deliveries.at(-1)!.payload;

  before(async () => {
    sandbox = await startOnPremiseSandbox();
  });
  after(() => sandbox.close());
  beforeEach(() => {
    sandbox.reset();
    skipWaits();
  });

  describe('login', () => {
    it('runs once per run', async () => {
      let next = state();
      for (let count = 0; count < 3; count++)
        next = await sendMessage(PHONE, 'Hi')(next);
      expect(sandbox.logins).to.equal(1);
      expect(sandbox.countOf(WA_ID)).to.equal(3);
    });

    it('is shared by concurrent operations', async () => {
      const run = state();
      await Promise.all(
        Array.from({ length: 10 }, () => sendMessage(PHONE, 'Hi')(run)),
      );
      expect(sandbox.logins).to.equal(1);
    });

    it('is not shared with another run', async () => {
      await get('health')(state());
      await get('health')(state());
      expect(sandbox.logins).to.equal(2);
    });

    it('runs once more when the token expires during a run', async () => {
      const run = state();
      await sendMessage(PHONE, 'Hi')(run);
      sandbox.expireTokens();
      await Promise.all(
        Array.from({ length: 5 }, () => sendMessage(PHONE, 'Hi')(run)),
      );
      expect(sandbox.logins).to.equal(2);
      expect(sandbox.countOf(WA_ID)).to.equal(6);
    });

    it('fails if the new token is rejected, too', async () => {
      sandbox.fault({ path: 'messages', code: 1005, times: 9 });
      const error = await errorOf(() => sendMessage(PHONE, 'Hi')(state()));
      expect(error).to.include({ code: 1005, statusCode: 401 });
      expect(sandbox.logins).to.equal(2);
    });

    it('is skipped if apiToken is set', async () => {
      sandbox.addToken('eyJpasted');
      const { baseUrl } = sandbox.credential;
      await sendMessage(PHONE, 'Hi')(state({ baseUrl, apiToken: 'eyJpasted' }));
      expect(sandbox.logins).to.equal(0);
    });

    it('replaces an expired apiToken', async () => {
      const run = state({ ...sandbox.credential, apiToken: 'eyJold' });
      await sendMessage(PHONE, 'Hi')(run);
      await sendMessage(PHONE, 'Hi')(run);
      expect(sandbox.logins).to.equal(1);
      expect(sandbox.requests).to.have.length(4);
    });

    it('throws if the token has expired and there is no password', async () => {
      const { baseUrl } = sandbox.credential;
      const error = await errorOf(() =>
        get('health')(state({ baseUrl, apiToken: 'eyJold' })),
      );
      expect(error.code).to.equal(1005);
      expect(error.fix).to.contain('apiToken');
    });

    it('throws if the credential has neither a token nor a password', async () => {
      const { baseUrl } = sandbox.credential;
      const error = await errorOf(() => get('health')(state({ baseUrl })));
      expect(error.code).to.equal('INVALID_CONFIGURATION');
      expect(error.message).to.contain('username');
    });

    it('throws LOGIN_FAILED after one attempt with a wrong password', async () => {
      const credential = { ...sandbox.credential, password: 'wrong-password' };
      const error = await errorOf(() =>
        sendMessage(PHONE, 'Hi')(state(credential)),
      );
      expect(error).to.include({ code: 'LOGIN_FAILED', metaCode: 1005 });
      expect(sandbox.requests).to.have.length(1);
      expect(JSON.stringify(error)).not.to.contain('wrong-password');
    });

    it('throws PASSWORD_EXPIRED if the password must be changed', async () => {
      sandbox.requirePasswordChange();
      const error = await errorOf(() => get('health')(state()));
      expect(error).to.include({ code: 'PASSWORD_EXPIRED', metaCode: 1024 });
      expect(error.fix).to.contain('new_password');
    });

    it("throws CONNECTION_FAILED if the host can't be reached", async () => {
      const gone = await startOnPremiseSandbox();
      await gone.close();
      const error = await errorOf(() => get('health')(state(gone.credential)));
      expect(error.code).to.equal('CONNECTION_FAILED');
    });

    it('keeps the token out of state, logs and errors', async () => {
      const log = captureLog();
      sandbox.fault({
        path: 'messages',
        code: 1009,
        details: 'Bad token eyJsandbox.token.1',
      });
      const error = await errorOf(() => sendMessage(PHONE, 'Hi')(state()));
      const { configuration: _gone, ...rest } = await get('health')(state());
      log.stop();
      expect(error.details).to.equal('Bad token [redacted]');
      const seen = JSON.stringify([error, rest, log.lines]) + error.stack;
      expect(seen).not.to.contain('eyJsandbox');
      expect(seen).not.to.contain(sandbox.credential.password);
    });
  });

  describe('private certificate', () => {
    let secure: OnPremiseSandbox;
    let ca: string;
    before(async () => {
      const pems = selfsigned.generate(
        [{ name: 'commonName', value: '127.0.0.1' }],
        {
          keySize: 2048,
          extensions: [
            { name: 'basicConstraints', cA: true },
            {
              name: 'subjectAltName',
              altNames: [{ type: 7, ip: '127.0.0.1' }],
            },
          ],
        },
      );
      ca = pems.cert;
      secure = await startOnPremiseSandbox({
        tls: { key: pems.private, cert: pems.cert },
      });
    });
    after(() => secure.close());

    it('is not trusted by default, and no message is sent', async () => {
      const error = await errorOf(() =>
        sendMessage(PHONE, 'Hi')(state(secure.credential)),
      );
      expect(error.code).to.equal('CERTIFICATE_NOT_TRUSTED');
      expect(error.fix).to.contain('ca');
      expect(secure.requests).to.have.length(0);
    });

    it('is trusted with ca', async () => {
      const credential = { ...secure.credential, ca };
      await sendMessage(PHONE, 'Hi')(state(credential));
      expect(secure.deliveries).to.have.length(1);
    });
  });

  describe('sending', () => {
    it('sends a text message with supported fields only', async () => {
      const next = await sendMessage(PHONE, {
        text: 'See https://example.org',
        previewUrl: true,
      })(state());
      expect(last()).to.eql({
        to: WA_ID,
        recipient_type: 'individual',
        type: 'text',
        text: { body: 'See https://example.org' },
        preview_url: true,
      });
      expect(next.response.statusCode).to.equal(201);
      expect(next.data.messages[0].id).to.match(/^gBEG/);
    });

    it('sends a template with its namespace and policy', async () => {
      await sendTemplate(PHONE, TEMPLATE)(state());
      expect(last().template).to.include({ namespace: 'clinic_namespace' });
      expect(last().template.language).to.eql({
        policy: 'deterministic',
        code: 'en_US',
      });
    });

    it('explains where to find a missing namespace', async () => {
      const error = await errorOf(() =>
        sendTemplate(PHONE, 'hello_world')(state()),
      );
      expect(error.code).to.equal('INVALID_MESSAGE');
      expect(error.message + error.fix)
        .to.contain('namespace')
        .and.contain('WhatsApp Manager');
      expect(sandbox.requests).to.have.length(0);
    });

    it('warns that reference is not supported', async () => {
      const log = captureLog();
      await sendMessage(PHONE, 'Hi', { reference: 'a' })(state());
      log.stop();
      expect(log.lines.join()).to.contain('reference');
      expect(last()).not.to.have.property('biz_opaque_callback_data');
    });

    it('sends replies, voice messages, buttons and lists', async () => {
      sandbox.addFile('u-1', 'audio/ogg', Buffer.from('OggS'));
      const messages = [
        'Hi',
        { audio: 'u-1', voice: true },
        { text: 'a', buttons: ['b'] },
        { text: 'a', list: { button: 'b', rows: ['c'] } },
        { location: { latitude: 1, longitude: 2 } },
        { reaction: '👍', messageId: 'ABGG1' },
      ];
      for (const message of messages)
        await sendMessage(PHONE, message, { replyTo: 'ABGG1' })(state());
      expect(sandbox.deliveries).to.have.length(messages.length);
      expect(last().context).to.eql({ message_id: 'ABGG1' });
    });

    it('returns the request without sending it with dryRun', async () => {
      const { data } = await sendMessage(PHONE, 'Hi', { dryRun: true })(
        state(),
      );
      expect(data.url).to.equal(`${sandbox.credential.baseUrl}/messages`);
      expect(sandbox.requests).to.have.length(0);
    });

    it('marks a message as read', async () => {
      const { data } = await markAsRead('ABGG/1')(state());
      expect(data).to.eql({ success: true });
      expect(sandbox.reads[0].message_id).to.equal('ABGG/1');
    });
  });

  describe('media', () => {
    it('is uploaded, downloaded and deleted as bytes', async () => {
      const { data: upload } = await uploadMedia(PDF)(state());
      expect(sandbox.files[0].content).to.eql(PDF);
      expect(Object.keys(upload)).to.eql(['id']);

      const { data: file } = await downloadMedia(upload.id)(state());
      expect(file).to.include({ mimeType: 'application/pdf', fileSize: 14 });
      expect(Buffer.from(file.content, 'base64')).to.eql(PDF);

      const { data } = await deleteMedia(upload.id)(state());
      expect(data).to.eql({ success: true });
      const gone = await errorOf(() => downloadMedia(upload.id)(state()));
      expect(gone.description).to.contain('expired');
    });

    it('does not retry an upload whose stream was consumed', async () => {
      sandbox.expireTokens();
      await uploadMedia(PDF)(state());
      sandbox.expireTokens();
      const before = sandbox.files.length;
      const session = state();
      await uploadMedia(PDF)(session);
      sandbox.expireTokens();
      const error = await errorOf(() =>
        uploadMedia(Readable.from([PDF]))(session),
      );
      expect(error.statusCode).to.equal(401);
      expect(sandbox.files.length).to.equal(before + 1);
    });

    it('is streamed from a download to an upload', async () => {
      sandbox.addFile('u-1', 'application/pdf', PDF);
      const { data } = await downloadMedia('u-1', { as: 'stream' })(state());
      await uploadMedia(data.content, { type: data.mimeType })(state());
      expect(sandbox.files.at(-1)!.content).to.eql(PDF);
    });
  });

  describe('checkContacts', () => {
    it('returns rows', async () => {
      const { data } = await checkContacts([PHONE, '48 601 000 000'], {
        forceCheck: true,
      })(state());
      expect(data).to.eql([
        { input: PHONE, status: 'valid', waId: WA_ID },
        { input: '+48601000000', status: 'valid', waId: '48601000000' },
      ]);
    });

    it('accepts a single number and rejects an empty list', async () => {
      const { data } = await checkContacts(PHONE, { blocking: false })(state());
      expect(data).to.have.length(1);
      const error = await errorOf(() => checkContacts([])(state()));
      expect(error.code).to.equal('INVALID_RECIPIENT');
    });

    it('throws NOT_SUPPORTED with the Cloud API', async () => {
      const configuration = { apiToken: 'abc', phoneNumberId: '1' };
      const error = await errorOf(() =>
        checkContacts(PHONE)(state(configuration)),
      );
      expect(error.code).to.equal('NOT_SUPPORTED');
    });
  });

  describe('errors', () => {
    for (const code of [1011, 1015, 1016, 1017])
      it(`are retried for code ${code}`, async () => {
        sandbox.fault({ path: 'messages', code });
        await sendMessage(PHONE, 'Hi')(state());
        expect(sandbox.countOf(WA_ID)).to.equal(1);
      });

    for (const code of [1000, 1014, 1023])
      it(`are not retried for code ${code}, whose outcome is unknown`, async () => {
        sandbox.fault({ path: 'messages', code, times: 9 });
        const error = await errorOf(() => sendMessage(PHONE, 'Hi')(state()));
        expect(error).to.include({ code: 'DELIVERY_UNKNOWN', metaCode: code });
      });

    for (const reset of ['before', 'after', 'half'] as const)
      it(`are not retried when the connection breaks (${reset})`, async () => {
        sandbox.fault({ path: 'messages', reset, times: 9 });
        const error = await errorOf(() => sendMessage(PHONE, 'Hi')(state()));
        expect(error.code).to.equal('DELIVERY_UNKNOWN');
        expect(sandbox.countOf(WA_ID)).to.be.at.most(1);
      });

    it('explain template errors', async () => {
      const cases: [object, number][] = [
        [{ ...TEMPLATE, body: ['one'] }, 2000],
        [{ ...TEMPLATE, name: 'nothing' }, 2001],
      ];
      for (const [template, code] of cases) {
        const error = await errorOf(() =>
          sendTemplate(PHONE, template as any)(state()),
        );
        expect(error.code).to.equal(code);
        expect(error.fix).to.contain('WhatsApp Manager');
      }
    });
  });

  describe('request', () => {
    it('calls any endpoint below /v1', async () => {
      for (const path of ['health', '/health'])
        expect((await get(path)(state())).data.health).to.eql({
          gateway_status: 'connected',
        });
    });

    it('changes settings, whose response is empty', async () => {
      const url = 'https://example.org/hook';
      const settings = { webhooks: { url } };
      const next = await request(
        'PATCH',
        'settings/application',
        settings,
      )(state());
      expect(next.response.statusCode).to.equal(200);
      const { data } = await get('settings/application')(state());
      expect(data.settings.application.webhooks.url).to.equal(url);
    });

    it('does not send a message twice', async () => {
      const body = { to: WA_ID, text: { body: 'Hi' } };
      sandbox.fault({ path: 'messages', reset: 'after', times: 9 });
      const error = await errorOf(() => post('messages', body)(state()));
      expect(error.code).to.equal('DELIVERY_UNKNOWN');
      expect(sandbox.countOf(WA_ID)).to.equal(1);
    });
  });

  const lacking: [string, () => any][] = [
    ['getMedia', () => getMedia('u-1')],
    ['subscribeWebhook', () => subscribeWebhook()],
    ['unsubscribeWebhook', () => unsubscribeWebhook()],
    ['listTemplates', () => listTemplates()],
    ['getTemplate', () => getTemplate('hello_world')],
    ['createTemplate', () => createTemplate({} as any)],
    ['updateTemplate', () => updateTemplate('2001', {})],
    ['deleteTemplate', () => deleteTemplate('hello_world')],
    ['uploadFileHandle', () => uploadFileHandle(PDF)],
    ['listPhoneNumbers', () => listPhoneNumbers()],
    ['getPhoneNumber', () => getPhoneNumber()],
    ['getBusinessProfile', () => getBusinessProfile()],
    ['updateBusinessProfile', () => updateBusinessProfile({})],
    ['getAnalytics', () => getAnalytics('messaging', {} as any)],
    ['blockUsers', () => blockUsers(PHONE)],
    ['unblockUsers', () => unblockUsers(PHONE)],
    ['listBlockedUsers', () => listBlockedUsers()],
    ['createFlow', () => createFlow({} as any)],
    ['updateFlow', () => updateFlow('1', {})],
    ['publishFlow', () => publishFlow('1')],
    ['deprecateFlow', () => deprecateFlow('1')],
    ['deleteFlow', () => deleteFlow('1')],
    ['getFlow', () => getFlow('1')],
    ['listFlows', () => listFlows()],
    ['the typing indicator', () => markAsRead('ABGG1', { typing: true })],
    [
      'flows',
      () => sendMessage(PHONE, { text: 'a', flow: { id: '1', cta: 'b' } }),
    ],
  ];
  for (const [what, operation] of lacking)
    it(`throws NOT_SUPPORTED for ${what} before sending anything`, async () => {
      const error = await errorOf(() => operation()(state()));
      expect(error.code).to.equal('NOT_SUPPORTED');
      expect(error.message).to.contain('On-Premise');
      expect(sandbox.requests).to.have.length(0);
    });

  for (const to of [{ group: 'a' }, 'KE.1A2b'])
    it(`rejects the recipient ${JSON.stringify(to)}`, async () => {
      const error = await errorOf(() => sendMessage(to, 'Hi')(state()));
      expect(error.code).to.equal('INVALID_RECIPIENT');
    });

  it('sends webhooks that parseWebhook() parses', async () => {
    await sendMessage(PHONE, 'Hi')(state());
    sandbox.setStatus(sandbox.deliveries[0].id, 'failed', 470);
    sandbox.receive({ from: WA_ID, text: 'Habari' });
    const trigger = await startTrigger();
    await sandbox.sendWebhooks(trigger.url, { batch: true });
    trigger.close();
    const [run] = trigger.runs;
    const { data } = await parseWebhook()({ ...state(), data: run.data });
    expect(data.messages[0]).to.include({ text: 'Habari', name: 'Amina' });
    expect(data.statuses[0].error.fix).to.contain('sendTemplate');
  });

  it('has a sandbox that sends webhooks on demand and automatically', async () => {
    const trigger = await startTrigger();
    const receive = { from: WA_ID, text: 'Habari' };
    await fetch(`${sandbox.origin}/_sandbox/webhooks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: trigger.url, receive }),
    });
    expect(trigger.runs[0].data.messages[0].text.body).to.equal('Habari');

    const telling = await startOnPremiseSandbox({ webhook: trigger.url });
    await sendMessage(PHONE, 'Hi')(state({ ...telling.credential }));
    while (trigger.runs.length < 4) await new Promise(setImmediate);
    await telling.close();
    trigger.close();
    expect(
      trigger.runs.slice(1).map(({ data }) => data.statuses[0].status),
    ).to.eql(['sent', 'delivered', 'read']);
  });
});
