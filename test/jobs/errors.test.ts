import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { compile } from '../support/compile';
import { copyPackage } from '../support/run-job';
import { useSandbox } from '../support/sandbox';

const runFile = promisify(execFile);

/** What OpenFn shows of an error, wherever the package is. */
describe('an error in a job', () => {
  const sandbox = useSandbox();
  let folder: string;
  before(() => {
    const home = mkdtempSync(path.join(tmpdir(), 'clone-'));
    folder = path.join(home, 'any-name');
    copyPackage(folder);
    symlinkSync(path.resolve('node_modules'), path.join(home, 'node_modules'));
  });
  after(() => rmSync(path.dirname(folder), { recursive: true }));

  const errorOf = async (
    job: string,
    data: object,
    configuration: object = sandbox.credential,
  ) => {
    const state = { configuration, data };
    const expression = compile(job, {
      name: '@openfn/language-whatsapp',
      exports: ['each', 'execute', 'fn', 'downloadMedia', 'sendMessage'],
    });
    const { stdout } = await runFile(process.execPath, [
      '--experimental-vm-modules',
      '--no-warnings',
      'test/support/run-plain.mjs',
      JSON.stringify({ expression, state, folder }),
    ]);
    return JSON.parse(stdout.split('\n').at(-2)!);
  };

  it('has its code and its fix in a clone of any name', async () => {
    const error = await errorOf(
      `fn(state => state);\nsendMessage($.data.phone, 'Hi');`,
      { phone: '0712345678' },
    );
    expect(error.name).to.equal('AdaptorError');
    expect(error.details).to.include({
      code: 'INVALID_RECIPIENT',
      operation: 'sendMessage',
    });
    expect(error.details.fix).to.contain('defaultCountry');
  });

  it('names the operation that failed inside of each()', async () => {
    const error = await errorOf(`each($.data.ids, downloadMedia($.data));`, {
      ids: ['9000000000000002', '5'],
    });
    expect(error.details).to.include({ index: 1, operation: 'downloadMedia' });
  });

  it('has its problems if the credential is wrong', async () => {
    const wrong = { baseUrl: 'ftp://example.org', apiToken: 5 };
    const error = await errorOf(
      `sendMessage('+254712345678', 'Hi');`,
      {},
      wrong,
    );
    expect(error.name).to.equal('AdaptorError');
    expect(error.details.problems).to.have.length(2);
    expect(error.details.fix).to.contain('https://graph.facebook.com');
  });
});
