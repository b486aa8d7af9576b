import { expect } from 'chai';
import { buildTemplate } from '../../src/templates/template';
import { errorOf } from '../support/errors';

const build = (template: unknown): any =>
  buildTemplate(template, () => undefined).template;
const body = (values: unknown, more = {}) =>
  build({ name: 'a', language: 'en_US', body: values, ...more }).components[0]
    .parameters;
const textOf = (value: unknown, language = 'en_US') =>
  body([value], { language })[0].text;
const text = (value: string) => ({ type: 'text', text: value });

describe('template', () => {
  it('accepts a name only, with language en_US', () => {
    expect(build('hello_world')).to.eql({
      name: 'hello_world',
      language: { code: 'en_US' },
    });
  });

  it('fills values by position', () => {
    expect(body(['Amina', 5, 0])).to.eql([text('Amina'), text('5'), text('0')]);
  });

  it('fills values by name, also one called length', () => {
    expect(body({ name: 'Amina', length: 52 })).to.eql([
      { ...text('Amina'), parameter_name: 'name' },
      { ...text('52'), parameter_name: 'length' },
    ]);
  });

  it('fills values by position if they are numbered', () => {
    expect(body({ 1: 'Amina', 2: '5 May' })).to.eql([
      text('Amina'),
      text('5 May'),
    ]);
  });

  it('must not have numbers with a gap', async () => {
    const error = await errorOf(() => body({ 1: 'Amina', 3: '5 May' }));
    expect(error.description).to.contain('numbered from 1 without gaps');
  });

  it('invites to a group by its ID', () => {
    expect(body([{ group: 'Y2FwaV9ncm91cA==' }])).to.eql([
      { type: 'group_id', group_id: 'Y2FwaV9ncm91cA==' },
    ]);
  });

  it('has a title that opens a URL', () => {
    const tapTarget = { url: 'https://example.org/clinic', title: 'Clinic' };
    const { components } = build({ name: 'a', tapTarget });
    expect(components).to.eql([
      {
        type: 'tap_target_configuration',
        parameters: [
          {
            type: 'tap_target_configuration',
            tap_target_configuration: [tapTarget],
          },
        ],
      },
    ]);
  });

  for (const [what, tapTarget, field] of [
    ['no title', { url: 'https://example.org' }, 'tapTarget.title'],
    ['no https', { url: 'example.org', title: 'a' }, 'tapTarget.url'],
    ['another field', { link: 'https://example.org' }, 'link'],
  ] as const)
    it(`must not have a title with ${what}`, async () => {
      const error = await errorOf(() => build({ name: 'a', tapTarget }));
      expect(error.field).to.equal(field);
    });

  it('formats money as amount_1000 and as text', () => {
    expect(body([{ currency: 'KES', amount: 2.01 }])).to.eql([
      {
        type: 'currency',
        currency: {
          fallback_value: 'KES 2.01',
          code: 'KES',
          amount_1000: 2010,
        },
      },
    ]);
  });

  it('keeps the name of named money', () => {
    const [parameter] = body({ fee: { currency: 'USD', amount: 1 } });
    expect(parameter.parameter_name).to.equal('fee');
  });

  it('formats a date without time as that day in every time zone', () => {
    expect(textOf({ date: '2026-05-05' })).to.equal('May 5, 2026');
    expect(
      textOf({ date: '2026-05-05', timeZone: 'America/Los_Angeles' }),
    ).to.equal('May 5, 2026');
  });

  it('formats a date in the language of the template', () => {
    expect(textOf({ date: '2026-05-05' }, 'sw')).to.equal('5 Mei 2026');
    expect(textOf({ date: '2026-05-05' }, 'pt_BR')).to.equal(
      '5 de maio de 2026',
    );
  });

  it('formats a time in the given time zone', () => {
    const moment = '2026-05-05T22:30:00Z';
    expect(textOf({ date: moment, timeZone: 'Africa/Nairobi' })).to.equal(
      'May 6, 2026 at 1:30 AM',
    );
    expect(
      textOf({ date: new Date(moment), timeZone: 'Africa/Nairobi' }),
    ).to.equal('May 6, 2026 at 1:30 AM');
  });

  it('reads a time without an offset as local time in the time zone', () => {
    for (const [date, timeZone] of [
      ['2026-05-05T10:00', 'Africa/Nairobi'],
      ['2026-07-05 10:00:00', 'Europe/London'],
      ['2026-01-05T10:00:00.000', 'America/New_York'],
    ])
      expect(textOf({ date, timeZone, timeStyle: 'short' })).to.equal(
        '10:00 AM',
      );
  });

  it('applies dateStyle and timeStyle', () => {
    const date = '2026-05-05T07:00:00Z';
    const timeZone = 'Africa/Nairobi';
    expect(textOf({ date, timeZone, dateStyle: 'short' })).to.equal('5/5/26');
    expect(textOf({ date, timeZone, timeStyle: 'short' })).to.equal('10:00 AM');
  });

  it('collapses whitespace that Meta rejects in a value', () => {
    expect(textOf(' a\n\nb\tc     d \r\n')).to.equal('a b c d');
    expect(textOf('a    b')).to.equal('a    b');
  });

  it('fills the header with a file, a text, a named text or a location', () => {
    const header = (value: unknown) =>
      build({ name: 'a', header: value }).components[0].parameters;
    expect(header({ document: '1', filename: 'r.pdf' })).to.eql([
      { type: 'document', document: { id: '1', filename: 'r.pdf' } },
    ]);
    expect(header('Amina')).to.eql([text('Amina')]);
    expect(header({ name: 'Amina' })).to.eql([
      { ...text('Amina'), parameter_name: 'name' },
    ]);
    expect(
      header({ location: { latitude: 1, longitude: 2 } })[0].location,
    ).to.eql({ latitude: 1, longitude: 2 });
  });

  it('fills buttons by position and skips null', () => {
    const buttons = [
      { url: 'r/123' },
      { payload: 'CONFIRM' },
      null,
      { code: 'SAVE20' },
    ];
    const { components } = build({ name: 'a', buttons });
    expect(components).to.eql([
      {
        type: 'button',
        sub_type: 'url',
        index: '0',
        parameters: [text('r/123')],
      },
      {
        type: 'button',
        sub_type: 'quick_reply',
        index: '1',
        parameters: [{ type: 'payload', payload: 'CONFIRM' }],
      },
      {
        type: 'button',
        sub_type: 'copy_code',
        index: '3',
        parameters: [{ type: 'coupon_code', coupon_code: 'SAVE20' }],
      },
    ]);
  });

  it('fills the body and the button with an authentication code', () => {
    const expected = [
      { type: 'body', parameters: [text('482913')] },
      {
        type: 'button',
        sub_type: 'url',
        index: '0',
        parameters: [text('482913')],
      },
    ];
    const inBody = build({ name: 'a', body: [{ otp: '482913' }] });
    const inButton = build({ name: 'a', buttons: [{ otp: '482913' }] });
    expect(inBody.components).to.eql(expected);
    expect(inButton.components).to.eql(expected);
  });

  it("adds components in Meta's format", () => {
    const carousel = { type: 'carousel', cards: [] };
    const { components } = build({
      name: 'a',
      body: ['b'],
      components: [carousel],
    });
    expect(components[1]).to.equal(carousel);
  });

  it('normalizes the language code', () => {
    expect(build({ name: 'a', language: 'en-US' }).language.code).to.equal(
      'en_US',
    );
    expect(
      build({ name: 'a', language: { code: 'fil' } }).language.code,
    ).to.equal('fil');
  });

  const refusals: [string, object, string][] = [
    ['an empty parameter', { body: ['Amina', ''] }, 'body[1]'],
    ['a parameter of spaces', { body: ['\n '] }, 'body[0]'],
    ['a parameter that is not there', { body: [undefined] }, 'body[0]'],
    ['an empty named parameter', { body: { day: null } }, 'body.day'],
    ['a body that is a text', { body: 'Amina' }, 'body'],
    [
      'a time without a zone',
      { body: [{ date: '2026-05-05T10:00Z' }] },
      'timeZone',
    ],
    ['a Date without a zone', { body: [{ date: new Date() }] }, 'timeZone'],
    [
      'a zone that does not exist',
      { body: [{ date: '2026-05-05T10:00Z', timeZone: 'Nairobi' }] },
      'timeZone',
    ],
    [
      'a day that does not exist',
      { body: [{ date: '2026-02-30' }] },
      'body[0]',
    ],
    ['a date in words', { body: [{ date: 'tomorrow' }] }, 'body[0]'],
    [
      'an amount in words',
      { body: [{ currency: 'KES', amount: 'ten' }] },
      'body[0].amount',
    ],
    [
      'a currency in words',
      { body: [{ currency: 'Shilling', amount: 1 }] },
      'body[0].currency',
    ],
    ['an unknown object', { body: [{ foo: 1 }] }, 'body[0]'],
    [
      'a year of two digits that was read as one of four',
      { body: [{ date: '0026-05-05' }] },
      "dateFns.parse($.data.visit, 'dd/MM/yy'",
    ],
    [
      'a moment in such a year',
      { body: [{ date: new Date('0026-05-05'), timeZone: 'UTC' }] },
      'the year 26',
    ],
    ['an empty button', { buttons: [{ url: '' }] }, 'buttons[0].url'],
    ['a button as text', { buttons: ['r/1'] }, 'buttons[0]'],
    ['11 buttons', { buttons: Array(11).fill(null) }, '10'],
    ['a long code', { buttons: [{ code: 'a'.repeat(21) }] }, '20'],
    ['two values in the header', { header: { a: '1', b: '2' } }, 'header'],
    ['a name with spaces', { name: 'My Template' }, 'name'],
    ['a language in words', { language: 'English' }, 'language'],
    ['a misspelt field', { bodies: [] }, 'bodies'],
  ];
  for (const [what, fields, word] of refusals)
    it(`rejects ${what} and names the field`, async () => {
      const error = await errorOf(() => build({ name: 'a', ...fields }));
      expect(error.code).to.equal('INVALID_MESSAGE');
      expect(`${error.message} ${error.fix}`).to.contain(word);
    });
});
