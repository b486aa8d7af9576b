import { createHmac } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { idOf, type Base, type Request } from './base';
import type { Fault } from './faults';
import type { StoredFlow } from './flows';
import { badParameter, graphError, noObject } from './graph-error';

export const VERSION = 'v25.0';
/** The versions of the Graph API that answer. */
const VERSIONS = [
  'v21.0',
  'v22.0',
  'v23.0',
  'v24.0',
  'v25.0',
  'v26.0',
  'v27.0',
];
/** Another number of the same account. */
export const SECOND_NUMBER = '123456789012346';
export const CREDENTIAL = {
  apiToken: 'EAAsandbox0123456789',
  phoneNumberId: '123456789012345',
  wabaId: '987654321098765',
  appId: '1357913579135791',
  appSecret: 'sandbox-app-secret',
};

interface Subscription {
  override_callback_uri?: string;
  verify_token?: string;
}

/** A file on its way, in pieces. */
export interface Session {
  name: string;
  type: string;
  length: number;
  pieces: Buffer[];
}

export const newState = () => ({
  profile: { messaging_product: 'whatsapp', about: 'Clinic' } as Record<
    string,
    unknown
  >,
  subscription: undefined as Subscription | undefined,
  sessions: new Map<string, Session>(),
  handles: new Map<string, Buffer>(),
  blocked: new Set<string>(),
  /** When people last wrote. */
  writers: new Map<string, number>(),
  flows: [
    { id: '3001', name: 'intake', status: 'PUBLISHED', categories: ['SURVEY'] },
  ] as StoredFlow[],
  qrCodes: new Map<string, Record<string, string>>(),
  groups: [{ id: 'Y2FwaV9ncm91cDox', subject: 'Clinic' }] as Record<
    string,
    unknown
  >[],
  /** What was changed of the numbers, by their ids. */
  numbers: new Map<string, Record<string, unknown>>(),
  username: undefined as string | undefined,
  signups: [] as Record<string, unknown>[],
  registered: true,
});

/** What answers for an id, if the id is one of its own. */
export type Node = (
  request: Request,
  reply: FastifyReply,
  fault?: Fault,
) => unknown;

/** The Cloud API: `state` is all that it knows and the On-Premise API does not. */
export interface Cloud {
  base: Base;
  /** Routes that are good for the id of the credential only. */
  ofNumber: Base['handle'];
  ofAccount: Base['handle'];
  ofApp: Base['handle'];
  state: ReturnType<typeof newState>;
  nodes: Record<'GET' | 'POST' | 'DELETE', Node[]>;
}

function checkProof({ appsecret_proof: proof }: { appsecret_proof?: string }) {
  const { appSecret, apiToken } = CREDENTIAL;
  const expected = createHmac('sha256', appSecret).update(apiToken);
  if (proof !== undefined && proof !== expected.digest('hex'))
    throw badParameter('Invalid appsecret_proof provided in the API argument');
}

export function authenticate({ headers, params, query }: Request) {
  const token = /^(?:Bearer|OAuth) (.+)$/.exec(
    headers.authorization ?? '',
  )?.[1];
  if (!token) throw graphError(104, 'An access token is required', 401);
  if (token !== CREDENTIAL.apiToken)
    throw graphError(190, 'Invalid OAuth access token');
  checkProof(query as object);
  const { version } = params as { version: string };
  if (!/^v\d+\.\d+$/.test(version)) throw noObject(version);
  if (!VERSIONS.includes(version))
    throw graphError(
      2635,
      `You are calling a deprecated or unknown version of the API: ${version}. Use ${VERSIONS.at(-1)}`,
    );
}

/** A route below these ids, and no others. */
export const below =
  (base: Base, ...expected: string[]): Base['handle'] =>
  work =>
    base.handle(async (request, reply, fault) => {
      const id = idOf(request);
      if (!expected.includes(id)) throw noObject(id);
      return work(request, reply, fault);
    });

const DEFAULT_LIMIT = 25;
const encode = (place: number) => Buffer.from(`at ${place}`).toString('base64');
const decode = (cursor: string) =>
  Number(Buffer.from(cursor, 'base64').toString().slice(3));

/** A page of a list. Like Meta's, its `next` is an address with the token in it. */
export function page(request: Request, items: object[]) {
  const { limit = DEFAULT_LIMIT, after, ...query } = request.query as any;
  const start = after ? decode(after) : 0;
  const end = start + Number(limit);
  if (!(start >= 0) || !(Number(limit) > 0))
    throw badParameter('Invalid cursors or limit');
  const cursors = { before: encode(start), after: encode(end) };
  const next = new URLSearchParams({
    ...query,
    limit,
    access_token: CREDENTIAL.apiToken,
    after: cursors.after,
  });
  const path = request.url.split('?')[0];
  return {
    data: items.slice(start, end),
    paging: {
      cursors,
      ...(end < items.length && {
        next: `https://graph.facebook.com${path}?${next}`,
      }),
    },
  };
}

/** The fields of an object that are asked for. */
export function select(
  request: Request,
  object: Record<string, any>,
  { known, usual }: { known: string[]; usual: string[] },
) {
  const { fields } = request.query as { fields?: string };
  const wanted = fields?.split(',') ?? usual;
  for (const field of wanted)
    if (!known.includes(field))
      throw badParameter(`Tried accessing nonexisting field (${field})`);
  const entries = wanted
    .filter(field => object[field] !== undefined)
    .map(field => [field, object[field]]);
  return { ...Object.fromEntries(entries), id: object.id };
}
