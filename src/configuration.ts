import { invalidConfiguration } from './errors';

/** The credential, as the user wrote it. */
export interface Configuration {
  baseUrl?: string;
  apiToken?: string;
  phoneNumberId?: string;
  wabaId?: string;
  apiVersion?: string;
  username?: string;
  password?: string;
  appId?: string;
  appSecret?: string;
  defaultCountry?: string;
  ca?: string;
}

/** The credential after its check: `baseUrl` is complete and has no slash at its end. */
export interface Connection extends Configuration {
  baseUrl: string;
  onPremise: boolean;
}

const GRAPH = 'https://graph.facebook.com';
const API_VERSION = 'v25.0';

const HINTS: Record<keyof Configuration, string> = {
  baseUrl: 'the address of the API, such as https://graph.facebook.com/v25.0',
  apiToken: 'the permanent access token of a system user',
  phoneNumberId: 'in WhatsApp Manager, Phone numbers',
  wabaId: 'the id of the WhatsApp Business Account, in WhatsApp Manager',
  apiVersion: 'the version of the Graph API, such as v25.0',
  username: 'the user name of the On-Premise API',
  password: 'the password of the On-Premise API',
  appId: 'in the App Dashboard, App settings, Basic',
  appSecret: 'in the App Dashboard, App settings, Basic',
  defaultCountry: 'two letters, such as KE',
  ca: 'a certificate in PEM form',
};

const isText = (value: unknown): value is string => typeof value === 'string';

const digits = (value: string) =>
  /^\d+$/.test(value) ? undefined : 'has to be digits only, in quotes';

const secret = (value: string) => {
  if (/^Bearer\s/i.test(value))
    return 'has to be the token alone, without the word Bearer';
  if (/[^\x21-\x7e]/.test(value))
    return 'has spaces, line breaks or other characters that no token has';
  return undefined;
};

const matches = (pattern: RegExp, problem: string) => (value: string) =>
  pattern.test(value) ? undefined : problem;

const CHECKS: Partial<
  Record<keyof Configuration, (value: string) => string | undefined>
> = {
  baseUrl: checkBaseUrl,
  apiToken: secret,
  appSecret: secret,
  phoneNumberId: digits,
  wabaId: digits,
  appId: digits,
  apiVersion: matches(/^v\d+\.\d+$/, 'has to look like v25.0'),
  defaultCountry: matches(/^[A-Za-z]{2}$/, 'has to be two letters, such as KE'),
  ca: matches(
    /-----BEGIN CERTIFICATE-----/,
    'has to be a certificate in PEM form, with its BEGIN and END lines',
  ),
};

/** `http` is for a server on the same machine: a token must not cross a network in the clear. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

function parseUrl(value: string): URL | undefined {
  return URL.canParse(value) ? new URL(value) : undefined;
}

function checkBaseUrl(value: string): string | undefined {
  const url = parseUrl(value);
  if (!url || !/^https?:$/.test(url.protocol))
    return 'has to be a complete address that starts with https://';
  if (url.protocol === 'http:' && !isLoopback(url))
    return 'has to start with https://, so that nobody can read the token on its way';
  if (url.username || url.password)
    return 'must have no user name or password in it';
  if (url.search || url.hash) return 'must have no ? or # in it';
  return undefined;
}

function problemsOf(configuration: Configuration): string[] {
  const fields = Object.keys(HINTS) as (keyof Configuration)[];
  const problems = fields.flatMap(field => {
    const value: unknown = configuration[field];
    if (value === undefined || value === null || value === '') return [];
    if (!isText(value)) return [`${field} has to be text, in quotes`];
    const problem = CHECKS[field]?.(value);
    return problem ? [`${field} ${problem}`] : [];
  });
  const { username, password } = configuration;
  if (username && !password) problems.push('password is missing');
  if (password && !username) problems.push('username is missing');
  return problems;
}

function refuse(problems: string[]): never {
  throw invalidConfiguration(
    `The credential has ${
      problems.length === 1 ? 'a problem' : `${problems.length} problems`
    }: ${problems.join('; ')}.`,
    'Correct the credential of this step.',
    { problems },
  );
}

function completeBaseUrl({ baseUrl, apiVersion }: Configuration): string {
  const given = (baseUrl || GRAPH).replace(/\/+$/, '');
  if (/\/v\d+(\.\d+)?$/.test(given)) return given;
  if (apiVersion) return `${given}/${apiVersion}`;
  const isRoot = new URL(given).pathname === '/';
  return isRoot ? `${given}/${API_VERSION}` : given;
}

/** Checks that what the credential has is well formed. What it lacks, the first operation that needs it reports. */
export function connect(configuration: unknown = {}): Connection {
  if (typeof configuration !== 'object' || Array.isArray(configuration))
    refuse(['it has to be an object']);
  const given = (configuration ?? {}) as Configuration;
  const problems = problemsOf(given);
  if (problems.length) refuse(problems);
  const baseUrl = completeBaseUrl(given);
  return { ...given, baseUrl, onPremise: baseUrl.endsWith('/v1') };
}

/** Reports all of the named fields that the credential lacks, at once. */
export function need<Field extends keyof Configuration>(
  connection: Connection,
  ...fields: Field[]
): Connection & Record<Field, string> {
  const problems = fields
    .filter(field => !connection[field])
    .map(field => `${field} is missing (${HINTS[field]})`);
  if (problems.length) refuse(problems);
  return connection as Connection & Record<Field, string>;
}
