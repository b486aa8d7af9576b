import { expect } from 'chai';
import {
  downloadMedia,
  getBusinessProfile,
  getMedia,
  markAsRead,
  parseWebhook,
  updateBusinessProfile,
  uploadMedia,
} from '../src';
import { sendBulk, sendMessage, sendTemplate } from './support/adaptor';
import { errorOf } from './support/errors';
import { useSandbox } from './support/sandbox';
import { startTrigger } from './support/trigger';

const PHONE = '+254712345678';
const OTHER = '15551234567';
const SECOND = '123456789012346';
const text = { type: 'text', text: { body: 'x' } };

describe('the argument `to`', () => {
  const sandbox = useSandbox();
  const state = (data: any = {}) => ({
    configuration: { ...sandbox.credential },
    data,
  });

  const foreign: [what: string, to: any, body: object, options?: object][] = [
    ['another number', PHONE, { to: OTHER }],
    ['a BSUID', PHONE, { recipient: 'KE.1A' }],
    ['a group', PHONE, { recipient_type: 'group' }],
    ['a number for a BSUID', 'KE.1A', { to: OTHER }],
    [
      'a person for a group',
      { group: 'Y2Fw' },
      { to: PHONE, recipient_type: 'individual' },
    ],
    [
      'another group',
      { group: 'Y2Fw' },
      { to: 'WDJa', recipient_type: 'group' },
    ],
    [
      'another message to answer',
      PHONE,
      { context: { message_id: 'wamid.2' } },
      { replyTo: 'wamid.1' },
    ],
    [
      'another reference',
      PHONE,
      { biz_opaque_callback_data: 'a' },
      { reference: 'b' },
    ],
    ['another product', PHONE, { messaging_product: 'facebook' }],
  ];
  for (const [what, to, body, options] of foreign) {
    it(`conflicts with a body with ${what}`, async () => {
      const error = await errorOf(() =>
        sendMessage(to, { ...text, ...body } as any, options as any)(state()),
      );
      expect(error.code).to.match(/INVALID_(MESSAGE|RECIPIENT)/);
      expect(error.fix).to.be.a('string');
      expect(sandbox.requests).to.have.length(0);
    });

    if (!('to' in body))
      it(`conflicts with a sendBulk row with ${what}`, async () => {
        const error = await errorOf(() =>
          sendBulk([1], { to, ...text, ...body, ...options })(state()),
        );
        expect(error.code).to.equal('NOTHING_ACCEPTED');
        expect(sandbox.requests).to.have.length(0);
      });
  }

  it('accepts a body with the same number in another format, and replaces it', async () => {
    await sendMessage(PHONE, {
      ...text,
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+254 712-345 678',
    } as any)(state());
    expect(sandbox.deliveries[0].payload).to.eql({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: PHONE,
      ...text,
    });
  });

  it("keeps context and callback data of a body in Meta's format", async () => {
    await sendMessage(PHONE, {
      ...text,
      context: { message_id: 'wamid.1' },
      biz_opaque_callback_data: 'visit-1',
    } as any)(state());
    expect(sandbox.deliveries[0].payload).to.deep.include({
      context: { message_id: 'wamid.1' },
      biz_opaque_callback_data: 'visit-1',
    });
  });

  it('drops other fields of a data row from the message', async () => {
    await sendMessage(PHONE, {
      ...text,
      from: '+1',
      id: 'wamid.9',
      timestamp: '1',
    } as any)(state());
    expect(sandbox.deliveries[0].payload).to.have.all.keys(
      'messaging_product',
      'recipient_type',
      'to',
      'type',
      'text',
    );
  });

  const broken: [message: any, ...words: string[]][] = [
    [{ type: 'text', text: 'hello' }, 'object `text`', 'body'],
    [{ type: 'image', image: '123' }, 'object `image`'],
    [{ type: 'text', body: 'c' }, 'object `text`'],
    [{ type: 'txt', text: 'x' }, 'Did you mean text'],
    [{ type: 'reminder', text: 'x' }, 'not a message type'],
  ];
  for (const [message, ...words] of broken)
    it(`is sent no message for ${JSON.stringify(message)}`, async () => {
      const error = await errorOf(() => sendMessage(PHONE, message)(state()));
      for (const word of words)
        expect(`${error.message} ${error.fix}`).to.contain(word);
      expect(sandbox.requests).to.have.length(0);
    });

  it('is sent no data row that resembles a message of an unknown type', async () => {
    const error = await errorOf(() =>
      sendMessage(PHONE, {
        type: 'visit',
        details: { date: 'x' },
        hiv: 'pos',
      } as any)(state()),
    );
    expect(error.code).to.equal('INVALID_MESSAGE');
    await errorOf(() =>
      sendMessage(PHONE, {
        type: 'visit',
        visit: { date: 'x' },
        hiv: 'pos',
      } as any)(state()),
    );
    expect(sandbox.deliveries).to.have.length(0);
    const { data } = await sendMessage(
      PHONE,
      { type: 'visit', visit: { date: 'x' }, hiv: 'pos' } as any,
      { dryRun: true },
    )(state());
    expect(JSON.stringify(data)).not.to.contain('pos');
  });

  it("is checked against a `to` in the body that can't be parsed", async () => {
    const error = await errorOf(() =>
      sendMessage(PHONE, { ...text, to: '15551234567' } as any)({
        ...state(),
        configuration: { ...sandbox.credential, defaultCountry: 'KE' },
      }),
    );
    expect(error.message).to.contain('`to` in the message');
  });

  it("accepts examples from Meta's documentation without `type`", async () => {
    for (const message of [
      { text: { body: 'x', preview_url: true } },
      { image: { link: 'https://example.org/a.png', caption: 'y' } },
      { document: { link: 'https://example.org/a.pdf', filename: 'a.pdf' } },
      {
        interactive: {
          type: 'button',
          body: { text: 'a' },
          action: {
            buttons: [{ type: 'reply', reply: { id: '1', title: 'b' } }],
          },
        },
      },
    ])
      await sendMessage(PHONE, message as any)(state());
    expect(sandbox.deliveries.map(({ payload }) => payload.type)).to.eql([
      'text',
      'image',
      'document',
      'interactive',
    ]);
    expect(sandbox.deliveries[1].payload.image).to.eql({
      link: 'https://example.org/a.png',
      caption: 'y',
    });
  });

  it('rejects buttons for a group', async () => {
    const error = await errorOf(() =>
      sendMessage({ group: 'Y2Fw' }, { text: 'x', buttons: ['a'] })(state()),
    );
    expect(error.code).to.equal('INVALID_MESSAGE');
  });
});

describe('multiple phone numbers', () => {
  const sandbox = useSandbox();
  const state = (data: any = {}) => ({
    configuration: { ...sandbox.credential },
    data,
  });
  const pathOf = (index = -1) => sandbox.requests.at(index)!.path;

  /** What somebody writes, as rows. */
  async function rowsOf(...inbounds: any[]) {
    const trigger = await startTrigger();
    for (const inbound of inbounds) sandbox.receive(inbound);
    await sandbox.sendWebhooks(trigger.url, { batch: true });
    trigger.close();
    const { data } = await parseWebhook()({ ...state(), ...trigger.runs[0] });
    return data;
  }

  it('send from the number in the option phoneNumberId', async () => {
    const options = { phoneNumberId: SECOND };
    await sendMessage(PHONE, 'x', options)(state());
    await sendTemplate(PHONE, 'hello_world', options)(state());
    await sendBulk(
      [{ phone: PHONE }],
      { to: (s: any) => s.data.phone, text: 'x' },
      options,
    )(state());
    await sendBulk([{ phone: PHONE }], {
      to: (s: any) => s.data.phone,
      text: 'x',
      phoneNumberId: SECOND,
    })(state());
    expect(sandbox.deliveries.map(({ phoneNumberId }) => phoneNumberId)).to.eql(
      Array(4).fill(SECOND),
    );
  });

  it('upload, get media, mark as read and read profiles with the option phoneNumberId', async () => {
    const options = { phoneNumberId: SECOND };
    const { data } = await uploadMedia(
      Buffer.from('%PDF-1.4'),
      options,
    )(state());
    expect(pathOf()).to.contain(`${SECOND}/media`);
    const [unknown] = [await errorOf(() => getMedia(data.id)(state()))];
    expect(unknown.message).to.contain('100');
    expect((await getMedia(data.id, options)(state())).data.id).to.equal(
      data.id,
    );
    await markAsRead('wamid.1', options)(state());
    expect(pathOf()).to.contain(`${SECOND}/messages`);
    await getBusinessProfile(options)(state());
    expect(pathOf()).to.contain(`${SECOND}/whatsapp_business_profile`);
    await updateBusinessProfile({ about: 'a' }, options)(state());
    expect(pathOf()).to.contain(`${SECOND}/whatsapp_business_profile`);
  });

  it('reply to a row from the number that received it', async () => {
    const { messages } = await rowsOf({
      from: '254712345678',
      text: 'Hi',
      phoneNumberId: SECOND,
    });
    await sendMessage(messages[0], 'Hello')(state());
    await sendBulk(messages, { to: (s: any) => s.data, text: 'Hello again' })(
      state(),
    );
    await markAsRead(messages[0])(state());
    expect(
      sandbox.deliveries.map(({ to, phoneNumberId }) => [to, phoneNumberId]),
    ).to.eql([
      ['254712345678', SECOND],
      ['254712345678', SECOND],
    ]);
    expect(pathOf()).to.contain(SECOND);
  });

  it('reply to users who hide their number', async () => {
    const { messages } = await rowsOf(
      { from: '254712345678', text: 'a', hidden: true },
      { from: '254722000111', text: 'b' },
    );
    expect(messages[0]).not.to.have.property('from');
    await sendBulk(messages, { to: (s: any) => s.data, text: 'x' })(state());
    expect(sandbox.deliveries.map(({ to }) => to).sort()).to.eql([
      '254722000111',
      'KE.254712345678',
    ]);
  });

  it('download media of a row with the number that received it', async () => {
    const { messages } = await rowsOf({
      from: '254712345678',
      image: true,
      phoneNumberId: SECOND,
    });
    const { id } = messages[0].media;
    for (const media of [messages[0], messages[0].media])
      expect((await downloadMedia(media)(state())).data.id).to.equal(id);
    const error = await errorOf(() => downloadMedia(id)(state()));
    expect(error.message).to.contain('Media not found');
  });

  it('are selected by an ID that must be a string of digits', async () => {
    for (const phoneNumberId of ['+15550001111', 7, '']) {
      const error = await errorOf(() =>
        sendMessage(PHONE, 'x', { phoneNumberId } as any)(state()),
      );
      expect(error.code).to.equal('INVALID_OPTIONS');
    }
    expect(sandbox.requests).to.have.length(0);
  });
});
