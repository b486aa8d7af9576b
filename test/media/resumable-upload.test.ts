import { Readable } from 'node:stream';
import { expect } from 'chai';
import { uploadFileHandle } from '../../src';
import { systemClock } from '../../src/util/clock';
import { runtime } from '../../src/util/dispatcher';
import { data as examples } from '../support/example-data';
import { errorOf } from '../support/errors';
import { mockApi, mockHost, TOKEN } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';

const MB = 2 ** 20;
const PDF = Buffer.concat([
  Buffer.from('%PDF-1.4\n'),
  Buffer.from(Array.from({ length: 2 * MB }, (_, index) => index % 251)),
]);

describe('uploadFileHandle', () => {
  const sandbox = useSandbox();
  const upload = (file: any, options = {}, more = {}) =>
    uploadFileHandle(
      file,
      options,
    )({ configuration: { ...sandbox.credential, ...more }, data: {} });
  const contentOf = ({ data }: any) => sandbox.handles.get(data.h);
  const count = (method: string, end: string | RegExp) =>
    sandbox.requests.filter(
      request => request.method === method && request.path.match(end),
    ).length;

  it('uploads bytes, base64 and streams and returns a handle', async () => {
    for (const file of [
      PDF,
      PDF.toString('base64'),
      Readable.from([PDF.subarray(0, 9), PDF.subarray(9)]),
    ]) {
      const state = await upload(file);
      expect(Object.keys(state.data)).to.eql(['h']);
      expect(contentOf(state)).to.eql(PDF);
    }
  });

  it('sends the signed upload ID unchanged', async () => {
    // The signature of the sandbox has a slash, a plus and an equals sign.
    const { appSecret: _gone, ...plain } = sandbox.credential;
    for (const configuration of [plain, sandbox.credential]) {
      const { data } = await uploadFileHandle(PDF)({ configuration });
      expect(data.h).to.match(/^4::/);
    }
  });

  for (const cut of [1, 1000, MB])
    it(`resumes an upload that broke off after ${cut} bytes`, async () => {
      sandbox.fault({ method: 'POST', cut, after: 1 });
      expect(contentOf(await upload(PDF))).to.eql(PDF);
      expect(count('POST', /uploads$/)).to.equal(1);
      expect(count('POST', /upload:/)).to.equal(2);
      expect(count('GET', /upload:/)).to.equal(1);
    });

  it('resumes an upload that broke off twice', async () => {
    sandbox.fault({ method: 'POST', cut: MB, after: 1 });
    sandbox.fault({ method: 'POST', cut: 1000 });
    expect(contentOf(await upload(PDF))).to.eql(PDF);
    expect(count('POST', /upload:/)).to.equal(3);
  });

  it('resumes for longer than the 90 seconds of other calls', async () => {
    let passed = 0;
    runtime.clock = {
      ...systemClock,
      now: () => systemClock.now() + passed,
      setTimeout(callback) {
        passed += 100_000;
        return setTimeout(callback);
      },
    };
    sandbox.fault({ method: 'POST', cut: MB, after: 1 });
    sandbox.fault({ method: 'POST', cut: 1000 });
    const state = await upload(PDF);
    expect(contentOf(state)).to.eql(PDF);
  });

  it('resumes a one-shot stream from memory', async () => {
    sandbox.fault({ method: 'POST', cut: MB, after: 1 });
    expect(contentOf(await upload(Readable.from([PDF])))).to.eql(PDF);
  });

  it('restarts the upload if only the handle was lost', async () => {
    sandbox.fault({ method: 'POST', reset: 'after', after: 1 });
    expect(contentOf(await upload(PDF))).to.eql(PDF);
    expect(count('POST', /uploads$/)).to.equal(2);
  });

  it('gives up after five attempts', async () => {
    sandbox.fault({ method: 'POST', cut: 10, after: 1, times: 9 });
    const error = await errorOf(() => upload(PDF));
    expect(error).to.include({ code: 'CONNECTION_FAILED', tries: 5 });
    expect(count('POST', /upload:/)).to.equal(5);
  });

  for (const headers of [{ 'content-length': String(PDF.length) }, undefined])
    it(`uploads a file from a URL, ${headers ? 'as a stream' : 'of unknown size'}, and resumes it`, async () => {
      const agent = mockApi();
      const address = '/a.pdf';
      mockHost('files.example.org')
        .intercept({ path: address })
        .reply(200, PDF, { headers })
        .times(2);
      const uploads = '/v25.0/1234/uploads';
      agent
        .intercept({ method: 'POST', path: path => path.startsWith(uploads) })
        .reply(200, { id: 'upload:abc?sig=x' });
      const session = '/v25.0/upload:abc?sig=x';
      agent
        .intercept({ method: 'POST', path: session })
        .replyWithError(new Error('broken'));
      agent.intercept({ path: session }).reply(200, { file_offset: MB });
      const seen: any = {};
      agent
        .intercept({ method: 'POST', path: session })
        .reply(200, ({ headers, body }: any) => {
          Object.assign(seen, { headers, body });
          return { h: '4::x' };
        });
      const { data } = await uploadFileHandle(
        `https://files.example.org${address}`,
        { type: 'application/pdf' },
      )({
        configuration: {
          baseUrl: 'https://graph.facebook.com/v25.0',
          apiToken: TOKEN,
          appId: '1234',
        },
      });
      expect(data.h).to.equal('4::x');
      expect(seen.headers.file_offset).to.equal(String(MB));
      const chunks = Buffer.isBuffer(seen.body)
        ? [seen.body]
        : await Readable.from(seen.body).toArray();
      expect(Buffer.concat(chunks)).to.eql(PDF.subarray(MB));
    });

  it('requires appId', async () => {
    const error = await errorOf(() => upload(PDF, {}, { appId: '' }));
    expect(error.code).to.equal('INVALID_CONFIGURATION');
    expect(error.message).to.contain('appId is missing');
    expect(sandbox.requests).to.have.length(0);
  });

  it('accepts a photo', async () => {
    const { data } = await upload(examples.photo, { filename: 'a.png' });
    expect(data.h).to.contain('image/png');
  });

  it('rejects a type that Meta does not accept, before anything is sent', async () => {
    const error = await errorOf(() => upload(Buffer.from('Hi'), {}));
    expect(error.code).to.equal('INVALID_MEDIA');
    expect(error.message).to.contain('text/plain');
    expect(error.fix).to.contain('application/pdf');
    expect(sandbox.requests).to.have.length(0);
  });
});
