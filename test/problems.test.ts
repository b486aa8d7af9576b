import { expect } from 'chai';
import { WhatsAppError } from '../src/errors/error';
import { causesOf, Checks, mapAll, together } from '../src/errors/error';
import { sendBulk, sendMessage, sendTemplate } from './support/adaptor';
import { errorOf } from './support/errors';
import { useSandbox } from './support/sandbox';

const problem = (description: string, fix?: string) =>
  new WhatsAppError('INVALID_MESSAGE', { description, fix });

describe('several problems', () => {
  it('are one error with the code of the first', () => {
    const errors = [problem('a is null.', 'Check a.'), problem('b is null.')];
    const error = together(errors);
    expect(error).to.include({
      code: 'INVALID_MESSAGE',
      description: 'a is null. b is null.',
      fix: 'Check a.',
    });
    expect(error).to.have.deep.property('problems', [
      'a is null.',
      'b is null.',
    ]);
    expect(causesOf(error)).to.eql(errors);
  });

  it('are named once each', () => {
    const one = problem('a is null.');
    expect(together([one, problem('a is null.')])).to.equal(one);
  });

  it('are collected from all values', async () => {
    const odd = (value: number) => {
      if (value % 2) throw problem(`${value} is odd.`);
      return value;
    };
    expect(mapAll([2, 4], odd)).to.eql([2, 4]);
    const error = await errorOf(() => mapAll([1, 2, 3], odd));
    expect(error.problems).to.eql(['1 is odd.', '3 is odd.']);
  });

  it('never hide a bug', () => {
    const checks = new Checks();
    const bug = () => {
      throw new TypeError('x is not a function');
    };
    expect(() => checks.attempt(bug)).to.throw(TypeError);
  });

  describe('of a message', () => {
    const sandbox = useSandbox();
    const state = (data: unknown) => ({
      configuration: { ...sandbox.credential },
      data,
    });
    const template = {
      name: 'appointment_reminder',
      body: [(s: any) => s.data.name, (s: any) => s.data.day],
    };
    const to = (s: any) => s.data.phone;

    it('are named at once, with the expressions that have no value', async () => {
      const error = await errorOf(() =>
        sendTemplate(to, template)(state({ phone: '0712' })),
      );
      expect(error.problems).to.have.length(3);
      const [phone, name, day] = error.problems;
      expect(phone).to.contain('local number');
      expect(name).to.contain('body[0]').and.to.contain('data.name');
      expect(day).to.contain('body[1]').and.to.contain('data.day');
    });

    it('include the recipient and the text', async () => {
      const error = await errorOf(() =>
        sendMessage(to, (s: any) => s.data.text)(state({})),
      );
      expect(error.problems).to.have.length(2);
    });

    const send = async (rows: object[], message: object) =>
      (
        await sendBulk(
          [{ phone: '+254722000111', name: 'A', day: 'B' }, ...rows],
          {
            to,
            ...message,
          },
        )(state({}))
      ).data;

    it('are named in the row of a list', async () => {
      const { failed } = await send([{ phone: '12 / 13' }], { template });
      expect(failed[0].error.problems).to.have.length(3);
      expect(failed[0].error.description)
        .to.contain('data.name')
        .and.to.contain('data.day');
    });

    it('are named in a row that is filled by names', async () => {
      const values = {
        name: 'visit_reminder',
        language: 'sw',
        values: (s: any) => s.data,
      };
      const { failed } = await send([{ phone: '12 / 13' }], {
        template: values,
      });
      const [{ error }] = failed;
      expect(error.description)
        .to.contain('values.name')
        .and.to.contain('values.day')
        .and.to.contain('`to`');
      expect(error.problems).to.have.length(3);
    });

    it('include functions that fail', async () => {
      const { failed } = await send([{ phone: '12 / 13' }], {
        text: (s: any) => s.data.name.trim(),
        previewUrl: (s: any) => s.data.day.includes('https'),
      });
      expect(failed[0].error.problems).to.have.length(3);
    });
  });
});
