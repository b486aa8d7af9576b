import { expect } from 'chai';
import { deleteMedia, downloadMedia, getMedia, uploadMedia } from '../../src';
import { errorOf } from '../support/errors';
import { configuration, mockApi, mockHost, TOKEN } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';

const MB = 2 ** 20;
const ID = '9000000000000001';
const CONTENT = Buffer.from('Habari ×');

describe('media', () => {
  const sandbox = useSandbox();
  const state = (data: unknown = {}) => ({
    configuration: sandbox.credential,
    data,
  });
  const download = (media: any, options = {}) =>
    downloadMedia(media, options)(state());

  beforeEach(() => {
    sandbox.addFile(ID, 'text/plain', CONTENT);
  });

  it('is described by getMedia', async () => {
    const { data } = await getMedia(ID)(state());
    expect(data).to.include({ id: ID, mime_type: 'text/plain', file_size: 9 });
    expect(data.url).to.contain('/attachments/');
  });

  it('is downloaded as base64, as text and as a stream', async () => {
    const { data } = await download(ID);
    expect(data).to.eql({
      id: ID,
      mimeType: 'text/plain',
      fileSize: 9,
      sha256: sandbox.files[0].sha256,
      content: CONTENT.toString('base64'),
    });
    const text = await download(ID, { as: 'text' });
    expect(text.data.content).to.equal('Habari ×');
    const stream = await download(ID, { as: 'stream' });
    expect(Buffer.concat(await stream.data.content.toArray())).to.eql(CONTENT);
  });

  it('is downloaded by a row from parseWebhook() and verified against it', async () => {
    const sha256 = Buffer.from(sandbox.files[0].sha256, 'hex').toString(
      'base64',
    );
    const media = { id: ID, sha256, filename: 'a.txt' };
    for (const row of [media, { id: 'wamid.1', media, content: {} }]) {
      const { data } = await download(row);
      expect(data).to.include({ id: ID, filename: 'a.txt' });
    }
  });

  it("is rejected if the SHA-256 hash doesn't match", async () => {
    const media = { id: ID, sha256: Buffer.alloc(32).toString('base64') };
    const error = await errorOf(() => download(media));
    expect(error.code).to.equal('INVALID_MEDIA');
    expect(error.message).to.contain('SHA-256');
    const { data } = await download(media, { as: 'stream' });
    const late = await errorOf(() => data.content.toArray());
    expect(late.code).to.equal('INVALID_MEDIA');
  });

  it('is rejected before the download if it is too large', async () => {
    sandbox.addFile(ID, 'application/pdf', Buffer.alloc(26 * MB, 'a'));
    const error = await errorOf(() => download(ID));
    expect(error.code).to.equal('INVALID_MEDIA');
    expect(error.message).to.contain('maxBytes').and.contain('26,214,400');
    expect(sandbox.requests).to.have.length(1);
  });

  it('is downloaded up to the option maxBytes', async () => {
    sandbox.addFile(ID, 'application/pdf', Buffer.alloc(26 * MB, 'a'));
    const { data } = await download(ID, { maxBytes: 30 * MB });
    expect(data.fileSize).to.equal(26 * MB);
  });

  it('is cut off when it exceeds maxBytes', async () => {
    const api = mockApi();
    for (const as of ['base64', 'stream']) {
      const url = 'https://lookaside.fbsbx.com/whatsapp_business/1';
      api
        .intercept({ path: '/v25.0/1?phone_number_id=123456789012345' })
        .reply(200, { url, file_size: 3 });
      mockHost('lookaside.fbsbx.com')
        .intercept({ path: '/whatsapp_business/1' })
        .reply(200, 'much more');
      const error = await errorOf(async () => {
        const { data } = await downloadMedia('1', {
          as: as as any,
          maxBytes: 5,
        })({
          configuration,
        });
        await data.content.toArray();
      });
      expect(error.code).to.equal('INVALID_MEDIA');
    }
  });

  it('is downloaded from a new URL when the old one has expired', async () => {
    sandbox.fault({ path: '/attachments/', status: 404, body: '<html>' });
    const { data } = await download(ID);
    expect(data.content).to.equal(CONTENT.toString('base64'));
    expect(sandbox.requests).to.have.length(4);
  });

  it('throws "Media not found" when it has expired', async () => {
    sandbox.fault({
      path: '/attachments/',
      status: 404,
      body: '<html>',
      times: 9,
    });
    const error = await errorOf(() => download(ID));
    expect(error.description).to.contain('expired');
    expect(error.fix).to.contain('7 days');
  });

  it('throws if the response is a web page instead', async () => {
    for (const as of ['base64', 'stream']) {
      sandbox.fault({
        path: '/attachments/',
        status: 200,
        body: '<html>login',
      });
      const error = await errorOf(() => download(ID, { as }));
      expect(error.code).to.equal('UNEXPECTED_ANSWER');
      expect(error.message).to.contain('web page');
    }
  });

  describe('that is missing', () => {
    const refusal = {
      error: {
        code: 100,
        error_subcode: 33,
        message: 'Unsupported get request',
      },
    };
    const gone: [what: string, fault: any][] = [
      [
        "is not known by Meta's answer",
        { path: ID, status: 400, body: JSON.stringify(refusal) },
      ],
      [
        'has no address any more',
        { path: ID, status: 200, body: JSON.stringify({ id: ID }) },
      ],
      [
        'has no address but a number',
        { path: ID, status: 200, body: JSON.stringify({ id: ID, url: 5 }) },
      ],
      [
        'has an address that is a path',
        {
          path: ID,
          status: 200,
          body: JSON.stringify({ id: ID, url: `/${ID}` }),
        },
      ],
      ['has an empty answer', { path: ID, status: 200, body: '' }],
      [
        'is refused with a page by the server of files',
        { path: '/attachments/', status: 401, body: '<html>' },
      ],
      [
        'is refused with an error by the server of files',
        {
          path: '/attachments/',
          status: 403,
          body: JSON.stringify({ error: { code: 100, message: 'x' } }),
        },
      ],
      [
        'is gone from the server of files',
        { path: '/attachments/', status: 410, body: '' },
      ],
    ];
    for (const [what, fault] of gone)
      it(`throws an error with the 7-day limit if it ${what}`, async () => {
        for (const as of ['base64', 'stream']) {
          sandbox.reset();
          sandbox.addFile(ID, 'text/plain', CONTENT);
          sandbox.fault({
            times: 9,
            headers: { 'content-type': 'application/json' },
            ...fault,
          });
          const error = await errorOf(() => download(ID, { as }));
          expect(error.message).to.contain('Media not found');
          expect(error.fix).to.contain('7 days');
        }
      });

    it('is requested again once with a new URL', async () => {
      sandbox.fault({ path: '/attachments/', status: 403, body: '<html>' });
      expect((await download(ID)).data.fileSize).to.equal(9);
    });
  });

  it('throws if the response is an error instead', async () => {
    sandbox.fault({
      path: '/attachments/',
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"error":{}}',
    });
    const error = await errorOf(() => download(ID));
    expect(error.message).to.contain('instead of the file');
  });

  it('is a web page if a web page was sent', async () => {
    sandbox.files[0].mime_type = 'text/html';
    expect((await download(ID)).data.mimeType).to.equal('text/html');
  });

  it('throws if the file is incomplete', async () => {
    sandbox.files[0].sha256 = undefined as any;
    sandbox.fault({
      path: '/attachments/',
      status: 200,
      headers: { 'content-type': 'text/plain' },
      body: 'Hab',
    });
    const error = await errorOf(() => download(ID));
    expect(error.message).to.contain('3 of 9 bytes');
  });

  it('is downloaded by an event with a call recording', async () => {
    const event = { field: 'calls', value: {}, media: { id: ID } };
    expect((await download(event)).data.id).to.equal(ID);
    const error = await errorOf(() => download({ field: 'calls', value: {} }));
    expect(error.message).to.contain('(calls) has no file');
  });

  it('is downloaded completely after a broken connection', async () => {
    sandbox.fault({ path: '/attachments/', reset: 'before' });
    const { data } = await download(ID);
    expect(data.content).to.equal(CONTENT.toString('base64'));
  });

  it('is streamed from a download to an upload', async () => {
    const { data } = await download(ID, { as: 'stream' });
    const next = await uploadMedia(data.content, { type: data.mimeType })(
      state(),
    );
    const stored = sandbox.files.find(({ id }) => id === next.data.id)!;
    expect(stored.content).to.eql(CONTENT);
  });

  describe('token', () => {
    const locate = (url: string) =>
      mockApi()
        .intercept({ path: '/v25.0/1?phone_number_id=123456789012345' })
        .reply(200, { url })
        .times(2);

    it("is sent to Meta's hosts", async () => {
      for (const host of [
        'lookaside.fbsbx.com',
        'mmg.whatsapp.net',
        'scontent.facebook.com',
      ]) {
        locate(`https://${host}/a`);
        mockHost(host)
          .intercept({
            path: '/a',
            headers: {
              authorization: `Bearer ${TOKEN}`,
              'user-agent': /^curl/,
            } as any,
          })
          .reply(200, 'abc');
        const { data } = await downloadMedia('1', { as: 'text' })({
          configuration,
        });
        expect(data.content).to.equal('abc');
      }
    });

    for (const url of [
      'https://evil.org/a',
      'http://lookaside.fbsbx.com/a',
      'https://fbsbx.com.evil.org/a',
      'https://evilfbsbx.com/a',
      'https://lookaside.fbsbx.com:8443/a',
      'https://lookaside.fbsbx.com@evil.org/a',
    ])
      it(`is not sent to ${url}`, async () => {
        locate(url);
        const error = await errorOf(() =>
          downloadMedia('1')({ configuration }),
        );
        expect(error.code).to.equal('INVALID_REQUEST');
      });

    it('is not sent after a redirect', async () => {
      locate('https://lookaside.fbsbx.com/a');
      mockHost('lookaside.fbsbx.com')
        .intercept({ path: '/a' })
        .reply(302, '', { headers: { location: 'https://evil.org' } });
      const error = await errorOf(() => downloadMedia('1')({ configuration }));
      expect(error.details).to.contain('evil.org');
    });
  });

  it('is deleted', async () => {
    expect((await deleteMedia(ID)(state())).data).to.eql({ success: true });
    const error = await errorOf(() => deleteMedia(ID)(state()));
    expect(error).to.include({ code: 100, subcode: 33 });
  });

  const wrong: [string, unknown][] = [
    ['nothing', undefined],
    ['a number', 9000000000000001],
    ['a path', '../123'],
    ['a message without a file', { id: 'wamid.1', type: 'text', content: {} }],
    ['a row without an id', { mimeType: 'image/png' }],
  ];
  for (const [what, media] of wrong)
    it(`is rejected if it is ${what}`, async () => {
      const error = await errorOf(() => download(media));
      expect(error.code).to.equal('INVALID_MEDIA');
      expect(sandbox.requests).to.have.length(0);
    });
});
