import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from '../../src/webhooks/parse';
import { errorOf } from '../support/errors';

const metadata = {
  display_phone_number: '15550001111',
  phone_number_id: '123456789012345',
};
const contacts = [
  { profile: { name: 'Amina' }, wa_id: '254712345678', user_id: 'KE.1A' },
];

const cloud = (...values: unknown[]) => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '987',
      changes: values.map(value => ({ field: 'messages', value })),
    },
  ],
});
const message = (content: object): any => ({
  from: '254712345678',
  id: 'wamid.1',
  timestamp: '1900000000',
  ...content,
});
const rowOf = (content: object) =>
  parse(
    cloud({
      messaging_product: 'whatsapp',
      metadata,
      contacts,
      messages: [message(content)],
    }),
  ).messages[0];
const interactive = (type: string, reply: object) => ({
  type: 'interactive',
  interactive: { type, [type]: reply },
});

describe('parseWebhook', () => {
  it('parses a message into a row', () => {
    const content = message({ type: 'text', text: { body: 'Habari' } });
    expect(rowOf(content)).to.eql({
      id: 'wamid.1',
      timestamp: '2030-03-17T17:46:40.000Z',
      from: '+254712345678',
      userId: 'KE.1A',
      name: 'Amina',
      type: 'text',
      text: 'Habari',
      phoneNumberId: '123456789012345',
      displayPhoneNumber: '+15550001111',
      wabaId: '987',
      contact: contacts[0],
      content,
    });
  });

  const texts: [string, object, string][] = [
    [
      'a caption',
      { type: 'image', image: { id: '1', caption: 'Rash' } },
      'Rash',
    ],
    ['nothing of a voice message', { type: 'audio', audio: { id: '1' } }, ''],
    [
      'a button of a template',
      { type: 'button', button: { payload: 'C', text: 'Confirm' } },
      'Confirm',
    ],
    [
      'a reply button',
      interactive('button_reply', { id: 'y', title: 'Yes' }),
      'Yes',
    ],
    [
      'a row of a list',
      interactive('list_reply', { id: 'c', title: 'North' }),
      'North',
    ],
    [
      'a flow',
      interactive('nfm_reply', { body: 'Sent', response_json: '{}' }),
      'Sent',
    ],
    [
      'a call permission',
      interactive('call_permission_reply', { response: 'accept' }),
      'accept',
    ],
    [
      'a named place',
      {
        type: 'location',
        location: {
          latitude: 1,
          longitude: 2,
          name: 'Home',
          address: 'Road 1',
        },
      },
      'Home, Road 1',
    ],
    [
      'a place',
      { type: 'location', location: { latitude: -1.29, longitude: 36.82 } },
      '-1.29, 36.82',
    ],
    [
      'contacts',
      {
        type: 'contacts',
        contacts: [
          { name: { formatted_name: 'Ada' } },
          { name: { formatted_name: 'Bo' } },
        ],
      },
      'Ada, Bo',
    ],
    [
      'a reaction',
      { type: 'reaction', reaction: { message_id: 'w', emoji: '👍' } },
      '👍',
    ],
    [
      'a reaction that is taken back',
      { type: 'reaction', reaction: { message_id: 'w' } },
      '',
    ],
    [
      'an order',
      { type: 'order', order: { text: 'Two please' } },
      'Two please',
    ],
    [
      'an edit',
      {
        type: 'edit',
        edit: {
          original_message_id: 'w',
          message: { type: 'text', text: { body: 'New' } },
        },
      },
      'New',
    ],
    [
      'an edit of a caption',
      {
        type: 'edit',
        edit: { message: { type: 'image', image: { caption: 'New' } } },
      },
      'New',
    ],
    [
      'nothing of what is taken back',
      { type: 'revoke', revoke: { original_message_id: 'w' } },
      '',
    ],
    [
      'nothing of what is not supported',
      { type: 'unsupported', errors: [{ code: 131051 }] },
      '',
    ],
    [
      'nothing of a type that is not invented yet',
      { type: 'hologram', hologram: {} },
      '',
    ],
    ['nothing of a hostile type', { type: 'constructor' }, ''],
    ['nothing of a reply that cannot be decoded', { type: 'interactive' }, ''],
  ];
  for (const [what, content, text] of texts)
    it(`returns readable text for ${what}`, () => {
      expect(rowOf(content).text).to.equal(text);
    });

  it('returns the button or row tapped', () => {
    const list = { id: 'c1', title: 'North', description: 'Mon' };
    expect(rowOf(interactive('list_reply', list)).reply).to.eql({
      type: 'list_reply',
      ...list,
    });
    const button = { payload: 'CONFIRM', text: 'Confirm' };
    expect(rowOf({ type: 'button', button }).reply).to.eql({
      type: 'button',
      id: 'CONFIRM',
      title: 'Confirm',
    });
  });

  it('parses the reply to a flow and keeps its keys', () => {
    const data = {
      patientId: 7,
      'Date-of-birth': '1990-01-31',
      flow_token: 'x',
    };
    const response_json = JSON.stringify(data);
    const { reply } = rowOf(
      interactive('nfm_reply', { name: 'flow', body: 'Sent', response_json }),
    );
    expect(reply).to.eql({
      type: 'nfm_reply',
      name: 'flow',
      title: 'Sent',
      data,
    });
  });

  it("keeps a reply to a flow that can't be parsed", () => {
    const row = rowOf(interactive('nfm_reply', { response_json: '{"a":' }));
    expect(row.reply).to.eql({ type: 'nfm_reply' });
    expect(JSON.stringify(row.content)).to.contain('{\\"a\\":');
  });

  it('returns the media of a message', () => {
    const document = {
      id: '1',
      mime_type: 'application/pdf',
      sha256: 'abc=',
      filename: 'a.pdf',
      caption: 'Result',
      url: 'https://lookaside.fbsbx.com/1',
    };
    expect(rowOf({ type: 'document', document }).media).to.eql({
      id: '1',
      mimeType: 'application/pdf',
      sha256: 'abc=',
      filename: 'a.pdf',
      caption: 'Result',
      url: 'https://lookaside.fbsbx.com/1',
      phoneNumberId: '123456789012345',
    });
    expect(
      rowOf({ type: 'audio', audio: { id: '1', voice: true } }).media,
    ).to.eql({ id: '1', voice: true, phoneNumberId: '123456789012345' });
  });

  it('parses a sender without a phone number', () => {
    const node = {
      id: 'wamid.1',
      from_user_id: 'KE.1A',
      type: 'text',
      text: { body: 'Hi' },
    };
    const two = [{ wa_id: '1', profile: { name: 'No' } }, ...contacts];
    const [row] = parse(cloud({ contacts: two, messages: [node] })).messages;
    expect(row).to.include({ userId: 'KE.1A', name: 'Amina' });
    expect(row).not.to.have.property('from');
  });

  it('adds the fix of an error to a failed message', () => {
    const node = {
      id: 'wamid.1',
      status: 'failed',
      timestamp: '1900000001',
      recipient_id: '254712345678',
      recipient_user_id: 'KE.1A',
      biz_opaque_callback_data: 'visit-17',
      errors: [
        {
          code: 131047,
          title: 'Re',
          error_data: { details: 'More than 24 h.' },
        },
      ],
    };
    const [row] = parse(cloud({ metadata, statuses: [node] })).statuses;
    expect(row).to.include({
      id: 'wamid.1',
      status: 'failed',
      to: '+254712345678',
      userId: 'KE.1A',
      reference: 'visit-17',
      timestamp: '2030-03-17T17:46:41.000Z',
    });
    expect(row.error).to.include({
      code: 131047,
      details: 'More than 24 h.',
      retryable: false,
    });
    expect(row.error!.fix).to.contain('sendTemplate');
    expect(row.error!.message).to.match(/^131047: .* More than 24 h\.$/);
  });

  it('parses every entry, change and item in order', () => {
    const items = (...ids: string[]) =>
      ids.map(id => message({ id, type: 'text' }));
    const { messages } = parse({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '1',
          changes: [
            { field: 'messages', value: { messages: items('a', 'b') } },
            { field: 'messages', value: { messages: items('c') } },
          ],
        },
        {
          id: '2',
          changes: [{ field: 'messages', value: { messages: items('d') } }],
        },
      ],
    });
    expect(messages.map(({ id, wabaId }) => id + wabaId)).to.eql([
      'a1',
      'b1',
      'c1',
      'd2',
    ]);
  });

  it('removes duplicates and keeps every status of a message', () => {
    const text = message({ type: 'text', text: { body: 'Hi' } });
    const status = (name: string, to: string) => ({
      id: 'w',
      status: name,
      recipient_id: to,
    });
    const value = {
      messages: [text, text],
      statuses: [
        status('sent', '1'),
        status('read', '1'),
        status('read', '2'),
        status('sent', '1'),
      ],
    };
    const webhook = parse(cloud(value, value));
    expect(webhook.messages).to.have.length(1);
    expect(webhook.statuses).to.have.length(3);
    expect(webhook.events).to.have.length(0);
  });

  it('returns an event for every other field', () => {
    const value = { event: 'APPROVED', message_template_id: 1234567890123456 };
    const change = { field: 'message_template_status_update', value };
    const entry = { id: '987', time: 1900000000, changes: [change, change] };
    expect(
      parse({ object: 'whatsapp_business_account', entry: [entry] }).events,
    ).to.eql([
      {
        field: 'message_template_status_update',
        value,
        wabaId: '987',
        timestamp: '2030-03-17T17:46:40.000Z',
      },
    ]);
  });

  it('does not treat messages of other fields as incoming messages', () => {
    const value = {
      messages: [message({ type: 'text' })],
      statuses: [{ id: 'c', status: 'RINGING' }],
    };
    for (const field of ['smb_message_echoes', 'calls']) {
      const webhook = parse({
        object: 'whatsapp_business_account',
        entry: [{ changes: [{ field, value }] }],
      });
      expect(webhook.messages).to.have.length(0);
      expect(webhook.events).to.eql([{ field, value }]);
    }
  });

  it('returns events for account errors and other values', () => {
    const errors = [{ code: 130429 }];
    expect(parse(cloud({ metadata, errors })).events[0].value).to.eql({
      metadata,
      errors,
    });
    const messages = [message({ type: 'text' })];
    const webhook = parse(cloud({ metadata, messages, errors, new_thing: 1 }));
    expect(webhook.messages).to.have.length(1);
    expect(webhook.events[0].value).to.eql({ metadata, errors, new_thing: 1 });
  });

  it('parses On-Premise payloads', () => {
    const webhook = parse({
      contacts: [{ profile: { name: 'Ada' }, wa_id: '48601000000' }],
      messages: [
        {
          from: '48601000000',
          id: 'ABG',
          timestamp: '1900000000',
          type: 'voice',
          voice: { id: 'u-1', mime_type: 'audio/ogg' },
        },
      ],
      statuses: [
        {
          id: 'gB',
          status: 'failed',
          timestamp: '1900000000',
          message: { recipient_id: '48601000000' },
          errors: [{ code: 470, title: 'Window', details: 'Too late' }],
        },
      ],
    });
    expect(webhook.messages[0]).to.include({ name: 'Ada', type: 'voice' });
    expect(webhook.messages[0].media).to.eql({
      id: 'u-1',
      mimeType: 'audio/ogg',
      voice: true,
    });
    expect(webhook.statuses[0].to).to.equal('+48601000000');
    expect(webhook.statuses[0].error).to.include({
      code: 470,
      details: 'Too late',
    });
  });

  const strangers: [string, unknown, string][] = [
    ['nothing', undefined, 'empty'],
    ['null', null, 'empty'],
    ['a text', '{"object":"whatsapp_business_account"}', 'string'],
    ['a number', 7, 'number'],
    ['an array', [7], 'array'],
    ['an empty array', [], 'array'],
    ['an empty object', {}, 'no entry'],
    ['the webhook of a page', { object: 'page', entry: [] }, 'object'],
    [
      'an entry that is no array',
      { object: 'whatsapp_business_account', entry: {} },
      'entry',
    ],
  ];
  for (const [what, payload, word] of strangers)
    it(`rejects ${what} with a clear error`, async () => {
      const error = await errorOf(() => parse(payload));
      expect(error.code).to.equal('INVALID_WEBHOOK');
      expect(error.message).to.contain(word);
    });

  it('returns malformed items as events, beside valid rows', () => {
    const good = message({ type: 'text', text: { body: 'Hi' } });
    const webhook = parse({
      object: 'whatsapp_business_account',
      entry: [
        null,
        'x',
        { id: '1' },
        {
          id: '2',
          changes: [
            null,
            7,
            { value: 1 },
            { field: 'messages' },
            { field: 'messages', value: { messages: 'no' } },
          ],
        },
        {
          id: '3',
          changes: [
            {
              field: 'messages',
              value: {
                messages: [null, {}, { type: 'text' }, good],
                statuses: [{ id: 'w' }],
              },
            },
          ],
        },
      ],
    });
    expect(webhook.messages.map(({ id }) => id)).to.eql(['wamid.1']);
    expect(webhook.statuses).to.have.length(0);
    expect(webhook.events).to.have.length(12);
  });

  it('parses a body of 3 MB', () => {
    const messages = Array.from({ length: 1000 }, (_value, index) =>
      message({
        id: `w${index}`,
        type: 'text',
        text: { body: 'é'.repeat(3000) },
      }),
    );
    expect(parse(cloud({ messages })).messages).to.have.length(1000);
  });

  it('accepts deeply nested values', () => {
    const deep = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000));
    const good = message({ type: 'text', text: { body: 'Hi' } });
    const bad = message({
      id: 'deep',
      type: 'image',
      image: deep,
      context: deep,
    });
    const webhook = parse(cloud({ messages: [deep, bad, good], junk: deep }));
    expect(webhook.messages.map(({ id }) => id)).to.eql(['deep', 'wamid.1']);
    expect(webhook.events).to.have.length(2);
  });

  describe('with random payloads', () => {
    const junk = fc.oneof(
      fc.constantFrom(null, undefined, 0, '', 'x', true, [], {}, [[]]),
      fc.object({
        maxDepth: 2,
        key: fc.constantFrom(
          'id',
          'type',
          'status',
          'text',
          'timestamp',
          'errors',
          '__proto__',
          'constructor',
          'x',
        ),
      }),
    );
    const anyValue = fc.oneof(junk, fc.string(), fc.integer());
    const valid = (key: 'type' | 'status') =>
      fc.record(
        {
          id: fc.integer({ min: 1, max: 40 }).map(n => `${key}-${n}`),
          [key]: fc.constantFrom(
            'text',
            'image',
            'interactive',
            'edit',
            'sent',
            'read',
            'failed',
          ),
          from: anyValue,
          timestamp: anyValue,
          text: anyValue,
          image: anyValue,
          interactive: anyValue,
          edit: anyValue,
          context: anyValue,
          errors: anyValue,
          reaction: anyValue,
          recipient_id: fc.constant('1'),
        },
        { requiredKeys: ['id', key] as any },
      );
    const list = (node: fc.Arbitrary<any>) =>
      fc.oneof(
        {
          weight: 5,
          arbitrary: fc.array(fc.oneof(junk, node), { maxLength: 6 }),
        },
        { weight: 1, arbitrary: junk },
      );
    const value = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record(
          {
            messages: list(valid('type')),
            statuses: list(valid('status')),
            contacts: anyValue,
            metadata: anyValue,
            errors: anyValue,
          },
          { requiredKeys: [] },
        ),
      },
      { weight: 1, arbitrary: junk },
    );
    const change = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({ field: fc.constant('messages'), value }),
      },
      { weight: 1, arbitrary: junk },
    );
    const entry = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          id: anyValue,
          time: anyValue,
          changes: fc.oneof(
            { weight: 5, arbitrary: fc.array(change, { maxLength: 4 }) },
            { weight: 1, arbitrary: junk },
          ),
        }),
      },
      { weight: 1, arbitrary: junk },
    );
    const payload = fc.record({
      object: fc.constant('whatsapp_business_account'),
      entry: fc.array(entry, { maxLength: 4 }),
    });

    /** Found by another way than the parser's: looking at every array of that name. */
    function expected(body: any, list: string, key: string): string[] {
      const values = body.entry.flatMap((e: any) =>
        Array.isArray(e?.changes)
          ? e.changes
              .filter((c: any) => c?.field === 'messages')
              .map((c: any) => c.value)
          : [],
      );
      const nodes = values.flatMap((v: any) =>
        v && Object.hasOwn(v, list) && Array.isArray(v[list]) ? v[list] : [],
      );
      const isText = (x: unknown) =>
        (typeof x === 'string' && x !== '') || typeof x === 'number';
      const ids = nodes
        .filter((n: any) => n && typeof n === 'object' && !Array.isArray(n))
        .filter(
          (n: any) =>
            isText(Object.hasOwn(n, 'id') && n.id) &&
            (list === 'messages' || isText(Object.hasOwn(n, key) && n[key])),
        )
        .filter((n: any) => n.type !== 'system')
        .map((n: any) => JSON.stringify(n));
      return [...new Set<string>(ids)];
    }

    it('returns every valid message and status once and in order', () => {
      fc.assert(
        fc.property(payload, body => {
          const { messages, statuses } = parse(body);
          const nodes = (rows: { content: unknown }[]) =>
            rows.map(({ content }) => JSON.stringify(content));
          expect(nodes(messages)).to.eql(expected(body, 'messages', 'type'));
          expect(nodes(statuses)).to.eql(expected(body, 'statuses', 'status'));
        }),
        { numRuns: 1000 },
      );
    });

    it('parses or rejects any value with a clear error', () => {
      fc.assert(
        fc.property(fc.oneof(fc.anything(), payload), body => {
          try {
            parse(body);
          } catch (error: any) {
            expect(error.code).to.equal('INVALID_WEBHOOK');
          }
        }),
        { numRuns: 1000 },
      );
    });
  });
});
