import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { useCollections } from '../support/collections';
import { runJob } from '../support/run-job';
import { useSandbox } from '../support/sandbox';

const people = (count: number) =>
  Array.from({ length: count }, (_value, index) => ({
    id: `p-${index}`,
    phone: `+2547${String(index).padStart(8, '0')}`,
    visit: '2026-05-05',
    text: `Hi ${index}`,
  }));
const job = (name: string) => readFileSync(`examples/${name}.js`, 'utf8');

describe('long lists in several runs', function () {
  this.timeout(30_000);
  const sandbox = useSandbox();

  const servedOnce = (total: number) => {
    const served = sandbox.deliveries.map(({ to }) => to);
    expect(served).to.have.length(total);
    expect(new Set(served).size).to.equal(total);
  };

  it('are resumed with the remaining rows only', async () => {
    const patients = people(30);
    const configuration = { ...sandbox.credential };
    const first = `sendBulk($.data.patients, { to: $.data.phone, text: $.data.text, reference: $.data.id }, { concurrency: 3 });`;
    sandbox.fault({ path: 'messages', code: 131026, to: '254700000004' });
    sandbox.fault({ path: 'messages', reset: 'after', to: '254700000005' });
    sandbox.fault({ path: 'messages', code: 190, times: 3, after: 10 });
    const { data: report } = await runJob(first, {
      configuration,
      data: { patients },
    });
    expect(report.unsent).not.to.have.length(0);
    expect(report.unknown).to.have.length(1);

    sandbox.clearFaults();
    // The list has changed in the meantime: somebody new is at the top.
    const [newcomer] = people(31).slice(-1);
    const { data } = await runJob(job('bulk-resume'), {
      configuration,
      data: { patients: [newcomer, ...patients], report },
    });
    // All but the one whom no message reaches.
    servedOnce(30);
    expect(data.skipped.map(({ because }: any) => because)).to.include.members([
      'accepted',
      'failed',
      'unknown',
    ]);
  });

  it('are sent across cron runs by carrying unsent rows', async () => {
    const patients = people(60);
    patients.splice(30, 0, { ...patients[0], id: 'bad', phone: '' });
    const shorter = job('bulk-cron').replace(
      'timeLimit: 240',
      'timeLimit: 1, rate: 40',
    );
    let state: any = { patients, data: {} };
    let runs = 0;
    do {
      state = await runJob(shorter, {
        ...state,
        configuration: { ...sandbox.credential },
      });
      expect(state.errors, JSON.stringify(state.errors)).to.equal(undefined);
      runs++;
    } while (state.report.unsent.length);
    expect(runs).to.be.above(1);
    servedOnce(60);
    // The runs after the last one send nothing, and still know who was not served.
    state = await runJob(shorter, {
      ...state,
      configuration: { ...sandbox.credential },
    });
    servedOnce(60);
    expect(state.report.skipped).to.have.length(61);
    expect(
      state.report.skipped.filter(({ because }: any) => because === 'failed'),
    ).to.have.length(1);
  });

  it('are paged from a Collection that contains an invalid row', async () => {
    const collections = await useCollections();
    const list = people(25);
    list[12].phone = '12';
    collections.set(
      'patients',
      Object.fromEntries(list.map(patient => [patient.id, patient])),
    );
    const configuration = { ...sandbox.credential, ...collections.credential };
    const small = job('bulk-collection').replace('limit: 1000', 'limit: 10');
    let state: any = { data: {} };
    for (let run = 0; run < 5; run++) {
      state = await runJob(small, {
        ...state,
        configuration: { ...configuration },
      });
      expect(state.errors, JSON.stringify(state.errors)).to.equal(undefined);
    }
    expect(state).to.include({ isOver: true });
    expect(state.problems.map(({ reference }: any) => reference)).to.eql([
      'p-12',
    ]);
    servedOnce(24);
  });

  it('are a campaign that is resumed from a Collection', async () => {
    const collections = await useCollections();
    collections.set('campaign', {});
    collections.set('opt-outs', { 1: '+254700000003' });
    const patients = people(30).map(patient => ({
      ...patient,
      name: 'Amina',
      day: 'Jumatatu',
    }));
    const run = () =>
      runJob(job('bulk-campaign'), {
        configuration: { ...sandbox.credential, ...collections.credential },
        data: { patients },
      });
    sandbox.fault({ path: 'messages', code: 190, times: 99, after: 12 });
    const first = await run();
    expect(first.errors, JSON.stringify(first.errors)).to.equal(undefined);
    expect(first.data.summary.unsent).to.be.above(0);
    sandbox.clearFaults();
    const second = await run();
    expect(second.errors, JSON.stringify(second.errors)).to.equal(undefined);
    expect(second.data.summary.unsent).to.equal(0);
    servedOnce(29);
    const { value } = collections.get('campaign')['p-5'];
    expect(value.status).to.equal('accepted');
    const third = await run();
    expect(third.data.summary).to.include({ accepted: 0, skipped: 30 });
  });
});
