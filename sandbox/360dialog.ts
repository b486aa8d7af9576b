import type { IncomingMessage } from 'node:http';
import type { SandboxOptions } from './base';
import { startCloud } from './cloud';
import { CREDENTIAL, VERSION } from './graph';
import type { GraphError } from './graph-error';

const PREFIX = '/360dialog';
const API_KEY = 'd360sandbox0123456789';
const FILES = '/whatsapp_business/attachments/';
/** What is below the number in the Cloud API. */
const OF_NUMBER =
  /^\/(messages|media|whatsapp_business_profile|block_users)(\?|$)/;
const NO_TOKEN = [104, 190];

/** Where the Cloud API has what the gateway has without an id. */
function cloudPath(path: string): string {
  if (path.startsWith(FILES)) return path;
  const number = OF_NUMBER.test(path) ? `/${CREDENTIAL.phoneNumberId}` : '';
  return `/${VERSION}${number}${path}`;
}

/** Takes the gateway's key, and goes on with the token that the gateway has. */
function rewrite({ url = '/', headers }: IncomingMessage): string {
  if (!url.startsWith(`${PREFIX}/`)) return url;
  const isKnown = headers['d360-api-key'] === API_KEY;
  headers.authorization = `Bearer ${isKnown ? CREDENTIAL.apiToken : 'none'}`;
  return cloudPath(url.slice(PREFIX.length));
}

/** The gateway refuses a wrong key itself, in a form of its own; anything else Meta refuses. */
function refuse(error: GraphError) {
  if (!NO_TOKEN.includes(error.code))
    return { status: error.status, body: error.toJSON() as object };
  const meta = {
    success: false,
    http_code: 401,
    developer_message: 'Invalid api_key',
  };
  return { status: 401, body: { meta } };
}

/** A local gateway of 360dialog, in front of a local Cloud API. */
export async function startDialog360(options: SandboxOptions) {
  const credentialOf = (origin: string) => ({
    baseUrl: origin + PREFIX,
    apiToken: API_KEY,
  });
  const sandbox = await startCloud(options, {
    rewriteUrl: rewrite,
    refuse,
    secrets: [API_KEY, CREDENTIAL.apiToken, CREDENTIAL.appSecret],
    credentialOf,
  });
  const credential = credentialOf(sandbox.origin);
  return Object.defineProperties(
    { credential },
    {
      ...Object.getOwnPropertyDescriptors(sandbox),
      credential: { value: credential, enumerable: true },
    },
  ) as Omit<typeof sandbox, 'credential'> & { credential: typeof credential };
}
