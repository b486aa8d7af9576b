import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { addCollections, Collections } from '../../sandbox/collections';

const collections = new Collections();
let server: Promise<FastifyInstance> | undefined;

async function listen(): Promise<FastifyInstance> {
  // An idle connection would keep the tests from ending.
  const app = fastify({
    keepAliveTimeout: 1000,
  }) as unknown as FastifyInstance;
  addCollections(app, () => collections);
  await app.listen({ port: 0, host: '127.0.0.1' });
  app.server.unref();
  return app;
}

/** The Collections of a project, empty. One server serves all tests: the adaptor keeps its connection. */
export async function useCollections() {
  collections.clear();
  server ??= listen();
  const { port } = (await server).server.address() as AddressInfo;
  return Object.assign(collections, {
    credential: {
      collections_endpoint: `http://127.0.0.1:${port}/collections`,
      collections_token: 'a token of OpenFn',
    },
  });
}
