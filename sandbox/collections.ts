import type { FastifyInstance, FastifyRequest } from 'fastify';

// The Collections that OpenFn gives to every run, for jobs on a laptop.

const PAGE = 1000;

/** The Collections that are there from the start. */
export const LISTS = {
  patients: {
    'p-1': { id: 'p-1', phone: '254712345678', text: 'Your visit: Monday.' },
    'p-2': { id: 'p-2', phone: '254712345679', text: 'Your visit: Tuesday.' },
  },
};

const matches = (pattern: string, key: string) =>
  new RegExp(
    `^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*')}$`,
  ).test(key);

/** Keys and values, in the order of their keys. */
export class Collections {
  readonly #all = new Map<string, Map<string, string>>();

  constructor(first: Record<string, Record<string, unknown>> = {}) {
    for (const [name, values] of Object.entries(first)) this.set(name, values);
  }

  itemsOf(name: string): Map<string, string> {
    const items = this.#all.get(name) ?? new Map<string, string>();
    this.#all.set(name, items);
    return items;
  }

  set(name: string, values: Record<string, unknown>) {
    const items = Object.entries(values).map(
      ([key, value]) => [key, JSON.stringify(value)] as const,
    );
    this.#all.set(name, new Map(items));
  }

  get(name: string): Record<string, any> {
    const items = [...this.itemsOf(name)];
    return Object.fromEntries(
      items.map(([key, value]) => [key, JSON.parse(value)]),
    );
  }

  clear() {
    this.#all.clear();
  }
}

function pageOf(items: Map<string, string>, query: Record<string, string>) {
  const { key: pattern = '*', cursor = 0, limit = PAGE } = query;
  const start = Number(cursor);
  const end = start + Number(limit);
  const found = [...items]
    .filter(([key]) => matches(pattern, key))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, value]) => ({ key, value }));
  return {
    items: found.slice(start, end),
    cursor: end < found.length ? String(end) : null,
  };
}

/** The routes of the service, below `/collections`. */
export function addCollections(
  app: FastifyInstance,
  collections: () => Collections,
) {
  type Named = FastifyRequest<any>;
  const itemsOf = ({ params }: Named) =>
    collections().itemsOf((params as { name: string }).name);

  app.get('/collections/:name', async (request: Named) =>
    pageOf(itemsOf(request), request.query as Record<string, string>),
  );

  app.get('/collections/:name/:key', async (request: Named, reply) => {
    const { key } = request.params as { key: string };
    const value = itemsOf(request).get(key);
    return value === undefined ? reply.code(204).send() : { key, value };
  });

  app.post('/collections/:name', async (request: Named) => {
    const { items } = request.body as {
      items: { key: string; value: string }[];
    };
    for (const { key, value } of items) itemsOf(request).set(key, value);
    return { upserted: items.length };
  });

  app.delete('/collections/:name/:key', async (request: Named) => {
    const { key } = request.params as { key: string };
    return { key, deleted: Number(itemsOf(request).delete(key)) };
  });
}
