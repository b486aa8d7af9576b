import { expect } from 'chai';
import { fitUrls, hasWholeUrl } from '../../src/templates/url-buttons';
import { sendBulk, sendTemplate } from '../support/adaptor';
import { errorOf } from '../support/errors';
import { captureLog } from '../support/fixtures';
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

    it('causes only a warning if the template cannot be read', async () => {
      sandbox.fault({ path: 'message_templates', code: 10, times: 9 });
      const log = captureLog();
      const template = receipt('https://example.org/r/1');
      await sendTemplate(PHONE, template)(state());
      log.stop();
      expect(log.lines.join()).to.contain('buttons[0].url is a whole URL');
    });
  });
});
