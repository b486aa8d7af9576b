import { expect } from 'chai';
import { buildMessage } from '../../src/messages/message';
import { errorOf } from '../support/errors';

const warnings: string[] = [];
const build = (message: unknown): any =>
  buildMessage(message, warning => warnings.push(warning));

const rows = (count: number) =>
  Array.from({ length: count }, (_value, index) => `Row ${index}`);

describe('message', () => {
  beforeEach(() => {
    warnings.length = 0;
  });

  it('accepts a string as text', () => {
    expect(build('Hi')).to.eql({ type: 'text', text: { body: 'Hi' } });
  });

  it('enables a link preview with previewUrl', () => {
    expect(build({ text: 'https://a.org', previewUrl: true }).text).to.eql({
      body: 'https://a.org',
      preview_url: true,
    });
  });

  it('distinguishes a media ID from a URL', () => {
    expect(build({ image: '123' }).image).to.eql({ id: '123' });
    expect(build({ image: 'https://a.org/b.png' }).image).to.eql({
      link: 'https://a.org/b.png',
    });
  });

  it('builds a document with its name and caption', () => {
    const message = { document: '1', filename: 'a.pdf', caption: 'Dosage' };
    expect(build(message)).to.eql({
      type: 'document',
      document: { id: '1', caption: 'Dosage', filename: 'a.pdf' },
    });
  });

  it('builds a voice message', () => {
    expect(build({ audio: '1', voice: true }).audio).to.eql({
      id: '1',
      voice: true,
    });
  });

  it('builds buttons from strings, with header and footer', () => {
    const message = {
      text: 'Coming?',
      buttons: ['Yes', { id: 'n', title: 'No' }],
      header: 'Clinic',
      footer: 'Bye',
    };
    expect(build(message).interactive).to.eql({
      type: 'button',
      header: { type: 'text', text: 'Clinic' },
      body: { text: 'Coming?' },
      footer: { text: 'Bye' },
      action: {
        buttons: [
          { type: 'reply', reply: { id: 'Yes', title: 'Yes' } },
          { type: 'reply', reply: { id: 'n', title: 'No' } },
        ],
      },
    });
  });

  it('builds a media header', () => {
    const header = { document: 'https://a.org/b.pdf', filename: 'b.pdf' };
    const { interactive } = build({ text: 'a', buttons: ['b'], header });
    expect(interactive.header).to.eql({
      type: 'document',
      document: { link: 'https://a.org/b.pdf', filename: 'b.pdf' },
    });
  });

  it('builds a list from rows', () => {
    const list = { button: 'Clinics', rows: [{ id: 'c1', title: 'North' }] };
    expect(build({ text: 'Pick', list }).interactive).to.eql({
      type: 'list',
      body: { text: 'Pick' },
      action: {
        button: 'Clinics',
        sections: [{ rows: [{ id: 'c1', title: 'North' }] }],
      },
    });
  });

  it('builds a list from sections', () => {
    const sections = [
      { title: 'A', rows: ['x'] },
      { title: 'B', rows: ['y'] },
    ];
    const { action } = build({
      text: 'Pick',
      list: { button: 'b', sections },
    }).interactive;
    expect(action.sections.map((s: any) => s.title)).to.eql(['A', 'B']);
  });

  it('builds a call-to-action URL button', () => {
    const cta = { label: 'Open', url: 'https://a.org' };
    expect(build({ text: 'a', cta }).interactive.action).to.eql({
      name: 'cta_url',
      parameters: { display_text: 'Open', url: 'https://a.org' },
    });
  });

  it('builds a flow without changing its data', () => {
    const flow = {
      id: '1',
      cta: 'Start',
      screen: 'INTRO',
      data: { patientId: 7 },
    };
    expect(build({ text: 'a', flow }).interactive.action.parameters).to.eql({
      flow_message_version: '3',
      flow_id: '1',
      flow_cta: 'Start',
      flow_action: 'navigate',
      flow_action_payload: { screen: 'INTRO', data: { patientId: 7 } },
    });
  });

  it('omits empty flow data, which Meta rejects', () => {
    const flow = { id: '1', cta: 'Start', screen: 'INTRO', data: {} };
    const { parameters } = build({ text: 'a', flow }).interactive.action;
    expect(parameters.flow_action_payload).to.eql({ screen: 'INTRO' });
  });

  it('builds a location request', () => {
    expect(build({ text: 'Where?', requestLocation: true }).interactive).to.eql(
      {
        type: 'location_request_message',
        body: { text: 'Where?' },
        action: { name: 'send_location' },
      },
    );
  });

  it('builds a location with numbers', () => {
    const location = { latitude: '-1.29', longitude: 36.82, name: 'Clinic' };
    expect(build({ location }).location).to.eql({
      latitude: -1.29,
      longitude: 36.82,
      name: 'Clinic',
    });
  });

  it('builds a reaction with any emoji, also with a sequence', () => {
    for (const reaction of ['👍', '❤️', '🇰🇪', '👍🏽', '👨‍👩‍👧'])
      expect(build({ reaction, messageId: 'wamid.1' }).reaction.emoji).to.equal(
        reaction,
      );
  });

  it('builds a reaction that is written as an object', () => {
    for (const key of ['message_id', 'messageId'])
      expect(
        build({ reaction: { [key]: 'wamid.1', emoji: '👍' } }).reaction,
      ).to.eql({ message_id: 'wamid.1', emoji: '👍' });
  });

  it('builds the removal of a reaction', () => {
    expect(build({ reaction: '', messageId: 'wamid.1' }).reaction).to.eql({
      message_id: 'wamid.1',
      emoji: '',
    });
  });

  it("keeps a message in Meta's format unchanged", () => {
    const message = { type: 'order_status', order_status: { at: ['all'] } };
    expect(build(message)).to.equal(message);
  });

  it('counts characters as graphemes and warns where Meta may count differently', () => {
    build('👍'.repeat(4096));
    expect(warnings).to.have.length(1);
  });

  it('warns about limits on which sources disagree', () => {
    build({ text: 'a'.repeat(2000), list: { button: 'b', rows: ['c'] } });
    build({ text: 'a', flow: { id: '1', cta: 'a'.repeat(25) } });
    build({ location: { latitude: 1, longitude: 1, address: 'Road' } });
    expect(warnings).to.have.length(3);
  });

  const contact = { name: { formatted_name: 'Ada', first_name: 'Ada' } };
  const refusals: [string, unknown, ...string[]][] = [
    ['nothing', undefined, 'undefined'],
    ['an empty text', '', 'text'],
    ['spaces only', { text: '  ' }, 'text'],
    ['a text that is not there', { text: undefined }, 'text'],
    ['an empty object', {}, 'must have one of'],
    ['an array', ['Hi'], 'text or an object'],
    ['4,097 characters', 'a'.repeat(4097), 'text', '4,097', '4,096'],
    [
      'a caption of 1,025',
      { image: '1', caption: 'a'.repeat(1025) },
      'caption',
      '1,024',
    ],
    ['4 buttons', { text: 'a', buttons: rows(4) }, 'buttons', '4', '3'],
    [
      'a button title of 21',
      { text: 'a', buttons: ['a'.repeat(21)] },
      'buttons[0].title',
      '20',
    ],
    ['two equal buttons', { text: 'a', buttons: ['b', 'b'] }, 'twice'],
    [
      '11 rows',
      { text: 'a', list: { button: 'b', rows: rows(11) } },
      'list.rows',
      '11',
      '10',
    ],
    [
      '11 rows in two sections',
      {
        text: 'a',
        list: {
          button: 'b',
          sections: [
            { title: 'A', rows: rows(6) },
            { title: 'B', rows: rows(5) },
          ],
        },
      },
      '11 rows',
      '10',
    ],
    [
      'two sections without a title',
      {
        text: 'a',
        list: { button: 'b', sections: [{ rows: ['a'] }, { rows: ['b'] }] },
      },
      'list.sections[0].title',
    ],
    [
      'a list with a file as header',
      {
        text: 'a',
        header: { image: '1' },
        list: { button: 'b', rows: ['c'] },
      },
      'header',
    ],
    [
      'a header of 61',
      { text: 'a', buttons: ['b'], header: 'a'.repeat(61) },
      'header',
      '60',
    ],
    [
      'a footer of 61',
      { text: 'a', buttons: ['b'], footer: 'a'.repeat(61) },
      'footer',
      '60',
    ],
    [
      'a page without an address',
      { text: 'a', cta: { label: 'b' } },
      'cta.url',
    ],
    ['a flow without id', { text: 'a', flow: { cta: 'b' } }, 'flow'],
    [
      'flow data without a screen',
      { text: 'a', flow: { id: '1', cta: 'b', data: { c: 1 } } },
      'flow.screen',
    ],
    [
      'a latitude of 91',
      { location: { latitude: 91, longitude: 0 } },
      'latitude',
      '90',
    ],
    ['no contacts', { contacts: [] }, 'contacts'],
    [
      'a contact without a second name',
      { contacts: [{ name: { formatted_name: 'Ada' } }] },
      'contacts[0].name',
    ],
    [
      'a birthday in words',
      { contacts: [{ ...contact, birthday: '1 May' }] },
      'birthday',
    ],
    [
      'a reaction in words',
      { reaction: 'ok', messageId: 'wamid.1' },
      'reaction',
    ],
    ['a reaction to nothing', { reaction: '👍' }, 'messageId'],
    ['a file that is a path', { image: '/tmp/a.png' }, 'image', 'uploadMedia'],
    ['a file as base64', { image: 'iVBORw0KGgo=' }, 'image'],
    ['a media id as number', { image: 12345 }, 'quotes'],
    ['a misspelt field', { text: 'a', captoin: 'b' }, 'captoin'],
    ['two kinds at once', { image: '1', text: 'a' }, 'text'],
    ['a caption of a sticker', { sticker: '1', caption: 'a' }, 'caption'],
  ];
  for (const [what, message, ...words] of refusals)
    it(`rejects ${what} with a clear error`, async () => {
      const error = await errorOf(() => build(message));
      expect(error.code).to.equal('INVALID_MESSAGE');
      for (const word of words)
        expect(`${error.message} ${error.fix}`).to.contain(word);
    });
});
