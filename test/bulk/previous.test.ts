import { expect } from 'chai';
import _ from 'lodash';
import { sendBulk } from '../support/adaptor';
import { errorOf } from '../support/errors';
import { useSandbox } from '../support/sandbox';

describe('sendBulk with excluded rows', () => {
  const sandbox = useSandbox();
  const people = [
    { id: 'a', phone: '+254712345678' },
    { id: 'b', phone: '0722 000 111' },
    { id: 'c', phone: '+254733000222' },
    { id: 'd', phone: '+254733000333' },
  ];
  const MESSAGE = {
    to: (s: any) => s.data.phone,
    text: 'x',
    reference: (s: any) => s.data.id,
  };
  const send = async (
    options: object,
    items: any[] = people,
    message: any = MESSAGE,
  ) =>
    (
      await sendBulk(
        items,
        message,
        options,
      )({
        configuration: { ...sandbox.credential, defaultCountry: 'KE' },
        data: {},
      })
    ).data;
  const served = () => sandbox.deliveries.map(({ to }) => to).sort();

  describe('option previous', () => {
    const report = {
      accepted: [{ index: 0, reference: 'a' }],
      failed: [
        { index: 1, reference: 'b', error: { retryable: true } },
        { index: 2, reference: 'c', error: { retryable: false } },
      ],
      unknown: [],
      unsent: [{ index: 3, reference: 'd' }],
      summary: { accepted: 1 },
    };

    it('sends the remaining rows, matched by reference', async () => {
      const data = await send({ previous: report }, [
        { id: 'new', phone: '+254733000444' },
        ...people,
      ]);
      expect(served()).to.eql(['254722000111', '254733000333', '254733000444']);
      expect(data.skipped).to.eql([
        { index: 1, to: '+254712345678', reference: 'a', because: 'accepted' },
        { index: 3, to: '+254733000222', reference: 'c', because: 'failed' },
      ]);
      expect(data.summary).to.include({ total: 5, accepted: 3, skipped: 2 });
    });

    it('resumes from the last report only', async () => {
      const second = await send({ previous: report });
      const third = await send({ previous: second });
      expect(served()).to.eql(['254722000111', '254733000333']);
      expect(third.skipped.map(({ because }: any) => because)).to.eql([
        'accepted',
        'accepted',
        'failed',
        'accepted',
      ]);
    });

    it('accepts several reports and Collection records', async () => {
      const records = [
        { key: 'b', value: { status: 'sending' } },
        { key: 'd', value: { status: 'failed', retryable: false } },
        { key: 'x', value: { status: 'unsent' } },
      ];
      const data = await send({ previous: [report, ...records] });
      expect(served()).to.eql([]);
      expect(data.skipped.map(({ because }: any) => because)).to.eql([
        'accepted',
        'unknown',
        'failed',
        'failed',
      ]);
    });

    it('sends corrected rows and reports the error of uncorrected ones', async () => {
      const wrong = [
        { id: 'a', phone: '12345' },
        { id: 'b', phone: '' },
        people[2],
      ];
      const first = await send({ previous: [] }, wrong);
      expect(first.failed).to.have.length(2);
      const second = await send({ previous: first }, [
        people[0],
        ...wrong.slice(1),
      ]);
      expect(served()).to.eql(['254712345678', '254733000222']);
      expect(second.skipped[0]).to.include({
        reference: 'b',
        because: 'failed',
      });
      expect(second.skipped[0].error.code).to.equal('INVALID_RECIPIENT');
      await send({ previous: second }, [
        people[0],
        { id: 'b', phone: '0722000111' },
        people[2],
      ]);
      expect(served()).to.eql(['254712345678', '254722000111', '254733000222']);
    });

    it('resends rows that failed because of their template', async () => {
      const data = await send({
        previous: {
          ...report,
          failed: [
            {
              index: 2,
              reference: 'c',
              error: { code: 132001, retryable: false },
            },
          ],
        },
      });
      expect(_.map(data.accepted, 'reference')).to.eql(['b', 'c', 'd']);
    });

    it('never resends rows that any report lists as accepted or unknown', async () => {
      const failed = (code: unknown) => ({
        failed: [
          { index: 0, reference: 'a', error: { code, retryable: false } },
        ],
      });
      const accepted = { accepted: [{ index: 0, reference: 'a' }] };
      const unknown = { unknown: [{ index: 0, reference: 'a' }] };
      const record = { key: 'a', value: { status: 'delivered' } };
      for (const previous of [
        [accepted, failed('INVALID_RECIPIENT')],
        [failed('INVALID_RECIPIENT'), accepted],
        [{ ...accepted, ...failed('INVALID_MESSAGE') }],
        [unknown, failed('INVALID_RECIPIENT')],
        [record, failed('TIMEOUT')],
        [failed('DELIVERY_UNKNOWN')],
        [failed(131026), failed('INVALID_RECIPIENT')],
      ]) {
        const data = await send({ previous }, [people[0]]);
        expect(data.summary).to.include({ skipped: 1, accepted: 0 });
      }
      expect(served()).to.eql([]);
    });

    it('sends one message per reference, even if a reference is repeated', async () => {
      const rows = [people[0], people[1], { ...people[0] }];
      let previous: any = [];
      for (let run = 0; run < 4; run++)
        previous = await send({ previous }, rows);
      expect(served()).to.eql(['254712345678', '254722000111']);
    });

    it('remembers accepted rows that a later run skips', async () => {
      const first = await send({ previous: [] });
      const second = await send({ previous: first, skip: ['+254712345678'] });
      await send({ previous: second });
      expect(served()).to.have.length(4);
    });

    it('returns the report instead of throwing if no message can be built', async () => {
      const data = await send({ previous: [] }, [{ id: 'x', phone: '' }]);
      expect(data.failed).to.have.length(1);
    });

    it('accepts references with a space or the word null in the data', async () => {
      const rows = [
        { ...people[0], id: 'A12 ' },
        { ...people[1], id: 'null-island' },
      ];
      const data = await send({ previous: [] }, rows);
      expect(data.summary.accepted).to.equal(2);
    });

    it('skips an accepted row whose message can no longer be built', async () => {
      const data = await send({ previous: report }, people, {
        ...MESSAGE,
        text: (s: any) => (s.data.id === 'a' ? s.data.no.text : 'x'),
      });
      expect(data.skipped[0]).to.include({
        reference: 'a',
        because: 'accepted',
      });
    });

    const references: [reference: string, visit: any, make: any][] = [
      ['a null', null, (s: any) => `${s.data.id} ${s.data.visit}`],
      ['a ', '', (s: any) => `${s.data.id} ${s.data.visit}`],
      ['a-', undefined, (s: any) => `${s.data.id}-${s.data.visit ?? ''}`],
    ];
    for (const [reference, visit, make] of references)
      it(`fails a row with a missing value in its reference: "${reference}"`, async () => {
        const rows = [
          { ...people[0], visit },
          { ...people[1], visit: '2026-05-05' },
        ];
        const data = await send({ previous: [] }, rows, {
          ...MESSAGE,
          reference: make,
        });
        expect(data.failed[0].error.message).to.contain(
          'a value in it is empty',
        );
        expect(data.accepted).to.have.length(1);
      });

    it('does not resend rows whose outcome is unknown', async () => {
      sandbox.fault({ path: 'messages', reset: 'after', to: '254733000333' });
      const first = await send({});
      expect(first.unknown).to.have.length(1);
      await send({ previous: first });
      expect(served()).to.have.length(4);
    });

    it('sends all rows on the first run', async () => {
      const data = await send({ previous: [] });
      expect(data.summary).to.include({ accepted: 4, skipped: 0 });
    });

    it('fails rows without a reference', async () => {
      const data = await send({ previous: report }, [
        ...people,
        { phone: '+254733000555' },
      ]);
      expect(data.failed[0].error.message).to.contain('reference');
      expect(served()).not.to.include('254733000555');
    });

    it('accepts records with webhook statuses in any case', async () => {
      const statuses = ['delivered', 'READ', 'Accepted', 'sent'];
      const records = people.map(({ id }, index) => ({
        key: id,
        value: { status: statuses[index] },
      }));
      const data = await send({ previous: records });
      expect(data.skipped).to.have.length(4);
    });

    it('fails rows whose reference is used by another row', async () => {
      const data = await send({ previous: [] }, people, {
        ...MESSAGE,
        reference: 'camp',
      });
      expect(data.accepted).to.have.length(1);
      expect(data.failed).to.have.length(3);
      expect(data.failed[0].error.message).to.contain('that of another row');
    });

    it('does not throw if the remaining rows fail', async () => {
      const data = await send({ previous: report }, [
        people[0],
        { id: 'x', phone: '' },
      ]);
      expect(data.failed).to.have.length(1);
    });

    const wrong: [what: string, previous: any, word: string][] = [
      [
        'a report of problems',
        { ...report, accepted: [], summary: { accepted: 9 } },
        "report: 'full'",
      ],
      ['a number', 7, 'must be a report'],
      [
        'a record of another kind',
        [{ key: 'a', value: { status: 'done' } }],
        'accepted, sent',
      ],
      ['a record without a status', [{ key: 'a', value: {} }], 'known status'],
      [
        'accepted rows without references',
        { ...report, accepted: [{ index: 0 }] },
        'without a reference',
      ],
      ['the data of before', { patients: [] }, 'must be a report'],
    ];
    for (const [what, previous, word] of wrong)
      it(`rejects ${what}`, async () => {
        const error = await errorOf(() => send({ previous }));
        expect(error.code).to.equal('INVALID_OPTIONS');
        expect(`${error.message} ${error.fix}`).to.contain(word);
        expect(sandbox.requests).to.have.length(0);
      });
  });

  describe('option skip', () => {
    it("compares phone numbers in WhatsApp's format", async () => {
      const data = await send({ skip: ['0712345678', '+254 722 000 111'] });
      expect(served()).to.eql(['254733000222', '254733000333']);
      expect(data.skipped).to.eql([
        { index: 0, to: '+254712345678', reference: 'a', because: 'skip' },
        { index: 1, to: '+254722000111', reference: 'b', because: 'skip' },
      ]);
    });

    it('accepts webhook rows and Collection records', async () => {
      await send({
        skip: [
          { from: '+254712345678', userId: 'KE.1A', kind: 'optOut' },
          { key: '+254722000111', value: {} },
          { key: 'KE.9Z', value: { userId: 'KE.9Z' } },
        ],
      });
      expect(served()).to.eql(['254733000222', '254733000333']);
    });

    it('matches users by BSUID, too', async () => {
      const row = {
        id: 'wamid.1',
        content: {},
        from: '+254712345678',
        userId: 'KE.1A',
      };
      const message = { to: (s: any) => s.data, text: 'x' };
      const data = await send({ skip: ['KE.1A'] }, [row], message);
      expect(data.skipped).to.have.length(1);
      expect(served()).to.eql([]);
    });

    const forms: [country: string, from: string, written: string][] = [
      ['Mexico', '+5215512345678', '+525512345678'],
      ['Argentina', '+5491123456789', '+541123456789'],
      ['Brazil', '+558187654321', '+5581987654321'],
      ['Benin', '+22997123456', '+2290197123456'],
      ['Ivory Coast', '+22507123456', '+2250707123456'],
    ];
    for (const [country, from, written] of forms)
      it(`matches both forms of a number in ${country}`, async () => {
        for (const [skip, phone] of [
          [from, written],
          [written, from],
        ]) {
          const data = await send({ skip: [{ from: skip }] }, [
            { id: 'a', phone },
          ]);
          expect(data.skipped, phone).to.have.length(1);
        }
      });

    it('matches the recipient of a status', async () => {
      const status = {
        id: 'w',
        status: 'failed',
        to: '+254712345678',
        userId: 'KE.9',
        content: {},
      };
      const data = await send({ skip: [status] });
      expect(data.skipped.map(({ reference }: any) => reference)).to.eql(['a']);
    });

    it('sends nothing if an entry is invalid', async () => {
      const error = await errorOf(() =>
        send({ skip: ['+254712345678', 'Amina'] }),
      );
      expect(error.code).to.equal('INVALID_OPTIONS');
      expect(error.message).to.contain('skip[1]');
      expect(sandbox.requests).to.have.length(0);
    });

    it('applies to dry runs, and does not throw if all rows are skipped', async () => {
      const skip = people.map(({ phone }) => phone);
      expect((await send({ skip, dryRun: true })).skipped).to.have.length(4);
      expect((await send({ skip })).summary).to.include({
        total: 4,
        skipped: 4,
      });
    });
  });
});
