// Measures the built adaptor against bare undici, in the same run.
import { execFileSync, fork } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

const file = name => fileURLToPath(new URL(name, import.meta.url));
const CONCURRENCY = 50;

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

const runCase = (name, port, options) =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        '--expose-gc',
        file('case.js'),
        name,
        String(port),
        JSON.stringify(options),
      ],
      { encoding: 'utf8' },
    ),
  );

/** The cases take turns, so that all of them see the same machine. */
async function compare(latency, names, options, rounds = 5) {
  return withServer([latency], port => {
    const results = Object.fromEntries(names.map(name => [name, []]));
    for (let round = 0; round < rounds; round++)
      for (const name of names)
        results[name].push(runCase(name, port, options[name] ?? options.all));
    const summary = ([name, runs]) => [
      name,
      {
        perSecond: median(runs.map(run => run.perSecond)),
        cpu: median(runs.map(run => run.cpuMicroseconds)),
      },
    ];
    return Object.fromEntries(Object.entries(results).map(summary));
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

async function speed() {
  const head = ['', 'messages/s', 'of undici', 'CPU/message', 'of undici'];
  for (const latency of [0, 100]) {
    const count = latency ? 3000 : 20_000;
    const results = await compare(
      latency,
      ['bareUndici', 'sendBulk', 'eachSendMessage'],
      {
        all: { count, concurrency: CONCURRENCY },
        eachSendMessage: { count: latency ? 20 : 2000 },
      },
    );
    const { bareUndici, sendBulk, eachSendMessage } = results;
    table(`Sending at ${latency} ms latency, ${CONCURRENCY} at a time`, head, [
      speedRow('bare undici', bareUndici, bareUndici),
      speedRow('sendBulk', sendBulk, bareUndici),
      speedRow('each + sendMessage', eachSendMessage, bareUndici),
    ]);
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
    [1000, 10_000, 100_000].map(count => {
      const options = { count, concurrency: CONCURRENCY };
      const full = runCase('sendBulk', port, options);
      const problems = runCase('sendBulk', port, {
        ...options,
        report: 'problems',
      });
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
    ['items', 'CPU/message', 'memory', "report: 'problems'"],
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

function imports() {
  const time = specifier => {
    const code = `const t = performance.now(); await import(${JSON.stringify(specifier)}); console.log(performance.now() - t)`;
    return Number(
      execFileSync(process.execPath, ['--input-type=module', '-e', code], {
        encoding: 'utf8',
        cwd: file('..'),
      }),
    );
  };
  const runs = { common: [], adaptor: [] };
  for (let round = 0; round < 21; round++) {
    runs.common.push(time('@openfn/language-common'));
    runs.adaptor.push(time(file('../dist/index.js')));
  }
  const [common, adaptor] = [median(runs.common), median(runs.adaptor)];
  table(
    'Import',
    ['', 'time', ''],
    [
      ['@openfn/language-common', `${round(common)} ms`, ''],
      [
        'this adaptor',
        `${round(adaptor)} ms`,
        `${round(adaptor / common, 2)} ×`,
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
imports();
