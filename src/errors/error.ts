/**
 * Whether an answer with this code proves that nothing happened:
 * - `refused`: it does, and the same request may succeed a moment later
 * - `never`: it does, and the same request will be refused again
 * - `later`: it does, and the same request may succeed after hours or days
 * - `ambiguous`: it does not
 */
type Proof = 'refused' | 'never' | 'later' | 'ambiguous';

interface Entry {
  proof: Proof;
  description: string;
  fix: string;
}

const entry =
  (proof: Proof) =>
  (description: string, fix: string): Entry => ({ proof, description, fix });

const refused = entry('refused');
const never = entry('never');
const later = entry('later');
const ambiguous = entry('ambiguous');

const NEW_TOKEN =
  'Create a permanent access token: in Meta Business Settings, System users, Generate token, with whatsapp_business_messaging and whatsapp_business_management. Put it in apiToken.';
const PERMISSION =
  'Check that the token has whatsapp_business_messaging and whatsapp_business_management, and that its system user is assigned to this WhatsApp account.';
const SLOW_DOWN = 'Wait a while, then send fewer messages per second.';
const OTHER_CHANNEL = 'Reach this person another way: SMS or a call.';
const READ_DETAILS = 'Correct the value that the details name.';
const EDIT_TEMPLATE =
  'Compare the template in WhatsApp Manager with what the job sends.';
const SHORTEN = 'Shorten what the details name.';
const SUPPORT =
  "Look at Meta's status page (metastatus.com) and try again later.";
const SERVER = 'Look at the health of the server, and try again later.';
const TEMPLATE_NAME =
  'Check its name, its namespace and its language code in WhatsApp Manager, Message templates.';
const QUALITY =
  'Look at Account Quality in WhatsApp Manager before sending more.';

/**
 * What Meta's codes mean, for answers, webhooks and bulk rows alike.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
const CATALOGUE: Record<number, Entry> = {
  0: never('Meta could not authenticate the token.', NEW_TOKEN),
  1: ambiguous('Meta had an unknown problem with this request.', SUPPORT),
  2: ambiguous("Meta's service is down or overloaded for a moment.", SUPPORT),
  3: never('The token may not use this part of the API.', PERMISSION),
  4: refused('The app has made too many calls.', SLOW_DOWN),
  10: never('The token does not have the permission for this.', PERMISSION),
  17: later('Too many calls were made with this token.', SLOW_DOWN),
  33: never(
    'The phone number of the business does not exist any more.',
    'Check phoneNumberId in WhatsApp Manager, Phone numbers.',
  ),
  100: never(
    'A parameter is wrong: its name, its format or its length.',
    READ_DETAILS,
  ),
  102: never('The session of the token has ended.', NEW_TOKEN),
  104: never('The token is missing or wrongly signed.', NEW_TOKEN),
  190: never('The access token has expired or is not valid.', NEW_TOKEN),
  368: never(
    'The account is blocked for a while for breaking a policy.',
    QUALITY,
  ),
  506: never(
    'The same content was posted just before.',
    'Change the content, or leave it: the first one stands.',
  ),
  613: refused('This call was made too often.', SLOW_DOWN),
  803: never(
    'An object in the path does not exist.',
    'Check the ids in the path.',
  ),
  80007: refused(
    'The WhatsApp Business Account has made too many calls.',
    SLOW_DOWN,
  ),
  80008: refused(
    'Too many calls were made to this WhatsApp Business Account.',
    SLOW_DOWN,
  ),
  130403: never(
    'Your business has blocked this person.',
    'Unblock the person first, if the message is wanted.',
  ),
  130429: refused(
    'Messages are sent faster than the number allows.',
    SLOW_DOWN,
  ),
  130472: never(
    'This person is part of an experiment of Meta and gets no marketing messages now.',
    `Do not send it again today. ${OTHER_CHANNEL}`,
  ),
  130497: never(
    'The account may not send messages to this country.',
    'Leave out the people of this country.',
  ),
  130501: never(
    'This type of message is not supported here.',
    'Send another type of message.',
  ),
  131000: ambiguous(
    'Something went wrong at Meta, and it does not say what.',
    SUPPORT,
  ),
  131001: ambiguous('Meta could not send the message.', SUPPORT),
  131006: never(
    'Something that the request names was not found.',
    'Check the ids in the request.',
  ),
  131008: never('A required parameter is missing.', READ_DETAILS),
  131009: never('The value of a parameter is not valid.', READ_DETAILS),
  131016: refused("Meta's service is not available for a moment.", SUPPORT),
  131020: never(
    'The group does not have enough participants.',
    'Wait until somebody has joined the group.',
  ),
  131021: never(
    'The recipient and the sender are the same number.',
    'Send to another number.',
  ),
  131026: never(
    'The message cannot be delivered to this number: it may not be on WhatsApp, use an old version, or not have accepted the terms.',
    OTHER_CHANNEL,
  ),
  131030: never(
    'A test number can send only to the recipients on its list, and this one is not on it.',
    'Add the recipient in the App Dashboard, WhatsApp, API Setup, or send from a real number. Numbers of Argentina are listed without the 9 after +54, numbers of Mexico without the 1 after +52.',
  ),
  131031: never(
    'The account is locked, or the two-step PIN is wrong.',
    QUALITY,
  ),
  131037: never(
    'The display name of the number is not approved yet.',
    'Have it approved in WhatsApp Manager, Phone numbers.',
  ),
  131041: never('The group is not known.', 'Check the group id.'),
  131042: never(
    'There is a problem with the payment method of the account.',
    'Check Billing in WhatsApp Manager.',
  ),
  131043: later(
    'The message expired before it could be delivered.',
    'Send it again if it is still of use.',
  ),
  131044: never(
    'The account has no valid credit line.',
    'Check Billing in WhatsApp Manager.',
  ),
  131045: never(
    'The phone number of the business is not registered correctly.',
    'Register the number again.',
  ),
  131047: never(
    'More than 24 hours have passed since this person last wrote to you.',
    'Send an approved template with sendTemplate().',
  ),
  131048: later(
    'Too many messages of this number were blocked or reported as spam.',
    `Stop sending for some hours. ${QUALITY}`,
  ),
  131049: later(
    'Meta held this message back, because this person gets many marketing messages.',
    'Wait at least 24 hours before you try again, longer each time.',
  ),
  131050: never(
    'This person does not want marketing messages from you.',
    'Record the opt-out and send this person no marketing templates.',
  ),
  131051: never(
    'WhatsApp does not support this type of message.',
    'Send another type of message.',
  ),
  131052: never(
    'WhatsApp could not get the file that the person sent.',
    'Ask the person to send it again, or in another way.',
  ),
  131053: never(
    'WhatsApp could not use the file of the message.',
    'Check its type, its size and, for a link, that anybody can open it.',
  ),
  131055: never(
    'The method is not allowed for this kind of message.',
    'Send marketing templates only in this way.',
  ),
  131056: refused(
    'Too many messages were sent to this one person in a short time.',
    'Leave six seconds between messages to the same person.',
  ),
  131057: refused(
    'The account is in maintenance for a moment.',
    'Try again in some minutes.',
  ),
  131059: never(
    'The cursor for the next page is not valid any more.',
    'List from the start again.',
  ),
  131062: never(
    'This message cannot be sent to a business-scoped user id.',
    'Send it to the phone number of the person.',
  ),
  131063: never(
    'Marketing templates are switched off for the Cloud API in this account.',
    'Send them through the Marketing Messages API, or switch them on.',
  ),
  131064: later(
    'The account is limited, because templates were put in the wrong category.',
    'Correct the categories and wait until the limit ends.',
  ),
  131208: later('Group calls were made too often.', SLOW_DOWN),
  131214: later('Groups are switched off for a while.', 'Try again later.'),
  132000: never(
    'The template has a different number of parameters.',
    EDIT_TEMPLATE,
  ),
  132001: never(
    'The template does not exist in this language, or is not approved.',
    'Check its name, its language code and its status in WhatsApp Manager, Message templates.',
  ),
  132005: never(
    'The text of the template is too long with these parameters.',
    'Send shorter values.',
  ),
  132007: never('The text of the template breaks a policy.', EDIT_TEMPLATE),
  132012: never(
    'A parameter does not have the form that the template wants.',
    EDIT_TEMPLATE,
  ),
  132015: later(
    'The template is paused, because too many people disliked it.',
    'Improve the template, or wait until Meta lifts the pause.',
  ),
  132016: never(
    'The template is disabled for good, because it was paused too often.',
    'Create a new template with another text.',
  ),
  132018: never(
    'Meta found a problem with the parameters of the template.',
    EDIT_TEMPLATE,
  ),
  132068: never(
    'The flow is blocked.',
    'Correct the flow in WhatsApp Manager, Flows.',
  ),
  132069: later(
    'The flow is throttled, and ten messages with it were sent in this hour.',
    'Correct the flow in WhatsApp Manager, Flows, or wait an hour.',
  ),
  133000: later(
    'The number was not deregistered completely.',
    'Deregister it again.',
  ),
  133004: refused('The server is not available for a moment.', SUPPORT),
  133005: never(
    'The two-step PIN is wrong.',
    'Use the right PIN, or reset it in WhatsApp Manager.',
  ),
  133006: never(
    'The phone number must be verified again.',
    'Verify it in WhatsApp Manager.',
  ),
  133008: later(
    'The PIN was guessed too often.',
    'Wait as long as the details say.',
  ),
  133009: later(
    'The PIN was entered too fast.',
    'Wait as long as the details say.',
  ),
  133010: never(
    'The phone number of the business is not registered.',
    'Register it first.',
  ),
  133015: later(
    'The phone number was deleted a moment ago.',
    'Wait five minutes and register it again.',
  ),
  133016: later(
    'The number was registered or deregistered too often.',
    'Wait until 72 hours have passed.',
  ),
  134011: never(
    'The terms of payments are not accepted.',
    'Accept them in WhatsApp Manager.',
  ),
  134100: never(
    'Only marketing templates can be sent in this way.',
    'Send it with sendTemplate().',
  ),
  134101: later('The template is still being synced.', 'Wait ten minutes.'),
  134102: never(
    'The template cannot be used in this way.',
    'Use another template.',
  ),
  135000: never(
    'Something is wrong with the parameters of the request.',
    'Compare the message with the documentation of its type.',
  ),
  136025: later('Codes were asked for too often.', 'Wait some hours.'),
  137000: later(
    'The identity of this person has changed.',
    'Verify the person again before sending.',
  ),
  139000: never(
    'The flow is blocked by Meta.',
    'Look at it in WhatsApp Manager.',
  ),
  139001: never('The flow could not be updated.', READ_DETAILS),
  139002: never('The flow could not be published.', READ_DETAILS),
  139003: never('The flow could not be deprecated.', READ_DETAILS),
  139004: never('The flow could not be deleted.', READ_DETAILS),
  139100: never(
    'Some people could not be blocked or unblocked.',
    'Look at each person in the answer.',
  ),
  139101: never(
    'The list of blocked people is full (64,000).',
    'Unblock somebody first.',
  ),
  139102: refused('The list of blocked people has just changed.', SUPPORT),
  139103: ambiguous('Meta had a problem with the list.', SUPPORT),
  // Templates: the codes are subcodes of 100, as a rule.
  200005: never(
    'Template analytics are not available for this account.',
    'Look at the template in WhatsApp Manager, Message templates.',
  ),
  200006: never(
    'Template analytics cannot be turned off again.',
    'Leave them on.',
  ),
  200007: never(
    'Template analytics are not turned on for this account.',
    "Turn them on once, and for good: post('/<wabaId>', {}, { query: { is_enabled_for_insights: true } }).",
  ),
  2388023: later(
    'This language of the template is being deleted.',
    'Wait until it is gone, or use another name.',
  ),
  2388024: never(
    'The template exists already in this language.',
    'Change it with updateTemplate(), or use another name.',
  ),
  2388040: never('A text of the template is too long.', SHORTEN),
  2388047: never('The header of the template is not valid.', READ_DETAILS),
  2388072: never('The body of the template is not valid.', READ_DETAILS),
  2388073: never('The footer of the template is not valid.', READ_DETAILS),
  2388293: never(
    'The template has too many variables for the length of its text.',
    'Write more text around the variables, or use fewer of them.',
  ),
  2388299: never(
    'A variable stands at the start or the end of the text.',
    'Put words before and after it.',
  ),
  2593002: never(
    'There is no such template in this account.',
    'Check its name with listTemplates().',
  ),
  2494100: later('The account is in maintenance.', 'Wait some minutes.'),
  2593109: never(
    'The owner of the Business app did not agree to share its history.',
    'Ask the owner to share it, in the Business app.',
  ),
  2388019: never(
    'The account has as many templates as it may have.',
    'Delete templates that are not in use.',
  ),
  2388039: never(
    'The template cannot be changed now.',
    'Wait until its review is done, or until tomorrow.',
  ),
  // The On-Premise API: https://developers.facebook.com/docs/whatsapp/on-premises/errors
  1000: ambiguous('The server had a problem, and does not say which.', SERVER),
  1001: never(
    'The message is too long.',
    'Send a shorter text: 4,096 characters at the most.',
  ),
  1002: never(
    'The type of the recipient is not valid.',
    'Send to a phone number.',
  ),
  1003: never('The recipient is not in the group.', 'Send to a phone number.'),
  1004: never('It already exists.', 'Use the one that exists.'),
  1005: never(
    'The user or the token may not do this.',
    'Check apiToken, or username and password; settings need the admin.',
  ),
  1006: never(
    'It does not exist, or the recipient is not known.',
    'Check the id; for a recipient, run checkContacts() first.',
  ),
  1007: never('The recipient is blocked.', OTHER_CHANNEL),
  1010: never(
    'A parameter is not known to this server.',
    'Leave out what the details name: this server may be too old for it.',
  ),
  1011: refused('The server is not ready yet.', SERVER),
  1012: never('The group does not exist.', 'Send to a phone number.'),
  1013: never('The recipient is not on WhatsApp.', OTHER_CHANNEL),
  1014: ambiguous('The server had a problem inside.', SERVER),
  1015: refused('The server got too many requests.', SLOW_DOWN),
  1016: refused(
    'The server is overloaded.',
    'Check that its webhook answers 200, and send fewer messages per second.',
  ),
  1017: refused(
    'Another node of the server is in charge for a moment.',
    SERVER,
  ),
  1019: never('The request is not valid.', READ_DETAILS),
  1022: never(
    'The server has no webhook.',
    'Set it with request(): see the README.',
  ),
  1023: ambiguous('The server had a problem with its database.', SERVER),
  1024: never(
    'The password must be changed.',
    'Log in once with a new password, and put it into the credential.',
  ),
  1026: never(
    'The phone of the recipient cannot show this type of message.',
    'Send a text.',
  ),
  1028: later(
    'The recipient has a new identity, which nobody has confirmed.',
    'Confirm it on the server, then send again.',
  ),
  1031: never('The account is locked.', QUALITY),
  2000: never(
    'The template has a different number of parameters.',
    EDIT_TEMPLATE,
  ),
  2001: never('The template does not exist.', TEMPLATE_NAME),
  2002: later(
    'The server could not get the template.',
    'Try again in some minutes.',
  ),
  2003: never('The template does not exist in this language.', TEMPLATE_NAME),
  2004: never('The template does not fit its format.', EDIT_TEMPLATE),
  2013: never(
    'The server does not support this.',
    'Send another type of message.',
  ),
  2060: later(
    'The template is paused.',
    'Improve the template, or wait until Meta lifts the pause.',
  ),
  2069: later(
    'The flow is throttled.',
    'Correct the flow in WhatsApp Manager, Flows, or wait an hour.',
  ),

  // What only webhooks of the On-Premise API say.
  408: later(
    'The message is not valid, or waited for longer than a day.',
    'Send it again if it is still of use.',
  ),
  429: later('Messages are sent faster than the number allows.', SLOW_DOWN),
  471: later(
    'Too many messages of this number were blocked or reported as spam.',
    `Stop sending for a day. ${QUALITY}`,
  ),
  480: later(
    'The identity of this person may have changed.',
    'Verify the person again before sending.',
  ),
  500: ambiguous(
    'The message could not be sent, and the server does not say why.',
    SERVER,
  ),
};

/** Codes that mean the same as another, mostly those of the On-Premise API. */
const SAME_AS: Record<number, number> = {
  131002: 131001,
  131005: 10,
  132008: 132012,
  400: 131052,
  401: 1012,
  402: 131042,
  410: 131043,
  430: 131045,
  432: 131045,
  433: 131045,
  470: 131047,
  472: 130472,
  501: 131051,
  1008: 131008,
  1009: 131009,
  1018: 1017,
  1020: 1019,
  1021: 1019,
  1025: 1019,
  2005: 132005,
  2012: 132012,
  2061: 2060,
  2068: 132068,
};
const PERMISSION_DENIED = 10;

const isPermission = (code: unknown) =>
  Number(code) >= 200 && Number(code) <= 299;

const entryOf = (code: number): Entry | undefined =>
  CATALOGUE[SAME_AS[code] ?? code];

/** Meta's own error, out of an answer or a webhook. */
export interface MetaError {
  code: number;
  details?: string;
  type?: string;
  subcode?: number;
  transient?: boolean;
  fbtraceId?: string;
}

function lookUp(error: MetaError): Entry | undefined {
  const { code, subcode } = error;
  if (code === 100 && subcode === 33)
    return never(
      'The object does not exist, or the token may not see it.',
      'Check the ID and the path, and that the token belongs to the same WhatsApp account.',
    );
  const told = code === 100 && subcode ? entryOf(subcode) : undefined;
  return told ?? entryOf(isPermission(code) ? PERMISSION_DENIED : code);
}

/** What Meta's code means and what the user should do about it. */
export function advice(error: MetaError) {
  const known = lookUp(error);
  return {
    proof: known?.proof,
    description: known?.description ?? 'The API refused the request.',
    fix: known?.fix ?? `Look up ${error.code} in Meta's list of error codes.`,
  };
}

export interface ErrorProperties {
  description: string;
  fix?: string;
  details?: string;
  retryable?: boolean;
  metaCode?: number;
  statusCode?: number;
  type?: string;
  subcode?: number;
  fbtraceId?: string;
  method?: string;
  url?: string;
  tries?: number;
  problems?: string[];
  /** The argument or the part of it that is wrong, as the user wrote it. */
  field?: string;
}

/**
 * Every error of this adaptor. Its properties follow `util.throwError()` of
 * language-common; all of them are JSON, since the runtime serializes them.
 */
export class WhatsAppError extends Error {
  code: string | number;
  description: string;
  fix?: string;
  details?: string;
  retryable: boolean;
  metaCode?: number;
  statusCode?: number;
  subcode?: number;
  tries?: number;
  field?: string;

  constructor(code: string | number, properties: ErrorProperties) {
    const { description, details, retryable = false, ...rest } = properties;
    super(`${code}: ${[description, details].filter(Boolean).join(' ')}`);
    this.code = code;
    this.description = description;
    if (details) this.details = details;
    this.retryable = retryable;
    for (const [key, value] of Object.entries(rest))
      if (value !== undefined) Object.assign(this, { [key]: value });
  }
}
// On the prototype: an own property would be copied into the user's details.
WhatsAppError.prototype.name = 'WhatsAppError';

export function fromMeta(error: MetaError, properties = {}): WhatsAppError {
  const { proof, description, fix } = advice(error);
  const { code, details, type, subcode, fbtraceId } = error;
  return new WhatsAppError(code, {
    description,
    fix,
    details,
    type,
    subcode,
    fbtraceId,
    retryable: proof === 'refused',
    ...properties,
  });
}

export const invalid =
  (code: string) =>
  (description: string, fix?: string, properties = {}): WhatsAppError =>
    new WhatsAppError(code, { description, fix, ...properties });

export type Invalid = ReturnType<typeof invalid>;

/** A value that the job expects to be there. */
export function emptyValue(
  invalidValue: Invalid,
  field: string,
  value: unknown,
  example = '',
): WhatsAppError {
  const what = value === undefined || value === null ? `${value}` : 'empty';
  return invalidValue(
    `\`${field}\` is ${what}.`,
    ['Check the path in the job, and the data.', example]
      .filter(Boolean)
      .join(' '),
    { field },
  );
}

export const invalidConfiguration = invalid('INVALID_CONFIGURATION');
export const invalidRecipient = invalid('INVALID_RECIPIENT');
export const invalidMessage = invalid('INVALID_MESSAGE');
export const invalidMedia = invalid('INVALID_MEDIA');
export const invalidRequest = invalid('INVALID_REQUEST');

const OTHER_PLATFORM: Record<string, string> = {
  'Cloud API': 'On-Premise API',
  'On-Premise API': 'Cloud API',
};

export const notSupported = (
  operation: string,
  platform: string,
  fix = `Use a credential of the ${OTHER_PLATFORM[platform]}, or leave it out.`,
) =>
  new WhatsAppError('NOT_SUPPORTED', {
    description: `${operation} is only available on the ${OTHER_PLATFORM[platform]}, and this credential is for the ${platform}.`,
    fix,
  });

/** Refusals that every other message would get too: of the token, the account or the number. */
const ACCOUNT_WIDE = new Set<string | number>([
  ...[0, 3, 10, 33, 102, 104, 190, 368],
  ...[131005, 131031, 131037, 131042, 131044, 131045, 131048, 131064],
  ...[133006, 133010, 134011],
  ...[402, 430, 432, 433, 471, 1005, 1024, 1031],
  'INVALID_CONFIGURATION',
  'LOGIN_FAILED',
  'PASSWORD_EXPIRED',
  'CERTIFICATE_NOT_TRUSTED',
]);

export function isAccountWide({ code, subcode }: WhatsAppError): boolean {
  return ACCOUNT_WIDE.has(code) || isPermission(code) || subcode === 33;
}

/** An error in a report or a webhook: what a thrown one says. */
export interface ErrorInfo {
  code: string | number;
  message: string;
  description: string;
  fix?: string;
  details?: string;
  retryable: boolean;
}

const ASK_AGAIN = 'Ask the person to send it as a text or a photo.';

/** Codes that say something else to whoever has received a message. */
const RECEIVED: Record<number, { description: string; fix: string }> = {
  130501: {
    description: 'The person sent something that the API does not deliver.',
    fix: ASK_AGAIN,
  },
  131051: {
    description: 'The person sent something that the API does not deliver.',
    fix: ASK_AGAIN,
  },
  131060: {
    description:
      'The message is not available through the API: it is the first one to a number of the Business app.',
    fix: 'Read it in the WhatsApp Business app.',
  },
};

/** What is wrong with a message or a status of a webhook. */
export function webhookError(
  { code, details }: { code?: number; details?: string },
  reader: 'sender' | 'receiver' = 'sender',
): ErrorInfo {
  if (code === undefined)
    return toRow(
      new WhatsAppError('NO_REASON', {
        ...(reader === 'receiver'
          ? {
              description:
                'Something is wrong with the message, and Meta gave no error code.',
              fix: ASK_AGAIN,
            }
          : {
              description: 'The message failed, and Meta gave no error code.',
              fix: OTHER_CHANNEL,
            }),
        details,
      }),
    );
  const advice = reader === 'receiver' ? RECEIVED[code] : undefined;
  return toRow(fromMeta({ code, details }, advice));
}

/** An error as a row of a report has it. */
export const toRow = (error: WhatsAppError): ErrorInfo => ({
  ...error,
  message: error.message,
});
