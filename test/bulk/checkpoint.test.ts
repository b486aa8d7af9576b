import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import _ from 'lodash';
import { fn } from '../../src';
import { sendBulk } from '../support/adaptor';
import { errorOf } from '../support/errors';
import { captureLog } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';

const people = (count: number) =>
  Array.from({ length: count }, (_value, index) => ({
    phone: `+2547${String(index).padStart(8, '0')}`,
    id: `p-${index}`,
  }));
const MESSAGE = {
  to: (s: any) => s.data.phone,
  text: 'Hi',
  reference: (s: any) => s.data.id,
};

describe('checkpoint', () => {
  const sandbox = useSandbox();
  const saved: any[][] = [];
  const checkpoint = fn((state: any) => {
    saved.push(state.data);
    return { ...state, data: 'dropped' };
  });
  const send = async (items: unknown, options: object = {}) =>
    (
      await sendBulk(items, MESSAGE, { checkpoint, chunk: 3, ...options })({
        configuration: { ...sandbox.credential },
        data: {},
        references: [],
      })
    ).data;
  beforeEach(() => void (saved.length = 0));

  const statuses = (records: any[]) =>
    records.map(({ key, value }) => `${key} ${value.status}`);

  it('saves each chunk before it is sent, and what became of it', async () => {
    await send(people(4), { concurrency: 1 });
    expect(statuses(saved[0])).to.eql([
      'p-0 sending',
      'p-1 sending',
      'p-2 sending',
    ]);
    const all = statuses(saved.flat());
    expect(all.indexOf('p-3 sending')).to.be.above(2);
    for (const id of ['p-0', 'p-1', 'p-2', 'p-3'])
      expect(all).to.include(`${id} accepted`);
    const { value } = saved.flat().find(one => one.value.id)!;
    expect(value.id).to.match(/^wamid/);
  });

  it('saves failures, unknown outcomes and what was not sent', async () => {
    sandbox.fault({ path: 'messages', code: 131026, to: '254700000000' });
    sandbox.fault({ path: 'messages', reset: 'after', to: '254700000001' });
    sandbox.fault({
      path: 'messages',
      code: 190,
      to: '254700000002',
      times: 9,
    });
    const report = await send(people(5), { concurrency: 1, chunk: 5 });
    expect(report.summary.unknown).to.equal(1);
    expect(statuses(saved.flat().slice(5)).sort()).to.eql([
      'p-0 failed',
      'p-1 unknown',
      'p-2 failed',
      'p-3 unsent',
      'p-4 unsent',
    ]);
    sandbox.clearFaults();
    const second = await send(people(5), { previous: saved.flat() });
    expect(_.map(second.skipped, 'reference')).to.eql(['p-0', 'p-1']);
    expect(second.summary.accepted).to.equal(3);
  });

  it('stops the list if it fails before a chunk', async () => {
    const failing = fn((state: any) => {
      if (state.data[0].key === 'p-3') throw new Error('no Collection');
      return state;
    });
    const log = captureLog();
    const report = await send(people(9), {
      checkpoint: failing,
      concurrency: 1,
    });
    log.stop();
    expect(report.summary).to.include({ accepted: 3, unsent: 6 });
    expect(report.summary.stopped).to.contain('no Collection');
    expect(sandbox.deliveries).to.have.length(3);
  });

  it('needs a reference in every row', async () => {
    const error = await errorOf(() =>
      sendBulk(
        people(1),
        { to: MESSAGE.to, text: 'Hi' },
        { checkpoint },
      )({ configuration: sandbox.credential, data: {} }),
    );
    expect(error.details).to.contain('`reference`');
  });

  it('must be an operation', async () => {
    const error = await errorOf(() => send(people(1), { checkpoint: 'x' }));
    expect(error.code).to.equal('INVALID_OPTIONS');
  });

  it('gives the reasons of failures, most frequent first', async () => {
    for (const index of [0, 1])
      sandbox.fault({
        path: 'messages',
        code: 131026,
        to: `25470000000${index}`,
      });
    const list: any[] = people(5);
    list[2].phone = '12';
    const log = captureLog();
    const { summary } = await send(list);
    log.stop();
    expect(_.map(summary.reasons, 'code')).to.eql([
      131026,
      'INVALID_RECIPIENT',
    ]);
    expect(summary.reasons[0]).to.deep.include({ count: 2, rows: [0, 1] });
    expect(summary.reasons[0].fix).to.be.a('string');
    expect(log.lines.at(-1)).to.contain('131026 (2), INVALID_RECIPIENT (1)');
  });

  it('serves nobody twice, though the process is killed ten times', async function () {
    this.timeout(60_000);
    const folder = mkdtempSync(path.join(tmpdir(), 'campaign-'));
    const file = path.join(folder, 'records.jsonl');
    writeFileSync(file, '');
    const total = 600;
    const job = `
      import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
      import adaptor from './dist/index.cjs';
      const people = Array.from({ length: ${total} }, (_, i) => ({ id: 'p-' + i, phone: '+2547' + String(i).padStart(8, '0') }));
      const previous = readFileSync(${JSON.stringify(file)}, 'utf8').split('\\n').filter(Boolean).map(line => JSON.parse(line));
      const checkpoint = adaptor.fn(state => {
        appendFileSync(${JSON.stringify(file)}, state.data.map(one => JSON.stringify(one) + '\\n').join(''));
        return state;
      });
      const { data } = await adaptor.sendBulk(people, { to: s => s.data.phone, text: 'Hi', reference: s => s.data.id },
        { rate: 400, chunk: 20, previous, checkpoint })({ configuration: ${JSON.stringify(sandbox.credential)}, data: {} });
      writeFileSync(${JSON.stringify(`${file}.report`)}, JSON.stringify(data));`;
    const run = (milliseconds?: number) =>
      new Promise<number | null>(done => {
        const child = spawn(
          process.execPath,
          ['--input-type=module', '-e', job],
          { stdio: 'ignore' },
        );
        child.once('exit', done);
        if (milliseconds) setTimeout(() => child.kill('SIGKILL'), milliseconds);
      });
    for (let kill = 0; kill < 10; kill++) {
      const before = sandbox.deliveries.length;
      const child = run(650 + Math.random() * 250);
      await child;
      expect(sandbox.deliveries.length).to.be.at.least(before);
    }
    expect(await run()).to.equal(0);
    const served = _.map(sandbox.deliveries, 'to');
    expect(_.uniq(served)).to.have.length(served.length);
    const report = JSON.parse(readFileSync(`${file}.report`, 'utf8'));
    const told = [...report.accepted, ...report.skipped, ...report.unknown];
    expect(_.uniq(_.map(told, 'reference'))).to.have.length(total);
    const skipped = _.countBy(report.skipped, 'because');
    const unknown = (skipped.unknown ?? 0) + report.unknown.length;
    expect(served.length + unknown).to.be.at.least(total);
    rmSync(folder, { recursive: true });
  });
});
