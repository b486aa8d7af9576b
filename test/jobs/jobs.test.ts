import { expect } from 'chai';
import { addFiles, data } from '../support/example-data';
import { runJob } from '../support/run-job';
import { startTrigger } from '../support/trigger';
import { useSandbox } from '../support/sandbox';

describe('jobs in the OpenFn runtime', () => {
  const sandbox = useSandbox();
  const run = (job: string, more: object = data, configuration = {}) =>
    runJob(job, {
      configuration: { ...sandbox.credential, ...configuration },
      data: more,
    });

  beforeEach(() => {
    addFiles(sandbox);
  });

  it('send messages with each() and functions of state', async () => {
    const { errors } = await run(
      `each($.data.patients, sendMessage($.data.phone, { text: $.data.text }, { reference: $.data.id }));`,
    );
    expect(errors, JSON.stringify(errors)).to.equal(undefined);
    expect(
      sandbox.deliveries.map(({ payload }) => [
        payload.to,
        payload.text.body,
        payload.biz_opaque_callback_data,
      ]),
    ).to.eql([
      ['+254712345678', 'One', 'a'],
      ['+254712345679', 'Two', 'b'],
    ]);
  });

  it('accept a Date created in the job', async () => {
    await run(`sendTemplate($.data.phone, {
      name: 'visit_reminder', language: 'sw',
      body: { name: 'A', day: { date: state => new Date('2026-05-05T22:00:00Z'), timeZone: 'Africa/Nairobi' } }
    });`);
    expect(sandbox.deliveries[0].shown.body).to.contain('6 Mei 2026');
  });

  it('accept a Buffer created in the job', async () => {
    const { data: answer } = await run(
      `uploadMedia(state => Buffer.from(state.data.pdf, 'base64'));`,
    );
    expect(answer.id).to.equal(sandbox.files.at(-1)!.id);
  });

  it('end with serializable state without the credential', async () => {
    const state = await run(`sendMessage($.data.phone, 'Hi');`);
    expect(state).not.to.have.property('configuration');
    expect(JSON.stringify(state)).not.to.contain(sandbox.credential.apiToken);
  });

  it('fail with an error whose details include the fix', async () => {
    sandbox.fault({ path: 'messages', code: 131047 });
    const { errors } = await run(`sendMessage($.data.phone, 'Hi');`);
    expect(errors.job).to.include({ name: 'AdaptorError' });
    expect(errors.job.details).to.include({ code: 131047, statusCode: 400 });
    expect(errors.job.details.fix).to.contain('sendTemplate');
  });

  it('fail with all credential problems in one message', async () => {
    const { errors } = await run(`sendMessage($.data.phone, 'Hi');`, data, {
      apiToken: 'Bearer a',
      phoneNumberId: '+254',
      wabaId: 'abc',
    });
    for (const field of ['apiToken', 'phoneNumberId', 'wabaId'])
      expect(errors.job.message).to.contain(field);
    expect(sandbox.requests).to.have.length(0);
  });

  it('never send a message twice after a failure', async () => {
    sandbox.fault({ path: 'messages', reset: 'after', times: 9 });
    const { errors } = await run(`sendMessage($.data.phone, 'Hi');`);
    expect(errors.job.details.code).to.equal('DELIVERY_UNKNOWN');
    expect(sandbox.countOf('254712345678')).to.equal(1);
  });

  it('send a reminder, receive a button tap and reply to it', async () => {
    const trigger = await startTrigger();

    await run(
      `sendTemplate($.data.phone, { name: 'appointment_reminder', body: ['Zoé', '5 May'] }, { reference: 'visit-1' });`,
    );
    const [{ id }] = sandbox.deliveries;
    sandbox.setStatus(id, 'delivered');
    sandbox.setStatus(id, 'read');
    sandbox.receive({
      from: '254712345678',
      name: 'Zoé 🎈',
      answers: id,
      quickReply: { payload: 'CONFIRM', text: 'Confirm' },
    });
    await sandbox.sendWebhooks(trigger.url, {
      batch: true,
      times: 2,
    });
    trigger.close();

    const [first, repeated] = trigger.runs;
    expect(repeated).to.eql(first);
    const { data, errors } = await runJob(
      `parseWebhook($.data, { requireSignature: true });
       fn(state => ({ ...state, webhook: state.data }));
       each($.webhook.messages, sendMessage($.data.from, 'See you.', { replyTo: $.data.id }));
       fn(state => ({ ...state, data: state.webhook }));`,
      { ...first, configuration: sandbox.credential },
    );
    expect(errors, JSON.stringify(errors)).to.equal(undefined);
    expect(data.statuses.map((s: any) => [s.status, s.reference])).to.eql([
      ['delivered', 'visit-1'],
      ['read', 'visit-1'],
    ]);
    expect(data.messages[0]).to.include({ text: 'Confirm', name: 'Zoé 🎈' });
    expect(sandbox.deliveries[1].payload.text.body).to.equal('See you.');
  });

  it('end with state that excludes streams', async () => {
    const state = await run(
      `downloadMedia($.data.mediaId, { as: 'stream' });
       uploadMedia($.data.content, { type: 'text/plain' });`,
    );
    expect(state.errors).to.equal(undefined);
    expect(state.references[1]).not.to.have.property('content');
    expect(sandbox.files.at(-1)!.content.toString()).to.equal('Habari');
  });
});
