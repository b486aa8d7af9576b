import { expect } from 'chai';
import { wellFormed } from '../../src/templates/definitions';
import { checkParameters } from '../../src/templates/check';
import { previewTemplate } from '../../src/templates/preview';
import { buildTemplate } from '../../src/templates/template';
import { applyValues } from '../../src/templates/values';
import {
  createFlow,
  sendBulk,
  sendMessage,
  sendTemplate,
  updateBusinessProfile,
} from '../support/adaptor';
import { errorOf } from '../support/errors';
import { useSandbox } from '../support/sandbox';

const PHONE = '+254712345678';
const OTHER = '+254722000111';

describe('attacks on templates and lists', () => {
  const sandbox = useSandbox();
  const state = (more: object = {}) => ({
    configuration: { ...sandbox.credential, ...more },
    data: {} as any,
  });
  const served = () => sandbox.deliveries.map(({ to }) => to);

  describe('a BigInt, which JSON does not have,', () => {
    const refused: [what: string, operation: any][] = [
      [
        'a flow',
        createFlow({
          name: 'x',
          categories: ['OTHER'],
          json: { a: 5n },
        } as any),
      ],
      ['a profile', updateBusinessProfile({ about: 5n } as any)],
      [
        'a message',
        sendMessage(PHONE, { type: 'text', text: { body: 5n } } as any),
      ],
    ];
    for (const [what, operation] of refused)
      it(`in ${what} is an error that says so`, async () => {
        const error = await errorOf(() => operation(state()));
        expect(error.code).to.match(/^INVALID_/);
        expect(error.message).to.contain('BigInt');
        expect(sandbox.deliveries).to.deep.equal([]);
      });
  });

  describe('a reference that stands twice', () => {
    const campaign = async (rows: object[], saved: Record<string, any>) => {
      const checkpoint = (s: any) => {
        for (const { key, value } of s.data) saved[key] = value;
        return s;
      };
      const previous = Object.entries(saved).map(([key, value]) => ({
        key,
        value,
      }));
      return sendBulk(
        rows,
        {
          to: (s: any) => s.data.phone,
          text: (s: any) => s.data.text.trim(),
          reference: (s: any) => s.data.id,
        },
        { checkpoint, previous },
      )(state()).catch((error: unknown) => error);
    };
    const good = { id: 'X', phone: PHONE, text: 'Hi' };

    for (const [what, second] of [
      ['as it is', good],
      ['with a function that fails', { ...good, text: null }],
      ['with a wrong number', { ...good, phone: '12' }],
    ] as const)
      it(`is served once, also in later runs, ${what}`, async () => {
        const saved = {};
        for (let run = 0; run < 3; run++) await campaign([good, second], saved);
        expect(served()).to.eql(['254712345678']);
        expect(saved).to.have.nested.property('X.status', 'accepted');
      });

    it('is served at most once if the first row fails', async () => {
      const saved = {};
      for (let run = 0; run < 3; run++)
        await campaign([{ ...good, text: null }, good], saved);
      expect(served().length).to.be.at.most(1);
    });
  });

  for (const components of [
    [null],
    [{ type: 'body', parameters: [null] }],
    [{ type: 'carousel', cards: [null] }],
  ])
    it(`keep the report if a row has ${JSON.stringify(components)}`, async () => {
      const rows = [
        { phone: PHONE },
        { phone: '+254733000222', components },
        { phone: OTHER },
      ];
      const { data } = await sendBulk(rows, {
        to: (s: any) => s.data.phone,
        template: {
          name: 'hello_world',
          components: (s: any) => s.data.components ?? [],
        },
      })(state());
      expect(data.accepted.map(({ index }: any) => index)).to.include(0);
      const all = [...data.accepted, ...data.failed, ...data.unknown];
      expect(all).to.have.length(3);
    });

  for (const [given, sent] of [
    ['sw ', 'sw'],
    [{ code: 'sw' }, 'sw'],
    ['en-US', 'en_US'],
  ] as const)
    it(`get the first language of a list, however it is written: ${JSON.stringify(given)}`, async () => {
      const [first] = sandbox.templates;
      for (const language of ['sw', 'fr'])
        sandbox.templates.push({ ...first, language });
      const template = { name: 'hello_world', language: [given, 'fr'] };
      await sendTemplate(PHONE, template)(state());
      expect(sandbox.deliveries[0].payload.template.language.code).to.equal(
        sent,
      );
    });

  for (const language of [[], [null, 'sw'], ['', 'sw'], null])
    it(`send nothing in the language ${JSON.stringify(language)}`, async () => {
      const values = { name: 'A', day: 'B' };
      const template = { name: 'visit_reminder', language, values };
      const error = await errorOf(() => sendTemplate(PHONE, template)(state()));
      expect(error).to.include({ code: 'INVALID_MESSAGE', field: 'language' });
    });

  const strange: [string, unknown][] = [
    ['a card that is null', { type: 'CAROUSEL', cards: [null] }],
    [
      'a component of a card that is null',
      { type: 'CAROUSEL', cards: [{ components: [null, {}] }] },
    ],
    ['a text that is null', { type: 'BODY', text: null }],
    ['a text that is a list', { type: 'BODY', text: ['{{1}}'] }],
    [
      'URLs that are none',
      {
        type: 'BUTTONS',
        buttons: [null, 5, { type: 'URL', url: {} }, { type: 'URL', url: 5 }],
      },
    ],
  ];
  for (const [what, component] of strange)
    it(`survive a definition with ${what}`, () => {
      const [definition] = wellFormed([
        {
          name: 'a',
          language: 'en',
          status: 'APPROVED',
          components: [component],
        },
      ]);
      const content = buildTemplate(
        { name: 'a', language: 'en', body: ['x'], buttons: [{ url: 'y' }] },
        () => undefined,
      );
      checkParameters([definition], content);
      previewTemplate(definition, content);
      applyValues(
        { name: 'a', values: { x: 1 } },
        {
          ...definition,
          parameter_format: 'NAMED',
        },
      );
    });

  it('lose no button beside values', async () => {
    const template = {
      name: 'visit_reminder',
      language: 'sw',
      values: { name: 'A', day: 'B' },
    };
    for (const buttons of [[{ payload: 'p' }], { payload: 'p' }]) {
      const error = await errorOf(() =>
        sendTemplate(PHONE, { ...template, buttons })(state()),
      );
      expect(error.message).to.contain('buttons');
    }
    expect(sandbox.deliveries).to.have.length(0);
  });

  it('get an error for half of a character', async () => {
    const template = {
      name: 'receipt',
      language: 'en',
      header: { document: 'https://example.org/r.pdf' },
      body: ['5'],
      buttons: [{ url: 'a\ud83d' }],
    };
    await sendTemplate(PHONE, template)(state());
    const [, , button] = sandbox.deliveries[0].payload.template.components;
    expect(button.parameters[0].text).to.equal('a%EF%BF%BD');
  });

  it('read no number from an error', async () => {
    const buttons = [OTHER];
    const template = { name: 'receipt', language: 'en', buttons };
    const error = await errorOf(() => sendTemplate(PHONE, template)(state()));
    expect(JSON.stringify(error)).not.to.contain('254722000111');
  });

  it("do not stop texts with marketing: 'auto'", async () => {
    const run = state({ wabaId: undefined });
    await sendBulk(
      [{ phone: PHONE }],
      {
        to: (s: any) => s.data.phone,
        text: 'Hi',
      },
      { marketing: 'auto' },
    )(run);
    expect(sandbox.deliveries).to.have.length(1);
  });

  it('can try values again if the definition could not be read', async () => {
    sandbox.fault({ path: 'message_templates', status: 500, body: '{}' });
    const template = {
      name: 'visit_reminder',
      language: 'sw',
      values: { name: 'A', day: 'B' },
    };
    const error = await errorOf(() => sendTemplate(PHONE, template)(state()));
    expect(error).to.include({ retryable: true });
    expect(error.fix).not.to.contain('wabaId');
  });

  it('name each of several operations that fail at once', async () => {
    const all = [sendMessage('12', 'Hi'), sendTemplate('12', 'hello_world')];
    const run = state();
    const errors = await Promise.all(all.map(one => errorOf(() => one(run))));
    expect(errors.map(({ operation }) => operation)).to.eql([
      'sendMessage',
      'sendTemplate',
    ]);
  });
});
