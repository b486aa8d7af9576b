import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { openUrl } from '../../src/util/web-file';
import { errorOf } from '../support/errors';
import { mockApi, mockHost } from '../support/fixtures';
import { rawServer } from '../support/raw-server';

const check = (address: string) => new URL(address);
const open = (address: string, more = {}) =>
  openUrl(address, { check, timeout: 200, ...more });

async function textOf(address: string, more = {}): Promise<string> {
  const { stream } = await open(address, more);
  return Buffer.concat(await stream.toArray()).toString();
}

describe('files from URLs', () => {
  it('are read from localhost only if the URL is in the job', async () => {
    const server = await rawServer((_request, response) =>
      response.end('secret'),
    );
    expect(await textOf(`${server.origin}/a.pdf`)).to.equal('secret');
    await server.close();
  });

  const inside = [
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://LOCALHOST:PORT/',
    'http://localhost.:PORT/',
    'http://127.1:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://0.0.0.0:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'https://169.254.169.254/latest/meta-data',
    'https://[fe80::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://2852039166/',
    'https://0xa9fea9fe/',
    'https://10.0.0.5/',
    'https://192.168.1.1/',
    'https://[fd00::1]/',
  ];
  for (const address of inside)
    it(`are not read from ${address} after a redirect`, async () => {
      let connections = 0;
      const server = createServer((_request, response) =>
        response.end('secret'),
      );
      server.on('connection', () => connections++);
      await new Promise<void>(done => server.listen(0, done));
      const { port } = server.address() as { port: number };
      mockApi();
      mockHost('files.example.org')
        .intercept({ path: '/a.pdf' })
        .reply(302, '', {
          headers: { location: address.replace('PORT', String(port)) },
        });
      const error = await errorOf(() =>
        open('https://files.example.org/a.pdf'),
      );
      expect(error.code).to.equal('INVALID_MEDIA');
      expect(connections).to.equal(0);
      server.close();
    });

  for (const name of ['localhost', 'localtest.invalid'])
    it(`are not read from the host ${name} unless it is in the job`, async () => {
      const error = await errorOf(() => open(`https://${name}.:9/`));
      expect(error.code).to.equal('INVALID_MEDIA');
    });

  it('are requested uncompressed, and rejected if they are compressed', async () => {
    const server = await rawServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync('%PDF-1.4'));
    });
    const error = await errorOf(() => open(`${server.origin}/a.pdf`));
    expect(error.message + error.details).to.contain('gzip');
    expect(server.requests[0].headers['accept-encoding']).to.equal('identity');
    await server.close();
  });

  for (const status of [201, 204, 206, 304, 404, 500])
    it(`are rejected for HTTP ${status}`, async () => {
      const server = await rawServer((_request, response) => {
        response.writeHead(status);
        response.end();
      });
      const error = await errorOf(() => open(`${server.origin}/a.pdf`));
      expect(error.details).to.contain(String(status));
      await server.close();
    });

  it('time out if data arrives too slowly', async () => {
    const server = await rawServer((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    const startedAt = Date.now();
    const error = await errorOf(() => textOf(`${server.origin}/a.pdf`));
    expect(error.code).to.equal('TIMEOUT');
    expect(Date.now() - startedAt).to.be.below(1500);
    await server.close();
  });

  it('time out if no response arrives', async () => {
    const server = await rawServer(() => undefined);
    const error = await errorOf(() => open(`${server.origin}/a.pdf`));
    expect(error.code).to.equal('INVALID_MEDIA');
    expect(error.details).to.equal('TIMEOUT');
    await server.close();
  });

  it('are rejected after five redirects', async () => {
    const server = await rawServer((_request, response, count) => {
      response.writeHead(302, { location: `/${count}` });
      response.end();
    });
    const error = await errorOf(() => open(`${server.origin}/a.pdf`));
    expect(error.details).to.equal('too many redirects');
    expect(server.requests).to.have.length(6);
    await server.close();
  });

  it('are rejected after a redirect to an invalid URL', async () => {
    const server = await rawServer((_request, response) => {
      response.writeHead(302, { location: 'http://[' });
      response.end();
    });
    const error = await errorOf(() => open(`${server.origin}/a.pdf`));
    expect(error.code).to.equal('INVALID_MEDIA');
    await server.close();
  });
});
