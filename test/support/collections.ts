import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Keys and values as Collections of OpenFn keep them: in the order of their keys. */
const collections = new Map<string, Map<string, string>>();
let server: Promise<Server> | undefined;

const matches = (pattern: string, key: string) =>
  new RegExp(
    `^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*')}$`,
  ).test(key);

function page(items: Map<string, string>, query: URLSearchParams) {
  const start = Number(query.get('cursor') ?? 0);
  const limit = Number(query.get('limit') ?? 1000);
  const found = [...items.entries()]
    .filter(([key]) => matches(query.get('key') ?? '*', key))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, value]) => ({ key, value }));
  const end = start + limit;
  return {
    items: found.slice(start, end),
    cursor: end < found.length ? String(end) : null,
  };
}

async function listen(): Promise<Server> {
  const listening = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://a');
    const [, , name, key] = pathname.split('/').map(decodeURIComponent);
    const items = collections.get(name) ?? new Map<string, string>();
    collections.set(name, items);
    const body = Buffer.concat(await request.toArray()).toString();
    response.setHeader('content-type', 'application/json');
    if (request.method === 'POST') {
      const rows = JSON.parse(body).items as { key: string; value: string }[];
      for (const row of rows) items.set(row.key, row.value);
      return response.end(JSON.stringify({ upserted: rows.length }));
    }
    if (!key) return response.end(JSON.stringify(page(items, searchParams)));
    if (!items.has(key)) return response.writeHead(204).end();
    response.end(JSON.stringify({ key, value: items.get(key) }));
  });
  await new Promise<void>(done => listening.listen(0, '127.0.0.1', done));
  listening.unref();
  return listening;
}

/** The Collections of a project, empty. One server serves all tests: the adaptor keeps its connection. */
export async function useCollections() {
  collections.clear();
  server ??= listen();
  const { port } = (await server).address() as AddressInfo;
  return {
    credential: {
      collections_endpoint: `http://127.0.0.1:${port}/collections`,
      collections_token: 'a token of OpenFn',
    },
    set(name: string, values: Record<string, unknown>) {
      const items = Object.entries(values).map(
        ([key, value]) => [key, JSON.stringify(value)] as const,
      );
      collections.set(name, new Map(items));
    },
    get: (name: string): Record<string, any> =>
      Object.fromEntries(
        [...(collections.get(name) ?? [])].map(([key, value]) => [
          key,
          JSON.parse(value),
        ]),
      ),
  };
}
