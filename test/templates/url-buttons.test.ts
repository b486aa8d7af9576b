import { expect } from 'chai';
import { fitUrls, hasWholeUrl } from '../../src/templates/url-buttons';
import { sendBulk, sendTemplate } from '../support/adaptor';
import { errorOf } from '../support/errors';
import { useSandbox } from '../support/sandbox';

const buttons = [
  { type: 'URL', text: 'Open', url: 'https://example.org/r/{{1}}' },
];
const definition = (components: object[]): any => ({
  name: 'a',
  language: 'en',
  components,
});
const fit = (url: unknown) =>
  fitUrls(
    { name: 'a', buttons: [{ url }] },
    definition([{ type: 'BUTTONS', buttons }]),
  ).buttons;

describe('the URL of a button', () => {
  it('is kept when it is the end of the URL', () => {
    expect(hasWholeUrl({ buttons: [{ url: 'r/123' }, null] })).to.equal(false);
  });

  it('loses the start that the template has', () => {
    expect(fit('https://example.org/r/123?a=b')).to.eql([{ url: '123?a=b' }]);
    expect(fit({ code: ' https://example.org/r/123 ' })).to.eql([
      { url: { code: '123' } },
    ]);
  });

  for (const url of [
    'https://example.com/r/123',
    'https://example.org.evil.com/r/1',
    'http://example.org/r/123',
    'https://example.org/r/',
  ])
    it(`must not be ${url}`, async () => {
      const error = await errorOf(() => fit(url));
      expect(error).to.include({
        code: 'INVALID_MESSAGE',
        field: 'buttons[0].url',
        fix: 'Give only what follows https://example.org/r/.',
      });
    });

  const fitTo = (defined: string | undefined, url: string) =>
    fitUrls(
      { name: 'a', buttons: [{ url, label: 'Open' }] },
      definition([
        { type: 'BUTTONS', buttons: [{ type: 'URL', url: defined }] },
      ]),
    ).buttons as { url: string; label: string }[];

  for (const [what, defined, url, end] of [
    [
      'a variable in the middle',
      'https://example.org/r/{{1}}/view',
      'https://example.org/r/abc/view',
      'abc',
    ],
    [
      'other letters and the usual port',
      'https://example.org/r/{{1}}',
      'HTTPS://Example.org:443/r/Abc',
      'Abc',
    ],
    ['no scheme', 'https://example.org/{{1}}', 'example.org/r/1', 'r/1'],
    ['no scheme, but //', 'https://example.org/{{1}}', '//example.org/r', 'r'],
    ['a dot', 'https://example.org/{{1}}', 'a.b/c', 'a.b/c'],
    [
      'a whole URL as a parameter',
      'https://example.org/go?u={{1}}',
      'https://example.com/x',
      'https://example.com/x',
    ],
  ] as const)
    it(`is right with ${what}`, () => {
      expect(fitTo(defined, url)).to.eql([{ url: end, label: 'Open' }]);
    });

  it('is left alone if the button has a fixed URL', () => {
    const url = 'https://example.org/help';
    expect(fitTo(url, url)[0].url).to.equal(url);
  });

  it('is compared with its card', () => {
    const cards = [{ buttons: [{ url: 'https://example.org/r/5' }] }];
    const carousel = {
      type: 'CAROUSEL',
      cards: [{ components: [{ type: 'BUTTONS', buttons }] }],
    };
    expect(fitUrls({ cards }, definition([carousel])).cards).to.eql([
      { buttons: [{ url: '5' }] },
    ]);
  });

  describe('in a message', () => {
    const sandbox = useSandbox();
    const PHONE = '+254712345678';
    const state = () => ({
      configuration: { ...sandbox.credential },
      data: {},
    });
    const receipt = (url: unknown) => ({
      name: 'receipt',
      language: 'en',
      header: { document: 'https://example.org/r.pdf' },
      body: ['KES 50'],
      buttons: [{ url }],
    });
    const sentUrl = () =>
      sandbox.deliveries[0].payload.template.components[2].parameters[0].text;

    it('is sent without its start', async () => {
      const template = receipt('https://example.org/r/é 1');
      await sendTemplate(PHONE, template)(state());
      expect(sentUrl()).to.equal('r/%C3%A9%201');
    });

    it('of another host stops only its row', async () => {
      const rows = [
        { phone: PHONE, url: 'https://example.org/1' },
        { phone: '+254722000111', url: 'https://bit.ly/1' },
      ];
      const { data } = await sendBulk(rows, {
        to: (s: any) => s.data.phone,
        template: receipt((s: any) => s.data.url),
      })(state());
      expect(data.summary).to.include({ accepted: 1, failed: 1 });
      expect(sentUrl()).to.equal('1');
      expect(data.failed[0].error.description).to.contain(
        'must be the end of a URL',
      );
    });

    it('is not sent if the template cannot be read: the link would be broken', async () => {
      sandbox.fault({ path: 'message_templates', code: 10, times: 9 });
      const template = receipt('https://example.org/r/1');
      const error = await errorOf(() => sendTemplate(PHONE, template)(state()));
      expect(error.fix).to.contain('wabaId').and.to.contain('encodeURI');
      expect(sandbox.deliveries).to.have.length(0);
    });
  });
});
