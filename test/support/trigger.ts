import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a run of a webhook-triggered workflow starts with. */
export interface Start {
  data: any;
  request: { method?: string; path?: string; headers: object };
}

/** Stands for the webhook trigger of a workflow: it keeps what each run would start with. */
export async function startTrigger() {
  const runs: Start[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const { method, url: path, headers } = request;
    runs.push({ data: JSON.parse(body), request: { method, path, headers } });
    response.end();
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  return { url, runs, close: () => server.close() };
}
