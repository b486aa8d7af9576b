import { expect } from 'chai';
import {
  downloadMedia,
  get,
  listTemplates,
  markAsRead,
  parseWebhook,
  post,
  subscribeWebhook,
  updateBusinessProfile,
  uploadMedia,
} from '../src';
import {
  blockUsers,
  checkContacts,
  createTemplate,
  deleteTemplate,
  getAnalytics,
  sendBulk,
  sendMessage,
  sendTemplate,
} from './support/adaptor';
import { errorOf } from './support/errors';
import { useSandbox } from './support/sandbox';

const PHONE = '+254712345678';
const people = [{ phone: PHONE, name: 'A' }, { phone: '+254722000111' }];
const to = (s: any) => s.data.phone;
const any = (operation: unknown) => operation as any;

/** What people write, and the words that lead them out of it. */
const MISTAKES: Record<string, [what: string, job: any, ...words: string[]][]> =
  {
    'a message': [
      [
        'with another name of text',
        sendMessage(PHONE, { message: 'hi' } as any),
        'unknown fields: message',
        'Did you mean text?',
      ],
      [
        'with a capital letter',
        sendMessage(PHONE, { Text: 'hi' } as any),
        'Did you mean text?',
      ],
      [
        'with body',
        sendMessage(PHONE, { body: 'hi' } as any),
        'Did you mean text?',
      ],
      [
        'with photo',
        sendMessage(PHONE, { photo: '1' } as any),
        'Did you mean image?',
      ],
      [
        'with pdf',
        sendMessage(PHONE, { pdf: '1' } as any),
        'Did you mean document?',
      ],
      [
        'that is a whole row',
        sendMessage(PHONE, people[0] as any),
        'unknown fields: phone, name',
      ],
      [
        'that is a template',
        sendMessage(PHONE, { template: 'hello_world' } as any),
        'sendTemplate(to, { name, language, body })',
      ],
      [
        'that is the fields of a template',
        sendMessage(PHONE, { name: 'a', language: 'sw' } as any),
        'sendTemplate(',
      ],
      [
        'with an option in it',
        sendMessage(PHONE, { text: 'a', reference: 'r' } as any),
        '`reference` is an option',
        'sendMessage(to, message, { reference: … })',
      ],
      [
        'with an option of the list',
        sendBulk(people, { to, text: 'a', timeLimit: 5 } as any),
        '`timeLimit` is an option of the list',
      ],
      [
        'with buttons and no text',
        sendMessage(PHONE, { buttons: ['Yes'] } as any),
        '`text`',
      ],
      [
        'with the text of a button',
        sendMessage(PHONE, {
          text: 'a',
          buttons: [{ id: '1', text: 'Yes' }],
        } as any),
        'Write title instead of text',
      ],
      [
        'with text options',
        sendMessage(PHONE, 'Hi', 'my-1' as any),
        '{ reference: $.data.id }',
      ],
      [
        'with options whose path finds nothing',
        sendMessage(PHONE, 'Hi', ((s: any) => s.data.optss) as any),
        '`options` is undefined',
        '$.data.optss found nothing. Did you mean opts?',
      ],
      [
        'for a list, with options whose path finds nothing',
        sendBulk(people, { to, text: 'a' }, ((s: any) => s.data.optss) as any),
        '`options` is undefined',
      ],
      [
        'for a list, with people to skip that are not there',
        sendBulk(people, { to, text: 'a' }, {
          skip: (s: any) => s.optOuts,
        } as any),
        '$.optOuts found nothing',
        'skip: state => state.optOuts ?? []',
      ],
      [
        'for a list, on the first run',
        sendBulk(people, { to, text: 'a' }, {
          previous: (s: any) => s.report,
        } as any),
        '$.report found nothing',
        'previous: state => state.report ?? []',
      ],
      [
        'to a list at another place',
        sendBulk(((s: any) => s.opts) as any, { to, text: 'a' }),
        'Did you mean $.data.opts?',
      ],
      [
        'to somebody whose number is hidden',
        sendMessage((s: any) => s.data.messages[0].from, 'Hi'),
        'give the row itself, $.data.messages[0]',
      ],
      [
        'to somebody of an empty list',
        sendMessage((s: any) => s.data.statuses[0].to, 'Hi'),
        '$.data.statuses is an empty list',
      ],
      [
        'that is a row with numbers as keys',
        sendMessage(PHONE, { '+254799888777': 1 } as any),
        'unknown fields: …',
      ],
      [
        'that comes first',
        sendMessage('Your results are ready.', PHONE),
        'wrong way round',
      ],
      [
        'with one button',
        sendMessage(PHONE, { text: 'a', button: 'b' } as any),
        'Did you mean buttons?',
      ],
      [
        'with a caption for a text',
        sendMessage(PHONE, { text: 'a', caption: 'b' } as any),
        'only a file has',
      ],
      [
        'with a text for an image',
        sendMessage(PHONE, { image: '1', text: 'b' } as any),
        'caption',
      ],
      [
        'with two kinds',
        sendMessage(PHONE, {
          text: 'a',
          buttons: ['b'],
          cta: { label: 'c', url: 'https://a.org' },
        } as any),
        'buttons and cta',
      ],
      [
        'with a link as a button',
        sendMessage(PHONE, {
          text: 'a',
          buttons: [{ url: 'https://a.org', title: 'b' }],
        } as any),
        'cta: { label',
      ],
      [
        'with a list of texts',
        sendMessage(PHONE, { text: 'a', list: ['A', 'B'] } as any),
        "list: { button: 'Choose', rows: ['A', 'B'] }",
      ],
      [
        'with buttons as a text',
        sendMessage(PHONE, { text: 'a', buttons: 'Yes' } as any),
        "buttons: ['Yes', 'No']",
      ],
      [
        'with four buttons',
        sendMessage(PHONE, { text: 'a', buttons: ['a', 'b', 'c', 'd'] } as any),
        '1 to 3',
        'got 4',
      ],
      [
        'with a link without its scheme',
        sendMessage(PHONE, { image: 'www.example.org/a.png' }),
        'https://',
      ],
      [
        'with base64 for a file',
        sendMessage(PHONE, { document: Buffer.alloc(90).toString('base64') }),
        'uploadMedia()',
      ],
      [
        'with the number of a file',
        sendMessage(PHONE, { image: 123 } as any),
        'in quotes',
      ],
      [
        'with a link to this machine',
        sendMessage(PHONE, { image: 'http://localhost:8000/a.jpg' }),
        "can't open",
        'uploadMedia()',
      ],
      [
        'with a link to a private network',
        sendMessage(PHONE, { document: 'https://10.0.0.5/a.pdf' }),
        "can't open",
      ],
      [
        'with a link that wants the token',
        sendMessage(PHONE, { image: 'https://lookaside.fbsbx.com/a?mid=1' }),
        'downloadMedia()',
      ],
      [
        'with a decimal comma',
        sendMessage(PHONE, {
          location: { latitude: '-1,29', longitude: '36,82' },
        } as any),
        '-1.29',
      ],
    ],
    'a recipient': [
      [
        'that is a list',
        sendMessage([PHONE, PHONE] as any, 'x'),
        'array of 2',
        'sendBulk()',
      ],
      ['that is a row of data', sendMessage(people[0], 'x'), '$.data.phone'],
      [
        'that is in quotes',
        sendMessage('$.data.phone', 'x'),
        'Remove the quotes',
      ],
    ],
    'a template': [
      [
        'with its language as an option',
        sendTemplate(PHONE, 'x', 'sw' as any),
        "language: 'sw'",
      ],
      [
        'with its language in the options',
        sendTemplate(PHONE, 'x', { language: 'sw' } as any),
        'belong in the template',
      ],
      [
        'that comes first',
        sendTemplate('hello_world', PHONE),
        'wrong way round',
      ],
      [
        'with a button as a text',
        sendTemplate(PHONE, { name: 'x', buttons: ['Confirm'] } as any),
        "{ payload: 'Confirm' }",
      ],
      [
        'with a Date',
        sendTemplate(PHONE, { name: 'x', body: [new Date()] } as any),
        'is a Date',
        'timeZone',
      ],
      [
        'with a text in an object',
        sendTemplate(PHONE, { name: 'x', body: [{ text: 'a' }] } as any),
        'without { text }',
      ],
      [
        'with a date of a spreadsheet',
        sendTemplate(PHONE, {
          name: 'x',
          body: [{ date: '05/05/2026' }],
        } as any),
        'dateFns.parse',
      ],
      [
        'with the number of a day',
        sendTemplate(PHONE, { name: 'x', body: [{ date: '46149' }] } as any),
        'spreadsheet',
      ],
      [
        'with an amount as a text',
        sendTemplate(PHONE, {
          name: 'x',
          body: [{ currency: 'KES', amount: '1,250.50' }],
        } as any),
        '1250.5',
      ],
      [
        'with two bodies',
        sendTemplate(PHONE, {
          name: 'x',
          body: ['a'],
          components: [{ type: 'body', parameters: [] }],
        } as any),
        'given twice',
      ],
      [
        'with parameters beside it',
        sendTemplate(PHONE, { name: 'x', parameters: { a: 1 } } as any),
        'not known: parameters',
      ],
    ],
    'a list': [
      [
        'with phone for to',
        sendBulk(people, { phone: to, text: 'x' }),
        'Did you mean to?',
      ],
      [
        'with ref for reference',
        sendBulk(people, { to, text: 'x', ref: 'a' }),
        'Did you mean reference?',
      ],
      [
        'with a template and a text',
        sendBulk(people, { to, template: 'hello_world', text: 'x' }),
        'inside of it',
      ],
      [
        'with values beside a template',
        sendBulk(people, { to, template: 'hello_world', body: { a: 1 } }),
        'inside of it',
      ],
      [
        'with an empty row',
        sendBulk([null, undefined], { to, text: 'x' }),
        '`item` is null',
      ],
      [
        'with milliseconds for its time limit',
        sendBulk(people, { to, text: 'x' }, { timeLimit: 240_000 }),
        'in seconds',
        'write 240',
      ],
      [
        'with a dry run in quotes',
        sendBulk(people, { to, text: 'x' }, { dryRun: 'false' } as any),
        'without quotes',
      ],
    ],
    'an option': [
      [
        'that is misspelt',
        sendMessage(PHONE, 'x', { refrence: 'a' } as any),
        'Did you mean reference?',
      ],
      [
        'with the name of another system',
        sendMessage(PHONE, 'x', { from: '1' } as any),
        'Did you mean phoneNumberId?',
      ],
      [
        'in seconds',
        sendMessage(PHONE, 'x', { timeout: 30 }),
        'milliseconds',
        'use 30000',
      ],
      [
        'in quotes',
        sendMessage(PHONE, 'x', { dryRun: 'false' } as any),
        'true or false',
      ],
    ],
    'a file': [
      [
        'with a short type',
        uploadMedia('aGVsbG8gd29ybGQ=', { type: 'pdf' }),
        "Write type: 'application/pdf'",
        'not a MIME type',
      ],
      [
        'that is an object',
        uploadMedia({ phone: '1', pdf: 'a' } as any),
        'phone, pdf',
        '$.data.phone',
      ],
      [
        'that is not there',
        uploadMedia(any((s: any) => s.data.pdf)),
        '`file` is undefined',
        '$.data.pdf',
      ],
      [
        'that is a web page',
        uploadMedia(Buffer.from('<!DOCTYPE html><html>'), {
          type: 'application/pdf',
        }),
        'application/pdf',
        'text/html',
        'web page',
      ],
      [
        'of another type',
        uploadMedia(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), {
          type: 'image/jpeg',
        }),
        'image/jpeg',
        'image/png',
      ],
      [
        'of a message without one',
        downloadMedia({ id: 'a', content: {}, type: 'text' }),
        '(text) has no file',
        'filter',
      ],
      ['of a list', downloadMedia([{ id: '1' }] as any), 'each('],
      [
        'of nothing',
        downloadMedia(any((s: any) => s.data.media)),
        '`media` is undefined',
      ],
    ],
    'a request': [
      [
        'for a path that starts with an ID',
        get('987654321098765/message_templates'),
        "'/987654321098765/message_templates'",
      ],
      ['for a path with a version', get('/v25.0/123'), "Write '/123'"],
      ['with a body as a text', post('messages', '{"a":1}'), 'got a string'],
      [
        'with a method in its query',
        get('messages', { query: { method: 'post' } }),
        'post()',
      ],
      [
        'with a token of its own',
        get('a', { headers: { Authorization: 'x' } }),
        'uploadMedia(url, { headers })',
      ],
    ],
    'the account': [
      [
        'of a template without its name',
        deleteTemplate(any((s: any) => s.data.tpl)),
        '`name` is undefined',
        '$.data.tpl',
      ],
      [
        'of a template with an empty sample',
        createTemplate({
          name: 'a',
          language: 'en',
          category: 'UTILITY',
          components: [
            {
              type: 'HEADER',
              format: 'IMAGE',
              example: { header_handle: [undefined] },
            },
            { type: 'BODY', text: 'a' },
          ],
        }),
        'header_handle[0]',
        'uploadFileHandle()',
      ],
      [
        'of a template with a link as a sample',
        createTemplate({
          name: 'a',
          language: 'en',
          category: 'UTILITY',
          components: [
            {
              type: 'HEADER',
              format: 'IMAGE',
              example: { header_handle: ['https://a.org'] },
            },
            { type: 'BODY', text: 'a' },
          ],
        }),
        'is a URL',
      ],
      [
        'of a profile with a word for its kind',
        updateBusinessProfile({ vertical: 'Health' }),
        'Did you mean HEALTH?',
      ],
      [
        'of people in one text',
        blockUsers('+254712345678,+254722000111'),
        '`users[0]`',
      ],
      [
        'of analytics without a kind',
        getAnalytics({ start: 'a' } as any, {} as any),
        'the kind comes first',
      ],
      [
        'of analytics of another kind',
        getAnalytics('templates', {} as any),
        'Did you mean template?',
      ],
      ['of contacts, on the Cloud API', checkContacts(PHONE), '131026'],
      ['of a message, by a list', markAsRead([1] as any), 'each('],
      [
        'with a language as options',
        deleteTemplate('a_b', 'sw' as any),
        "{ language: 'sw' }",
      ],
    ],
    'a webhook': [
      ['as a text', parseWebhook('{"object":1}'), 'JSON.parse()'],
      [
        'whose path finds nothing',
        parseWebhook(((s: any) => s.dat) as any),
        'it is',
        '$.dat found nothing',
      ],
    ],
  };

describe('error messages', () => {
  const sandbox = useSandbox();
  const state = (): any => ({
    configuration: { ...sandbox.credential },
    data: {
      pdf2: 'x',
      opts: {},
      messages: [{ userId: 'KE.1', name: 'A' }],
      statuses: [],
    },
  });

  for (const [subject, mistakes] of Object.entries(MISTAKES))
    describe(`for ${subject}`, () => {
      for (const [what, job, ...words] of mistakes)
        it(what, async () => {
          const error = await errorOf(() => job(state()));
          expect(error.fix, error.message).to.be.a('string');
          for (const word of words)
            expect(`${error.message} ${error.fix}`).to.contain(word);
          expect(sandbox.requests, 'nothing is sent').to.have.length(0);
        });
    });

  describe('for errors from Meta', () => {
    const credential = (more: object) => ({
      ...state(),
      configuration: { ...sandbox.credential, ...more },
    });

    it('name phoneNumberId if it is wrong', async () => {
      const phoneNumberId = '254712345678';
      const error = await errorOf(() =>
        sendMessage(PHONE, 'x')(credential({ phoneNumberId })),
      );
      expect(error).to.include({ code: 100, subcode: 33 });
      expect(error.message).to.contain('phoneNumberId is not the ID');
      expect(error.fix).to.contain('not the phone number itself');
    });

    it('name wabaId if it is wrong', async () => {
      const error = await errorOf(() =>
        listTemplates()(credential({ wabaId: '555' })),
      );
      expect(error.message).to.contain('wabaId is not the ID');
    });

    it('name appSecret if it is wrong', async () => {
      const error = await errorOf(() =>
        sendMessage(PHONE, 'x')(credential({ appSecret: 'another-secret' })),
      );
      expect(error.message).to.contain('appSecret does not belong to the app');
    });

    it('mention the 24-hour window and sendTemplate()', async () => {
      sandbox.fault({ path: 'messages', code: 131047 });
      const error = await errorOf(() => sendMessage(PHONE, 'x')(state()));
      expect(error.message).to.contain('24 hours');
      expect(error.fix).to.contain('sendTemplate()');
    });

    it('mention the 7-day limit for a missing file', async () => {
      const error = await errorOf(() => downloadMedia('9999')(state()));
      expect(error.message).to.contain('Media not found');
      expect(error.fix).to.contain('7 days');
    });

    it('tell to call subscribeWebhook() without options first', async () => {
      sandbox.fault({ path: 'subscribed_apps', code: 100 });
      const error = await errorOf(() =>
        subscribeWebhook({ callbackUrl: 'https://a.org', verifyToken: 'b' })(
          state(),
        ),
      );
      expect(error.fix).to.contain('subscribeWebhook() without options first');
    });

    it('say that the account has no Direct Send', async () => {
      sandbox.fault({
        path: 'messages',
        code: 100,
        details: 'The parameter category requires Direct Send.',
      });
      const error = await errorOf(() =>
        sendMessage(PHONE, 'x', { category: 'utility' })(state()),
      );
      expect(error.description).to.contain('Direct Send is not enabled');
      expect(error.fix).to.contain('sendTemplate()');
    });

    const codes: [number, RegExp, RegExp][] = [
      [147001, /username is taken/, /username_suggestions/],
      [147004, /not linked/, /Business Settings/],
      [147005, /another of your numbers/, /force_transfer/],
      [2494179, /sign-up link/, /signup_message/],
      [138009, /too often/, /once a day/],
      [132021, /template of your own/, /templateName/],
    ];
    for (const [code, description, fix] of codes)
      it(`explain ${code}`, async () => {
        sandbox.fault({ path: 'messages', code });
        const error = await errorOf(() => sendMessage(PHONE, 'x')(state()));
        expect(error).to.include({ code, retryable: false });
        expect(error.description).to.match(description);
        expect(error.fix).to.match(fix);
      });

    it('explain the format of numbers in Argentina and Mexico', async () => {
      sandbox.fault({ path: 'messages', code: 131030 });
      const error = await errorOf(() => sendMessage(PHONE, 'x')(state()));
      expect(error.fix).to.contain('Argentina');
    });
  });
});
