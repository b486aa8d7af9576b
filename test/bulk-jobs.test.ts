import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { runJob } from './support/run-job';
import { useSandbox } from './support/sandbox';

const people = (count: number) =>
  Array.from({ length: count }, (_value, index) => ({
    id: `p-${index}`,
    phone: `+2547${String(index).padStart(8, '0')}`,
    text: `Hi ${index}`,
  }));
const job = (name: string) => readFileSync(`examples/${name}.js`, 'utf8');

/** A Collection of OpenFn, as far as pages go. */
async function startCollection(list: { id: string }[]): Promise<Server> {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url!, 'http://localhost');
    const start = Number(searchParams.get('cursor') ?? 0);
    const end = start + Number(searchParams.get('limit'));
    const items = list
      .slice(start, end)
      .map(value => ({ key: value.id, value: JSON.stringify(value) }));
    const cursor = end < list.length ? String(end) : null;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ items, cursor }));
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return server;
}

describe('a long list, run after run', function () {
  this.timeout(30_000);
  const sandbox = useSandbox();

  const servedOnce = (total: number) => {
    const served = sandbox.deliveries.map(({ to }) => to);
    expect(served).to.have.length(total);
    expect(new Set(served).size).to.equal(total);
  };

  it('resumes with those who got nothing, and nobody else', async () => {
    const patients = people(30);
    const configuration = { ...sandbox.credential };
    const first = `sendBulk($.data.patients, { to: $.data.phone, text: $.data.text }, { concurrency: 3 });`;
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
    await runJob(job('bulk-resume'), {
      configuration,
      data: { patients, report },
    });
    // All but the one whom no message reaches.
    servedOnce(29);
  });

  it('carries what is unsent from one cron run to the next', async () => {
    const patients = people(60);
    const shorter = job('bulk-cron').replace(
      'timeLimit: 240',
      'timeLimit: 1, rate: 40',
    );
    let state: any = { data: { patients } };
    let runs = 0;
    do {
      state = await runJob(shorter, {
        ...state,
        configuration: { ...sandbox.credential },
      });
      expect(state.errors, JSON.stringify(state.errors)).to.equal(undefined);
      runs++;
    } while (state.todo.length);
    expect(runs).to.be.above(1);
    servedOnce(60);
  });

  it('pages a Collection', async () => {
    const collection = await startCollection(people(25));
    const { port } = collection.address() as AddressInfo;
    const configuration = {
      ...sandbox.credential,
      collections_endpoint: `http://127.0.0.1:${port}/collections`,
      collections_token: 'a token',
    };
    const small = job('bulk-collection').replace('limit: 1000', 'limit: 10');
    let state: any = { data: {} };
    for (let run = 0; run < 5; run++) {
      state = await runJob(small, {
        ...state,
        configuration: { ...configuration },
      });
      expect(state.errors, JSON.stringify(state.errors)).to.equal(undefined);
    }
    collection.close();
    expect(state).to.include({ isLastPage: true });
    servedOnce(25);
  });
});
