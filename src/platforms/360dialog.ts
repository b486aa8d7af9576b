import _ from 'lodash';
import type { Connection } from '../configuration';
import { need } from '../configuration';
import type { MetaError } from '../errors/catalogue';
import { notSupported } from '../errors/error';
import type { Call } from '../util/call';
import { cloud } from './cloud';
import type { Graph, Platform } from './platform';

// https://docs.360dialog.com/docs/messaging-api/api-reference/messages

const NAME = '360dialog';
const CHECK_KEY =
  'Check apiToken in the credential: it must be the API key of this number, from the 360dialog Hub.';

/** Errors from the gateway itself, which have HTTP statuses but no codes. */
const REFUSALS: Record<number, Partial<MetaError>> = {
  401: {
    code: 'LOGIN_FAILED',
    advice: { description: '360dialog rejected the API key.', fix: CHECK_KEY },
  },
  403: {
    code: 'LOGIN_FAILED',
    advice: {
      description: '360dialog does not allow this request with this API key.',
      fix: `${CHECK_KEY} Some paths are blocked: see 360dialog's documentation.`,
    },
  },
  429: {
    code: 'GATEWAY_REFUSED',
    proof: 'retry',
    advice: {
      description: '360dialog received too many requests.',
      fix: 'Send more slowly: set the option rate.',
    },
  },
};

const REFUSED: MetaError = {
  code: 'GATEWAY_REFUSED',
  proof: 'permanent',
  advice: {
    description: '360dialog refused the request.',
    fix: 'Look at the details, and at the account in the 360dialog Hub.',
  },
};

const FAILED: MetaError = {
  code: 'GATEWAY_FAILED',
  proof: 'unknown',
  advice: {
    description: "360dialog couldn't complete the request.",
    fix: 'Try again later. If the error persists, contact 360dialog.',
  },
};

/** `{ meta: { http_code, developer_message } }`, in snake case or camel case. */
function gatewayError(body: unknown): MetaError | undefined {
  const meta: unknown = _.get(body, 'meta');
  const status = Number(_.get(meta, 'http_code', _.get(meta, 'httpCode')));
  if (!Number.isInteger(status) || status < 400) return undefined;
  const details: unknown = _.get(
    meta,
    'developer_message',
    _.get(meta, 'developerMessage'),
  );
  return {
    ...(status < 500 ? REFUSED : FAILED),
    ...REFUSALS[status],
    ...(_.isString(details) && { details }),
  };
}

/** The key belongs to one number, so paths have no ID and account endpoints are unavailable. */
const graphFor = (what: string): Graph => ({
  number(edge) {
    if (!edge) throw notSupported(what, NAME);
    return `/${edge}`;
  },
  node: id => `/${id}`,
  account() {
    throw notSupported(what, NAME);
  },
  app() {
    throw notSupported(what, NAME);
  },
});

/** Media goes through the gateway, too: URLs keep their path, but Meta's host is replaced. */
const behindGateway = (url: string) => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

/** The Cloud API through 360dialog. */
export function dialog360(connection: Connection, run: object): Platform {
  const ofKey = _.omit(connection, 'phoneNumberId', 'wabaId', 'appSecret');
  const api = cloud(ofKey as Connection, run, graphFor('This'));
  return {
    ...api,
    credentialHeader: 'd360-api-key',
    hasThroughput: false,
    headers: () => ({ 'd360-api-key': need(connection, 'apiToken').apiToken }),
    downloadMedia(id, url): Call {
      const { hosts: _hosts, ...call } = api.downloadMedia(id);
      return url ? { ...call, path: behindGateway(url) } : call;
    },
    graph: graphFor,
    readError: (body, call) => gatewayError(body) ?? api.readError(body, call),
  };
}
