import { request as httpRequest } from 'node:http';
import { expect } from 'chai';
import { parse } from '../src/webhooks/parse';
import { useSandbox } from './support/sandbox';
import { startTrigger } from './support/trigger';

const SECOND = '123456789012346';
const text = { type: 'text', text: { body: 'x' } };
const interactive = (fields: object) => ({
  type: 'interactive',
  interactive: fields,
});
const body = { text: 'x' };
const link = { link: 'https://example.org/a.png' };

describe('sandbox', () => {
  const sandbox = useSandbox();

  async function call(path: string, payload: object, version = 'v25.0') {
    const response = await fetch(`${sandbox.origin}/${version}/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${sandbox.credential.apiToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(payload),
    });
    return { status: response.status, body: (await response.json()) as any };
  }
  const send = (fields: object, version?: string) =>
    call(
      `${sandbox.credential.phoneNumberId}/messages`,
      { messaging_product: 'whatsapp', to: '+254712345678', ...fields },
      version,
    );
  const template = (
    name: string,
    components: object[],
    language = 'en_US',
  ) => ({
    type: 'template',
    template: { name, language: { code: language }, components },
  });
  const control = async (path: string, payload: unknown, headers = {}) => {
    const response = await fetch(`${sandbox.origin}/_sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(payload),
    });
    return { status: response.status, body: (await response.json()) as any };
  };

  const refused: [what: string, fields: object][] = [
    ['a local number', { to: '0712345678', ...text }],
    ['a number with 00', { to: '00254712345678', ...text }],
    ['a number of 20 digits', { to: '25471234567812345678', ...text }],
    ['another recipient_type', { recipient_type: 'crowd', ...text }],
    ['a phone number as a group', { recipient_type: 'group', ...text }],
    ['to and recipient', { recipient: 'KE.1A', ...text }],
    [
      'a title of a section with 25 characters',
      interactive({
        type: 'list',
        body,
        action: {
          button: 'a',
          sections: [
            { title: 'a'.repeat(25), rows: [{ id: '1', title: 'b' }] },
          ],
        },
      }),
    ],
    [
      'a header without its file',
      interactive({
        type: 'button',
        header: { type: 'document', document: {} },
        body,
        action: {
          buttons: [{ type: 'reply', reply: { id: '1', title: 'b' } }],
        },
      }),
    ],
    [
      'a parameter without a type',
      template('appointment_reminder', [
        { type: 'body', parameters: [{ text: 'a' }, { text: 'b' }] },
      ]),
    ],
    [
      'two bodies',
      template('hello_world', [{ type: 'body' }, { type: 'body' }]),
    ],
    [
      'names for positions',
      template('appointment_reminder', [
        {
          type: 'body',
          parameters: [
            { type: 'text', parameter_name: 'a', text: 'a' },
            { type: 'text', parameter_name: 'b', text: 'b' },
          ],
        },
      ]),
    ],
    [
      'a header that the template lacks',
      template('hello_world', [
        { type: 'header', parameters: [{ type: 'image', image: link }] },
      ]),
    ],
    [
      'a reaction in words',
      {
        type: 'reaction',
        reaction: { message_id: 'wamid.1', emoji: 'thumbs up' },
      },
    ],
    [
      'a carousel of one card',
      interactive({ type: 'carousel', body, action: { cards: [{}] } }),
    ],
    [
      'products without a header',
      interactive({
        type: 'product_list',
        body,
        action: {
          catalog_id: '1',
          sections: [
            { title: 'a', product_items: [{ product_retailer_id: '1' }] },
          ],
        },
      }),
    ],
  ];
  for (const [what, fields] of refused)
    it(`rejects ${what}, as Meta does`, async () => {
      const { status, body: answer } = await send(fields);
      expect(status).to.be.at.least(400);
      expect(answer.error.code).to.be.a('number');
      expect(sandbox.deliveries).to.have.length(0);
    });

  it('rejects API versions that Meta does not serve', async () => {
    for (const version of ['v1.0', 'v99.0', 'v19.0'])
      expect((await send(text, version)).status).to.equal(400);
    expect((await send(text, 'v23.0')).status).to.equal(200);
  });

  const card = (index: number) => ({
    card_index: index,
    type: 'cta_url',
    header: { type: 'image', image: link },
    body,
    action: {
      name: 'cta_url',
      parameters: { display_text: 'Open', url: 'https://a.org' },
    },
  });
  const taken: [what: string, fields: object][] = [
    [
      'a product',
      {
        type: 'product',
        action: { catalog_id: '1', product_retailer_id: 'a' },
      },
    ],
    [
      'products',
      {
        type: 'product_list',
        header: { type: 'text', text: 'a' },
        body,
        action: {
          catalog_id: '1',
          sections: [
            { title: 'a', product_items: [{ product_retailer_id: '1' }] },
          ],
        },
      },
    ],
    [
      'a catalog',
      { type: 'catalog_message', body, action: { name: 'catalog_message' } },
    ],
    [
      'a question for the number',
      {
        type: 'request_contact_info',
        body,
        action: { name: 'request_contact_info' },
      },
    ],
    [
      'a question for the address',
      {
        type: 'address_message',
        body,
        action: { name: 'address_message', parameters: { country: 'IN' } },
      },
    ],
    [
      'a question for a call',
      {
        type: 'call_permission_request',
        action: { name: 'call_permission_request' },
      },
    ],
    [
      'a call button',
      {
        type: 'voice_call',
        body,
        action: { name: 'voice_call', parameters: { display_text: 'Call' } },
      },
    ],
    [
      'a carousel',
      { type: 'carousel', body, action: { cards: [card(0), card(1)] } },
    ],
  ];
  for (const [what, fields] of taken)
    it(`accepts ${what}, as Meta does`, async () => {
      const { status, body: answer } = await send(interactive(fields));
      expect(status, JSON.stringify(answer)).to.equal(200);
    });

  it("accepts an authentication template and a carousel in Meta's format", async () => {
    const create = (fields: object) =>
      call(`${sandbox.credential.wabaId}/message_templates`, {
        language: 'en',
        ...fields,
      });
    const code = await create({
      name: 'a_code',
      category: 'AUTHENTICATION',
      components: [
        { type: 'BODY', add_security_recommendation: true },
        { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] },
      ],
    });
    expect(code.status, JSON.stringify(code.body)).to.equal(200);
    sandbox.review({ name: 'a_code', event: 'APPROVED' });
    const parameters = [{ type: 'text', text: '123456' }];
    const sent = await send(
      template(
        'a_code',
        [
          { type: 'body', parameters },
          { type: 'button', sub_type: 'url', index: '0', parameters },
        ],
        'en',
      ),
    );
    expect(sent.status, JSON.stringify(sent.body)).to.equal(200);
  });

  it('sends from its second number and names that number in webhooks', async () => {
    const trigger = await startTrigger();
    const { status, body: answer } = await call(`${SECOND}/messages`, {
      messaging_product: 'whatsapp',
      to: '+254712345678',
      ...text,
    });
    expect(status).to.equal(200);
    sandbox.setStatus(answer.messages[0].id, 'read');
    sandbox.receive({
      from: '254712345678',
      text: 'Hi',
      phoneNumberId: SECOND,
    });
    await sandbox.sendWebhooks(trigger.url, { batch: true });
    trigger.close();
    const { messages, statuses } = parse(trigger.runs[0].data);
    for (const row of [...messages, ...statuses])
      expect(row).to.include({
        phoneNumberId: SECOND,
        displayPhoneNumber: '+15550002222',
      });
  });

  it('simulates the end of the 24-hour window', async () => {
    const trigger = await startTrigger();
    sandbox.receive({ from: '254712345678', text: 'Hi' });
    await send(text);
    await control('clock', { hours: 24 });
    await send(text);
    await send(template('hello_world', []));
    await sandbox.sendWebhooks(trigger.url, { batch: true });
    trigger.close();
    const { statuses } = parse(trigger.runs[0].data);
    expect(statuses.map(({ id, error }) => [id, error!.code])).to.eql([
      [sandbox.deliveries[1].id, 131047],
    ]);
    sandbox.receive({ from: '254712345678', text: 'Hi again' });
    await send(text);
    await sandbox.sendWebhooks(trigger.url).catch(() => undefined);
  });

  describe('incoming messages', () => {
    const from = '254712345678';
    const rowOf = async (inbound: any) => {
      const trigger = await startTrigger();
      const { status, body: answer } = await control('webhooks', {
        url: trigger.url,
        receive: { from, ...inbound },
      });
      expect(status, JSON.stringify(answer)).to.equal(200);
      trigger.close();
      const { messages, events } = parse(trigger.runs[0].data);
      return messages[0] ?? events[0];
    };

    it('include every type that a user can send', async () => {
      const rows: any[] = [];
      for (const inbound of [
        { text: 'Hi' },
        { image: true },
        { document: true },
        { voice: true },
        { location: { latitude: -1.29, longitude: 36.82 } },
        { reaction: { message_id: 'wamid.1', emoji: '👍' } },
        { flow: { weight: '12' } },
        { edit: { original_message_id: 'wamid.1', text: 'Now' } },
        { revoke: { original_message_id: 'wamid.1' } },
        { unsupported: 'poll' },
        { newNumber: '254799999999' },
        { preference: 'stop' },
      ])
        rows.push(await rowOf(inbound));
      expect(rows.map(row => row.type ?? row.kind ?? row.change.kind)).to.eql([
        'text',
        'image',
        'document',
        'audio',
        'location',
        'reaction',
        'interactive',
        'edit',
        'revoke',
        'unsupported',
        'number',
        'optOut',
      ]);
    });

    it('include taps on buttons and rows, by title or ID', async () => {
      await send(
        interactive({
          type: 'button',
          body,
          action: {
            buttons: [{ type: 'reply', reply: { id: 'y', title: 'Yes' } }],
          },
        }),
      );
      expect((await rowOf({ tap: 'Yes' })).reply).to.eql({
        type: 'button_reply',
        id: 'y',
        title: 'Yes',
      });
      await send(
        interactive({
          type: 'list',
          body,
          action: {
            button: 'a',
            sections: [{ rows: [{ id: 'c1', title: 'North' }] }],
          },
        }),
      );
      expect((await rowOf({ tap: 'c1' })).reply).to.include({
        type: 'list_reply',
        title: 'North',
      });
      await send(
        template('appointment_reminder', [
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'a' },
              { type: 'text', text: 'b' },
            ],
          },
          {
            type: 'button',
            sub_type: 'quick_reply',
            index: '0',
            parameters: [{ type: 'payload', payload: 'CONFIRM' }],
          },
        ]),
      );
      expect((await rowOf({ tap: 'Confirm' })).reply).to.eql({
        type: 'button',
        id: 'CONFIRM',
        title: 'Confirm',
      });
    });
  });

  describe('control endpoints', () => {
    const wrong: [path: string, payload: unknown][] = [
      ['faults', { pth: 'messages', cod: 131026 }],
      ['faults', { path: 'messages' }],
      ['faults', 'text'],
      ['webhooks', { receive: { from: '254712345678', text: 'Hi' } }],
      [
        'webhooks',
        {
          url: 'http://127.0.0.1:1/',
          receive: { from: '254712345678', tap: 'Good' },
        },
      ],
      [
        'webhooks',
        {
          url: 'http://127.0.0.1:1/',
          receive: { from: '254712345678', button: 'Good' },
        },
      ],
      [
        'webhooks',
        {
          url: 'http://127.0.0.1:1/',
          receive: { from: '+254712345678', text: 'x' },
        },
      ],
      [
        'webhooks',
        { url: 'http://127.0.0.1:1/', receive: { from: '254712345678' } },
      ],
      [
        'webhooks',
        { url: 'http://127.0.0.1:1/', status: { id: 'x', status: 'read' } },
      ],
      ['templates', { nme: 'a', event: 'APPROVED' }],
      ['clock', { days: 1 }],
    ];
    for (const [path, payload] of wrong)
      it(`reject a wrong key or value: ${path} ${JSON.stringify(payload)}`, async () => {
        const { status, body: answer } = await control(path, payload);
        expect(status).to.equal(400);
        expect(answer.error.error_data.details).to.be.a('string');
      });

    it('reject requests from another origin', async () => {
      const { status } = await control(
        'faults',
        { path: 'messages', code: 190 },
        { origin: 'https://evil.example' },
      );
      expect(status).to.equal(403);
    });

    it('reject requests with another Host header', async () => {
      const status = await new Promise(done => {
        const { port } = new URL(sandbox.origin);
        httpRequest(
          {
            host: '127.0.0.1',
            port,
            path: '/_sandbox/messages',
            headers: { host: 'evil.example' },
          },
          response => done(response.statusCode),
        ).end();
      });
      expect(status).to.equal(403);
    });

    it('accept requests from their own origin', async () => {
      const { status } = await control(
        'faults',
        { path: 'messages', code: 190 },
        { origin: sandbox.origin },
      );
      expect(status).to.equal(200);
    });
  });

  const costsBy = (conditions: string) => {
    const span = `start(${1e9}).end(${2e9}).granularity(MONTHLY)${conditions}`;
    return fetch(
      `${sandbox.origin}/v25.0/${sandbox.credential.wabaId}?fields=pricing_analytics.${encodeURIComponent(span)}`,
      { headers: { authorization: `Bearer ${sandbox.credential.apiToken}` } },
    );
  };

  it('rejects unknown dimensions and countries', async () => {
    for (const conditions of [
      '.dimensions(["LAND"])',
      '.country_codes(["Kenya"])',
    ])
      expect((await costsBy(conditions)).status).to.equal(400);
  });

  it('returns costs by dimension and month', async () => {
    await send(text);
    await send(template('hello_world', []));
    const response = await costsBy(
      '.dimensions(["COUNTRY","PRICING_CATEGORY"])',
    );
    const { pricing_analytics } = (await response.json()) as any;
    expect(
      pricing_analytics.data[0].data_points.map((point: any) => [
        point.country,
        point.pricing_category,
        point.volume,
      ]),
    ).to.eql([
      ['KE', 'SERVICE', 1],
      ['KE', 'UTILITY', 1],
    ]);
  });
});
