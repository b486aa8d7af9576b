import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import _ from 'lodash';
import { useCollections } from '../support/collections';
import { runJob } from '../support/run-job';
import { useSandbox } from '../support/sandbox';
import { startTrigger, type Start } from '../support/trigger';

const SECOND = '123456789012346';
const job = (name: string) => readFileSync(`examples/${name}.js`, 'utf8');

/** The examples with what goes wrong in real data, run twice: nobody twice, nobody forgotten. */
describe('example job', function () {
  this.timeout(30_000);
  const sandbox = useSandbox();
  let collections: Awaited<ReturnType<typeof useCollections>>;
  beforeEach(async () => {
    collections = await useCollections();
  });

  const run = async (name: string, state: object, more: object = {}) => {
    const result = await runJob(job(name), {
      ...state,
      configuration: {
        ...sandbox.credential,
        ...collections.credential,
        ...more,
      },
    });
    expect(result.errors, JSON.stringify(result.errors)).to.equal(undefined);
    return result;
  };
  const served = () => sandbox.deliveries.map(({ to }) => to).sort();

  /** A run that starts with what people have done. */
  async function webhookOf(...inbounds: any[]): Promise<Start> {
    const trigger = await startTrigger();
    for (const inbound of inbounds) sandbox.receive(inbound);
    await sandbox.sendWebhooks(trigger.url, { batch: true });
    trigger.close();
    return trigger.runs[0];
  }

  it('appointment-reminder sends the valid rows and reports the invalid ones', async () => {
    const appointments = [
      {
        id: '1',
        name: 'Amina',
        phone: '+254712345678',
        time: '2026-05-05T07:00:00Z',
      },
      { id: '2', name: 'Joseph', phone: '', time: '2026-05-05T07:00:00Z' },
      { id: '3', name: 'Wanjiru', phone: '0733 000 222', time: '' },
      { id: '4', phone: '+254733000333', time: '2026-05-05T07:00:00Z' },
      {
        id: '5',
        name: 'Otieno',
        phone: '+254733000444',
        time: '2026-05-05T07:00:00Z',
      },
    ];
    const { data: report } = await run(
      'appointment-reminder',
      { data: { appointments } },
      { defaultCountry: 'KE' },
    );
    expect(served()).to.eql(['254712345678', '254733000444']);
    expect(report.failed.map(({ reference }: any) => reference)).to.eql([
      '2',
      '3',
      '4',
    ]);
    expect(report.failed[2].error.message).to.contain(
      '$.data.name found nothing',
    );
  });

  it('bulk-resume resends only rows with a temporary error', async () => {
    const patients = ['1', '2', '3'].map(id => ({
      id,
      phone: `+25471234567${id}`,
      text: 'x',
    }));
    const report = {
      accepted: [{ reference: '1' }],
      failed: [{ reference: '2', error: { retryable: true } }],
      unknown: [{ reference: '3', error: {} }],
      unsent: [],
      summary: { accepted: 1 },
    };
    const first = await run('bulk-resume', { data: { patients, report } });
    await run('bulk-resume', { data: { patients, report: first.data } });
    expect(served()).to.eql(['254712345672']);
  });

  describe('inbound-triage', () => {
    const said = () =>
      sandbox.deliveries.map(({ payload }) =>
        payload.text.body.split(' ').slice(0, 3).join(' '),
      );

    it('replies by the meaning of a message', async () => {
      const texts = [
        'Yes',
        'confirm!',
        'Yesterday I was bleeding',
        'No',
        'Nothing works, my baby has fever',
        'November is better',
        "The bleeding won't stop",
        'Please stop',
        'STOP',
        'No problem, thank you',
        'दर्द stop नहीं हो रहा',
        'الألم stop ؟ لا',
      ];
      const start = await webhookOf(
        ...texts.map((text, index) => ({
          from: `2547123456${70 + index}`,
          text,
        })),
      );
      await run('inbound-triage', start);
      const byNumber = Object.fromEntries(
        sandbox.deliveries.map(({ to, payload }) => [
          Number(to.slice(-2)) - 70,
          payload.text.body,
        ]),
      );
      for (const index of [0, 1])
        expect(byNumber[index]).to.contain('see you then');
      for (const index of [2, 4, 5, 6, 9, 10, 11])
        expect(byNumber[index]).to.contain('nurse');
      expect(byNumber[3]).to.contain('another day');
      for (const index of [7, 8])
        expect(byNumber[index]).to.contain('no more reminders');
    });

    it('recognizes common ways to write an opt-out', async () => {
      const texts = [
        'stop.',
        'Stop all',
        'STOP STOP',
        'STOPP',
        'Please stop sending me messages',
        'stop sending',
        'Unsubscribe',
        'Remove me',
        '🛑',
      ];
      const start = await webhookOf(
        ...texts.map((text, index) => ({ from: `25471234567${index}`, text })),
      );
      await run('inbound-triage', start);
      expect(Object.keys(collections.get('opt-outs'))).to.have.length(
        texts.length,
      );
    });

    it('uses the last preference in a webhook', async () => {
      const start = await webhookOf(
        { from: '254722000111', preference: 'resume' },
        { from: '254722000111', text: 'STOP' },
      );
      await run('inbound-triage', start);
      expect(collections.get('opt-outs')['+254722000111'].kind).to.equal(
        'optOut',
      );
    });

    it('removes an opt-out when the user opts in again', async () => {
      const patients = [{ id: '1', phone: '+254722000111', text: 'x' }];
      for (const preference of ['stop', 'resume']) {
        const start = await webhookOf({ from: '254722000111', preference });
        await run('inbound-triage', start);
        await run('opt-out', { data: { patients } });
      }
      expect(served()).to.eql(['254722000111']);
    });

    it('excludes users who opted out since the previous run', async () => {
      const patients = ['+254712345678', '+254722000111'].map((phone, id) => ({
        id: `${id}`,
        phone,
        text: 'x',
      }));
      const first = await run('opt-out', { data: { patients } });
      await run(
        'inbound-triage',
        await webhookOf({ from: '254722000111', text: 'STOP' }),
      );
      sandbox.reset();
      await run('opt-out', { ...first, data: { patients } });
      expect(served()).to.eql(['254712345678']);
    });

    it('replies only to messages, and never to a former number', async () => {
      const start = await webhookOf(
        { from: '254712345678', newNumber: '254799999999' },
        {
          from: '254722000111',
          reaction: { message_id: 'wamid.1', emoji: '👍' },
        },
        { from: '254733000222', revoke: { original_message_id: 'wamid.1' } },
        {
          from: '254733000333',
          edit: { original_message_id: 'wamid.1', text: 'Yes' },
        },
        { from: '254733000444', unsupported: 'poll' },
        { from: '254733000555', text: 'Hello' },
      );
      await run('inbound-triage', start);
      expect(served()).to.eql(['254733000555']);
    });

    it('replies to users who hide their number, and from the number that received the message', async () => {
      const start = await webhookOf(
        { from: '254712345678', text: 'Hello', hidden: true },
        { from: '254722000111', text: 'Hello', phoneNumberId: SECOND },
      );
      await run('inbound-triage', start, { defaultCountry: 'DE' });
      expect(
        sandbox.deliveries.map(({ to, phoneNumberId }) => [to, phoneNumberId]),
      ).to.eql([
        ['KE.254712345678', sandbox.credential.phoneNumberId],
        ['254722000111', SECOND],
      ]);
    });

    it('replies to the others if one reply fails, and only once if Meta repeats the webhook', async () => {
      const start = await webhookOf(
        { from: '254712345678', text: 'Hello' },
        { from: '254722000111', text: 'Hello' },
        { from: '254733000222', text: 'Hello' },
      );
      sandbox.fault({ path: 'messages', code: 190, to: '254722000111' });
      await run('inbound-triage', start);
      expect(served()).to.eql(['254712345678', '254733000222']);
      sandbox.clearFaults();
      await run('inbound-triage', start);
      await run('inbound-triage', start);
      expect(served()).to.eql(['254712345678', '254722000111', '254733000222']);
    });

    it('does not reply again if the outcome of the reply is unknown', async () => {
      const start = await webhookOf({ from: '254712345678', text: 'Hello' });
      sandbox.fault({ path: 'messages', reset: 'after' });
      await run('inbound-triage', start);
      await run('inbound-triage', start);
      expect(served()).to.eql(['254712345678']);
    });

    it('stores opt-outs, which opt-out excludes in any number format', async () => {
      const start = await webhookOf(
        { from: '254712345678', text: 'Stop' },
        { from: '254722000111', preference: 'stop' },
        { from: '254733000222', text: 'STOP', hidden: true },
      );
      await run('inbound-triage', start);
      expect(Object.keys(collections.get('opt-outs')).sort()).to.eql([
        '+254712345678',
        '+254722000111',
        'KE.254733000222',
      ]);
      sandbox.reset();
      const patients = [
        '0712 345 678',
        '254722000111.0',
        '',
        '+254733000333',
      ].map((phone, index) => ({ id: `${index}`, phone, text: 'x' }));
      const { data } = await run(
        'opt-out',
        { data: { patients } },
        { defaultCountry: 'KE' },
      );
      expect(served()).to.eql(['254733000333']);
      expect(data.summary).to.include({ skipped: 2, failed: 1, accepted: 1 });
      expect(said()).to.have.length(1);
    });
  });

  it('forward-photo skips an expired photo and forwards each photo once', async () => {
    const start = await webhookOf(
      { from: '254712345678', name: 'Joy', image: true },
      { from: '254712345678', image: { id: '9999', mime_type: 'image/jpeg' } },
      { from: '254722000111', hidden: true, image: true },
    );
    const { data } = await run('forward-photo', start);
    expect(sandbox.deliveries).to.have.length(2);
    expect(sandbox.deliveries[0].payload.image.caption).to.equal('From Joy');
    expect(data.problems).to.have.length(1);
    expect(data.problems[0].fix).to.contain('7 days');
    await run('forward-photo', start);
    expect(sandbox.deliveries).to.have.length(2);
  });

  it('photo-to-fhir returns each file and reports the missing ones', async () => {
    const start = await webhookOf(
      { from: '254712345678', image: true },
      {
        from: '254712345678',
        document: { id: '9999', mime_type: 'application/pdf' },
      },
      { from: '254712345678', text: 'Hi' },
      { from: '254712345678', voice: true },
    );
    const { data, problems } = await run('photo-to-fhir', start);
    expect(data.map(({ contentType }: any) => contentType)).to.eql([
      'image/png',
      'audio/ogg; codecs=opus',
    ]);
    expect(problems).to.have.length(1);
  });

  it('delivery-report includes failures without a reason', async () => {
    const { data } = await run('delivery-report', {
      data: {
        statuses: [
          { id: 'a', status: 'failed', recipient_id: '254712345678' },
          { id: 'b', status: 'read', recipient_id: '254712345678' },
          {
            id: 'c',
            status: 'failed',
            recipient_id: '254722000111',
            errors: [{ code: 131026 }],
          },
        ],
      },
    });
    expect(data).to.have.length(2);
    for (const { why, whatToDo } of data) {
      expect(why).to.be.a('string');
      expect(whatToDo).to.be.a('string');
    }
  });

  it('delivery-table stores the latest status regardless of order', async () => {
    const status = (name: string, timestamp: string, reference?: string) => ({
      id: 'wamid.1',
      status: name,
      timestamp,
      recipient_id: '254712345678',
      biz_opaque_callback_data: reference,
    });
    const read = {
      data: {
        statuses: [
          status('read', '3', 'visit-1'),
          status('sent', '1', 'visit-1'),
          status('sent', '1'),
        ],
      },
    };
    await run('delivery-table', read);
    await run('delivery-table', {
      data: { statuses: [status('delivered', '2', 'visit-1')] },
    });
    await run('delivery-table', read);
    expect(collections.get('deliveries')).to.have.all.keys('visit-1');
    expect(collections.get('deliveries')['visit-1']).to.include({
      status: 'read',
      rank: 3,
    });
  });

  it('survey sends the next question to users who answered one', async () => {
    const start = await webhookOf(
      { from: '254712345678', button: { id: 'q1:good', title: 'Good' } },
      { from: '254722000111', text: 'What is this?' },
      { from: '254733000222', button: { id: 'q2:no', title: 'No' } },
    );
    await run('survey', start);
    expect(served()).to.eql(['254712345678']);
    const answers = Object.values(collections.get('answers'));
    expect(
      answers.map(({ question, answer }) => [question, answer]),
    ).to.have.deep.members([
      ['q1', 'good'],
      ['q2', 'no'],
    ]);
    await run('survey', start);
    expect(served(), 'a repeated webhook').to.eql(['254712345678']);
  });

  it('send-when-approved sends once after the template is approved', async () => {
    const patients = [
      { id: '1', name: 'Amina', phone: '+254712345678', visit: '2026-05-05' },
      { id: '2', name: 'Joseph', phone: 'unknown', visit: '2026-05-06' },
      { id: '3', name: 'Wanjiru', phone: '+254733000222', visit: '2026-05-07' },
    ];
    const texts = [
      {
        language: 'en',
        text: 'Hello {{name}}, your visit is on {{day}}. See you.',
      },
    ];
    await run('new-template', { data: {}, texts });
    let state = await run('send-when-approved', { patients, data: {} });
    expect(served()).to.eql([]);
    sandbox.review({ name: 'clinic_visit', event: 'APPROVED' });
    state = await run('send-when-approved', state);
    await run('send-when-approved', state);
    expect(served()).to.eql(['254712345678', '254733000222']);
    expect(sandbox.deliveries[0].shown.body).to.contain('Amina');
  });

  it('spreadsheet-list parses numbers and dates from a spreadsheet', async () => {
    const rows = [
      { id: '1', name: 'Amina', phone: '254712345678.0', visit: '05/06/2026' },
      { id: '2', name: 'Joseph', phone: '2.54712E+11', visit: '06/06/2026' },
      { id: '3', name: 'Wanjiru', phone: 'N/A', visit: '07/06/2026' },
      { id: '4', name: 'Otieno', phone: "'0733000222", visit: 'soon' },
      { id: '5', name: 'Achieng', phone: 733000333, visit: '08/06/2026' },
      null,
    ];
    const send = (state: object) =>
      run('spreadsheet-list', state, { defaultCountry: 'KE' });
    const first = await send({ data: { rows } });
    expect(served()).to.eql(['254712345678', '254733000333']);
    expect(sandbox.deliveries[0].shown.body).to.contain('5 Juni 2026');
    expect(_.map(first.report.failed, 'index')).to.eql([1, 2, 3, 5]);
    expect(first.report.failed[2].error.fix).to.contain('correct the cell');

    const corrected = rows.map(row =>
      row?.id === '3' ? { ...row, phone: '0722 000 111' } : row,
    );
    await send({ ...first, data: { rows: corrected } });
    expect(served()).to.eql(['254712345678', '254722000111', '254733000333']);
  });
});
