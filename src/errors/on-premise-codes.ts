import {
  EDIT_TEMPLATE,
  OTHER_CHANNEL,
  QUALITY,
  READ_DETAILS,
  SERVER,
  SLOW_DOWN,
  TEMPLATE_NAME,
  later,
  permanent,
  retry,
  unknown,
  type Catalogue,
} from './entry';

/** https://developers.facebook.com/docs/whatsapp/on-premises/errors */
export const ON_PREMISE_CODES: Catalogue = {
  1000: unknown('The server had a problem, and does not say which.', SERVER),
  1001: permanent(
    'The message is too long.',
    'Send a shorter text: up to 4,096 characters.',
  ),
  1002: permanent(
    'The type of the recipient is not valid.',
    'Send to a phone number.',
  ),
  1003: permanent(
    'The recipient is not in the group.',
    'Send to a phone number.',
  ),
  1004: permanent('The object already exists.', 'Use the existing one.'),
  1005: permanent(
    "The user or the token doesn't have permission for this.",
    'Check apiToken, or username and password; settings need the admin.',
    { scope: 'account' },
  ),
  1006: permanent(
    'The object does not exist, or the recipient is unknown.',
    'Check the ID; for a recipient, run checkContacts() first.',
  ),
  1007: permanent('The recipient is blocked.', OTHER_CHANNEL),
  1010: permanent(
    'This server does not support a parameter.',
    'Remove the parameter named in the details: this server may be too old for it.',
  ),
  1011: retry('The server is not ready yet.', SERVER),
  1012: permanent('The group does not exist.', 'Send to a phone number.'),
  1013: permanent('The recipient is not on WhatsApp.', OTHER_CHANNEL),
  1014: unknown('The server had a problem inside.', SERVER),
  1015: retry('The server received too many requests.', SLOW_DOWN, {
    pace: 'slow',
    wait: 2,
  }),
  1016: retry(
    'The server is overloaded.',
    'Check that its webhook answers 200, and send fewer messages per second.',
    { pace: 'slow' },
  ),
  1017: retry('Another node of the server is temporarily the primary.', SERVER),
  1019: permanent('The request is not valid.', READ_DETAILS),
  1022: permanent(
    'The server has no webhook configured.',
    'Set one with request(): see the README.',
  ),
  1023: unknown('The server had a problem with its database.', SERVER),
  1024: permanent(
    'The password must be changed.',
    'Log in once with a new password, then update the credential.',
    { scope: 'account' },
  ),
  1026: permanent(
    'The phone of the recipient cannot show this type of message.',
    'Send a text message.',
  ),
  1028: later(
    "The recipient's identity has changed and is not confirmed.",
    'Confirm it on the server, then send the message again.',
  ),
  1031: permanent('The account is locked.', QUALITY, { scope: 'account' }),
  2000: permanent(
    "The number of parameters doesn't match the template.",
    EDIT_TEMPLATE,
  ),
  2001: permanent('The template does not exist.', TEMPLATE_NAME),
  2002: later(
    "The server couldn't fetch the template.",
    'Try again in a few minutes.',
  ),
  2003: permanent(
    'The template does not exist in this language.',
    TEMPLATE_NAME,
  ),
  2004: permanent(
    "The parameters don't match the template's format.",
    EDIT_TEMPLATE,
  ),
  2013: permanent(
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

  // Codes that appear only in On-Premise webhooks.
  408: later(
    'The message is invalid, or was queued for more than a day.',
    'Send it again if it is still relevant.',
  ),
  429: later('Messages are sent faster than the number allows.', SLOW_DOWN),
  471: later(
    'Too many messages from this number were blocked or reported as spam.',
    `Stop sending for a day. ${QUALITY}`,
    { scope: 'account' },
  ),
  480: later(
    "The recipient's identity may have changed.",
    'Verify the person again before sending.',
  ),
  500: unknown(
    "The message couldn't be sent, and the server gave no reason.",
    SERVER,
  ),
  400: { sameAs: 131052 },
  401: { sameAs: 1012 },
  402: { sameAs: 131042 },
  410: { sameAs: 131043 },
  430: { sameAs: 131045 },
  432: { sameAs: 131045 },
  433: { sameAs: 131045 },
  470: { sameAs: 131047 },
  472: { sameAs: 130472 },
  501: { sameAs: 131051 },
  1008: { sameAs: 131008 },
  1009: { sameAs: 131009 },
  1018: { sameAs: 1017 },
  1020: { sameAs: 1019 },
  1021: { sameAs: 1019 },
  1025: { sameAs: 1019 },
  2005: { sameAs: 132005 },
  2012: { sameAs: 132012 },
  2061: { sameAs: 2060 },
  2068: { sameAs: 132068 },
};
