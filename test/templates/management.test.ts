import { expect } from 'chai';
import {
  execute,
  getTemplate,
  listTemplates,
  uploadFileHandle,
} from '../../src';
import {
  createTemplate,
  deleteTemplate,
  sendTemplate,
  sendBulk,
  updateTemplate,
} from '../support/adaptor';
import { startSandbox } from '../../sandbox/server';
import { data as examples } from '../support/example-data';
import { errorOf } from '../support/errors';
import { configuration, mockApi } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';
import { captureLog } from '../support/fixtures';
import { startTrigger } from '../support/trigger';

const PHONE = '+254712345678';
const reminder = {
  name: 'clinic_visit',
  language: 'en',
  category: 'UTILITY',
  components: [
    {
      type: 'BODY',
      text: 'Hello {{1}}, see you on {{2}}. Bye.',
      example: { body_text: [['Amina', 'Monday']] },
    },
  ],
};
const withBody = (text: string, example?: object) => ({
  ...reminder,
  components: [{ type: 'BODY', text, example }],
});

describe('templates', () => {
  const sandbox = useSandbox({ reviewSeconds: 0.02 });
  let run: object;
  const state = () => ({ configuration: run, data: {} as any });
  const names = (templates: any[]) => templates.map(({ name }) => name);

  beforeEach(() => {
    run = { ...sandbox.credential };
  });

  describe('listTemplates', () => {
    it('returns all templates with their components and rejection reasons', async () => {
      const { data } = await listTemplates()(state());
      expect(data).to.have.length(6);
      expect(data[0]).to.include({
        name: 'hello_world',
        language: 'en_US',
        status: 'APPROVED',
        category: 'UTILITY',
        rejected_reason: 'NONE',
      });
      expect(data[0].id).to.be.a('string');
      expect(data[0].components[0].type).to.equal('BODY');
    });

    it('returns templates that match all filters', async () => {
      sandbox.review({ name: 'receipt', event: 'REJECTED' });
      const list = async (query: object) =>
        names((await listTemplates(query)(state())).data);
      expect(await list({ status: 'REJECTED' })).to.eql(['receipt']);
      expect(await list({ language: 'en', status: 'APPROVED' })).to.eql([
        'vaccination_offer',
      ]);
      expect(await list({ name: 'reminder' })).to.have.length(2);
      expect(await list({ content: 'ziara' })).to.eql(['visit_reminder']);
      expect(await list({ category: 'AUTHENTICATION' })).to.eql(['login_code']);
    });

    it('returns the requested fields, given as an array or a string', async () => {
      for (const fields of ['id,name', ['id', 'name']]) {
        const { data } = await listTemplates({ fields })(state());
        expect(data[0]).to.eql({ id: '2001', name: 'hello_world' });
      }
    });

    it('requires wabaId', async () => {
      const { wabaId: _gone, ...rest } = sandbox.credential;
      run = rest;
      const error = await errorOf(() => listTemplates()(state()));
      expect(error.code).to.equal('INVALID_CONFIGURATION');
      expect(error.message).to.contain('wabaId is missing');
    });
  });

  describe('getTemplate', () => {
    it('returns a template by name and language', async () => {
      const { data } = await getTemplate('visit_reminder', { language: 'sw' })(
        state(),
      );
      expect(data).to.include({ id: '2003', parameter_format: 'NAMED' });
    });

    it('returns a template by ID', async () => {
      const { data } = await getTemplate('2003')(state());
      expect(data.name).to.equal('visit_reminder');
      expect(data.rejected_reason).to.equal('NONE');
    });

    it('returns the only language without the language option', async () => {
      const { data } = await getTemplate('receipt')(state());
      expect(data.language).to.equal('en');
    });

    it('returns only the template with the exact name', async () => {
      await createTemplate({ ...reminder, name: 'receipt_long' })(state());
      const { data } = await getTemplate('receipt')(state());
      expect(data.name).to.equal('receipt');
    });

    it('defaults to en_US of several languages, like sendTemplate()', async () => {
      await createTemplate({ ...reminder, name: 'hello_world' })(state());
      const { data } = await getTemplate('hello_world')(state());
      expect(data.language).to.equal('en_US');
    });

    it('lists the available languages', async () => {
      const error = await errorOf(() =>
        getTemplate('visit_reminder', { language: 'fr' })(state()),
      );
      expect(error.code).to.equal('TEMPLATE_NOT_FOUND');
      expect(error.message).to.contain('exists in: sw; not in fr');
      expect(error.fix).to.contain("language: 'sw'");
    });

    it('throws if the template does not exist', async () => {
      const error = await errorOf(() => getTemplate('no_such')(state()));
      expect(error.message).to.contain('no template no_such');
    });

    it('returns the requested fields, also by name', async () => {
      const { data } = await getTemplate('receipt', { fields: 'status' })(
        state(),
      );
      expect(data.status).to.equal('APPROVED');
      expect(data).not.to.have.property('components');
    });
  });

  it('are found by name even if only some fields are requested', async () => {
    let fields: string | null = '';
    mockApi()
      .intercept({ path: () => true })
      .reply(200, ({ path }) => {
        fields = new URL(path, 'https://a.b').searchParams.get('fields');
        return { data: [{ name: 'a', language: 'en' }] };
      });
    await getTemplate('a', { fields: 'components{type,name,text},language' })({
      configuration,
    });
    expect(fields).to.equal('components{type,name,text},language,name');
  });

  describe('createTemplate', () => {
    it('creates a template that can be sent after its review', async () => {
      const trigger = await startTrigger();
      const { data } = await createTemplate(reminder)(state());
      expect(data.status).to.equal('PENDING');
      expect(data.id).to.match(/^\d{16}$/);
      const send = () =>
        sendTemplate(PHONE, {
          name: 'clinic_visit',
          language: 'en',
          body: ['a', 'b'],
        })(state());
      const error = await errorOf(send);
      expect(error.code).to.equal(132001);
      expect(error.details).to.contain('en (PENDING)');

      sandbox.review({ name: 'clinic_visit', event: 'APPROVED' });
      await send();
      expect(sandbox.countOf('254712345678')).to.equal(1);

      await sandbox.sendWebhooks(trigger.url);
      trigger.close();
      const [{ field, value }] = trigger.runs[0].data.entry[0].changes;
      expect(field).to.equal('message_template_status_update');
      expect(value).to.include({
        event: 'APPROVED',
        message_template_name: 'clinic_visit',
        message_template_id: Number(data.id),
      });
    });

    it('sets the format of the parameters if a variable has a name', async () => {
      const text = 'Hello {{name}}, see you on {{day}}. Bye.';
      const example = {
        body_text_named_params: [
          { param_name: 'name', example: 'Amina' },
          { param_name: 'day', example: 'Monday' },
        ],
      };
      await createTemplate(withBody(text, example))(state());
      const { data } = await getTemplate('clinic_visit')(state());
      expect(data.parameter_format).to.equal('NAMED');
    });

    it('keeps the format that is given', async () => {
      const format = { parameter_format: 'positional' };
      const template = { ...withBody('Hello {{name}}.'), ...format };
      const error = await errorOf(() => createTemplate(template)(state()));
      expect(error.subcode).to.equal(2388072);
    });

    it('logs the name, the language and the status', async () => {
      const log = captureLog();
      await createTemplate(reminder)(state());
      log.stop();
      expect(log.lines).to.include(
        'Created template clinic_visit (en): PENDING',
      );
    });

    it('warns of numbers that are not in order', async () => {
      const log = captureLog();
      const example = { body_text: [['Monday', 'Amina']] };
      const text = 'On {{2}} we expect {{1}}. Bye.';
      await createTemplate(withBody(text, example))(state());
      log.stop();
      expect(log.lines[0]).to.contain('not in order: "On {{2}}');
    });

    it('warns of buttons that are not shown on desktop', async () => {
      const buttons = [
        { type: 'QUICK_REPLY', text: 'Yes' },
        { type: 'URL', text: 'Map', url: 'https://example.org' },
      ];
      const log = captureLog();
      const components = [...reminder.components, { type: 'BUTTONS', buttons }];
      await createTemplate({ ...reminder, components })(state());
      log.stop();
      expect(log.lines[0]).to.contain('WhatsApp on desktop');
    });

    it('creates a template of the library, which is approved at once', async () => {
      const template = {
        name: 'paid',
        language: 'en_US',
        category: 'UTILITY',
        library_template_name: 'payment_confirmed_1',
      };
      const { data } = await createTemplate(template)(state());
      expect(data.status).to.equal('APPROVED');
      await sendTemplate(PHONE, { name: 'paid', body: ['KES 50'] })(state());
      expect(sandbox.deliveries[0].shown.body).to.contain('of KES 50');
    });

    it('creates a template that is approved automatically', async () => {
      await createTemplate(reminder)(state());
      const status = async () =>
        (await getTemplate('clinic_visit')(state())).data.status;
      while ((await status()) === 'PENDING')
        await new Promise(done => setTimeout(done, 5));
      expect(await status()).to.equal('APPROVED');
    });

    it('accepts a file handle for the header', async () => {
      const done = await uploadFileHandle(examples.photo)(state());
      const example = { header_handle: [done.data.h] };
      const { data } = await createTemplate({
        ...reminder,
        components: [
          { type: 'HEADER', format: 'IMAGE', example },
          { type: 'BODY', text: 'Come on Saturday.' },
        ],
      })(state());
      expect(data.status).to.equal('PENDING');
    });

    const refused: [string, object, number, string][] = [
      [
        'a variable at the end',
        withBody('Hello {{1}}', { body_text: [['a']] }),
        2388299,
        'This template has variables at the start or end. Add words there.',
      ],
      [
        'a variable without an example',
        withBody('Hello {{1}}, bye.'),
        2388072,
        'Each variable of the body needs an example.',
      ],
      [
        'a text that is too long',
        withBody('a'.repeat(1025)),
        2388040,
        'The body has more than 1024 characters.',
      ],
      [
        'a header without a sample',
        {
          ...reminder,
          components: [
            { type: 'HEADER', format: 'IMAGE' },
            { type: 'BODY', text: 'Hello.' },
          ],
        },
        2388047,
        'A header with a file needs the handle of a sample.',
      ],
    ];
    for (const [what, template, subcode, message] of refused)
      it(`returns Meta's explanation for ${what}`, async () => {
        const error = await errorOf(() =>
          createTemplate(template as any)(state()),
        );
        expect(error).to.include({ code: 100, subcode });
        expect(error.message).to.contain(message);
        expect(error.description).not.to.contain('A parameter is wrong');
        expect(error.fix).to.be.a('string');
      });

    it('throws if the template exists in this language', async () => {
      await createTemplate(reminder)(state());
      const error = await errorOf(() => createTemplate(reminder)(state()));
      expect(error.subcode).to.equal(2388024);
      expect(error.fix).to.contain('updateTemplate()');
    });

    it('lists all missing fields before sending anything', async () => {
      const error = await errorOf(() =>
        createTemplate({ name: 'a' } as any)(state()),
      );
      expect(error.code).to.equal('INVALID_TEMPLATE');
      expect(error.message).to.contain('language, category, components');
      expect(sandbox.requests).to.have.length(0);
    });

    it('lists the categories if the category is unknown', async () => {
      const error = await errorOf(() =>
        createTemplate({ ...reminder, category: 'utility' })(state()),
      );
      expect(error.message).to.contain('utility');
      expect(error.fix).to.contain('UTILITY, MARKETING, AUTHENTICATION');
      expect(sandbox.requests).to.have.length(0);
    });

    for (const name of ['Visit Reminder', '', 'a'.repeat(513), undefined])
      it(`rejects the name ${String(name).slice(0, 20)}`, async () => {
        const error = await errorOf(() =>
          createTemplate({ ...reminder, name } as any)(state()),
        );
        expect(error.message).to.contain('`name`');
      });

    it('does not create a template twice if the response is lost', async () => {
      sandbox.fault({ path: 'message_templates', reset: 'after' });
      const error = await errorOf(() => createTemplate(reminder)(state()));
      expect(error.code).to.equal('OUTCOME_UNKNOWN');
      const posts = sandbox.requests.filter(({ method }) => method === 'POST');
      expect(posts).to.have.length(1);
    });
  });

  describe('updateTemplate', () => {
    const components = [{ type: 'BODY', text: 'Welcome to our clinic!' }];

    it('changes a template, which is then reviewed again', async () => {
      const { data } = await updateTemplate('2001', { components })(state());
      expect(data).to.eql({ success: true });
      const found = await getTemplate('2001')(state());
      expect(found.data.components).to.eql(components);
      expect(found.data.status).to.equal('PENDING');
    });

    it('throws if the template is in review', async () => {
      await updateTemplate('2001', { components })(state());
      const error = await errorOf(() =>
        updateTemplate('2001', { components })(state()),
      );
      expect(error.subcode).to.equal(2388039);
      expect(error.message).to.contain('in review');
    });

    it('is not retried if the response is lost', async () => {
      sandbox.fault({ path: '2001', reset: 'after' });
      const error = await errorOf(() =>
        updateTemplate('2001', { components })(state()),
      );
      expect(error.code).to.equal('OUTCOME_UNKNOWN');
      expect(sandbox.requests).to.have.length(1);
    });

    it('requires an ID instead of a name, and a change', async () => {
      const byName = await errorOf(() =>
        updateTemplate('hello_world', { components })(state()),
      );
      expect(byName.fix).to.contain('getTemplate(');
      const nothing = await errorOf(() => updateTemplate('2001', {})(state()));
      expect(nothing.message).to.contain('changes');
      expect(sandbox.requests).to.have.length(0);
    });
  });

  describe('deleteTemplate', () => {
    beforeEach(async () => {
      await createTemplate({ ...reminder, name: 'hello_world' })(state());
    });
    const languages = () =>
      sandbox.templates
        .filter(({ name }) => name === 'hello_world')
        .map(({ language }) => language);

    it('deletes all languages', async () => {
      const { data } = await deleteTemplate('hello_world')(state());
      expect(data).to.eql({ success: true });
      expect(languages()).to.eql([]);
    });

    it('deletes one language, and leaves the others', async () => {
      await deleteTemplate('hello_world', { language: 'en' })(state());
      expect(languages()).to.eql(['en_US']);
    });

    it('deletes one template by its ID', async () => {
      await deleteTemplate('hello_world', { id: '2001' })(state());
      expect(languages()).to.eql(['en']);
    });

    it('throws if the template does not exist', async () => {
      const error = await errorOf(() => deleteTemplate('no_such')(state()));
      expect(error.message).to.contain('There is no such template');
      expect(error.fix).to.contain('listTemplates()');
    });

    it('deletes nothing if the language does not exist', async () => {
      const error = await errorOf(() =>
        deleteTemplate('hello_world', { language: 'fr' })(state()),
      );
      expect(error.code).to.equal('TEMPLATE_NOT_FOUND');
      expect(languages()).to.have.length(2);
    });

    it('deletes nothing if the language is empty', async () => {
      for (const language of ['', undefined]) {
        const error = await errorOf(() =>
          deleteTemplate('hello_world', { language })(state()),
        );
        expect(error.code).to.equal('INVALID_OPTIONS');
      }
      expect(languages()).to.have.length(2);
    });
  });

  it('are reviewed in the sandbox automatically or on demand, with webhooks', async () => {
    const trigger = await startTrigger();
    const telling = await startSandbox({
      webhook: trigger.url,
      reviewSeconds: 0.02,
    });
    await createTemplate(reminder)({ configuration: telling.credential });
    const next = async (count: number) => {
      while (trigger.runs.length < count) await new Promise(setImmediate);
      return trigger.runs[count - 1].data.entry[0].changes[0].value;
    };
    expect((await next(1)).event).to.equal('APPROVED');
    await fetch(`${telling.origin}/_sandbox/templates`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'clinic_visit', event: 'PAUSED' }),
    });
    expect((await next(2)).event).to.equal('PAUSED');
    expect(telling.templates.at(-1)!.status).to.equal('PAUSED');
    await telling.close();
    trigger.close();
  });

  it('are fetched again after a change in the same run', async () => {
    const item = {
      to: PHONE,
      template: { name: 'clinic_visit', language: 'en', body: ['a', 'b'] },
    };
    const early = await errorOf(() => sendBulk([1], item)(state()));
    expect(early.code).to.equal('NOTHING_ACCEPTED');
    await execute(createTemplate(reminder))(state());
    sandbox.review({ name: 'clinic_visit', event: 'APPROVED' });
    const { data } = await sendBulk([1], item)(state());
    expect(data.accepted).to.have.length(1);
  });
});
