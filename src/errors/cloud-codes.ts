import {
  EDIT_TEMPLATE,
  NEW_TOKEN,
  OTHER_CHANNEL,
  PERMISSION,
  QUALITY,
  READ_DETAILS,
  SHORTEN,
  SLOW_DOWN,
  SUPPORT,
  later,
  permanent,
  retry,
  unknown,
  type Catalogue,
} from './entry';

/** What somebody has sent, and a webhook does not bring. */
const NOT_DELIVERED = {
  description: 'The person sent something that the API does not deliver.',
  fix: 'Ask the person to send it as a text or a photo.',
};

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
export const CLOUD_CODES: Catalogue = {
  0: permanent('Meta could not authenticate the token.', NEW_TOKEN, {
    scope: 'account',
  }),
  1: unknown('Meta had an unknown problem with this request.', SUPPORT),
  2: unknown("Meta's service is down or overloaded for a moment.", SUPPORT),
  3: permanent('The token may not use this part of the API.', PERMISSION, {
    scope: 'account',
  }),
  4: retry('The app has made too many calls.', SLOW_DOWN, { pace: 'slow' }),
  10: permanent(
    'The token does not have the permission for this.',
    PERMISSION,
    { scope: 'account' },
  ),
  17: later('Too many calls were made with this token.', SLOW_DOWN),
  33: permanent(
    'The phone number of the business does not exist any more.',
    'Check phoneNumberId in WhatsApp Manager, Phone numbers.',
    { scope: 'account' },
  ),
  100: permanent(
    'A parameter is wrong: its name, its format or its length.',
    READ_DETAILS,
    { ofTemplate: true },
  ),
  102: permanent('The session of the token has ended.', NEW_TOKEN, {
    scope: 'account',
  }),
  104: permanent('The token is missing or wrongly signed.', NEW_TOKEN, {
    scope: 'account',
  }),
  190: permanent('The access token has expired or is not valid.', NEW_TOKEN, {
    scope: 'account',
  }),
  368: permanent(
    'The account is blocked for a while for breaking a policy.',
    QUALITY,
    { scope: 'account' },
  ),
  506: permanent(
    'The same content was posted just before.',
    'Change the content, or leave it: the first one stands.',
  ),
  613: retry('This call was made too often.', SLOW_DOWN),
  803: permanent(
    'An object in the path does not exist.',
    'Check the IDs in the path.',
  ),
  80007: retry(
    'The WhatsApp Business Account has made too many calls.',
    SLOW_DOWN,
    { pace: 'slow' },
  ),
  80008: retry(
    'Too many calls were made to this WhatsApp Business Account.',
    SLOW_DOWN,
  ),
  130403: permanent(
    'Your business has blocked this person.',
    'Unblock the person first, if the message is wanted.',
  ),
  130429: retry('Messages are sent faster than the number allows.', SLOW_DOWN, {
    pace: 'slow',
  }),
  130472: permanent(
    'This person is part of an experiment of Meta and gets no marketing messages now.',
    `Do not send it again today. ${OTHER_CHANNEL}`,
  ),
  130497: permanent(
    'The account may not send messages to this country.',
    'Leave out the people of this country.',
  ),
  130501: permanent(
    'This type of message is not supported here.',
    'Send another type of message.',
    {
      received: NOT_DELIVERED,
    },
  ),
  131000: unknown(
    'Something went wrong at Meta, and it does not say what.',
    SUPPORT,
  ),
  131001: unknown('Meta could not send the message.', SUPPORT),
  131006: permanent(
    'Something that the request names was not found.',
    'Check the IDs in the request.',
  ),
  131008: permanent('A required parameter is missing.', READ_DETAILS, {
    ofTemplate: true,
  }),
  131009: permanent('The value of a parameter is not valid.', READ_DETAILS),
  131016: retry("Meta's service is not available for a moment.", SUPPORT),
  131020: permanent(
    'The group does not have enough participants.',
    'Wait until somebody has joined the group.',
  ),
  131021: permanent(
    'The recipient and the sender are the same number.',
    'Send to another number.',
  ),
  131026: permanent(
    'The message cannot be delivered to this number: it may not be on WhatsApp, use an old version, or not have accepted the terms.',
    OTHER_CHANNEL,
  ),
  131030: permanent(
    'A test number can send only to the recipients on its list, and this one is not on it.',
    'Add the recipient in the App Dashboard, WhatsApp, API Setup, or send from a real number. Numbers of Argentina are listed without the 9 after +54, numbers of Mexico without the 1 after +52.',
  ),
  131031: permanent(
    'The account is locked, or the two-step PIN is wrong.',
    QUALITY,
    { scope: 'account' },
  ),
  131037: permanent(
    'The display name of the number is not approved yet.',
    'Have it approved in WhatsApp Manager, Phone numbers.',
    { scope: 'account' },
  ),
  131041: permanent('The group is not known.', 'Check the group ID.'),
  131042: permanent(
    'There is a problem with the payment method of the account.',
    'Check Billing in WhatsApp Manager.',
    { scope: 'account' },
  ),
  131043: later(
    'The message expired before it could be delivered.',
    'Send it again if it is still of use.',
  ),
  131044: permanent(
    'The account has no valid credit line.',
    'Check Billing in WhatsApp Manager.',
    { scope: 'account' },
  ),
  131045: permanent(
    'The phone number of the business is not registered correctly.',
    'Register the number again.',
    { scope: 'account' },
  ),
  131047: permanent(
    'More than 24 hours have passed since this person last wrote to you.',
    'Send an approved template with sendTemplate().',
  ),
  131048: later(
    'Too many messages of this number were blocked or reported as spam.',
    `Stop sending for some hours. ${QUALITY}`,
    { scope: 'account' },
  ),
  131049: later(
    'Meta held this message back, because this person gets many marketing messages.',
    'Wait at least 24 hours before you try again, longer each time.',
  ),
  131050: permanent(
    'This person does not want marketing messages from you.',
    'Record the opt-out and send this person no marketing templates.',
  ),
  131051: permanent(
    'WhatsApp does not support this type of message.',
    'Send another type of message.',
    {
      received: NOT_DELIVERED,
    },
  ),
  131052: permanent(
    'WhatsApp could not get the file that the person sent.',
    'Ask the person to send it again, or in another way.',
  ),
  131053: permanent(
    'WhatsApp could not use the file of the message.',
    'Check its type, its size and, for a link, that anybody can open it.',
  ),
  131055: permanent(
    'The method is not allowed for this kind of message.',
    'Send marketing templates only in this way.',
  ),
  131056: retry(
    'Too many messages were sent to this one person in a short time.',
    'Leave six seconds between messages to the same person.',
    { pace: 'recipient' },
  ),
  131057: retry(
    'The account is in maintenance for a moment.',
    'Try again in some minutes.',
  ),
  131059: permanent(
    'The cursor for the next page is not valid any more.',
    'List from the start again.',
  ),
  131060: permanent(
    'The message is not available through the API: it is the first one to a number of the Business app.',
    'Read it in the WhatsApp Business app.',
  ),
  131062: permanent(
    'This message cannot be sent to a business-scoped user ID.',
    'Send it to the phone number of the person.',
  ),
  131063: permanent(
    'Marketing templates are switched off for the Cloud API in this account.',
    'Send them through the Marketing Messages API, or switch them on.',
  ),
  131064: later(
    'The account is limited, because templates were put in the wrong category.',
    'Correct the categories and wait until the limit ends.',
    { scope: 'account' },
  ),
  131208: later('Group calls were made too often.', SLOW_DOWN),
  131214: later('Groups are switched off for a while.', 'Try again later.'),
  132000: permanent(
    "The number of parameters doesn't match the template.",
    EDIT_TEMPLATE,
    { ofTemplate: true },
  ),
  132001: permanent(
    'The template does not exist in this language, or is not approved.',
    'Check its name, its language code and its status in WhatsApp Manager, Message templates.',
    { ofTemplate: true },
  ),
  132005: permanent(
    'The text of the template is too long with these parameters.',
    'Send shorter values.',
  ),
  132007: permanent('The text of the template breaks a policy.', EDIT_TEMPLATE),
  132012: permanent(
    'A parameter does not have the form that the template wants.',
    EDIT_TEMPLATE,
    { ofTemplate: true },
  ),
  132015: later(
    'The template is paused, because too many people disliked it.',
    'Improve the template, or wait until Meta lifts the pause.',
  ),
  132016: permanent(
    'The template is disabled for good, because it was paused too often.',
    'Create a new template with another text.',
  ),
  132018: permanent(
    'Meta found a problem with the parameters of the template.',
    EDIT_TEMPLATE,
    { ofTemplate: true },
  ),
  132068: permanent(
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
  133004: retry('The server is not available for a moment.', SUPPORT),
  133005: permanent(
    'The two-step PIN is wrong.',
    'Use the right PIN, or reset it in WhatsApp Manager.',
  ),
  133006: permanent(
    'The phone number must be verified again.',
    'Verify it in WhatsApp Manager.',
    { scope: 'account' },
  ),
  133008: later(
    'The PIN was guessed too often.',
    'Wait as long as the details say.',
  ),
  133009: later(
    'The PIN was entered too fast.',
    'Wait as long as the details say.',
  ),
  133010: permanent(
    'The phone number of the business is not registered.',
    'Register it first.',
    { scope: 'account' },
  ),
  133015: later(
    'The phone number was deleted a moment ago.',
    'Wait five minutes and register it again.',
  ),
  133016: later(
    'The number was registered or deregistered too often.',
    'Wait until 72 hours have passed.',
  ),
  134011: permanent(
    'The terms of payments are not accepted.',
    'Accept them in WhatsApp Manager.',
    { scope: 'account' },
  ),
  134100: permanent(
    'Only marketing templates can be sent in this way.',
    'Send it with sendTemplate().',
  ),
  134101: later('The template is still being synced.', 'Wait ten minutes.'),
  134102: permanent(
    'The template cannot be used in this way.',
    'Use another template.',
  ),
  135000: permanent(
    'Something is wrong with the parameters of the request.',
    'Compare the message with the documentation of its type.',
  ),
  136025: later('Codes were asked for too often.', 'Wait some hours.'),
  137000: later(
    'The identity of this person has changed.',
    'Verify the person again before sending.',
  ),
  139000: permanent(
    'The flow is blocked by Meta.',
    'Look at it in WhatsApp Manager.',
  ),
  139001: permanent('The flow could not be updated.', READ_DETAILS),
  139002: permanent('The flow could not be published.', READ_DETAILS),
  139003: permanent('The flow could not be deprecated.', READ_DETAILS),
  139004: permanent('The flow could not be deleted.', READ_DETAILS),
  139100: permanent(
    'Some people could not be blocked or unblocked.',
    'Look at each person in the answer.',
  ),
  139101: permanent(
    'The list of blocked people is full (64,000).',
    'Unblock somebody first.',
  ),
  139102: retry('The list of blocked people has just changed.', SUPPORT),
  139103: unknown('Meta had a problem with the list.', SUPPORT),
  // Templates: the codes are mostly subcodes of 100.
  200005: permanent(
    'Template analytics are not available for this account.',
    'Look at the template in WhatsApp Manager, Message templates.',
  ),
  200006: permanent(
    'Template analytics cannot be turned off again.',
    'Leave them on.',
  ),
  200007: permanent(
    'Template analytics are not turned on for this account.',
    "Turn them on once, and for good: post('/<wabaId>', {}, { query: { is_enabled_for_insights: true } }).",
  ),
  2388023: later(
    'This language of the template is being deleted.',
    'Wait until it is gone, or use another name.',
  ),
  2388024: permanent(
    'The template exists already in this language.',
    'Change it with updateTemplate(), or use another name.',
  ),
  2388040: permanent('A text of the template is too long.', SHORTEN),
  2388047: permanent('The header of the template is not valid.', READ_DETAILS),
  2388072: permanent('The body of the template is not valid.', READ_DETAILS),
  2388073: permanent('The footer of the template is not valid.', READ_DETAILS),
  2388293: permanent(
    'The template has too many variables for the length of its text.',
    'Write more text around the variables, or use fewer of them.',
  ),
  2388299: permanent(
    'A variable stands at the start or the end of the text.',
    'Put words before and after it.',
  ),
  2593002: permanent(
    'There is no such template in this account.',
    'Check its name with listTemplates().',
  ),
  2494100: later('The account is in maintenance.', 'Wait some minutes.'),
  2593109: permanent(
    'The owner of the Business app did not agree to share its history.',
    'Ask the owner to share it, in the Business app.',
  ),
  2388019: permanent(
    'The account has as many templates as it may have.',
    'Delete templates that are not in use.',
  ),
  2388039: permanent(
    'The template cannot be changed now.',
    'Wait until its review is done, or until tomorrow.',
  ),
  131002: { sameAs: 131001 },
  131005: { sameAs: 10 },
  132008: { sameAs: 132012 },
};
