import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { startOnPremiseSandbox, startSandbox } from '../../sandbox/server';
import { LISTS } from '../../sandbox/collections';
import { useCollections } from '../support/collections';
import { addFiles, data } from '../support/example-data';
import { runJob } from '../support/run-job';

interface Doclet {
  name: string;
  kind: string;
  common?: boolean;
  description: string;
  examples?: string[];
}

interface Example {
  name: string;
  caption: string;
  code: string;
}

const doclets: Doclet[] = JSON.parse(readFileSync('docs/raw.json', 'utf8'));
const operations = doclets.filter(
  ({ kind, common }) => kind === 'function' && !common,
);

/** The examples of the operations that work with a platform, but for those of the other. */
const examplesOf = (platform: string, other: string): Example[] =>
  operations
    .filter(({ description }) =>
      /Works with [^.]*/.exec(description)![0].includes(platform),
    )
    .flatMap(({ name, examples = [] }) =>
      examples.map((example, index) => {
        const [, caption = `${index}`, code] =
          /^(?:<caption>(.*?)<\/caption>)?([^]*)$/.exec(example)!;
        return { name, caption, code };
      }),
    )
    .filter(({ caption }) => !caption.includes(`(${other})`));

/** Needs a template that was just approved: see recipes.test.ts. */
const NEEDS_MORE = ['send-when-approved.js'];
const CLOUD_ONLY = ['new-template.js', 'bulk-campaign.js'];
const jobs = readdirSync('examples').filter(
  file => file.endsWith('.js') && !NEEDS_MORE.includes(file),
);
/** Jobs that send nothing. */
const isQuiet = (file: string) =>
  /report|delivery|new-template|fhir/.test(file);

/** The On-Premise API sends no template without its namespace. */
const lacksNamespace = ({ name, code }: Example) =>
  name === 'sendTemplate' && !code.includes('namespace');

const platforms = [
  {
    name: 'Cloud API',
    start: startSandbox,
    jobs,
    examples: examplesOf('Cloud API', 'On-Premise API'),
  },
  {
    name: 'On-Premise API',
    start: startOnPremiseSandbox,
    jobs: jobs.filter(file => !CLOUD_ONLY.includes(file)),
    examples: examplesOf('On-Premise API', 'Cloud API').filter(
      example => !lacksNamespace(example),
    ),
  },
];

function signedHeaders(body: object, secret = 'none') {
  const digest = createHmac('sha256', secret)
    .update(JSON.stringify(body))
    .digest('hex');
  return { 'x-hub-signature-256': `sha256=${digest}` };
}

describe('operation docs', () => {
  for (const { name, examples = [], description } of operations)
    it(`have an example and name the supported APIs: ${name}`, () => {
      expect(examples).not.to.have.length(0);
      expect(description).to.match(/Works with/);
    });
});

for (const { name: platform, start, jobs, examples } of platforms)
  describe(`the ${platform}`, () => {
    let sandbox: Awaited<ReturnType<typeof start>>;
    before(async () => {
      sandbox = await start();
    });
    after(() => sandbox.close());
    beforeEach(() => {
      sandbox.reset();
    });

    async function run(code: string, state: any, configuration: any) {
      const headers = signedHeaders(state.data, configuration.appSecret);
      const { errors } = await runJob(code, {
        ...state,
        configuration,
        request: { headers },
      });
      expect(errors, JSON.stringify(errors)).to.equal(undefined);
    }

    for (const file of jobs)
      it(`runs examples/${file} on the sandbox as it starts`, async () => {
        const read = (name: string) => readFileSync(`examples/${name}`, 'utf8');
        const state = JSON.parse(read(file.replace('.js', '.state.json')));
        const { defaultCountry } = state.configuration;
        const collections = await useCollections();
        for (const [list, values] of Object.entries(LISTS))
          collections.set(list, values);
        const configuration = {
          ...sandbox.credential,
          ...collections.credential,
          ...(defaultCountry && { defaultCountry }),
        };
        await run(read(file), state, configuration);
        if (!isQuiet(file)) expect(sandbox.deliveries).not.to.have.length(0);
      });

    for (const { name, caption, code } of examples)
      it(`runs the example of ${name}: ${caption}`, async () => {
        addFiles(sandbox);
        sandbox.receive({ from: data.phone.slice(1), text: 'Hi' });
        await run(code, { data }, { ...sandbox.credential });
        if (name !== 'parseWebhook' && !code.includes('dryRun'))
          expect(sandbox.requests).not.to.have.length(0);
      });
  });
