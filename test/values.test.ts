import { expect } from 'chai';
import {
  combine,
  dataValue,
  each,
  fn,
  markAsRead,
  post,
  uploadMedia,
  parseWebhook,
} from '../src';
import { sendBulk, sendMessage, sendTemplate } from './support/adaptor';
import { errorOf } from './support/errors';
import { useSandbox } from './support/sandbox';

const PHONE = '+254712345678';

describe('value', () => {
  const sandbox = useSandbox();
  const state = (data: any = {}) => ({
    configuration: { ...sandbox.credential },
    data,
  });
  const people = [{ phone: PHONE }, { phone: '+254722000111' }];
  const send = () => sendMessage((s: any) => s.data.phone, 'x');
  const to = (s: any) => s.data.phone;

  const operations: [what: string, job: () => any][] = [
    ['the message of a list', () => sendBulk(people, send() as any)],
    [
      'a field of the message of a list',
      () => sendBulk(people, { to, text: send() }),
    ],
    [
      'a reference of a list',
      () => sendBulk(people, { to, text: 'x', reference: send() }),
    ],
    ['the items of a list', () => sendBulk(send() as any, { to, text: 'x' })],
    [
      'a file in a message',
      () => sendMessage(PHONE, { document: uploadMedia('aGVsbG8=') } as any),
    ],
    [
      "a file in Meta's form",
      () =>
        sendMessage(PHONE, {
          type: 'document',
          document: uploadMedia('aGVsbG8='),
        } as any),
    ],
    [
      'a component of a template',
      () =>
        sendTemplate(PHONE, {
          name: 'hello_world',
          components: [send()],
        } as any),
    ],
    ['a recipient', () => sendMessage(send() as any, 'x')],
    ['a message', () => sendMessage(PHONE, send() as any)],
    ['the options', () => sendMessage(PHONE, 'x', send() as any)],
    ['dryRun', () => sendMessage(PHONE, 'x', { dryRun: send() } as any)],
    ['replyTo', () => sendMessage(PHONE, 'x', { replyTo: send() } as any)],
    ['the ID of a message', () => markAsRead(send() as any)],
    ['a webhook', () => parseWebhook(send() as any)],
    ['a body', () => post('messages', send())],
    ['a query', () => post('messages', {}, { query: { a: send() } } as any)],
    [
      'each() as a recipient',
      () => sendMessage(each(people, send() as any) as any, 'x'),
    ],
    [
      'fn() as a text',
      () => sendMessage(PHONE, { text: fn((s: any) => s) as any }),
    ],
    [
      'combine() as a text',
      () => sendMessage(PHONE, { text: combine(send() as any) as any }),
    ],
    [
      'an operation that a function returns',
      () => sendMessage(PHONE, { text: (() => send()) as any }),
    ],
    [
      'an operation that a function runs',
      () => sendMessage(PHONE, { text: ((s: any) => send()(s)) as any }),
    ],
  ];
  for (const [what, job] of operations)
    it(`can't be an operation: ${what}`, async () => {
      const error = await errorOf(() => job()(state({ phone: PHONE })));
      expect(error.code).to.match(/^INVALID_/);
      expect(error.message).to.match(/operation|promise/);
      expect(error.fix).to.be.a('string');
      expect(sandbox.requests).to.have.length(0);
    });

  const promises: [what: string, job: () => any][] = [
    [
      'an async text',
      () => sendMessage(PHONE, { text: (async () => 'Hi') as any }),
    ],
    [
      "an async text in Meta's form",
      () =>
        sendMessage(PHONE, {
          type: 'text',
          text: { body: async () => 'Hi' },
        } as any),
    ],
    [
      'an async reference',
      () => sendMessage(PHONE, 'x', { reference: (async () => 'a') as any }),
    ],
    ['an async body', () => post('messages', async () => ({}))],
    [
      'a promise',
      () => sendMessage(PHONE, { text: Promise.resolve('Hi') as any }),
    ],
    [
      'a function that gives a promise',
      () =>
        sendMessage(PHONE, {
          text: (() => Promise.reject(new Error('no'))) as any,
        }),
    ],
    [
      'an async field of a list',
      () => sendBulk(people, { to, text: async () => 'Hi' }),
    ],
  ];
  for (const [what, job] of promises)
    it(`can't be a promise: ${what}`, async () => {
      const error = await errorOf(() => job()(state()));
      expect(error.message).to.contain('is a promise');
      expect(error.fix).to.contain('async');
      expect(sandbox.requests).to.have.length(0);
    });

  it('is evaluated once for each row of a list', async () => {
    for (const options of [{}, { dryRun: true }]) {
      let calls = 0;
      const rows = [...people, { phone: 'bad' }, { phone: '+254733000111' }];
      const { data } = await sendBulk(
        rows,
        { to, text: 'x', reference: () => `visit-${++calls}` },
        options,
      )(state());
      expect(calls).to.equal(4);
      expect(data.failed[0].reference).to.equal('visit-3');
    }
  });

  it('can contain a function inside a Map, which is not evaluated', async () => {
    const error = await errorOf(() =>
      sendMessage(PHONE, { text: new Map() as any })(state()),
    );
    expect(error.message).to.contain('must be a string');
  });

  describe('that is undefined', () => {
    const missing: [what: string, job: any, ...words: string[]][] = [
      [
        'language',
        sendTemplate(PHONE, {
          name: 'hello_world',
          language: (s: any) => s.data.lang,
        } as any),
        'language',
        '$.data.lang',
      ],
      [
        'a null language',
        sendTemplate(PHONE, { name: 'hello_world', language: null } as any),
        'language',
      ],
      [
        'body',
        sendTemplate(PHONE, {
          name: 'hello_world',
          body: (s: any) => s.data.nope,
        } as any),
        'body',
        '$.data.nope',
      ],
      [
        'a parameter',
        sendTemplate(PHONE, {
          name: 'hello_world',
          body: [(s: any) => s.data.nme],
        } as any),
        'body[0]',
        '$.data.nme',
      ],
      [
        'a named parameter',
        sendTemplate(PHONE, {
          name: 'visit_reminder',
          body: { name: (s: any) => s.data.nme },
        } as any),
        'body.name',
      ],
      [
        'reference',
        sendMessage(PHONE, 'x', { reference: (s: any) => s.data.nope } as any),
        'reference',
        '$.data.nope',
      ],
      [
        'replyTo',
        sendMessage(PHONE, 'x', { replyTo: (s: any) => s.data.nope } as any),
        'replyTo',
      ],
      [
        'dryRun',
        sendMessage(PHONE, 'x', { dryRun: (s: any) => s.data.nope } as any),
        'dryRun',
      ],
      [
        'a footer',
        sendMessage(PHONE, {
          text: 'x',
          buttons: ['a'],
          footer: (s: any) => s.data.nope,
        } as any),
        'footer',
      ],
      [
        'a text',
        sendMessage(PHONE, { text: (s: any) => s.data.txt } as any),
        'text',
        '$.data.txt',
        'There is: phone, text',
      ],
      [
        'the recipient',
        sendMessage((s: any) => s.data.fone, 'x'),
        '`to`',
        '$.data.fone',
      ],
      [
        'a file',
        sendMessage(PHONE, { image: (s: any) => s.data.upload?.id } as any),
        'image',
      ],
    ];
    for (const [what, job, ...words] of missing)
      it(`throws an error that names the field: ${what}`, async () => {
        const error = await errorOf(() =>
          job(state({ phone: PHONE, text: 'x' })),
        );
        for (const word of words) expect(error.message).to.contain(word);
        expect(sandbox.requests).to.have.length(0);
      });

    it('fails only its row in a list', async () => {
      const { data } = await sendBulk(
        [{ phone: PHONE, lang: 'en_US' }, { phone: '+254722000111' }],
        {
          to,
          template: { name: 'hello_world', language: (s: any) => s.data.lang },
        },
      )(state());
      expect(data.accepted).to.have.length(1);
      expect(data.failed[0].error.message).to.contain(
        '$.data.lang found nothing',
      );
    });

    it('is omitted if it is an empty string in an optional field', async () => {
      await sendMessage(PHONE, {
        text: 'x',
        buttons: ['a'],
        header: '',
        footer: '',
      })(state());
      await sendMessage(PHONE, {
        image: 'https://example.org/a.png',
        caption: '',
      })(state());
      await sendMessage(PHONE, {
        text: 'x',
        list: { button: 'b', rows: [{ id: '1', title: 'a', description: '' }] },
      })(state());
      const [buttons, image] = sandbox.deliveries.map(({ payload }) => payload);
      expect(buttons.interactive).to.have.all.keys('type', 'body', 'action');
      expect(image.image).to.have.all.keys('link');
    });

    it('throws an error that mentions the response of the previous operation', async () => {
      const first = sendMessage(to, 'x');
      const second = sendMessage(to, 'y');
      const after = await first(state({ phone: PHONE }));
      const error = await errorOf(() => second(after));
      expect(error.fix).to.contain('now the result of sendMessage()');
    });
  });

  describe('with missing parts', () => {
    const name = (s: any) => `Hello ${s.data.nme}`;
    const holes: [what: string, message: any, ...words: string[]][] = [
      ['a path that finds nothing', { text: name }, 'undefined', '$.data.nme'],
      [
        'a list',
        { text: (s: any) => `Hello ${s.data.person}` },
        '[object Object]',
      ],
      [
        'a sum of nothing',
        { text: (s: any) => `${s.data.amount * 2} KES` },
        'NaN',
      ],
      [
        'a date of nothing',
        { text: () => `On ${new Date(NaN)}` },
        'Invalid Date',
      ],
      ['a value beside letters', { text: `KSh${NaN}` }, 'NaN'],
      ['a value before letters', { text: `${undefined}mg` }, 'undefined'],
      ['a path in quotes', { text: 'Hello $.name' }, '$.data'],
      [
        'an error of a spreadsheet',
        { text: 'Hello #N/A' },
        '#N/A',
        'spreadsheet',
      ],
      [
        'an object',
        { text: (s: any) => `Hi ${s.data.person}` },
        '$.data.person is an object with',
      ],
      [
        'an expression in quotes',
        { text: 'Hello $.data.name' },
        '$.data',
        'backticks',
      ],
      ['a template of strings in quotes', { text: 'Hello ${name}' }, '${'],
      ['braces', { text: 'Hello {{name}}' }, '{{…}}'],
      [
        'a caption',
        { image: 'https://example.org/a.png', caption: name },
        '`caption`',
      ],
      [
        'a button',
        { text: 'x', buttons: [(s: any) => `${s.data.nope}`] },
        '`buttons[0]`',
      ],
      [
        "a text in Meta's form",
        { type: 'text', text: { body: 'Dear undefined' } },
        '`text.body`',
      ],
    ];
    for (const [what, message, ...words] of holes)
      it(`is not sent: ${what}`, async () => {
        const error = await errorOf(() =>
          sendMessage(PHONE, message)(state({ person: {} })),
        );
        expect(error.code).to.equal('INVALID_MESSAGE');
        for (const word of words)
          expect(`${error.message} ${error.fix}`).to.contain(word);
        expect(error.fix).to.contain('checkText: false');
        expect(sandbox.requests).to.have.length(0);
      });

    const numbers: [what: string, job: any][] = [
      ['a message', sendMessage(PHONE, NaN as any)],
      ['a text', sendMessage(PHONE, { text: 1 / 0 } as any)],
      ['a button', sendMessage(PHONE, { text: 'x', buttons: [NaN] } as any)],
      [
        'a parameter',
        sendTemplate(PHONE, { name: 'hello_world', body: [NaN] } as any),
      ],
      [
        'the end of a link',
        sendTemplate(PHONE, {
          name: 'hello_world',
          buttons: [{ url: NaN }],
        } as any),
      ],
      [
        "a number in Meta's form",
        sendTemplate(PHONE, {
          name: 'a',
          components: [
            { type: 'body', parameters: [{ type: 'text', text: NaN }] },
          ],
        } as any),
      ],
    ];
    for (const [what, job] of numbers)
      it(`is not sent with NaN in ${what}`, async () => {
        const error = await errorOf(() => job(state()));
        expect(error.code).to.equal('INVALID_MESSAGE');
        expect(sandbox.requests).to.have.length(0);
      });

    const undefinedParts: [what: string, job: any, field: string][] = [
      [
        "a text in Meta's form",
        sendMessage(PHONE, { type: 'text', text: { body: undefined } } as any),
        'text.body',
      ],
      [
        'a link',
        sendMessage(PHONE, {
          type: 'image',
          image: { link: undefined },
        } as any),
        'image.link',
      ],
      [
        'a quoted message',
        sendMessage(PHONE, {
          type: 'text',
          text: { body: 'x' },
          context: { message_id: undefined },
        } as any),
        'context.message_id',
      ],
      [
        'a component',
        sendTemplate(PHONE, {
          name: 'a',
          components: [
            { type: 'body', parameters: [{ type: 'text', text: undefined }] },
          ],
        } as any),
        'components[0].parameters[0].text',
      ],
      [
        'a button of a template',
        sendTemplate(PHONE, { name: 'a', buttons: [undefined] } as any),
        'buttons[0]',
      ],
      [
        'a language in its object',
        sendTemplate(PHONE, {
          name: 'a',
          language: { code: undefined },
        } as any),
        'language.code',
      ],
    ];
    for (const [what, job, field] of undefinedParts)
      it(`is not sent with an undefined field in ${what}`, async () => {
        const error = await errorOf(() => job(state()));
        expect(error.message).to.contain(`\`${field}\` is undefined`);
        expect(sandbox.requests).to.have.length(0);
      });

    it('is sent if its text only resembles code or a placeholder', async () => {
      const texts = [
        'Liver function (ALT): 5, and renal function (eGFR) is normal.',
        'Cognitive function test (MMSE) on Monday',
        'Please state => your name. Write (s) => stop.',
        'Step 1 => step 2, then a. Room 5 #12',
        'Blood groups: A => A+, O => O-. Come to Infinity Clinic.',
        'lab => go to the lab. Bring your card. Cost in US$ => (see list)',
        "Women's => (floor 2). See https://state.data.gov #STOP!",
        'The [object permanence] test. Invalid Date of birth? It costs $.50',
      ];
      for (const text of texts) await sendMessage(PHONE, text)(state());
      expect(
        sandbox.deliveries.map(({ payload }: any) => payload.text.body),
      ).to.eql(texts);
    });

    it('is not sent with the source of a function', async () => {
      for (const text of [
        `Hi ${(p: any) => p.name}`,
        `Hi ${(row: any) => row['name']}`,
        `Hi ${async (p: any) => p.name}`,
        `Hi ${({ data }: any) => data.name}`,
        `Hi ${() => 'x'}`,
        'Hi function (p) { return p.name; }',
        `Hi ${(s: any) => s}`,
        `Hi ${dataValue('name')}`,
        `Hi ${sendMessage(PHONE, 'x')}`,
      ]) {
        const error = await errorOf(() => sendMessage(PHONE, text)(state()));
        expect(error.code).to.equal('INVALID_MESSAGE');
      }
      expect(sandbox.requests).to.have.length(0);
    });

    it('is not sent in a template', async () => {
      for (const body of [
        { name: 'A', day: '{{day}}' },
        { name: '$.data.name', day: 'x' },
      ]) {
        const error = await errorOf(() =>
          sendTemplate(PHONE, { name: 'visit_reminder', language: 'sw', body })(
            state(),
          ),
        );
        expect(error.code).to.equal('INVALID_MESSAGE');
      }
      expect(sandbox.requests).to.have.length(0);
    });

    it('fails only its row in a list', async () => {
      const { data } = await sendBulk(
        [{ phone: PHONE, nme: 'Amina' }, { phone: '+254722000111' }],
        { to, text: name },
      )(state());
      expect(data.accepted).to.have.length(1);
      expect(data.failed[0].error.message).to.contain(
        '$.data.nme found nothing',
      );
    });

    it('is not sent as a reference', async () => {
      for (const reference of ['visit-undefined', { id: 1 }, ['a']]) {
        const error = await errorOf(() =>
          sendMessage(PHONE, 'x', { reference } as any)(state()),
        );
        expect(error.message).to.contain('reference');
      }
      expect(sandbox.requests).to.have.length(0);
    });

    it('is sent with checkText: false', async () => {
      await sendMessage(PHONE, 'The value is undefined', { checkText: false })(
        state(),
      );
      await sendBulk(
        [{ phone: PHONE }],
        { to, text: '{{name}} is a variable' },
        { checkText: false },
      )(state());
      expect(sandbox.deliveries).to.have.length(2);
    });

    it('is sent in the data of a flow, which has its own expressions', async () => {
      await sendMessage(PHONE, {
        text: 'x',
        flow: {
          id: '1',
          cta: 'Start',
          screen: 'A',
          data: { a: '${data.name}' },
        },
      } as any)(state());
      expect(sandbox.deliveries).to.have.length(1);
    });
  });
});
