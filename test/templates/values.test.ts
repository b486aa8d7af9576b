import { expect } from 'chai';
import { applyValues } from '../../src/templates/values';
import { sendBulk, sendTemplate } from '../support/adaptor';
import { errorOf } from '../support/errors';
import { captureLog } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';

const definition = (more: object = {}): any => ({
  name: 'a',
  language: 'en',
  status: 'APPROVED',
  parameter_format: 'NAMED',
  components: [
    { type: 'HEADER', format: 'TEXT', text: 'For {{name}}' },
    { type: 'BODY', text: '{{name}}, come on {{day}}.' },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Yes' },
        { type: 'URL', text: 'Map', url: 'https://example.org/{{place}}' },
      ],
    },
  ],
  ...more,
});
const ROW = { name: 'Amina', day: 'Monday', place: 'north', phone: '1' };
const apply = (fields: object, given = definition()) =>
  applyValues({ name: 'a', ...fields }, given);

describe('values of a template', () => {
  it('fill every variable by its name', () => {
    expect(apply({ values: ROW })).to.eql({
      name: 'a',
      header: { name: 'Amina' },
      body: { name: 'Amina', day: 'Monday' },
      buttons: [null, { url: { place: 'north' } }],
    });
  });

  it('leave what is given explicitly', () => {
    const buttons = [{ payload: 'Y' }, { url: 'south' }];
    const header = 'Dear';
    expect(apply({ values: ROW, header, buttons })).to.include({ header });
    expect(apply({ values: ROW, buttons }).buttons).to.eql(buttons);
  });

  it('are never taken from what every object has', async () => {
    const text = { type: 'BODY', text: 'Hi {{constructor}}' };
    const error = await errorOf(() =>
      apply({ values: {} }, definition({ components: [text] })),
    );
    expect(error.field).to.equal('values.constructor');
  });

  const missing: [string, object, string][] = [
    ['is missing', { name: 'A', place: 'n' }, 'values.day'],
    ['is null', { ...ROW, day: null }, 'values.day'],
    ['is empty', { ...ROW, day: ' ' }, 'values.day'],
    ['is a list', { ...ROW, day: ['Monday'] }, 'values.day'],
  ];
  for (const [what, values, field] of missing)
    it(`throw an error if one ${what}`, async () => {
      const error = await errorOf(() => apply({ values }));
      expect(error).to.include({ code: 'INVALID_MESSAGE', field });
    });

  it('name the nearest key there is', async () => {
    const values = { ...ROW, day: undefined, Day: 'Monday' };
    const error = await errorOf(() => apply({ values }));
    expect(error.fix).to.contain('There is Day');
  });

  it('are numbers for a template with numbers, and no others', async () => {
    const text = { type: 'BODY', text: 'On {{2}}, {{1}}.' };
    const numbered = definition({
      parameter_format: 'POSITIONAL',
      components: [text],
    });
    expect(apply({ values: { 2: 'b', 1: 'a' } }, numbered).body).to.eql([
      'a',
      'b',
    ]);
    const error = await errorOf(() => apply({ values: ROW }, numbered));
    expect(error.message).to.contain('On {{2}}, {{1}}.');
    expect(error.fix).to.contain('body: [$.data.…, $.data.…]');
  });

  it('throw an error together with a body', async () => {
    const error = await errorOf(() => apply({ values: ROW, body: ['a'] }));
    expect(error.message).to.contain('`values` and `body`');
  });

  describe('in the sandbox', () => {
    const sandbox = useSandbox();
    const state = (more: object = {}) => ({
      configuration: { ...sandbox.credential, ...more },
      data: { name: 'Amina', day: 'Monday', id: 7 },
    });
    const template = (more: object = {}) => ({
      name: 'visit_reminder',
      language: 'sw',
      values: (s: any) => s.data,
      ...more,
    });
    const PHONE = '+254712345678';

    it('send a whole row', async () => {
      await sendTemplate(PHONE, template())(state());
      expect(sandbox.deliveries[0].shown.body).to.equal(
        'Habari Amina, ziara yako ni Monday. Karibu.',
      );
      const reads = sandbox.requests.filter(({ method }) => method === 'GET');
      expect(reads).to.have.length(1);
    });

    it('are shown as the person will read them, in a dry run', async () => {
      const { data } = await sendTemplate(PHONE, template(), {
        dryRun: true,
      })(state());
      expect(data.preview).to.eql({
        language: 'sw',
        category: 'UTILITY',
        body: 'Habari Amina, ziara yako ni Monday. Karibu.',
        text: 'Habari Amina, ziara yako ni Monday. Karibu.',
      });
      expect(sandbox.deliveries).to.have.length(0);
    });

    it('are sent in the first language that is approved', async () => {
      await sendTemplate(PHONE, template({ language: ['fr', 'sw'] }))(state());
      expect(sandbox.deliveries[0].payload.template.language.code).to.equal(
        'sw',
      );
    });

    it('fail their row in a list, and no other', async () => {
      const people = [
        { phone: PHONE, name: 'Amina', day: 'Monday' },
        { phone: '+254712345679', name: 'Ali' },
      ];
      const { data } = await sendBulk(people, {
        to: (s: any) => s.data.phone,
        template: template(),
      })(state());
      expect(data.summary).to.include({ accepted: 1, failed: 1 });
      expect(data.failed[0].error).to.include({ field: 'values.day' });
    });

    it('have a preview for each row of a dry run', async () => {
      const { data } = await sendBulk(
        [{ phone: PHONE, name: 'Amina', day: 'Monday' }],
        { to: (s: any) => s.data.phone, template: template() },
        { dryRun: true },
      )(state());
      expect(data.requests[0].preview.body).to.contain('Amina');
      expect(data.requests[0].body.template.name).to.equal('visit_reminder');
    });

    it('need wabaId', async () => {
      const error = await errorOf(() =>
        sendTemplate(PHONE, template())(state({ wabaId: undefined })),
      );
      expect(error.code).to.equal('INVALID_MESSAGE');
      expect(error.fix).to.contain('wabaId');
      expect(sandbox.requests).to.have.length(0);
    });

    it('cost one read and one warning if templates may not be read', async () => {
      sandbox.fault({ path: 'message_templates', code: 10, times: 9 });
      const log = captureLog();
      const run = state();
      const words = { name: 'visit_reminder', language: 'sw' };
      for (let count = 0; count < 2; count++)
        await sendTemplate(PHONE, {
          ...words,
          body: { name: 'A', day: 'B' },
        })(run);
      log.stop();
      expect(sandbox.deliveries).to.have.length(2);
      expect(log.lines.filter(line => line.includes('(10)'))).to.have.length(1);
    });

    it('are numbered in a text whose numbers are not in order, with a warning', async () => {
      sandbox.templates.push({
        ...sandbox.templates[1],
        name: 'mixed',
        components: [{ type: 'BODY', text: 'On {{2}}: {{1}}.' }],
      });
      const log = captureLog();
      const mixed = { name: 'mixed', body: ['Amina', 'Monday'] };
      await sendTemplate(PHONE, mixed)(state());
      log.stop();
      expect(sandbox.deliveries[0].shown.body).to.equal('On Monday: Amina.');
      expect(log.lines[0]).to.contain('mixed (en_US) are not in order');
    });

    it('send nothing if the template has other parameters', async () => {
      const error = await errorOf(() =>
        sendTemplate(PHONE, {
          name: 'visit_reminder',
          language: 'sw',
          body: ['a'],
        })(state()),
      );
      expect(error.code).to.equal(132000);
      expect(error.fix).to.contain('body: {');
      expect(sandbox.requests).to.have.length(1);
    });
  });
});
