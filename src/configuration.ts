import _ from 'lodash';
import * as v from 'valibot';
import { invalidConfiguration } from './errors/error';
import { stateOfVersion } from './graph-versions';
import type { Configuration } from './types';
import { isFilled, problemOf, said, type Problem } from './validation';
import { countryOfCode, phoneLibrary } from './phone-library';
import { isLoopback } from './util/url';

type Field = keyof Configuration;

/** The validated credential: `baseUrl` is complete and has no trailing slash. */
export interface Connection extends Configuration {
  baseUrl: string;
  onPremise: boolean;
  /** A server that proxies the Cloud API. */
  gateway?: Gateway;
}

/** Gateways by host; on localhost they are identified by path. */
const GATEWAYS = { '360dialog': /(^|\.)360dialog\.io$/ };
export type Gateway = keyof typeof GATEWAYS;

function gatewayOf(url: URL): Gateway | undefined {
  const names = Object.keys(GATEWAYS) as Gateway[];
  return names.find(
    name =>
      GATEWAYS[name].test(url.hostname) ||
      (isLoopback(url) && url.pathname === `/${name}`),
  );
}

/** The problem with a field, and the fix. */
interface FieldProblem extends Problem {
  field: string;
}

type Check = (value: string) => Problem | undefined;

const GRAPH = 'https://graph.facebook.com';
const API_VERSION = 'v25.0';
const API_SETUP = 'App Dashboard, WhatsApp, API Setup';

/** Where to find a missing field. */
const HINTS: Record<Field, string> = {
  baseUrl: 'the address of the API, such as https://graph.facebook.com/v25.0',
  apiToken: 'the permanent access token of a system user',
  phoneNumberId: 'in WhatsApp Manager, Phone numbers',
  wabaId: 'the ID of the WhatsApp Business Account, in WhatsApp Manager',
  apiVersion: 'the version of the Graph API, such as v25.0',
  username: 'the user name of the On-Premise API',
  password: 'the password of the On-Premise API',
  appId: 'in the App Dashboard, App settings, Basic',
  appSecret: 'in the App Dashboard, App settings, Basic',
  defaultCountry: 'two letters, such as KE',
  ca: 'a certificate in PEM form',
};
const FIELDS = Object.keys(HINTS) as Field[];

/** Names that other systems use for a field. */
const ALIASES: Record<string, Field> = {
  accesstoken: 'apiToken',
  token: 'apiToken',
  url: 'baseUrl',
  host: 'baseUrl',
  whatsappbusinessaccountid: 'wabaId',
};

const problem = (text: string, fix: string) => ({ problem: text, fix });

// --- Checks of fields ---

const checkId =
  (name: string): Check =>
  value => {
    if (/^\d+$/.test(value)) return undefined;
    const isNumber = /^\+?[\d\s().-]+$/.test(value);
    return problem(
      'must be a string of digits',
      isNumber && name === 'phone number'
        ? `This looks like the phone number: the ID is another number, in ${API_SETUP}.`
        : `Copy the ID of the ${name} from ${API_SETUP}.`,
    );
  };

const checkSecret: Check = value => {
  if (/^Bearer\s/i.test(value))
    return problem(
      'must be the token alone, without the word Bearer',
      'Remove the word Bearer.',
    );
  if (/[\r\n]/.test(value))
    return problem(
      'contains spaces, line breaks or other invalid characters',
      'It has a line break inside: copy it again in one piece.',
    );
  if (/[^\x21-\x7e]/.test(value))
    return problem(
      'contains spaces, line breaks or other invalid characters',
      'Copy it again, without spaces.',
    );
  return undefined;
};

function checkVersion(value: string) {
  if (/^v\d+\.\d+$/.test(value)) return undefined;
  return problem(
    'must be a version like v25.0',
    /^\d+\.\d+$/.test(value) ? `Write v${value}.` : 'Example: v25.0.',
  );
}

/** The ISO code for a country name or a calling code. */
function countryOf(written: string): string | undefined {
  const code = written.replace(/\D/g, '');
  if (code) return countryOfCode(code);
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  return phoneLibrary()
    .getCountries()
    .find(
      country => names.of(country)?.toLowerCase() === written.toLowerCase(),
    );
}

function checkCountry(value: string) {
  if (/^[A-Za-z]{2}$/.test(value)) return undefined;
  const country = countryOf(value);
  const isCode = /\d/.test(value);
  return problem(
    'must be two letters, such as KE',
    country
      ? `${isCode ? `${value} is the calling code of ${country}` : `${value} is ${country}`}: write ${country}.`
      : 'Use the two letters of ISO 3166.',
  );
}

function checkCertificate(value: string) {
  if (/-----BEGIN CERTIFICATE-----/.test(value)) return undefined;
  return problem(
    'must be a certificate in PEM form, with its BEGIN and END lines',
    /^[\w./~:\\-]+$/.test(value)
      ? 'This looks like a path: paste the content of the file.'
      : 'Paste the whole certificate, from -----BEGIN CERTIFICATE----- on.',
  );
}

function checkPath({ hostname, pathname, origin }: URL) {
  const path = _.trimEnd(pathname, '/');
  const [version] = /\/v\d+\.\d+(?=\/|$)/.exec(path) ?? [];
  const isGraph = hostname === 'graph.facebook.com';
  if (version && !path.endsWith(version))
    return problem(
      'has something after the version',
      `baseUrl ends after the version: ${origin}${path.slice(0, path.indexOf(version))}${version}.`,
    );
  if (version && path.indexOf(version) !== path.lastIndexOf(version))
    return problem('has the version twice', `Write ${origin}${version}.`);
  if (isGraph && path === '/v1')
    return problem(
      'is not the Cloud API: a path that ends in /v1 means the On-Premise API',
      `Write ${GRAPH}/${API_VERSION}.`,
    );
  const [, bare] = /^\/(\d{1,2}(?:\.\d)?)$/.exec(path) ?? [];
  if (isGraph && bare)
    return problem('has a version without v', `Write ${GRAPH}/v${bare}.`);
  return undefined;
}

function checkBaseUrl(value: string) {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    return problem(
      'must be a complete URL that starts with https://',
      /^[\w-]+(\.[\w-]+)+/.test(value)
        ? `Write https:// before it.`
        : `Example: ${GRAPH}/${API_VERSION}.`,
    );
  if (url.protocol === 'http:' && !isLoopback(url))
    return problem(
      'must start with https:// (the token would be sent unencrypted)',
      'Write https:// instead of http://.',
    );
  if (url.username || url.password)
    return problem(
      'must not have a user name or password in it',
      'Put them into username and password.',
    );
  if (url.search || url.hash)
    return problem('must not have ? or # in it', 'Remove what follows it.');
  return checkPath(url);
}

function checkQuotes(value: string) {
  return /^(["'`]).*\1$/s.test(value)
    ? problem('is in quotes', 'Remove the quotes.')
    : undefined;
}

/** A string, trimmed of characters that come with pasting, with further checks. */
const field = (check: Check = () => undefined) =>
  v.pipe(
    v.string(said('must be a string, got {got}', 'Put it in quotes.')),
    v.trim(),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const found = checkQuotes(dataset.value) ?? check(dataset.value);
      if (found) addIssue({ message: `${found.problem}\n${found.fix}` });
    }),
  );

const SCHEMAS: Record<Field, v.GenericSchema> = {
  baseUrl: field(checkBaseUrl),
  apiToken: field(checkSecret),
  phoneNumberId: field(checkId('phone number')),
  wabaId: field(checkId('WhatsApp Business Account')),
  apiVersion: field(checkVersion),
  username: field(),
  password: field(),
  appId: field(checkId('app')),
  appSecret: field(checkSecret),
  defaultCountry: field(checkCountry),
  ca: field(checkCertificate),
};

function checkField(name: Field, value: unknown): FieldProblem[] {
  if (!isFilled(value) || value === '') return [];
  const { issues = [] } = v.safeParse(SCHEMAS[name], value);
  return issues.map(issue => ({ field: name, ...problemOf(issue) }));
}

// --- Checks of the whole credential ---

const normal = (key: string) => key.toLowerCase().replace(/[_-]/g, '');

/** A misspelled key would be ignored, and its default used instead. */
function checkKey(key: string, given: object): FieldProblem[] {
  if (FIELDS.includes(key as Field)) return [];
  const same = FIELDS.find(field => normal(field) === normal(key));
  const alias = Object.hasOwn(ALIASES, normal(key))
    ? ALIASES[normal(key)]
    : undefined;
  // If the right key is present, this is a custom field of the user.
  const meant = same ?? (alias && !_.get(given, alias) ? alias : undefined);
  if (!meant) return [];
  return [{ field: key, problem: 'is not known', fix: `Write ${meant}.` }];
}

function checkTogether(given: Configuration): FieldProblem[] {
  const { username, password, phoneNumberId, wabaId } = given;
  const missing = (field: string) => ({
    field,
    problem: 'is missing',
    fix: 'username and password are needed together.',
  });
  return _.compact([
    username && !password && missing('password'),
    password && !username && missing('username'),
    phoneNumberId &&
      phoneNumberId === wabaId && {
        field: 'phoneNumberId',
        problem: 'is the same as wabaId',
        fix: `They are two IDs: copy both from ${API_SETUP}.`,
      },
  ]);
}

function refuse(problems: FieldProblem[]): never {
  const texts = problems.map(one => `${one.field} ${one.problem}`);
  throw invalidConfiguration(
    `The credential has ${
      problems.length === 1 ? 'a problem' : `${problems.length} problems`
    }: ${texts.join('; ')}.`,
    problems.map(({ field, fix }) => `${field}: ${fix}`).join(' '),
    { problems: texts },
  );
}

// --- Normalization ---

/** Restores the line breaks that a one-line input removes from a certificate. */
const withLines = (certificate: string) =>
  certificate.replace(
    /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----(?:\\n|\s)*/g,
    (_whole, content: string) =>
      `-----BEGIN CERTIFICATE-----\n${(content.replace(/\\n|\s+/g, '').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`,
  );

/** Trims the spaces and line breaks that come with pasting. */
function trimmed(given: Configuration): Configuration {
  const texts = _.mapValues(given, value =>
    typeof value === 'string' ? value.trim() : value,
  );
  return texts.ca && typeof texts.ca === 'string'
    ? { ...texts, ca: withLines(texts.ca) }
    : texts;
}

/** The version of Meta's own server; others may answer to any. */
const graphVersionOf = (baseUrl: string): string | undefined =>
  /^https:\/\/graph\.facebook\.com\/(v\d+\.\d+)$/.exec(baseUrl)?.[1];

function checkVersionEnd(baseUrl: string, { apiVersion }: Configuration) {
  const version = graphVersionOf(baseUrl);
  if (!version || stateOfVersion(version).state !== 'ended') return;
  refuse([
    {
      field: version === apiVersion ? 'apiVersion' : 'baseUrl',
      problem: `has the version ${version}, which has ended: the Graph API doesn't answer to it`,
      fix: `Write ${GRAPH}/${API_VERSION}.`,
    },
  ]);
}

function completeBaseUrl({ baseUrl, apiVersion }: Configuration): string {
  const given = _.trimEnd(baseUrl || GRAPH, '/');
  const url = new URL(given);
  if (gatewayOf(url) || /\/v\d+(\.\d+)?$/.test(given)) return given;
  if (apiVersion) return `${given}/${apiVersion}`;
  return url.pathname === '/' ? `${given}/${API_VERSION}` : given;
}

/** Validates the fields that the credential has. Missing fields are reported by the first operation that needs them. */
export function connect(configuration: unknown = {}): Connection {
  if (typeof configuration !== 'object' || Array.isArray(configuration))
    refuse([
      {
        field: 'configuration',
        problem: 'must be an object',
        fix: 'Check the credential of this step.',
      },
    ]);
  const given = trimmed((configuration ?? {}) as Configuration);
  const problems = [
    ...Object.keys(given).flatMap(key => checkKey(key, given)),
    ...FIELDS.flatMap(field => checkField(field, given[field])),
    ...checkTogether(given),
  ];
  if (problems.length) refuse(problems);
  const baseUrl = completeBaseUrl(given);
  checkVersionEnd(baseUrl, given);
  const gateway = gatewayOf(new URL(baseUrl));
  const onPremise = !gateway && baseUrl.endsWith('/v1');
  return { ...given, baseUrl, onPremise, gateway };
}

/** Warnings about a credential that works. */
export function warningsOf(configuration: unknown): string[] {
  const { baseUrl, apiVersion } = connect(configuration);
  const isIgnored = apiVersion && !baseUrl.endsWith(`/${apiVersion}`);
  const version = graphVersionOf(baseUrl);
  const end = version ? stateOfVersion(version) : undefined;
  return _.compact([
    isIgnored &&
      `apiVersion (${apiVersion}) in the credential is ignored, since baseUrl has a version: ${baseUrl}.`,
    end?.state === 'ending' &&
      `The version ${version} of the Graph API ends on ${end.on}: change baseUrl in the credential to ${GRAPH}/${API_VERSION}.`,
  ]);
}

/** Reports all missing fields at once. */
export function need<Name extends Field>(
  connection: Connection,
  ...fields: Name[]
): Connection & Record<Name, string> {
  const missing = fields.filter(field => !connection[field]);
  const { username, password, onPremise } = connection;
  if (missing.length && username && password && !onPremise)
    refuse([
      {
        field: 'baseUrl',
        problem:
          "doesn't end in /v1, and username and password are for the On-Premise API",
        fix: 'Write https://<your server>:9090/v1, or use apiToken and phoneNumberId with the Cloud API.',
      },
    ]);
  if (missing.length)
    refuse(
      missing.map(field => ({
        field,
        problem: `is missing (${HINTS[field]})`,
        fix: 'Add it to the credential of this step.',
      })),
    );
  return connection as Connection & Record<Name, string>;
}
