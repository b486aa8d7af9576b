import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Base } from './base';
import { badParameter } from './graph-error';
import type { RunFact, WebhookFact } from './types';

// Runs the job of a user in OpenFn's runtime, once per webhook.

export interface JobOptions {
  /** The file of the job that answers webhooks. */
  job?: string;
  /** The file of the job that runs once at the start. */
  send?: string;
  /** The file with the state of the runs. */
  state?: string;
  /** Seconds after which a run is stopped (default: 60). */
  limit?: number;
}

interface Planned {
  run: RunFact;
  file: string;
  webhook?: WebhookFact;
  /** How many runs before this one led to it. */
  depth: number;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CHILD = fileURLToPath(new URL('run-job.mjs', import.meta.url));
const ADAPTOR = '@openfn/language-whatsapp';
const COLLECTIONS = '@openfn/language-collections';
const MODULES = {
  [ADAPTOR]: { path: ROOT },
  [COLLECTIONS]: { path: path.join(ROOT, 'node_modules', COLLECTIONS) },
};
const LIMIT = 60;
const LONGEST_LOG = 100_000;
/** A job that answers its own webhooks would never end. */
const DEEPEST = 5;

const BUILT = path.join(ROOT, 'dist/index.js');

async function loadAdaptor(): Promise<Record<string, any>> {
  if (!existsSync(BUILT))
    throw new Error('The adaptor is not built yet: run npm run build:js.');
  return import(BUILT);
}

/** What OpenFn's compiler makes of a job. */
async function compileJob(source: string): Promise<string> {
  const { compile } = await import('../test/support/compile');
  return compile(
    source,
    { name: ADAPTOR, exports: Object.keys(await loadAdaptor()) },
    { name: COLLECTIONS, exports: ['collections'] },
  );
}

/** The rows that `parseWebhook()` makes of a webhook. */
export async function parseRows(
  { body, headers }: WebhookFact,
  configuration: object,
): Promise<unknown> {
  const { parseWebhook } = await loadAdaptor();
  const { data } = await parseWebhook()({
    configuration: { ...configuration },
    data: JSON.parse(body),
    request: { headers },
    references: [],
  });
  const { messages, statuses, events } = data;
  return { messages, statuses, events };
}

const failure = (description: string, fix: string) => ({ description, fix });

/** One run at a time, in the order in which they were asked for. */
export class Runs {
  readonly #waiting: Planned[] = [];
  #current?: Planned;
  #child?: ChildProcess;
  readonly #changedAt = new Map<string, number>();

  constructor(
    readonly base: Base,
    readonly options: JobOptions,
    /** The credential of the sandbox: a job can't reach anything else. */
    readonly credential: () => object,
  ) {}

  /** The name of a job of the command line, or of the one that answers webhooks. */
  fileOf(name?: unknown): string {
    const files = [this.options.job, this.options.send].filter(
      file => file !== undefined,
    );
    const found = name === undefined ? files[0] : name;
    if (typeof found === 'string' && files.includes(found)) return found;
    throw badParameter(
      files.length
        ? `job must be one of the command line: ${files.join(', ')}`
        : 'There is no job: start the sandbox with --job job.js',
    );
  }

  /** Runs the job with a webhook. */
  answer = (webhook: WebhookFact) => {
    const depth = this.#current ? this.#current.depth + 1 : 0;
    if (depth > DEEPEST) {
      webhook.answer = `not run: ${DEEPEST} runs led to each other`;
      return this.base.note('webhooks', webhook);
    }
    const run = this.start(this.fileOf(), webhook, depth);
    webhook.answer = run.id;
    this.base.note('webhooks', webhook);
  };

  start(file: string, webhook?: WebhookFact, depth = 0): RunFact {
    const run: RunFact = {
      id: `run-${this.base.store.nextId()}`,
      at: this.base.now(),
      job: file,
      state: 'queued',
      webhook: webhook?.id,
      sent: 0,
      failed: 0,
      log: '',
    };
    this.#waiting.push({ run, file, webhook, depth });
    this.base.note('runs', run);
    if (!this.#current) void this.#next();
    return run;
  }

  /** Runs once more what a run began with. */
  again(id: string): RunFact {
    const { runs, webhooks } = this.base.store.facts;
    const run = runs.find(one => one.id === id);
    if (!run) throw badParameter(`There is no run ${id}`);
    const webhook = webhooks.find(one => one.id === run.webhook);
    return this.start(this.fileOf(run.job), webhook);
  }

  close() {
    this.#waiting.length = 0;
    this.#child?.kill('SIGKILL');
  }

  async #next(): Promise<void> {
    const planned = this.#waiting.shift();
    this.#current = planned;
    if (!planned) return;
    await this.#perform(planned);
    await this.#next();
  }

  async #perform(planned: Planned) {
    const { run } = planned;
    const startedAt = Date.now();
    run.state = 'running';
    this.base.currentRun = run.id;
    this.base.note('runs', run);
    try {
      await this.#noteChange(planned);
      const [expression, state] = await this.#prepare(planned);
      await this.#execute(run, expression, state);
    } catch (error) {
      run.state = 'failed';
      run.error = failure(
        (error as Error).message,
        'Correct this, and run it again.',
      );
    }
    run.ms = Date.now() - startedAt;
    this.base.currentRun = undefined;
    this.#count(run);
    this.base.note('runs', run);
  }

  async #noteChange({ run, file }: Planned) {
    const { mtimeMs } = await stat(file);
    const before = this.#changedAt.get(file);
    this.#changedAt.set(file, mtimeMs);
    if (before !== undefined && before !== mtimeMs)
      run.log += `${file} has changed since the run before.\n`;
  }

  /** The files are read for each run, so that a job can be edited. */
  async #prepare({ file, webhook }: Planned): Promise<[string, object]> {
    const expression = await compileJob(await readFile(file, 'utf8'));
    const given = this.options.state
      ? JSON.parse(await readFile(this.options.state, 'utf8'))
      : { data: {} };
    const configuration = {
      defaultCountry: 'KE',
      ...given.configuration,
      ...this.credential(),
      collections_endpoint: `${this.base.origin}/collections`,
      collections_token: 'sandbox',
    };
    const triggered = webhook && {
      data: JSON.parse(webhook.body),
      request: { method: 'POST', headers: webhook.headers },
    };
    return [expression, { ...given, ...triggered, configuration }];
  }

  #execute(run: RunFact, expression: string, state: object): Promise<void> {
    const { limit = LIMIT } = this.options;
    const child = fork(CHILD, {
      cwd: ROOT,
      execArgv: ['--experimental-vm-modules', '--no-warnings'],
      silent: true,
    });
    this.#child = child;
    const log = (text: Buffer) => {
      if (run.log.length < LONGEST_LOG) run.log += text.toString();
    };
    child.stdout?.on('data', log);
    child.stderr?.on('data', log);
    child.once('message', ({ error, data }: any) => {
      run.state = error ? 'failed' : 'done';
      run.error = error;
      run.data = data;
    });
    const timer = setTimeout(() => {
      run.state = 'stopped';
      run.error = failure(
        `The run took longer than ${limit} s and was stopped, as OpenFn does.`,
        'Do less in one run, or start the sandbox with a higher --limit.',
      );
      child.kill('SIGKILL');
    }, limit * 1000);
    child.send({ expression, state, modules: MODULES });
    return new Promise(resolve => {
      child.once('error', error => {
        run.state = 'failed';
        run.error = failure(error.message, 'Start the sandbox again.');
      });
      child.once('close', () => {
        clearTimeout(timer);
        if (run.state === 'running') {
          run.state = 'failed';
          run.error = failure(
            'The run ended without a result.',
            'The log may say why.',
          );
        }
        resolve();
      });
    });
  }

  #count(run: RunFact) {
    const { deliveries, facts } = this.base.store;
    const isOfRun = (one: { run?: string }) => one.run === run.id;
    run.sent = deliveries.filter(isOfRun).length;
    run.failed = facts.requests.filter(
      request =>
        isOfRun(request) &&
        /messages$/.test(request.path) &&
        (request.status >= 400 || request.status === 0),
    ).length;
  }
}
