import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

type Handle = (
  request: IncomingMessage & { text: string },
  response: ServerResponse,
  count: number,
) => void;

/** A server that does whatever a test says, and counts what arrives. */
export async function rawServer(handle: Handle) {
  const requests: {
    method: string;
    url: string;
    text: string;
    headers: IncomingMessage['headers'];
  }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const text = Buffer.concat(chunks).toString('latin1');
      requests.push({ method, url, text, headers });
      response.on('error', () => undefined);
      handle(Object.assign(request, { text }), response, requests.length);
    });
  });
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    server,
    port,
    origin,
    requests,
    cloud: {
      baseUrl: `${origin}/v25.0`,
      apiToken: 'EAAtoken0123456789',
      phoneNumberId: '123456',
      wabaId: '987654',
    },
    onPremise: {
      baseUrl: `${origin}/v1`,
      username: 'openfn',
      password: 'S3cret!password',
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise(done => server.close(done));
    },
  };
}

export const json = (
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers = {},
) => {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...headers,
  });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};

export const accepted = (count = 1) => ({
  messaging_product: 'whatsapp',
  contacts: [{ input: '+254712345678', wa_id: '254712345678' }],
  messages: [{ id: `wamid.${count}` }],
});
