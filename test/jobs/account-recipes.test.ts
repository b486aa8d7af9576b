import { expect } from 'chai';
import { runJob } from '../support/run-job';
import { useSandbox } from '../support/sandbox';
import { startTrigger } from '../support/trigger';

/** What has no operation of its own, as jobs that run in the real runtime. */
describe('recipe', () => {
  const sandbox = useSandbox();
  const run = async (job: string, state: object = {}) => {
    const { credential: configuration } = sandbox;
    const result = await runJob(job, { configuration, data: {}, ...state });
    expect(result.errors, JSON.stringify(result.errors)).to.equal(undefined);
    return result;
  };
  const number = () => sandbox.numbers.get(sandbox.credential.phoneNumberId);

  it('creates, lists and deletes a QR code', async () => {
    const { data } = await run(`
      post('message_qrdls', {
        prefilled_message: 'I want an appointment.',
        generate_qr_image: 'PNG',
      });
      fn(state => ({ ...state, made: state.data }));
      get('message_qrdls');
      del(\`message_qrdls/\${$.made.code}\`);
      get('message_qrdls');
    `);
    expect(data.data).to.eql([]);
  });

  it('waits for the webhook about a new group, then reads its invite link', async () => {
    const trigger = await startTrigger();
    await run(`post('groups', {
      messaging_product: 'whatsapp',
      subject: 'Health workers, North',
    });`);
    await sandbox.sendWebhooks(trigger.url);
    trigger.close();
    const { links } = await run(
      `parseWebhook();
      each(
        state =>
          state.data.events.filter(
            ({ field }) => field === 'group_lifecycle_update'
          ),
        combine(
          get(state => \`/\${state.data.value.group_id}/invite_link\`),
          fn(state => ({
            ...state,
            links: [...(state.links ?? []), state.data.invite_link],
          }))
        )
      );`,
      trigger.runs[0],
    );
    expect(links).to.have.length(1);
    expect(links[0]).to.match(/^https:\/\/chat\.whatsapp\.com\/group\d+$/);
  });

  it('changes the picture of a group by a form', async () => {
    const picture = Buffer.from([0xff, 0xd8, 0xff, 0xe0]).toString('base64');
    const { data } = await run(
      `post('/Y2FwaV9ncm91cDox', null, {
        form: {
          messaging_product: 'whatsapp',
          profile_picture_file: {
            content: $.data.picture,
            filename: 'group.jpg',
            type: 'image/jpeg',
          },
        },
      });
      get('/Y2FwaV9ncm91cDox');`,
      { data: { picture } },
    );
    expect(data).to.include({ hasPicture: true, subject: 'Clinic' });
  });

  it('compares two templates and unpauses one', async () => {
    sandbox.review({ name: 'appointment_reminder', event: 'PAUSED' });
    const { data, compared } = await run(`
      getTemplate('visit_reminder', { language: 'sw' });
      fn(state => ({ ...state, other: state.data.id }));
      getTemplate('appointment_reminder');
      get(\`/\${$.data.id}/compare\`, {
        query: {
          template_ids: \`[\${$.other}]\`,
          start: 1793750400,
          end: 1796342400,
        },
      });
      fn(state => ({ ...state, compared: state.data.data }));
      getTemplate('appointment_reminder');
      post(\`/\${$.data.id}/unpause\`);
      getTemplate('appointment_reminder');
    `);
    expect(compared[0].order_by_relative_metric).to.eql(['2002', '2003']);
    expect(data.status).to.equal('APPROVED');
  });

  it('registers a number with its PIN', async () => {
    await run(`
      post('request_code', { code_method: 'SMS', language: 'en_US' });
      post('verify_code', { code: '123456' });
      post('register', { messaging_product: 'whatsapp', pin: '654321' });
      post('/123456789012345', { pin: '123456' });
    `);
    expect(sandbox.requests.map(({ path }) => path.split('/').pop())).to.eql([
      'request_code',
      'verify_code',
      'register',
      '123456789012345',
    ]);
  });

  it('reserves a username, and explains one that is taken', async () => {
    const { data } = await run(`
      get('username_suggestions');
      post('username', { username: $.data.data[0].username });
      get('username');
    `);
    expect(data.username).to.equal('clinic.ke');
    const { credential: configuration } = sandbox;
    const { errors } = await runJob(
      "post('username', { username: 'taken' });",
      {
        configuration,
        data: {},
      },
    );
    const [error] = Object.values(errors) as any[];
    expect(error.details.code).to.equal(147001);
    expect(error.details.description).to.contain('taken');
  });

  it('creates a sign-up link and reads it', async () => {
    const { data } = await run(`
      post('/987654321098765/signups', {
        signup_message: 'Get a reminder before each vaccination day.',
        confirmation_message: 'Thank you.',
        privacy_policy_url: 'https://example.org/privacy',
      });
      get(\`/\${$.data.id}\`);
    `);
    expect(data.signup_message).to.contain('vaccination');
  });

  it('settles an unknown outcome by the message history', async () => {
    const { data } = await run(`
      sendMessage('+254712345678', 'Hello');
      get('message_history', {
        query: {
          message_id: $.data.messages[0].id,
          fields: 'id,message_id,events{delivery_status,timestamp}',
        },
      });
    `);
    expect(data.data).to.have.length(1);
    expect(data.data[0].events.data[0].delivery_status).to.equal('SENT');
  });

  it('sets ice breakers and commands', async () => {
    await run(`
      post('conversational_automation', {
        enable_welcome_message: true,
        prompts: ['Where is the next clinic?'],
        commands: [
          { command_name: 'clinics', command_description: 'Clinics near you' },
        ],
      });
    `);
    expect(number()!.conversational_automation).to.include({
      enable_welcome_message: true,
    });
  });
});
