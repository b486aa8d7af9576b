import type { FastifyInstance, FastifyRequest } from 'fastify';
import { badParameter, GraphError } from './graph-error';

// The controls start webhooks and faults: only this machine may use them, and
// no page of another site that is open in a browser.

const LOCAL = /^(127\.0\.0\.1|localhost|\[::1\])(?::(\d+))?$/;

const forbidden = (details: string) =>
  new GraphError(10, 'Not allowed', details, 403);

function checkCaller({ headers, socket }: FastifyRequest) {
  const { host = '', origin } = headers;
  const [, name, port] = LOCAL.exec(host) ?? [];
  if (!name || (port && Number(port) !== socket.localPort))
    throw forbidden(`The controls answer on 127.0.0.1 only, not on ${host}`);
  const isOwn =
    origin === undefined ||
    (URL.canParse(origin) && new URL(origin).host === host);
  if (!isOwn) throw forbidden('Another site must not use the controls');
}

/** Guards all that is below /_sandbox. */
export function guardControls(app: FastifyInstance) {
  app.addHook('onRequest', async request => {
    const path = request.url.split('?')[0];
    if (path === '/' || path.startsWith('/_sandbox')) checkCaller(request);
  });
}

/** The body of a control: a misspelt key would be swallowed. */
export function readControl(
  body: unknown,
  known: string[],
  what: string,
): Record<string, any> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badParameter(`${what} must be a JSON object`);
  const unknown = Object.keys(body).filter(key => !known.includes(key));
  if (unknown.length)
    throw badParameter(
      `${what} has keys that are not known: ${unknown.join(', ')}. Known: ${known.join(', ')}`,
    );
  return body;
}
