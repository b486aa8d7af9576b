// Measures the built adaptor against bare undici, in the same run.
import { execFileSync, fork } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import _ from 'lodash';

const file = name => fileURLToPath(new URL(name, import.meta.url));
const CONCURRENCY = 100;

const median = numbers =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const round = (value, digits = 0) =>
  Number(value).toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });

async function withServer(args, work) {
  const server = fork(file('server.js'), args.map(String));
  try {
    const port = await new Promise(done => server.once('message', done));
    return await work(port);
  } finally {
    server.kill();
  }
}

const runCase = (name, port, options, flags = []) =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        '--expose-gc',
        ...flags,
        file('case.js'),
        name,
        String(port),
        JSON.stringify(options),
      ],
      { encoding: 'utf8' },
    ),
  );

/** The cases take turns, so that all of them see the same machine. */
async function compare(latency, cases, rounds = 3) {
  return withServer([latency], port => {
    const results = _.mapValues(cases, () => []);
    for (let round = 0; round < rounds; round++)
      for (const [what, [name, options]] of Object.entries(cases))
        results[what].push(runCase(name, port, options));
    return _.mapValues(results, runs => ({
      perSecond: median(_.map(runs, 'perSecond')),
      cpu: median(_.map(runs, 'cpuMicroseconds')),
    }));
  });
}

function table(title, head, rows) {
  const widths = head.map((cell, index) =>
    Math.max(...[head, ...rows].map(row => String(row[index]).length), 3),
  );
  const line = row =>
    `| ${row.map((cell, index) => String(cell).padEnd(widths[index])).join(' | ')} |`;
  console.log(`\n${title}\n`);
  console.log(line(head));
  console.log(line(widths.map(width => '-'.repeat(width))));
  for (const row of rows) console.log(line(row));
}

const speedRow = (what, { perSecond, cpu }, bare) => [
  what,
  round(perSecond),
  `${round(perSecond / bare.perSecond, 2)} ×`,
  `${round(cpu)} µs`,
  `${round(cpu / bare.cpu, 2)} ×`,
];

const SHAPES = {
  'sendBulk, numbers with +': 'plus',
  'sendBulk, numbers without +': 'digits',
  'sendBulk, templates, with wabaId': 'template',
};
const OTHERS = {
  'global fetch': 'globalFetch',
  'request of language-common': 'commonRequest',
  "kapso's SDK": 'kapso',
};
const BARE = 'bare undici';
const BARE_TEMPLATES = 'bare undici, templates';

async function speed() {
  const head = ['', 'messages/s', 'of undici', 'CPU/message', 'of undici'];
  for (const latency of [0, 100]) {
    const all = { count: latency ? 6000 : 30_000, concurrency: CONCURRENCY };
    const cases = {
      [BARE]: ['bareUndici', all],
      [BARE_TEMPLATES]: ['bareUndici', { ...all, shape: 'template' }],
      ..._.mapValues(OTHERS, name => [name, all]),
      ..._.mapValues(SHAPES, shape => ['sendBulk', { ...all, shape }]),
    };
    const results = await compare(latency, cases);
    table(
      `Sending at ${latency} ms latency, ${CONCURRENCY} at a time`,
      head,
      Object.entries(results).map(([what, result]) =>
        speedRow(
          what,
          result,
          results[what.includes('templates') ? BARE_TEMPLATES : BARE],
        ),
      ),
    );
  }
}

async function pace() {
  const rows = await withServer([20], port =>
    [80, 500].map(rate => {
      const { perSecond } = runCase('sendBulk', port, {
        count: rate * 10,
        rate,
      });
      return [
        `${rate} a second`,
        round(perSecond, 1),
        round(perSecond / rate, 3),
      ];
    }),
  );
  table(
    'How well sendBulk uses its rate',
    ['rate', 'messages/s', 'of the rate'],
    rows,
  );
}

async function size() {
  const rows = await withServer([0], port =>
    [1000, 10_000, 100_000, 1_000_000].map(count => {
      const options = { count, concurrency: CONCURRENCY, shape: 'digits' };
      const full = runCase('sendBulk', port, options);
      const problems = runCase(
        'sendBulk',
        port,
        { ...options, report: 'problems' },
        // Otherwise the engine lets garbage grow as long as there is memory.
        ['--max-old-space-size=350'],
      );
      return [
        round(count),
        `${round(full.cpuMicroseconds)} µs`,
        `${round(full.extraMegabytes)} MB`,
        `${round(problems.extraMegabytes)} MB`,
      ];
    }),
  );
  table(
    'sendBulk by the length of the list',
    [
      'items',
      'CPU/message',
      'memory',
      "report: 'problems', with a heap of 350 MB",
    ],
    rows,
  );
}

async function uploads() {
  const rows = [];
  for (const megabytes of [96]) {
    await withServer([0, megabytes], port => {
      for (const [what, name] of [
        ['read and drop with undici', 'readAndDrop'],
        ['uploadMedia(url)', 'upload'],
      ]) {
        const runs = [1, 2, 3].map(() => runCase(name, port, { count: 1 }));
        rows.push([
          what,
          `${megabytes} MB`,
          `${round(median(runs.map(run => run.extraMegabytes)))} MB`,
        ]);
      }
    });
  }
  table('Memory for a file', ['', 'file', 'extra memory'], rows);
}

/** The CPU of a whole process, in milliseconds. */
const processCpu = (what, port) =>
  Number(
    execFileSync(process.execPath, [file('webhook-run.js'), what, port], {
      encoding: 'utf8',
    }),
  );

async function webhookRun() {
  const names = ['nothing', 'common', 'run'];
  const runs = _.mapValues(_.keyBy(names), () => []);
  await withServer([0], port => {
    for (let round = 0; round < 15; round++)
      for (const name of names) runs[name].push(processCpu(name, String(port)));
  });
  const { nothing, common, run } = _.mapValues(runs, median);
  table(
    'A run that answers a webhook: CPU of the process',
    ['', 'CPU', 'of common'],
    [
      ['Node.js alone', `${round(nothing)} ms`, ''],
      ['import @openfn/language-common', `${round(common)} ms`, ''],
      [
        'import the adaptor, parse, send',
        `${round(run)} ms`,
        `${round(run / common, 2)} ×`,
      ],
    ],
  );
}

const [cpu] = cpus();
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpu.model.trim()}, ${round(totalmem() / 2 ** 30)} GB of memory. The server is a process of its own on the same machine.`,
);
await speed();
await pace();
await size();
await uploads();
await webhookRun();
