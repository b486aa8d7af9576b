import _ from 'lodash';
import type { Connection } from '../configuration';
import { codeOf, type MetaError } from '../errors/catalogue';
import { invalidConfiguration, WhatsAppError } from '../errors/error';
import { perRun } from '../state';
import type { Transport } from '../util/call';
import { send } from '../util/client';

// https://developers.facebook.com/docs/whatsapp/on-premises/reference/users/login

const PASSWORD_MUST_CHANGE = 1024;

/** The login state of a run. */
interface Session {
  token?: Promise<string>;
  /** The token, once available. */
  value?: string;
  /** The token of the credential is no longer valid. */
  isTokenRefused?: boolean;
  /** All tokens of the run. */
  tokens: string[];
}

const sessionOf = perRun((): Session => ({ tokens: [] }));

const basicOf = ({ username, password }: Connection) =>
  Buffer.from(`${username}:${password}`).toString('base64');

/** Reads the first of the errors in a response. */
export function readError(body: unknown): MetaError | undefined {
  const error: unknown = _.get(body, 'errors[0]');
  const code = codeOf(error);
  if (code === undefined) return undefined;
  const [details, title] = [_.get(error, 'details'), _.get(error, 'title')];
  return { code, details: [details, title].find(_.isString) };
}

function explain(error: WhatsAppError): WhatsAppError {
  const { statusCode } = error;
  const metaCode = typeof error.code === 'number' ? error.code : undefined;
  if (metaCode === PASSWORD_MUST_CHANGE)
    return new WhatsAppError('PASSWORD_EXPIRED', {
      description: 'The password of the On-Premise API must be changed.',
      fix: 'Log in once with a new password (POST /v1/users/login with new_password), then update the credential.',
      metaCode,
      statusCode,
    });
  // Without a status there was no connection, which is said already.
  if (!statusCode) return error;
  if (statusCode !== 401 && statusCode !== 403)
    return new WhatsAppError('LOGIN_FAILED', {
      description: 'The login failed, so nothing can be sent.',
      fix: error.fix,
      details: error.message,
      metaCode,
      statusCode,
      retryable: true,
    });
  return new WhatsAppError('LOGIN_FAILED', {
    description: 'The On-Premise API rejected the username or password.',
    fix: 'Check username and password in the credential.',
    details: error.details,
    metaCode,
    statusCode,
  });
}

async function logIn(transport: Transport, deadline?: number): Promise<string> {
  const { body } = await send(transport, {
    method: 'POST',
    path: '/users/login',
    idempotency: 'safe',
    deadline,
  }).catch(error => {
    throw error instanceof WhatsAppError ? explain(error) : error;
  });
  const token: unknown = _.get(body, 'users[0].token');
  if (typeof token === 'string' && token) return token;
  throw new WhatsAppError('LOGIN_FAILED', {
    description: 'The On-Premise API answered the login without a token.',
    fix: 'Check baseUrl in the credential: it must be the URL of an On-Premise server, ending in /v1.',
  });
}

/** The login uses basic authentication and is not renewed. */
const loginTransport = (connection: Connection): Transport => ({
  baseUrl: connection.baseUrl,
  ca: connection.ca,
  // The data is the token.
  secrets: [],
  errorSecrets: _.compact([connection.password, basicOf(connection)]),
  headers: () => ({ authorization: `Basic ${basicOf(connection)}` }),
  query: () => ({}),
  renew: () => false,
  readError,
});

/** Shares one login among concurrent requests. */
function tokenOf(
  session: Session,
  transport: Transport,
  deadline?: number,
): Promise<string> {
  session.token ??= logIn(transport, deadline).then(
    token => {
      session.value = token;
      session.tokens.push(token);
      return token;
    },
    error => {
      session.token = undefined;
      throw error;
    },
  );
  return session.token;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Authenticates with the token of the credential, or with one login per run. */
export function login(connection: Connection, run: object) {
  const { apiToken, username, password } = connection;
  const session = sessionOf(run);
  const transport = loginTransport(connection);

  // Keeps the same list while the number of tokens is unchanged, since results are cached by list.
  const secretsOf = _.memoize(
    (_tokens: number, isError: boolean) =>
      _.compact([
        apiToken,
        ...session.tokens,
        password && basicOf(connection),
        isError && password,
      ]),
    (tokens, isError) => `${tokens} ${isError}`,
  );

  return {
    secrets: () => secretsOf(session.tokens.length, false),
    errorSecrets: () => secretsOf(session.tokens.length, true),
    headers(deadline?: number) {
      if (apiToken && !session.isTokenRefused) return bearer(apiToken);
      if (!username)
        throw invalidConfiguration(
          'apiToken is missing, or username and password.',
          'Add them to the credential for the On-Premise API.',
        );
      return tokenOf(session, transport, deadline).then(bearer);
    },
    renew({ authorization }: Record<string, string>, mayLogIn: boolean) {
      if (!username) return false;
      const isOfCredential =
        !session.isTokenRefused && authorization === `Bearer ${apiToken}`;
      const isNewest = authorization === `Bearer ${session.value}`;
      if (!isOfCredential && !isNewest) return true;
      if (!mayLogIn) return false;
      session.isTokenRefused = true;
      session.token = undefined;
      session.value = undefined;
      return true;
    },
  };
}
