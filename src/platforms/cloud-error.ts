import _ from 'lodash';
import type { Connection } from '../configuration';
import { codeOf, type Advice, type MetaError } from '../errors/catalogue';
import type { Call } from '../util/call';

const WRONG_PARAMETER = 100;
const NO_OBJECT = 33;

/** Finds which ID of the credential a path starts with. */
function fieldOf({ path, isUserPath }: Call, connection: Connection) {
  if (isUserPath) return undefined;
  const [, id] = /^\/(\d+)/.exec(path) ?? [];
  return (['phoneNumberId', 'wabaId', 'appId'] as const).find(
    field => id !== undefined && connection[field] === id,
  );
}

const CREDENTIAL_ADVICE = {
  phoneNumberId: {
    description:
      'phoneNumberId is not the ID of a number that this token may use.',
    fix: 'Copy the phone number ID from the App Dashboard, WhatsApp, API Setup: it is not the phone number itself or the account ID (wabaId). The token must belong to the same account.',
  },
  wabaId: {
    description:
      'wabaId is not the ID of a WhatsApp Business Account that this token may use.',
    fix: 'Copy the WhatsApp Business Account ID from the App Dashboard, WhatsApp, API Setup: it is not the phone number ID. The token must belong to the same account.',
  },
  appId: {
    description: "appId doesn't match the app of the token.",
    fix: 'Copy it from the App Dashboard, App settings, Basic.',
  },
};

/** Advice for an error caused by the account or the credential. */
function adviceOf(
  { code, subcode, details }: MetaError,
  call: Call,
  connection: Connection,
): Advice | undefined {
  if (code !== WRONG_PARAMETER) return undefined;
  // The name of the product, and that of a parameter, are never translated.
  if (details && /direct[ _]send/i.test(details))
    return {
      description: 'Direct Send is not enabled for this account.',
      fix: 'Remove category, and send an approved template with sendTemplate(). Or request access to Direct Send from Meta.',
    };
  if (details?.includes('appsecret_proof') && connection.appSecret)
    return {
      description: 'appSecret does not belong to the app of the token.',
      fix: 'Copy it from the App Dashboard, App settings, Basic, of the app that the token was made for.',
    };
  const field = subcode === NO_OBJECT && fieldOf(call, connection);
  return field ? CREDENTIAL_ADVICE[field] : undefined;
}

/** Management endpoints may send `error_data` as a JSON string. */
function readErrorData(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

function metaError(body: unknown): MetaError | undefined {
  const error = (body as { error?: unknown } | null)?.error;
  if (error === undefined) return undefined;
  const code = codeOf(error);
  if (!_.isPlainObject(error) || code === undefined) return undefined;
  const text = (path: string) => {
    const value: unknown = _.get(error, path);
    return typeof value === 'string' && value ? value : undefined;
  };
  // Prefer the text for users; otherwise the details are more specific than the message.
  const forUsers = [text('error_user_title'), text('error_user_msg')];
  const details: unknown = _.get(
    readErrorData(_.get(error, 'error_data')),
    'details',
  );
  return {
    code,
    details:
      _.compact(forUsers).join(': ') ||
      (typeof details === 'string' && details) ||
      text('message')?.replace(/^\(#\d+\)\s*/, ''),
    type: text('type'),
    subcode: codeOf({ code: _.get(error, 'error_subcode') }),
    transient: _.get(error, 'is_transient') === true,
    fbtraceId: text('fbtrace_id'),
  };
}

/** Reads the error of a response and adds advice about the credential. */
export function readError(
  body: unknown,
  call: Call,
  connection: Connection,
): MetaError | undefined {
  const error = metaError(body);
  return error && { ...error, advice: adviceOf(error, call, connection) };
}
