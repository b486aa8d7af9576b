import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyReply } from 'fastify';

// The files of the page. It loads nothing from anywhere else.

const FOLDER = new URL('phone/', import.meta.url);
const PREACT = new URL(
  '../node_modules/htm/preact/standalone.module.js',
  import.meta.url,
);
const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

export const SAFE_HEADERS = {
  'content-security-policy':
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

function sendFile(reply: FastifyReply, url: URL) {
  const type = TYPES[url.pathname.split('.').pop()!];
  return reply
    .headers({ ...SAFE_HEADERS, 'content-type': type })
    .send(createReadStream(url));
}

export function addPage(app: FastifyInstance) {
  app.get('/', async (_request, reply) =>
    sendFile(reply, new URL('index.html', FOLDER)),
  );
  app.get('/favicon.ico', async (_request, reply) => reply.code(204).send());
  app.get('/_sandbox/page/:file', async (request, reply) => {
    const { file } = request.params as { file: string };
    if (file === 'preact.js') return sendFile(reply, PREACT);
    const url = new URL(file, FOLDER);
    const isOurs = /^[a-z-]+\.(js|css|svg)$/.test(file);
    if (!isOurs || !existsSync(fileURLToPath(url)))
      return reply.code(404).send({ error: `There is no file ${file}` });
    return sendFile(reply, url);
  });
}
