import { expect } from 'chai';
import {
  as,
  assert,
  combine,
  cursor,
  each,
  execute,
  fn,
  fnIf,
  getPhoneNumber,
  group,
  log,
} from '../src';
import { sendBulk, sendMessage } from './support/adaptor';
import { errorOf } from './support/errors';
import { captureLog } from './support/fixtures';
import { runJob } from './support/run-job';
import { useSandbox } from './support/sandbox';

const PHONE = '+254712345678';

describe('run', () => {
  const sandbox = useSandbox();
  const people = () => [
    { id: 'v1', phone: PHONE, name: 'Amina' },
    { id: 'v2', phone: '+254722000111', name: 'Joseph' },
    { id: 'v3', phone: '', name: 'Wanjiru' },
    { id: 'v4', phone: '+254733000222', name: 'Otieno' },
  ];
  const state = (more: object = {}): any => ({
    configuration: { ...sandbox.credential },
    data: { patients: people() },
    ...more,
  });
  const toRow = () =>
    sendMessage((s: any) => s.data.phone, 'x', {
      reference: (s: any) => s.data.id,
    } as any);
  const patients = (s: any) => s.data.patients;

  describe('with operations that never run', () => {
    const silent: [what: string, operation: any, ...words: string[]][] = [
      [
        'returns an operation',
        fn(() => toRow()),
        'Operation 1',
        'without state =>',
      ],
      [
        'returns a list of operations',
        fn((s: any) => s.data.patients.map(toRow)),
        'list of operations',
        'sendBulk',
      ],
      [
        'returns nothing',
        fn(() => undefined),
        'returned nothing',
        'return state',
      ],
      [
        'returns an operation in each()',
        each(patients, (() => toRow()) as any),
        'Row 1',
        'returned an operation',
      ],
      [
        'returns an operation in combine()',
        combine((() => toRow()) as any),
        'combine()',
      ],
      [
        'returns an operation in fnIf()',
        fnIf(true, (() => toRow()) as any),
        'fnIf()',
      ],
      [
        'returns an operation after an await',
        fn(async () => toRow()),
        'Operation 1',
      ],
      [
        'makes an operation and does not run it',
        fn((s: any) => {
          toRow();
          return s;
        }),
        '1 × sendMessage()',
        'return sendMessage(…)(state)',
      ],
      [
        'makes operations in a loop',
        fn((s: any) => {
          s.data.patients.forEach(() => void toRow());
          return s;
        }),
        '4 × sendMessage()',
        'sendBulk',
      ],
      [
        'makes each() and does not run it',
        fn((s: any) => {
          each(patients, toRow());
          return s;
        }),
        '1 × each()',
      ],
      [
        'makes an operation after an await',
        fn(async (s: any) => {
          await null;
          toRow();
          return s;
        }),
        '1 × sendMessage()',
      ],
    ];
    for (const [what, operation, ...words] of silent)
      it(`throws INVALID_JOB if a function ${what}`, async () => {
        const error = await errorOf(() => execute(operation)(state()));
        expect(error.code).to.equal('INVALID_JOB');
        for (const word of words)
          expect(`${error.message} ${error.fix}`).to.contain(word);
        expect(sandbox.requests).to.have.length(0);
      });

    it('throws if a top-level loop creates operations', async () => {
      const { errors } = await runJob(
        `for (const phone of ['${PHONE}']) { sendMessage(phone, 'x'); }`,
        state(),
      );
      expect(errors.job.message).to.contain('1 × sendMessage()');
      expect(errors.job.details.fix).to.contain('return sendMessage');
    });

    it('throws if an operation is awaited at the top level', async () => {
      const { errors } = await runJob(
        `await sendMessage('${PHONE}', 'x');`,
        state(),
      );
      expect(errors.job.message).to.contain('never ran');
    });

    it('throws in the OpenFn runtime if a function returns nothing', async () => {
      const { errors } = await runJob(
        `fn(state => { sendMessage('${PHONE}', 'x')(state); });`,
        state(),
      );
      expect(errors.job.message).to.contain('returned nothing');
    });
  });

  describe('throws no error', () => {
    const fine: [what: string, operation: any, sent: number][] = [
      [
        'an operation that a function runs',
        fn((s: any) => toRow()({ ...s, data: people()[0] })),
        1,
      ],
      ['an operation that a condition leaves out', fnIf(false, toRow()), 0],
      ['an operation over an empty list', each([], toRow()), 0],
      [
        'operations inside of each other',
        each(
          patients,
          combine(
            fn((s: any) => s),
            fnIf((s: any) => s.data.phone, as('sent', toRow())),
          ),
        ),
        3,
      ],
      [
        'execute() in execute()',
        execute(
          fn((s: any) => ({ ...s, data: people()[0] })),
          toRow(),
        ),
        1,
      ],
      [
        'an operation that is made once and run twice',
        fn(async (s: any) => {
          const send = toRow();
          await send({ ...s, data: people()[0] });
          return send({ ...s, data: people()[1] });
        }),
        2,
      ],
    ];
    for (const [what, operation, sent] of fine)
      it(`for ${what}`, async () => {
        await execute(operation)(state());
        expect(sandbox.deliveries).to.have.length(sent);
      });

    it('for two runs at the same time', async () => {
      const slow = (phone: string) =>
        fn(async (s: any) => {
          await new Promise(done => setTimeout(done, 20));
          return sendMessage(phone, 'x')(s);
        });
      await Promise.all(
        [PHONE, '+254722000111'].map(phone => execute(slow(phone))(state())),
      );
      expect(sandbox.deliveries).to.have.length(2);
    });

    it('for an operation that a later step runs', async () => {
      let later: any;
      await execute(
        fn((s: any) => {
          later = sendMessage(PHONE, 'x');
          return s;
        }),
        fn((s: any) => later(s)),
      )(state());
      expect(sandbox.deliveries).to.have.length(1);
    });

    it('for execute() inside of an operation, when the engine clones state', async () => {
      const cloning = (operation: any) =>
        fn((s: any) => operation(structuredClone(s)));
      const inner = execute(sendMessage(PHONE, 'x'));
      await execute(cloning(fn((s: any) => inner(structuredClone(s)))))(
        state(),
      );
      const { errors } = await runJob(
        `fn(state => execute(sendMessage('${PHONE}', 'y'))(state));
         combine(execute(fn(state => state)));`,
        state(),
        { immutableState: true },
      );
      expect(errors).to.equal(undefined);
      expect(sandbox.deliveries).to.have.length(2);
    });

    it('for a job whose credential was refused before', async () => {
      const log = captureLog();
      const refused = execute(sendMessage(PHONE, 'x'));
      await errorOf(() => refused(state({ configuration: { apiToken: 7 } })));
      await execute(sendMessage(PHONE, 'x'))(state());
      log.stop();
      expect(log.lines.join()).not.to.contain('never ran');
    });

    it('for an operation that is kept for later, in a job with other steps', async () => {
      const { errors } = await runJob(
        `const alert = sendMessage('${PHONE}', 'x');
         fn(state => (state.data.isBad ? alert(state) : state));`,
        state(),
      );
      expect(errors).to.equal(undefined);
    });
  });

  describe('with operations that are not awaited', () => {
    it('waits for an operation and logs a warning', async () => {
      const job = fn((s: any) => {
        void sendMessage(PHONE, 'x')(s);
        return s;
      });
      const log = captureLog();
      await execute(job)(state());
      log.stop();
      const text = log.lines.join();
      expect(text).to.contain('1 × sendMessage() began inside a function');
      expect(text).to.contain('1 message of this run was already sent');
      expect(sandbox.deliveries).to.have.length(1);
    });

    it('waits for all subsequent operations and counts the messages', async () => {
      const twice = async (phone: string, s: any) => {
        await sendMessage(phone, 'a')(s);
        await sendMessage(phone, 'b')(s);
      };
      const job = fn((s: any) => {
        ['+254722000111', '+254733000222'].forEach(one => void twice(one, s));
        return s;
      });
      const log = captureLog();
      await execute(job)(state());
      log.stop();
      expect(log.lines.join()).to.contain('4 messages of this run');
      expect(sandbox.deliveries).to.have.length(4);
    });

    it('waits for execute(), too, and reports its error', async () => {
      const job = (phone: string) =>
        fn((s: any) => {
          void execute(sendMessage(PHONE, 'a'), sendMessage(phone, 'b'))(s);
          return s;
        });
      await execute(job('+254722000111'))(state());
      expect(sandbox.deliveries).to.have.length(2);
      const error = await errorOf(() => execute(job('bad'))(state()));
      expect(error.message).to.contain('It failed');
    });

    it('reports unused operations although another operation ran', async () => {
      const job = fn(async (s: any) => {
        const next = await getPhoneNumber()(s);
        people().forEach(({ phone }) => void sendMessage(phone, 'x'));
        return next;
      });
      const error = await errorOf(() => execute(job)(state()));
      expect(error.message).to.contain('4 × sendMessage()');
    });

    it('reports an operation that failed before the step ended', async () => {
      const job = fn(async (s: any) => {
        void sendMessage('bad', 'x')(s);
        await new Promise(done => setTimeout(done, 30));
        return s;
      });
      const error = await errorOf(() => execute(job)(state()));
      expect(error.message).to.contain('It failed');
    });

    it('reports the error of a failed operation', async () => {
      const job = fn((s: any) => {
        void sendMessage('bad', 'x')(s);
        return s;
      });
      const error = await errorOf(() => execute(job)(state()));
      expect(error.message).to.contain('It failed');
      expect(error.message).to.contain('not a valid phone number');
    });

    it('does not throw for an operation kept for another case', async () => {
      const job = fn((s: any) => {
        const texts: any = {
          en: sendMessage(PHONE, 'a'),
          sw: sendMessage(PHONE, 'b'),
        };
        return texts.en(s);
      });
      await execute(job)(state());
      expect(sandbox.deliveries).to.have.length(1);
    });

    it('warns about a top-level loop in a job with other steps', async () => {
      const log = captureLog();
      const { errors } = await runJob(
        `for (const phone of ['${PHONE}']) { sendMessage(phone, 'x'); }
         fn(state => state);`,
        state(),
      );
      log.stop();
      expect(errors).to.equal(undefined);
      expect(log.lines.join()).to.contain('never ran');
    });

    const lists: [what: string, job: () => any, word: string][] = [
      [
        'a list instead of state',
        () => fn((s: any) => s.data.patients),
        'returned a list',
      ],
      [
        'two operations for each()',
        () => (each as any)(patients, toRow(), toRow()),
        'combine(first, second)',
      ],
      [
        'two operations for fnIf()',
        () => (fnIf as any)(true, toRow(), toRow()),
        'combine(first, second)',
      ],
      [
        'two operations for as()',
        () => (as as any)('k', toRow(), toRow()),
        'combine(first, second)',
      ],
    ];
    for (const [what, job, word] of lists)
      it(`rejects ${what}`, async () => {
        const error = await errorOf(() => execute(job())(state()));
        expect(`${error.message} ${error.fix}`).to.contain(word);
        expect(sandbox.requests).to.have.length(0);
      });
  });

  describe('with operations as values', () => {
    const jobs: [what: string, job: () => any][] = [
      ['the condition of fnIf()', () => fnIf(toRow() as any, toRow())],
      ['an async condition', () => fnIf((async () => false) as any, toRow())],
      [
        'a condition that is a promise',
        () => fnIf((() => Promise.resolve(false)) as any, toRow()),
      ],
      ['the key of as()', () => as(toRow() as any, toRow())],
      ['what assert() looks at', () => assert(toRow(), 'x')],
      ['an async assertion', () => assert(async () => false, 'x')],
      ['what log() writes', () => log(toRow())],
      ['the value of cursor()', () => cursor(toRow())],
      ['the list of group()', () => group(toRow() as any, 'a')],
    ];
    for (const [what, job] of jobs)
      it(`rejects an operation or a promise as ${what}`, async () => {
        const error = await errorOf(() => execute(job())(state()));
        expect(error.message).to.match(/is an operation|is a promise/);
        expect(sandbox.requests).to.have.length(0);
      });
  });

  describe('with as()', () => {
    it('stores the result of each row, not of the previous row', async () => {
      await each(
        patients,
        combine(
          as(
            'result',
            fn((s: any) => ({ ...s, data: { text: `for ${s.data.id}` } })),
          ),
          fnIf(
            (s: any) => s.data.phone,
            sendMessage(
              (s: any) => s.data.phone,
              (s: any) => s.result.text,
            ),
          ),
        ),
      )(state());
      expect(
        sandbox.deliveries.map(({ payload }: any) => payload.text.body),
      ).to.eql(['for v1', 'for v2', 'for v4']);
    });

    it("clears the previous row's result if a row has none or fails", async () => {
      const file = as(
        'file',
        fn((s: any) => {
          if (s.data.id === 'v2') throw new Error('gone');
          return { ...s, data: s.data.id };
        }),
      );
      const seen: any[] = [];
      const step = combine(
        fnIf(
          (s: any) => s.data.id !== 'v3',
          fn(async (s: any) => file(s).catch(() => s)),
        ),
        fn((s: any) => {
          seen.push(s.file);
          return { ...s, count: (s.count ?? 0) + 1 };
        }),
      );
      const next = await each(patients, step)(state());
      expect(seen).to.eql(['v1', undefined, undefined, 'v4']);
      expect(next.count, 'other keys go on').to.equal(4);
    });

    it('rejects reserved and empty keys', async () => {
      for (const key of [
        'data',
        'configuration',
        'references',
        undefined,
        '',
      ]) {
        const error = await errorOf(() =>
          execute(
            as(
              key as any,
              fn((s: any) => s),
            ),
          )(state()),
        );
        expect(error.message).to.contain('key of as()');
      }
    });

    it('keeps state.data and other changes of the operation', async () => {
      const next = await as(
        'found',
        fn((s: any) => ({ ...s, data: 1, page: 2 })),
      )(state({ found: 'old' }));
      expect(next).to.deep.include({ found: 1, page: 2 });
      expect(next.data.patients).to.have.length(4);
    });

    it('accepts a function as the key', async () => {
      const next = await as(
        ((s: any) => `of_${s.data.patients.length}`) as any,
        fn((s: any) => ({ ...s, data: 1 })),
      )(state());
      expect(next.of_4).to.equal(1);
    });
  });

  describe('with each()', () => {
    it('reports the failed row and the messages sent before it', async () => {
      const error = await errorOf(() =>
        execute(each(patients, toRow()))(state()),
      );
      expect(error.message).to.contain(
        "Row 3 (index 2, reference 'v3'): `to` is empty",
      );
      expect(error.message).to.contain(
        '2 messages of this run were already sent (v1, v2)',
      );
      expect(error).to.include({
        index: 2,
        sent: 2,
        code: 'INVALID_RECIPIENT',
      });
      expect(sandbox.deliveries).to.have.length(2);
    });

    it('reports the reference of a rejected row', async () => {
      sandbox.fault({ path: 'messages', code: 131026, to: '254722000111' });
      const error = await errorOf(() => each(patients, toRow())(state()));
      expect(error.message).to.contain("Row 2 (index 1, reference 'v2'): ");
      expect(error).to.include({ code: 131026, index: 1, reference: 'v2' });
      expect(error.fix).to.contain('SMS');
    });

    it('reports the row of an error that the adaptor did not throw', async () => {
      const error = await errorOf(() =>
        each(
          patients,
          fn(() => {
            throw new TypeError('a.b is not a function');
          }),
        )(state()),
      );
      expect(error).to.be.instanceOf(TypeError);
      expect(error.message).to.equal('Row 1 (index 0): a.b is not a function');
    });

    it('reports the failed row in the OpenFn runtime', async () => {
      const { errors } = await runJob(
        `each($.data.patients, sendMessage($.data.phone, 'x', { reference: $.data.id }));`,
        state(),
      );
      expect(errors.job.details).to.include({ index: 2, sent: 2 });
      expect(errors.job.message).to.contain('Row 3');
    });

    const lists: [items: any, ...words: string[]][] = [
      [
        (s: any) => s.data.patient,
        '`items` is undefined',
        '$.data.patient found nothing',
        'patients',
      ],
      [undefined, '`items` is undefined'],
      [
        (s: any) => s.data,
        'got an object with: patients',
        'Write $.data.patients',
      ],
      [() => 'a,b\n1,2', 'got a string', 'Parse the CSV'],
      ['$.data.patient[*]', 'matches nothing'],
      ['$.data.patient[?(@.isDue)]', 'matches nothing'],
    ];
    for (const [items, ...words] of lists)
      it(`explains an invalid list, like sendBulk(): ${words[0]}`, async () => {
        const bulk = sendBulk(items, {
          to: (s: any) => s.data.phone,
          text: 'x',
        });
        for (const operation of [each(items, toRow()), bulk]) {
          const error = await errorOf(() => operation(state()));
          for (const word of words)
            expect(`${error.message} ${error.fix}`).to.contain(word);
        }
      });

    it('accepts an empty list, also from a path, like sendBulk()', async () => {
      for (const items of [
        [],
        '$.data.patients[*]',
        '$.data.people[?(@.isDue)]',
        (s: any) => s.data.patients,
      ]) {
        const empty = state({ data: { patients: [], people: [{ id: 1 }] } });
        await each(items as any, toRow())(empty);
        const { data } = await sendBulk(items as any, {
          to: (s: any) => s.data.phone,
          text: 'x',
        })(empty);
        expect(data.summary.total).to.equal(0);
      }
    });

    it('reports both rows for nested lists', async () => {
      const outer = [
        { rows: [{ phone: PHONE }] },
        { rows: [{ phone: PHONE }, { phone: '1' }] },
      ];
      const inner = each(
        (s: any) => s.data.rows,
        sendMessage(
          (s: any) => s.data.phone,
          (s: any) => `x${s.index}`,
        ),
      );
      const error = await errorOf(() => each(outer, inner)(state()));
      expect(error.message).to.contain('Row 2 (index 1): Row 2 (index 1): ');
    });

    it('reports the row of an error thrown by the job in another realm', async () => {
      const { errors } = await runJob(
        `each($.data.patients, fn(state => { if (state.index === 1) throw new Error('boom'); return state; }));`,
        state(),
      );
      expect(errors.job.message).to.equal('Row 2 (index 1): boom');
    });

    it('names the path that a failing function reads', async () => {
      const { errors } = await runJob(
        `sendMessage($.data.contact.phone, 'x');`,
        state(),
      );
      expect(errors.job.message).to.contain(
        "`to` can't be evaluated: $.data.contact found nothing. There is: patients",
      );
    });

    it('names the path of the undefined option only', async () => {
      const { errors } = await runJob(
        `sendBulk($.data.patients, { to: $.data.phone, text: 'x' }, { skip: $.optOuts });`,
        state(),
      );
      expect(errors.job.message).to.contain('`skip` is undefined');
      expect(errors.job.message).to.contain('$.optOuts found nothing');
      expect(errors.job.message).not.to.contain('$.data.phone');
    });

    it('accepts options that are conditionally undefined', async () => {
      const options = (s: any) =>
        s.data.isTest ? { dryRun: true } : undefined;
      await sendMessage(PHONE, 'x', options as any)(state());
      expect(sandbox.deliveries).to.have.length(1);
    });

    it('does not report a missing value if a text is too long', async () => {
      const error = await errorOf(() =>
        sendMessage(PHONE, (s: any) => (s.data.nick ?? 'x').repeat(5000))(
          state(),
        ),
      );
      expect(error.message).not.to.contain('found nothing');
    });

    it('does not report methods or existing objects as missing', async () => {
      const rows = [{ phone: 'bad', body: { a: 1 } }];
      const method = await errorOf(() =>
        each(
          rows,
          sendMessage((s: any) => s.data.phone.trim(), 'x'),
        )(state()),
      );
      expect(method.message).not.to.contain('found nothing');
      const object = await errorOf(() =>
        each(
          rows,
          sendMessage((s: any) => s.data.body, 'x'),
        )(state()),
      );
      expect(object.message).not.to.contain('found nothing');
    });

    it('hides keys with personal data and text that is not JSON', async () => {
      const keys = ['0712 345 678', '+254 733-000-111', 'amina@example.org'];
      const row = Object.fromEntries(keys.map(key => [key, 1]));
      const jobs = [
        sendMessage(PHONE, row as any),
        sendMessage((s: any) => s.data.phone, 'x'),
        sendMessage(PHONE, (s: any) => JSON.parse(s.data.text)),
      ];
      for (const job of jobs) {
        const error = await errorOf(() =>
          job(state({ data: { ...row, text: 'Amina Wanjiru' } })),
        );
        expect(error.message).not.to.match(/345|000|amina/i);
      }
    });

    it('hides keys that are phone numbers', async () => {
      const error = await errorOf(() =>
        sendMessage(
          (s: any) => s.data.nobody,
          'x',
        )(state({ data: { [PHONE]: 1, name: 'A' } })),
      );
      expect(error.message).to.contain('There is: …, name');
    });

    it('throws if the operation is missing', async () => {
      const error = await errorOf(() => (each as any)(patients)(state()));
      expect(error.message).to.contain('must be an operation, got nothing');
    });
  });

  describe('with repeated messages', () => {
    it('stops each() at the second row', async () => {
      const error = await errorOf(() =>
        each(patients, sendMessage(PHONE, 'Hi Amina'))(state()),
      );
      expect(error.fix).to.contain('$.data.phone');
      expect(error.message).to.contain('Row 2');
      expect(sandbox.deliveries).to.have.length(1);
    });

    it('stops each() in the OpenFn runtime if a message uses the initial state', async () => {
      const { errors } = await runJob(
        `each($.data.patients, sendMessage(state.data.patients[0].phone, 'Hi ' + state.data.patients[0].name));`,
        state(),
      );
      expect(errors.job.message).to.contain('the same message');
      expect(sandbox.deliveries).to.have.length(1);
    });

    it('allows different messages to one recipient', async () => {
      await each(
        patients,
        sendMessage(PHONE, (s: any) => `About ${s.data.name}`),
      )(state());
      expect(sandbox.deliveries).to.have.length(4);
    });

    it('allows the same message after each() has ended', async () => {
      const done = sendMessage(PHONE, 'done');
      const job = execute(
        each(
          patients,
          fn((s: any) => s),
        ),
        combine(done, done),
      );
      await job(state());
      expect(sandbox.deliveries).to.have.length(2);
    });

    it('allows the same operation to run twice outside each()', async () => {
      const send = sendMessage(PHONE, 'x');
      await send(await send(state()));
      expect(sandbox.deliveries).to.have.length(2);
    });

    it('rejects a list with one recipient for all rows before sending anything', async () => {
      const error = await errorOf(() =>
        sendBulk(patients, { to: PHONE, text: (s: any) => s.data.name })(
          state(),
        ),
      );
      expect(error.message).to.contain('the same for all 4 items');
      expect(error.fix).to.contain('sameRecipient: true');
      expect(sandbox.requests).to.have.length(0);
    });

    it('allows one recipient with sameRecipient, and for a list of one', async () => {
      const one = [{ phone: PHONE }];
      await sendBulk(one, { to: PHONE, text: 'x' })(state());
      const { data } = await sendBulk(
        [1, 2],
        { to: PHONE, text: (s: any) => `x${s.data}` },
        { sameRecipient: true, dryRun: true },
      )(state());
      expect(sandbox.deliveries).to.have.length(1);
      expect(data.requests).to.have.length(2);
    });

    it('allows rows that share a phone number', async () => {
      const shared = [{ phone: PHONE }, { phone: PHONE }];
      const { data } = await sendBulk(
        shared,
        { to: (s: any) => s.data.phone, text: 'x' },
        { dryRun: true },
      )(state());
      expect(data.requests).to.have.length(2);
    });
  });
});
