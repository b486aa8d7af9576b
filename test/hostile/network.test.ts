import { spawn } from 'node:child_process';
import { createServer as createHttps } from 'node:https';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { expect } from 'chai';
import _ from 'lodash';
import selfsigned from 'selfsigned';
import { startSandbox } from '../../sandbox/server';
import { sendBulk, sendMessage } from '../support/adaptor';
import { errorOf } from '../support/errors';
import { skipWaits } from '../support/fixtures';
import { accepted } from '../support/raw-server';

const listen = (server: Server | ReturnType<typeof createHttps>) =>
  new Promise<number>(done =>
    server.listen(0, '127.0.0.1', () =>
      done((server.address() as AddressInfo).port),
    ),
  );

/** A proxy that opens tunnels to this machine, whatever name is asked for. */
function tunnelTo(port: () => number) {
  const asked: { url: string; auth?: string }[] = [];
  const sockets = new Set<Socket>();
  const proxy = createServer((_request, response) => response.end());
  proxy.on('connect', (request, socket: Socket) => {
    asked.push({
      url: request.url ?? '',
      auth: request.headers['proxy-authorization'],
    });
    sockets.add(socket);
    const target = connect(port(), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(socket);
      socket.pipe(target);
    });
    target.on('error', () => socket.destroy());
    socket.on('error', () => target.destroy());
    socket.on('close', () => target.destroy());
  });
  return { proxy, asked, sockets };
}

describe('networks as they are', () => {
  const HOST = 'whatsapp.example.org';
  let certificate: { private: string; cert: string };
  let deliveries = 0;
  let server: ReturnType<typeof createHttps>;
  let port: number;
  const { env } = process;
  const saved = _.pick(env, 'HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY');

  before(async () => {
    certificate = selfsigned.generate([{ name: 'commonName', value: HOST }], {
      keySize: 2048,
      extensions: [
        { name: 'subjectAltName', altNames: [{ type: 2, value: HOST }] },
      ],
    });
    server = createHttps(
      { key: certificate.private, cert: certificate.cert },
      (request, response) => {
        request.resume();
        request.on('end', () => {
          deliveries++;
          response.setHeader('content-type', 'application/json');
          response.end(JSON.stringify(accepted(deliveries)));
        });
      },
    );
    port = await listen(server);
  });
  after(() => server.close());
  beforeEach(() => {
    deliveries = 0;
    skipWaits();
  });
  afterEach(() => {
    for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'])
      delete env[name];
    Object.assign(env, saved);
  });

  const state = (more: object = {}) => ({
    configuration: {
      baseUrl: `https://${HOST}:8443/v25.0`,
      apiToken: 'EAAtoken0123456789',
      phoneNumberId: '123456',
      ca: certificate.cert,
      ...more,
    },
    data: {},
  });
  const send = (more = {}) => sendMessage('+254712345678', 'Hi')(state(more));

  it('are reached through the proxy of the environment, with its user', async () => {
    const { proxy, asked, sockets } = tunnelTo(() => port);
    const proxyPort = await listen(proxy);
    env.HTTPS_PROXY = `http://clinic:s3cret@127.0.0.1:${proxyPort}`;
    const { data, response } = await send();
    expect(data.messages[0].id).to.equal('wamid.1');
    expect(deliveries).to.equal(1);
    expect(asked[0].url).to.equal(`${HOST}:8443`);
    expect(asked[0].auth).to.equal(
      `Basic ${Buffer.from('clinic:s3cret').toString('base64')}`,
    );
    expect(JSON.stringify(response)).not.to.contain('s3cret');
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });

  it('trust a ca whose line breaks were lost, also through a proxy', async () => {
    const { proxy, sockets } = tunnelTo(() => port);
    env.HTTPS_PROXY = `http://127.0.0.1:${await listen(proxy)}`;
    await send({ ca: certificate.cert.replace(/\r?\n/g, ' ') });
    expect(deliveries).to.equal(1);
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });

  it('refuse a certificate of nobody, and send nothing', async () => {
    const { proxy, sockets } = tunnelTo(() => port);
    env.HTTPS_PROXY = `http://127.0.0.1:${await listen(proxy)}`;
    const error = await errorOf(() => send({ ca: undefined }));
    expect(error.code).to.equal('CERTIFICATE_NOT_TRUSTED');
    expect(deliveries).to.equal(0);
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });

  it('are reached without the proxy for hosts of NO_PROXY', async () => {
    const { proxy, asked } = tunnelTo(() => port);
    env.HTTPS_PROXY = `http://127.0.0.1:${await listen(proxy)}`;
    env.NO_PROXY = HOST;
    const error = await errorOf(() => send());
    expect(error.code).to.equal('CONNECTION_FAILED');
    expect(asked).to.eql([]);
    proxy.close();
  });

  it('use no proxy for this machine', async () => {
    const sandbox = await startSandbox();
    const { proxy, asked } = tunnelTo(() => port);
    const address = `http://127.0.0.1:${await listen(proxy)}`;
    Object.assign(env, { HTTPS_PROXY: address, HTTP_PROXY: address });
    await sendMessage(
      '+254712345678',
      'Hi',
    )({
      configuration: sandbox.credential,
    });
    expect(sandbox.deliveries).to.have.length(1);
    expect(asked).to.eql([]);
    proxy.close();
    await sandbox.close();
  });

  it('have sent nothing if the proxy refuses the tunnel', async () => {
    const proxy = createServer();
    proxy.on('connect', (_request, socket) => {
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    env.HTTPS_PROXY = `http://clinic:s3cret@127.0.0.1:${await listen(proxy)}`;
    const error = await errorOf(() => send());
    expect(error.code).to.equal('CONNECTION_FAILED');
    expect(error.message).to.contain('nothing was sent');
    expect(JSON.stringify(error)).not.to.contain('s3cret');
    proxy.close();
  });

  it('have sent nothing if the proxy never answers', async () => {
    const proxy = createServer();
    const sockets = new Set<Socket>();
    proxy.on('connect', (_request, socket: Socket) => sockets.add(socket));
    env.HTTPS_PROXY = `http://127.0.0.1:${await listen(proxy)}`;
    const list = sendBulk(
      [{ phone: '+254712345678' }],
      { to: (s: any) => s.data.phone, text: 'Hi' },
      { timeLimit: 0.5 },
    );
    const error = await errorOf(() => list(state()));
    expect(error.code).to.equal('NOTHING_ACCEPTED');
    expect(error.message).to.contain('1 unsent');
    expect(deliveries).to.equal(0);
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });

  it('may lose a run in the middle of a list: nobody has got a message twice', async () => {
    const sandbox = await startSandbox();
    const job = `
      import adaptor from './dist/index.cjs';
      const people = Array.from({ length: 400 }, (_, i) => ({ phone: '+2547' + String(i).padStart(8, '0') }));
      await adaptor.sendBulk(people, { to: s => s.data.phone, text: 'Hi' }, { rate: 200 })({
        configuration: ${JSON.stringify(sandbox.credential)}, data: {},
      });`;
    const run = spawn(process.execPath, ['--input-type=module', '-e', job], {
      stdio: 'ignore',
    });
    const exit = new Promise(done => run.once('exit', done));
    while (sandbox.deliveries.length < 60)
      await new Promise(done => setTimeout(done, 10));
    run.kill('SIGKILL');
    await exit;
    const served = _.map(sandbox.deliveries, 'to');
    expect(served.length).to.be.within(60, 399);
    expect(_.uniq(served)).to.have.length(served.length);
    await sandbox.close();
  });
});
