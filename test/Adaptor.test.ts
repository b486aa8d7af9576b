import { expect } from 'chai';
import * as adaptor from '../src';
import { errorOf } from './support/errors';
import { accepted, configuration, MESSAGES, mockApi } from './support/fixtures';
import { useSandbox } from './support/sandbox';

const {
  del,
  execute,
  get,
  markAsRead,
  post,
  request,
  sendMessage,
  sendTemplate,
} = adaptor;

/** Answers one call of the API, and keeps its body. */
function answer(method: string, path: string, status = 200, body: any = {}) {
  const seen: any = {};
  mockApi()
    .intercept({ method, path })
    .reply(status, ({ body: sent, headers, path: where }) => {
      Object.assign(seen, { headers, path: where, text: sent });
      if (sent) seen.body = JSON.parse(String(sent));
      return body;
    });
  return seen;
}

const state = (data: unknown = {}) => ({ configuration, data });

describe('execute', () => {
  it('validates the credential before running any operation', async () => {
    let ran = false;
    const operation = async (s: any) => {
      ran = true;
      return s;
    };
    const error = await errorOf(() =>
      execute(operation)({ configuration: { apiToken: 1 } }),
    );
    expect(error.code).to.equal('INVALID_CONFIGURATION');
    expect(ran).to.be.false;
  });

  it('starts with no references and keeps those of an earlier step', async () => {
    const { references } = await execute()(state());
    expect(references).to.eql([]);
    const next = await execute()({ ...state(), references: [1] });
    expect(next.references).to.eql([1]);
  });
});

describe('sendMessage', () => {
  it('resolves functions in arguments at any depth', async () => {
    const seen = answer('POST', MESSAGES, 200, accepted);
    await sendMessage(
      s => s.data.phone,
      (s: any) => ({ text: s.data.text, buttons: [(t: any) => t.data.yes] }),
      { reference: (s: any) => s.data.id } as any,
    )(state({ phone: '+254712345678', text: 'Come?', yes: 'Yes', id: 7 }));
    expect(seen.body).to.eql({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+254712345678',
      biz_opaque_callback_data: '7',
      type: 'interactive',
      interactive: {
        type: 'button',
        body: { text: 'Come?' },
        action: {
          buttons: [{ type: 'reply', reply: { id: 'Yes', title: 'Yes' } }],
        },
      },
    });
  });

  it('writes the response body to data, HTTP details to response and the old data to references', async () => {
    answer('POST', MESSAGES, 200, accepted);
    const before = { phone: '+254712345678' };
    const next = await sendMessage(before.phone, 'Hi')(state(before));
    expect(next.data).to.eql(accepted);
    expect(next.references).to.eql([before]);
    expect(next.response).to.include({ method: 'POST', statusCode: 200 });
    expect(next.response).to.have.all.keys(
      'method',
      'url',
      'statusCode',
      'statusMessage',
      'headers',
      'duration',
    );
  });

  it('sends the token only in the Authorization header', async () => {
    const seen = answer('POST', MESSAGES, 200, accepted);
    await sendMessage('+254712345678', 'Hi')(state());
    expect(seen.headers.authorization).to.equal(
      `Bearer ${configuration.apiToken}`,
    );
    expect(seen.path + seen.text).not.to.contain(configuration.apiToken);
  });

  it('replies to a message with replyTo', async () => {
    const seen = answer('POST', MESSAGES, 200, accepted);
    await sendMessage('+254712345678', 'Hi', { replyTo: 'wamid.0' })(state());
    expect(seen.body.context).to.eql({ message_id: 'wamid.0' });
  });

  it('sends a BSUID in the recipient field', async () => {
    const seen = answer('POST', MESSAGES, 200, accepted);
    await sendMessage('KE.1A2b', 'Hi')(state());
    expect(seen.body.recipient).to.equal('KE.1A2b');
    expect(seen.body).not.to.have.property('to');
  });

  it('returns the request without sending it with dryRun', async () => {
    mockApi();
    const { data } = await sendMessage('+254712345678', 'Hi', {
      dryRun: true,
    })(state());
    expect(data).to.eql({
      method: 'POST',
      url: `https://graph.facebook.com${MESSAGES}`,
      body: {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: '+254712345678',
        type: 'text',
        text: { body: 'Hi' },
      },
      preview: { text: 'Hi' },
    });
  });

  it('rejects a reference of 513 characters', async () => {
    const error = await errorOf(() =>
      sendMessage('+254712345678', 'Hi', { reference: 'a'.repeat(513) })(
        state(),
      ),
    );
    expect(error.message).to.contain('reference').and.contain('512');
  });

  it('rejects an unknown option', async () => {
    const error = await errorOf(() =>
      sendMessage('+254712345678', 'Hi', { refrence: '1' } as any)(state()),
    );
    expect(error.code).to.equal('INVALID_OPTIONS');
    expect(error.fix).to.contain('reference');
  });

  it('lists all missing credential fields', async () => {
    const error = await errorOf(() =>
      sendMessage('+254712345678', 'Hi')({ configuration: {} }),
    );
    expect(error.code).to.equal('INVALID_CONFIGURATION');
    expect(error.message).to.contain('apiToken').and.contain('phoneNumberId');
  });
});

describe('sendTemplate', () => {
  it('sends a template', async () => {
    const seen = answer('POST', MESSAGES, 200, accepted);
    await sendTemplate('+254712345678', {
      name: 'reminder',
      language: 'sw',
      namespace: 'on_premise_only',
      body: [((s: any) => s.data.name) as any],
    })(state({ name: 'Amina' }));
    expect(seen.body.template).to.eql({
      name: 'reminder',
      language: { code: 'sw' },
      components: [
        { type: 'body', parameters: [{ type: 'text', text: 'Amina' }] },
      ],
    });
  });
});

describe('template errors', () => {
  const sandbox = useSandbox();
  const errorFor = (template: any, run: object = { ...sandbox.credential }) =>
    errorOf(() =>
      sendTemplate('+254712345678', template)({ configuration: run, data: {} }),
    );

  it('list the parameters expected and the parameters sent', async () => {
    const error = await errorFor({ name: 'receipt', language: 'en' });
    expect(error.code).to.equal(132000);
    const header = { image: 'https://example.org/a.png' };
    const wrong = await errorFor({
      name: 'receipt',
      language: 'en',
      header,
      buttons: [{ url: 'a' }],
    });
    expect(wrong.code).to.equal(132000);
    expect(wrong.details).to.contain(
      '(en) expects 3 parameters: header (document), body {{1}}, buttons[0] "Open" (URL). Got 2: header (image), buttons[0] (URL). Missing: header (document), body {{1}}. Too many: header (image).',
    );
    expect(wrong.fix).to.be.a('string');
  });

  it('name missing and extra variables', async () => {
    const missing = await errorFor({
      name: 'visit_reminder',
      language: 'sw',
      body: { name: 'Amina' },
    });
    expect(missing.code).to.equal(132000);
    expect(missing.details).to.match(/Missing: body \{\{day\}\}\.$/);
    const tooMany = await errorFor({ name: 'hello_world', body: ['a', 'b'] });
    expect(tooMany.details).to.match(
      /expects 0 parameters\..* Too many: body \{\{1\}\}, body \{\{2\}\}\.$/,
    );
  });

  it('name a button without its value', async () => {
    const error = await errorFor({
      name: 'receipt',
      language: 'en',
      header: { document: 'https://example.org/a.pdf' },
      body: [{ currency: 'KES', amount: 1 }],
    });
    expect(error.code).to.equal(132000);
    expect(error.details).to.match(/Missing: buttons\[0\] "Open" \(URL\)\.$/);
  });

  it('list the available languages', async () => {
    const error = await errorFor({ name: 'visit_reminder', language: 'fr' });
    expect(error.code).to.equal(132001);
    expect(error.details).to.contain('exists in: sw (APPROVED)');
  });

  it('fetch a template once per run', async () => {
    const run = { ...sandbox.credential };
    for (let count = 0; count < 3; count++)
      await errorFor({ name: 'hello_world', body: ['a'] }, run);
    const reads = sandbox.requests.filter(({ method }) => method === 'GET');
    expect(reads).to.have.length(1);
  });

  it('are unchanged when the template is not the cause', async () => {
    const run = { ...sandbox.credential, phoneNumberId: '1' };
    const error = await errorFor('hello_world', run);
    expect(error).to.include({ code: 100, subcode: 33 });
    expect(sandbox.requests).to.have.length(2);
  });

  it("are unchanged when templates can't be fetched", async () => {
    sandbox.fault({ path: 'message_templates', code: 10 });
    const error = await errorFor({ name: 'hello_world', body: ['a'] });
    expect(error.code).to.equal(132000);
    expect(error.details).not.to.contain('exists');
    const { wabaId: _gone, ...rest } = sandbox.credential;
    const plain = await errorFor({ name: 'hello_world', body: ['a'] }, rest);
    expect(plain.code).to.equal(132000);
  });
});

describe('markAsRead', () => {
  it('marks a message as read and shows a typing indicator', async () => {
    const seen = answer('POST', MESSAGES, 200, { success: true });
    const { data } = await markAsRead('wamid.0', { typing: true })(state());
    expect(data).to.eql({ success: true });
    expect(seen.body).to.eql({
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: 'wamid.0',
      typing_indicator: { type: 'text' },
    });
  });

  it('rejects an empty ID', async () => {
    const error = await errorOf(() => markAsRead(undefined as any)(state()));
    expect(error.message).to.contain('messageId');
  });
});

describe('request', () => {
  const number = '/v25.0/123456789012345';

  it('runs 1.x jobs', async () => {
    const seen = answer('POST', '/v22.0/123456789012345/messages');
    const { baseUrl: _gone, ...old } = configuration;
    await request('POST', 'messages', { to: '254712345678' })({
      configuration: { ...old, apiVersion: 'v22.0' },
    });
    expect(seen.body).to.eql({ to: '254712345678' });
    expect(seen.headers['content-type']).to.equal('application/json');
  });

  it('serializes query values for the Graph API and omits empty ones', async () => {
    const ids = encodeURIComponent('["1"]');
    const seen = answer('GET', `${number}/media?limit=5&ids=${ids}`);
    const query = { limit: 5, ids: ['1'], after: undefined, before: null };
    await get('media', { query })(state());
    expect(seen.path).to.contain('limit=5');
  });

  it('resolves paths relative to the phone number ID or to the base URL', async () => {
    for (const [path, full] of [
      ['settings', `${number}/settings`],
      ['/1/flows', '/v25.0/1/flows'],
    ]) {
      answer('GET', full, 200, { full });
      expect((await get(path)(state())).data).to.eql({ full });
    }
  });

  it("rejects numbers that JSON can't represent and names the fields", async () => {
    for (const value of [NaN, 10n]) {
      const error = await errorOf(() =>
        post('groups', { a: [{ b: value }] })(state()),
      );
      expect(error.code).to.equal('INVALID_REQUEST');
      expect(error.message).to.contain('`body.a.0.b`');
    }
  });

  it('requires no phone number ID for paths relative to the base URL', async () => {
    answer('GET', '/v25.0/1');
    const { phoneNumberId: _gone, ...rest } = configuration;
    expect((await get('/1')({ configuration: rest })).data).to.eql({});
  });

  it('sends POST and DELETE requests, and DELETE with a body', async () => {
    const posted = answer('POST', `${number}/register`);
    await post('register', { pin: '123456' })(state());
    expect(posted.body).to.eql({ pin: '123456' });

    answer('DELETE', '/v25.0/9', 200, { success: true });
    expect((await del('/9')(state())).data).to.eql({ success: true });

    const deleted = answer('DELETE', `${number}/block_users`);
    await request('DELETE', 'block_users', { a: 1 })(state());
    expect(deleted.body).to.eql({ a: 1 });
  });

  it('returns text or base64 with parseAs', async () => {
    mockApi().intercept({ path: '/v25.0/1' }).reply(200, 'a,b');
    expect((await get('/1', { parseAs: 'text' })(state())).data).to.equal(
      'a,b',
    );
    mockApi().intercept({ path: '/v25.0/1' }).reply(200, 'a,b');
    expect((await get('/1', { parseAs: 'base64' })(state())).data).to.equal(
      Buffer.from('a,b').toString('base64'),
    );
  });

  it('sends appsecret_proof if the credential has an app secret', async () => {
    const proof = 'appsecret_proof='; // HMAC-SHA256 of the token with the key "shhh-secret"
    const api = mockApi();
    api
      .intercept({ path: path => path.includes(proof) })
      .reply(200, ({ path }) => ({ path }));
    const { data, response } = await get('/1')({
      configuration: { ...configuration, appSecret: 'shhh-secret' },
    });
    expect(data.path).to.contain('[redacted]');
    expect(response.url).not.to.contain('appsecret_proof');
  });

  it('rejects an undefined path', async () => {
    const error = await errorOf(() => get(undefined as any)(state()));
    expect(error.code).to.equal('INVALID_REQUEST');
  });
});

describe('exports', () => {
  it('include the functions of language-common that jobs use', () => {
    expect(adaptor).to.include.keys(
      'as assert combine cursor dataPath dataValue dateFns each field fields fn fnIf group lastReferenceValue log map merge scrubEmojis sourceValue util'.split(
        ' ',
      ),
    );
  });
});
