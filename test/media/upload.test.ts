import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { uploadMedia } from '../../src';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { errorOf } from '../support/errors';
import { captureLog, configuration, skipWaits } from '../support/fixtures';

const MB = 2 ** 20;
const PNG = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  Buffer.alloc(64),
]);
const JPEG = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010101', 'hex'),
  Buffer.alloc(64),
]);
const PDF = Buffer.from('%PDF-1.4\n%%EOF');

function ofSize(start: Buffer, size: number): Buffer {
  return Buffer.concat([start, Buffer.alloc(size - start.length)]);
}

async function* chunks(total: number, start: Buffer) {
  yield start;
  for (let sent = start.length; sent < total; sent += MB)
    yield Buffer.alloc(Math.min(MB, total - sent));
}

describe('uploadMedia', () => {
  let sandbox: Sandbox;
  let web: Server;
  let site: string;
  let hits: string[];
  const routes: Record<string, [number, Record<string, string>, Buffer]> = {
    '/a.png': [200, { 'content-type': 'image/png' }, PNG],
    '/blob': [200, { 'content-type': 'application/octet-stream' }, PDF],
    '/login': [200, { 'content-type': 'text/html' }, Buffer.from('<html>')],
    '/moved': [302, { location: '/a.png' }, Buffer.alloc(0)],
    '/loop': [302, { location: '/loop' }, Buffer.alloc(0)],
    '/away': [302, { location: 'http://example.org/a' }, Buffer.alloc(0)],
    '/large': [
      200,
      { 'content-type': 'image/png', 'content-length': `${6 * MB}` },
      ofSize(PNG, 6 * MB),
    ],
  };

  before(async () => {
    sandbox = await startSandbox();
    web = createServer((request, response) => {
      const { authorization = '', 'x-login': login = '' } = request.headers;
      hits.push(`${request.url} ${authorization}${login}`);
      if (request.url === '/elsewhere')
        return response
          .writeHead(302, {
            location: `${site.replace('127.0.0.1', 'localhost')}/a.png`,
          })
          .end();
      const [status, headers, body] = routes[request.url!] ?? [404, {}, PDF];
      response.writeHead(status, headers).end(body);
    });
    await new Promise<void>(done => web.listen(0, done));
    site = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  });
  after(async () => {
    web.close();
    await sandbox.close();
  });
  beforeEach(() => {
    hits = [];
    sandbox.reset();
    skipWaits();
  });

  const upload = (file: any, options = {}) =>
    uploadMedia(file, options)({ configuration: sandbox.credential });

  const sources: [string, () => unknown, string, Buffer][] = [
    ['base64', () => PDF.toString('base64'), 'application/pdf', PDF],
    [
      'base64 with line breaks',
      () => JPEG.toString('base64').replace(/.{20}/g, '$&\n'),
      'image/jpeg',
      JPEG,
    ],
    ['base64url', () => PNG.toString('base64url'), 'image/png', PNG],
    [
      'a data URI',
      () => `data:image/png;base64,${PNG.toString('base64')}`,
      'image/png',
      PNG,
    ],
    [
      'a data URI of text',
      () => 'data:text/plain,Hello%20you',
      'text/plain',
      Buffer.from('Hello you'),
    ],
    ['a Buffer', () => PNG, 'image/png', PNG],
    [
      'a stream',
      () => Readable.from([PNG.subarray(0, 5), PNG.subarray(5)]),
      'image/png',
      PNG,
    ],
    [
      'plain text',
      () => Buffer.from('Habari, dozi ni 2×.'),
      'text/plain',
      Buffer.from('Habari, dozi ni 2×.'),
    ],
    ['an address', () => `${site}/a.png`, 'image/png', PNG],
    ['an address that moved', () => `${site}/moved`, 'image/png', PNG],
    [
      'an address that does not tell the type',
      () => `${site}/blob`,
      'application/pdf',
      PDF,
    ],
  ];
  for (const [what, file, type, content] of sources)
    it(`accepts ${what} and detects its type`, async () => {
      const { data } = await upload(file());
      const [stored] = sandbox.files;
      expect(data).to.eql({ id: stored.id });
      expect(stored.mime_type).to.equal(type);
      expect(stored.content.equals(content)).to.be.true;
    });

  it('sends the filename and type from the options', async () => {
    await upload(PDF, { filename: 'lab "1".pdf', type: 'application/pdf' });
    expect(sandbox.files[0]).to.include({ mime_type: 'application/pdf' });
    expect(sandbox.files[0].filename).to.match(/^lab .*1.*\.pdf$/);
  });

  it('detects old Office files by their file name', async () => {
    const old = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(600),
    ]);
    await upload(old, { filename: 'list.xls' });
    expect(sandbox.files[0].mime_type).to.equal('application/vnd.ms-excel');
  });

  it('sends Opus as audio/ogg; codecs=opus', async () => {
    await upload(Buffer.from('OggS'), { type: 'audio/opus' });
    expect(sandbox.files[0].mime_type).to.equal('audio/ogg; codecs=opus');
  });

  it('accepts bytes from a job, which runs in another realm', async () => {
    const bytes: Uint8Array = runInNewContext(
      'new Uint8Array([37, 80, 68, 70, 45])',
    );
    await upload(bytes);
    expect(sandbox.files.at(-1)!.mime_type).to.equal('application/pdf');
  });

  const contradictions: [
    what: string,
    content: Buffer,
    type: string,
    ...words: string[],
  ][] = [
    ['a png as a jpeg', PNG, 'image/jpeg', 'image/png', 'image/jpeg'],
    [
      'a login page as a pdf',
      Buffer.from('<!DOCTYPE html><html></html>'),
      'application/pdf',
      'text/html',
      'web page',
    ],
    [
      'an answer of an API as a pdf',
      Buffer.from('{"error": 1}'),
      'application/pdf',
      'application/json',
    ],
    [
      'noise as a pdf',
      Buffer.from([1, 2, 3, 0, 5, 6, 7, 8]),
      'application/pdf',
      'its content is not',
    ],
  ];
  for (const [what, content, type, ...words] of contradictions)
    it(`rejects ${what}`, async () => {
      const error = await errorOf(() => upload(content, { type }));
      expect(error.code).to.equal('INVALID_MEDIA');
      for (const word of words)
        expect(`${error.message} ${error.fix}`).to.contain(word);
      expect(sandbox.files).to.have.length(0);
    });

  it('keeps the codec of a data URI', async () => {
    const opus = `data:audio/ogg; codecs=opus;base64,${Buffer.from('OggS').toString('base64')}`;
    await upload(opus);
    expect(sandbox.files.at(-1)!.mime_type).to.equal('audio/ogg; codecs=opus');
  });

  it('takes the file name from the server or the URL', async () => {
    await upload(`${site}/a.png`);
    expect(sandbox.files.at(-1)!.filename).to.equal('a.png');
  });

  it('warns about a login without a value', async () => {
    const log = captureLog();
    await upload(`${site}/a.png`, { headers: { 'x-login': `${undefined}` } });
    log.stop();
    expect(log.lines.join()).to.contain('headers.x-login has no value');
  });

  it('sends headers to the file server, but not after a redirect to another host', async () => {
    await upload(`${site}/a.png`, { headers: { 'x-login': 'secret' } });
    expect(hits.at(-1)).to.contain('secret');
    await upload(`${site}/elsewhere`, { headers: { 'x-login': 'secret' } });
    expect(hits.at(-2)).to.contain('secret');
    expect(hits.at(-1)).not.to.contain('secret');
  });

  it('never sends the token to the file server', async () => {
    await upload(`${site}/moved`);
    expect(hits).to.eql(['/moved ', '/a.png ']);
  });

  it('retries after a broken connection and fetches the URL again', async () => {
    sandbox.fault({ path: 'media', reset: 'after' });
    await upload(`${site}/a.png`);
    expect(hits).to.have.length(2);
    expect(sandbox.files.at(-1)!.content.equals(PNG)).to.be.true;
  });

  it('uploads a stream only once', async () => {
    sandbox.fault({ path: 'media', code: 131016 });
    const error = await errorOf(() => upload(Readable.from([PNG])));
    expect(error.code).to.equal(131016);
    expect(sandbox.requests).to.have.length(1);
  });

  it('accepts an image of 5 × 2^20 bytes, but not one byte more', async () => {
    await upload(ofSize(PNG, 5 * MB));
    const error = await errorOf(() => upload(ofSize(PNG, 5 * MB + 1)));
    expect(error.code).to.equal('INVALID_MEDIA');
    expect(error.message).to.contain('5 MB');
    expect(sandbox.files).to.have.length(1);
  });

  it('aborts a stream that exceeds the limit of its media type', async () => {
    const error = await errorOf(() =>
      upload(Readable.from(chunks(8 * MB, PNG))),
    );
    expect(error.code).to.equal('INVALID_MEDIA');
    expect(error.message).to.contain('image').and.contain('5 MB');
    expect(sandbox.files).to.have.length(0);
  });

  it('uploads a document of 20 MB', async () => {
    await upload(Readable.from(chunks(20 * MB, PDF)));
    expect(sandbox.files[0].content).to.have.length(20 * MB);
  });

  const refusals: [string, () => unknown, string?][] = [
    ['nothing', () => undefined],
    ['an empty text', () => ''],
    ['no bytes', () => Buffer.alloc(0)],
    ['an object', () => ({ path: 'a' })],
    ['a path', () => '/tmp/report.pdf', 'path'],
    ['a path without an ending', () => '/etc/passwd', 'path'],
    ['a relative path', () => './report.pdf', 'path'],
    ['a path of Windows', () => 'C:\\report.pdf', 'path'],
    ['the name of a file', () => 'report.pdf', 'path'],
    ['a file:// address', () => 'file:///etc/passwd', 'path'],
    ['an address without https', () => 'http://example.org/a.png', 'https'],
    [
      'an address that leads to one without https',
      () => `${site}/away`,
      'https',
    ],
    ['an address that is not there', () => `${site}/none`, '404'],
    ['an address that leads in a circle', () => `${site}/loop`, 'redirects'],
    ['a web page', () => `${site}/login`, 'text/html'],
    ['an image of 6 MB', () => ofSize(PNG, 6 * MB), '6 MB'],
    ['an address with an image of 6 MB', () => `${site}/large`, '5 MB'],
    ['bytes of no known type', () => Buffer.from([0, 1, 2, 3]), 'type'],
    ['a GIF', () => Buffer.from('GIF89a\x01\x00\x01\x00'), 'image/gif'],
    ['base64 that was cut off', () => 'iVBORw0KG', 'cut off'],
    ['a word in place of a file', () => 'Pending', 'is the word "Pending"'],
    ['nothing available', () => 'N/A', 'is the word "N/A"'],
    ['a text that is not base64', () => 'Hello, you!', 'base64'],
    ['a data URI without data', () => 'data:image/png', 'data URI'],
  ];
  for (const [what, file, word = ''] of refusals)
    it(`rejects ${what} and sends nothing`, async () => {
      const error = await errorOf(() => upload(file()));
      expect(error.code).to.equal('INVALID_MEDIA');
      expect(`${error.message} ${error.fix}`).to.contain(word);
      expect(sandbox.requests).to.have.length(0);
    });
});

describe('uploadMedia with a hostile type', () => {
  const types = [
    'application/x\r\nX-Evil: 1',
    'application/x\nX-Evil: 1',
    'application/pdf; a="\r\nX-Evil: 1"',
    'pdf',
    'a/b/c',
  ];
  for (const type of types)
    it(`refuses ${JSON.stringify(type)}, as an option and in a data URI`, async () => {
      const state = () => ({ configuration: { ...configuration }, data: {} });
      const upload = (file: any, options: object = {}) =>
        errorOf(() => uploadMedia(file, options)(state()));
      const pdf = Buffer.from('%PDF-1.4');
      expect((await upload(pdf, { type })).code).to.equal('INVALID_MEDIA');
      const uri = `data:${type};base64,${pdf.toString('base64')}`;
      expect((await upload(uri)).code).to.equal('INVALID_MEDIA');
    });

  it('refuses a data URI with a broken % code', async () => {
    const error = await errorOf(() =>
      uploadMedia('data:text/plain,%E0%A4%A')({ configuration, data: {} }),
    );
    expect(error.code).to.equal('INVALID_MEDIA');
    expect(error.message).to.contain('%');
  });
});
