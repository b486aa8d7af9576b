import { Readable } from 'node:stream';
import { expect } from 'chai';
import { get, post, request } from '../support/adaptor';
import { errorOf } from '../support/errors';
import { json, rawServer } from '../support/raw-server';

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);

interface Part {
  headers: string;
  content: string;
}

/** The parts of a multipart body, in order. */
function partsOf(body: string, type = ''): Part[] {
  const [, boundary] = /boundary=(.+)$/.exec(type)!;
  return body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map(part => {
      const [headers, ...content] = part.trim().split('\r\n\r\n');
      return { headers, content: content.join('\r\n\r\n') };
    });
}

describe('the option form', () => {
  let server: Awaited<ReturnType<typeof rawServer>>;
  let parts: Part[];
  let requests = 0;
  before(async () => {
    server = await rawServer(({ headers, text }, response) => {
      requests++;
      parts = partsOf(text, headers['content-type']);
      json(response, { success: true });
    });
  });
  after(() => server.close());
  beforeEach(() => {
    requests = 0;
  });
  const state = (data = {}) => ({ configuration: server.cloud, data });
  const send = (form: unknown, options = {}) =>
    post('/77/assets', null, { form, ...options })(state());

  for (const type of [
    'text/csv',
    'application/csv',
    'application/x-ndjson',
    'application/javascript',
    'application/yaml',
    'image/svg+xml',
  ])
    it(`sends a text file as it is: ${type}`, async () => {
      // It is valid base64, too.
      await send({ file: { content: 'abcd', type } });
      expect(parts[0].content).to.equal('abcd');
    });

  it('sends texts and a file, in the order of the fields', async () => {
    const file = {
      content: JSON.stringify({ version: '7.3' }),
      filename: 'flow.json',
      type: 'application/json',
    };
    const { data } = await send({ name: 'flow.json', dry: true, n: 5, file });
    expect(data).to.eql({ success: true });
    expect(parts.map(({ content }) => content)).to.eql([
      'flow.json',
      'true',
      '5',
      '{"version":"7.3"}',
    ]);
    const [, , , { headers }] = parts;
    expect(headers).to.contain('name="file"; filename="flow.json"');
    expect(headers).to.contain('Content-Type: application/json');
  });

  const contents: [string, () => unknown][] = [
    ['base64', () => JPEG.toString('base64')],
    ['a data URI', () => `data:image/jpeg;base64,${JPEG.toString('base64')}`],
    ['a Buffer', () => JPEG],
    ['a stream', () => Readable.from([JPEG])],
  ];
  for (const [what, content] of contents)
    it(`sends a picture given as ${what}`, async () => {
      await send({
        profile_picture_file: {
          content: content(),
          filename: 'a.jpg',
          type: 'image/jpeg',
        },
      });
      expect(parts[0].content).to.equal(JPEG.toString('latin1'));
    });

  it('writes objects as JSON', async () => {
    await send({ webhook: { url: 'https://example.org' }, ids: ['a', 'b'] });
    expect(parts.map(({ content }) => content)).to.eql([
      '{"url":"https://example.org"}',
      '["a","b"]',
    ]);
  });

  it("keeps line breaks and quotes out of a part's headers", async () => {
    await send({
      file: {
        content: JPEG,
        filename: 'a"\r\nX-Evil: 1.jpg',
        type: 'image/jpeg',
      },
    });
    expect(parts[0].headers).not.to.match(/^X-Evil/m);
  });

  it('keeps its own content type, whatever the headers say', async () => {
    await send({ a: 'b' }, { headers: { 'Content-Type': 'application/json' } });
    expect(parts[0].content).to.equal('b');
  });

  it('resolves paths of the job in the form', async () => {
    await post('/77/assets', null, {
      form: { file: { content: (s: any) => s.data.json, type: 'text/plain' } },
    })(state({ json: 'Hello' }));
    expect(parts[0].content).to.equal('Hello');
  });

  const wrong: [string, () => any, string, RegExp][] = [
    [
      'a body beside a form',
      () => post('/1/a', { b: 1 }, { form: { a: '1' } }),
      'form',
      /either a body or a form/,
    ],
    [
      'a form in a GET request',
      () => get('/1/a', { form: { a: '1' } }),
      'form',
      /GET request can't have a form/,
    ],
    [
      'a FormData as body',
      () => post('/1/a', () => new FormData()),
      'body',
      /FormData, which JSON can't represent/,
    ],
    [
      'a FormData as form',
      () => post('/1/a', null, { form: () => new FormData() }),
      'form',
      /`form` must be an object/,
    ],
    [
      'an empty form',
      () => post('/1/a', null, { form: {} }),
      'form',
      /got an empty one/,
    ],
    [
      'a field without a value',
      () => post('/1/a', null, { form: { name: null } }),
      'form.name',
      /`form.name` is null/,
    ],
    [
      'a file without content',
      () => post('/1/a', null, { form: { file: { content: undefined } } }),
      'form.file.content',
      /`form.file.content` is undefined/,
    ],
    [
      'a path as content',
      () => post('/1/a', null, { form: { file: { content: './a.jpg' } } }),
      'form.file.content',
      /must be content, got a path/,
    ],
    [
      'an unknown field of a file',
      () =>
        post('/1/a', null, { form: { file: { content: 'YQ==', mime: 1 } } }),
      'form.file',
      /Unknown field in `form.file`: mime/,
    ],
    [
      'a Buffer that is not in a file',
      () => request('POST', '/1/a', null, { form: { file: JPEG } }),
      'form.file',
      /must be a string or a file/,
    ],
  ];
  for (const [what, operation, field, description] of wrong)
    it(`rejects ${what} before sending anything`, async () => {
      const error = await errorOf(() => operation()(state()));
      expect(error.field).to.match(new RegExp(`^${field}`));
      expect(error.description).to.match(description);
      expect(error.fix).to.be.a('string');
      expect(requests).to.equal(0);
    });
});
