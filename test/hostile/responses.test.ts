import { expect } from 'chai';
import {
  createTemplate,
  deleteMedia,
  deleteTemplate,
  downloadMedia,
  getBusinessProfile,
  getMedia,
  getPhoneNumber,
  listTemplates,
  markAsRead,
  request,
  sendBulk,
  sendMessage,
  subscribeWebhook,
  updateBusinessProfile,
  updateTemplate,
  uploadMedia,
} from '../support/adaptor';
import { errorOf } from '../support/errors';
import { captureLog, skipWaits } from '../support/fixtures';
import { accepted, json, rawServer } from '../support/raw-server';

type Server = Awaited<ReturnType<typeof rawServer>>;

const PHONE = '+254712345678';
const people = (count: number) =>
  Array.from({ length: count }, (_value, index) => ({
    phone: `+2547${String(index).padStart(8, '0')}`,
  }));
const MESSAGE = { to: (s: any) => s.data.phone, text: 'Hi' };

describe('unexpected responses', () => {
  let server: Server;
  let answer: (count: number) => {
    status?: number;
    body: unknown;
    headers?: object;
  };
  const run = (operation: any, configuration: object = server.cloud) =>
    operation({
      configuration: { ...configuration },
      data: {},
      references: [],
    });

  before(async () => {
    server = await rawServer((_request, response, count) => {
      const { status = 200, body, headers } = answer(count);
      json(response, body, status, headers);
    });
  });
  after(() => server.close());
  beforeEach(() => {
    server.requests.length = 0;
    skipWaits();
  });

  for (const code of [130429, 131056, 4, 131047, 190])
    it(`count a message with an ID as sent, despite error ${code}`, async () => {
      answer = count => ({
        body: count === 1 ? { ...accepted(), error: { code } } : accepted(),
      });
      const { data } = await run(sendMessage(PHONE, 'Hi'));
      expect(data.messages[0].id).to.equal('wamid.1');
      expect(server.requests).to.have.length(1);
      server.requests.length = 0;
      const list = await run(sendBulk(people(1), MESSAGE));
      expect(list.data.summary.accepted).to.equal(1);
      expect(server.requests).to.have.length(1);
    });

  for (const code of [null, '', [], false, ' ', {}, 1.5])
    it(`have no error code if it is ${JSON.stringify(code)}`, async () => {
      answer = count =>
        count === 2
          ? { status: 500, body: { error: { code, message: 'x' } } }
          : { body: accepted(count) };
      const { data } = await run(
        sendBulk(people(6), MESSAGE, { concurrency: 1 }),
      );
      expect(data.summary).to.include({ accepted: 5, unknown: 1, unsent: 0 });
      expect(data.unknown[0].error.code).to.equal('DELIVERY_UNKNOWN');
    });

  it('leave the outcome unknown if they are too large', async () => {
    answer = () => ({ body: `${' '.repeat(65 * 2 ** 20)}{}` });
    const error = await errorOf(() => run(sendMessage(PHONE, 'Hi')));
    expect(error.code).to.equal('DELIVERY_UNKNOWN');
  });

  it('may begin with a byte order mark', async () => {
    answer = () => ({ body: `\uFEFF${JSON.stringify(accepted())}` });
    const { data } = await run(sendMessage(PHONE, 'Hi'));
    expect(data.messages[0].id).to.equal('wamid.1');
  });

  it('leave the outcome unknown if the message ID is empty', async () => {
    answer = () => ({ body: { messages: [{ id: '' }] } });
    const error = await errorOf(() => run(sendMessage(PHONE, 'Hi')));
    expect(error.code).to.equal('DELIVERY_UNKNOWN');
  });

  it('keep all digits of a numeric ID', async () => {
    answer = () => ({ body: '{"id":4490709327384033123}' });
    const { data } = await run(uploadMedia(Buffer.from('%PDF-1.4')));
    expect(data.id).to.equal('4490709327384033123');
  });

  const changes: [string, any][] = [
    ['deleteMedia', deleteMedia('111')],
    ['markAsRead', markAsRead('wamid.1')],
    ['deleteTemplate', deleteTemplate('reminder')],
    ['updateBusinessProfile', updateBusinessProfile({ about: 'Clinic' })],
    ['subscribeWebhook', subscribeWebhook()],
    ['updateTemplate', updateTemplate('2001', { components: [] })],
  ];
  for (const [name, operation] of changes)
    it(`make ${name} fail if success is false`, async () => {
      answer = () => ({ body: { success: false } });
      const error = await errorOf(() => run(operation));
      expect(error.code).to.equal('UNEXPECTED_ANSWER');
      expect(error.fix).to.be.a('string');
    });

  const reads: [string, any][] = [
    ['uploadMedia', uploadMedia(Buffer.from('%PDF-1.4'))],
    ['getMedia', getMedia('111')],
    ['getPhoneNumber', getPhoneNumber()],
    ['getBusinessProfile', getBusinessProfile()],
    ['downloadMedia', downloadMedia('111')],
    ['listTemplates', listTemplates()],
    ...changes,
  ];
  for (const [name, operation] of reads)
    for (const body of ['null', '{}', '[]', '"x"', '1'])
      it(`make ${name} throw a clear error if they are ${body}`, async () => {
        answer = () => ({ body });
        const error = await errorOf(() => run(operation));
        expect(error.code).to.match(
          /^(UNEXPECTED_ANSWER|OUTCOME_UNKNOWN|INVALID_MEDIA)$/,
        );
        expect(error.name).not.to.equal('TypeError');
      });

  it('never make createTemplate() send a second request', async () => {
    for (const { status, body } of [
      { status: 200, body: '{}' },
      { status: 500, body: '{"error":{"code":131000}}' },
      { status: 503, body: '{"message":"x"}' },
      { status: 400, body: '{"error":{"code":99,"is_transient":true}}' },
    ]) {
      server.requests.length = 0;
      answer = () => ({ status, body });
      const error = await errorOf(() =>
        run(
          createTemplate({
            name: 'reminder',
            language: 'sw',
            category: 'UTILITY',
            components: [{ type: 'BODY', text: 'Hi' }],
          }),
        ),
      );
      expect(error.code).to.equal('OUTCOME_UNKNOWN');
      expect(server.requests).to.have.length(1);
    }
  });

  it('include the status of held messages in rows and summary', async () => {
    answer = count => ({
      body: {
        ...accepted(count),
        messages: [
          {
            id: `wamid.${count}`,
            message_status:
              count === 2 ? 'held_for_quality_assessment' : 'accepted',
          },
        ],
      },
    });
    const log = captureLog();
    const { data } = await run(
      sendBulk(people(3), MESSAGE, { concurrency: 1 }),
    );
    log.stop();
    expect(data.accepted[1].messageStatus).to.equal(
      'held_for_quality_assessment',
    );
    expect(data.accepted[0]).not.to.have.property('messageStatus');
    expect(data.summary.messageStatus).to.eql({
      held_for_quality_assessment: 1,
    });
    expect(log.lines.at(-1)).to.contain('1 held_for_quality_assessment');
  });

  it('end the pagination if pages are empty', async () => {
    answer = count => ({
      body: {
        data: [],
        paging: { next: 'https://x', cursors: { after: `c${count}` } },
      },
    });
    const error = await errorOf(() => run(listTemplates()));
    expect(error.code).to.equal('UNEXPECTED_ANSWER');
    expect(server.requests.length).to.be.below(50);
  });

  it('are not awaited for CONNECT, which is not a supported method', async () => {
    const error = await errorOf(() => run(request('CONNECT', '/x')));
    expect(error.code).to.equal('INVALID_REQUEST');
    expect(error.message).to.contain('GET');
  });

  for (const retryAfter of ['86400', 'Fri, 01 Jan 2099 00:00:00 GMT'])
    it(`fail the row immediately for Retry-After ${retryAfter}`, async () => {
      answer = count =>
        count === 1
          ? {
              status: 400,
              body: { error: { code: 130429 } },
              headers: { 'retry-after': retryAfter },
            }
          : { body: accepted(count) };
      const { data } = await run(
        sendBulk(people(2), MESSAGE, { concurrency: 1, timeLimit: 60 }),
      );
      expect(data.summary.accepted).to.be.at.least(1);
      expect(server.requests.length).to.be.at.most(3);
    });
});
