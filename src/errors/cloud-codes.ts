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

/** A message that a user sent but webhooks don't deliver. */
const NOT_DELIVERED = {
  description: 'The user sent a message type that the API does not deliver.',
  fix: 'Ask the person to send it as a text or a photo.',
};

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
export const CLOUD_CODES: Catalogue = {
  0: permanent("Meta couldn't authenticate the token.", NEW_TOKEN, {
    scope: 'account',
  }),
  1: unknown('Meta had an unknown problem with this request.', SUPPORT),
  2: unknown("Meta's service is temporarily down or overloaded.", SUPPORT),
  3: permanent(
    "The token doesn't have access to this part of the API.",
    PERMISSION,
    {
      scope: 'account',
    },
  ),
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
  102: permanent("The token's session has expired.", NEW_TOKEN, {
    scope: 'account',
  }),
  104: permanent(
    'The token is missing or its signature is invalid.',
    NEW_TOKEN,
    {
      scope: 'account',
    },
  ),
  190: permanent('The access token has expired or is invalid.', NEW_TOKEN, {
    scope: 'account',
  }),
  368: permanent(
    'The account is temporarily blocked for a policy violation.',
    QUALITY,
    { scope: 'account' },
  ),
  506: permanent(
    'The same content was posted just before.',
    'Change the content, or ignore this error: the first post was saved.',
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
    'Your business has blocked this user.',
    'Unblock the user before you send the message.',
  ),
  130429: retry(
    "Messages are sent faster than the phone number's rate limit.",
    SLOW_DOWN,
    {
      pace: 'slow',
    },
  ),
  130472: permanent(
    'The recipient is part of a Meta experiment and currently gets no marketing messages.',
    `Do not send it again today. ${OTHER_CHANNEL}`,
  ),
  130497: permanent(
    'The account is not allowed to send messages to this country.',
    'Leave out recipients in this country.',
  ),
  130501: permanent(
    'This type of message is not supported here.',
    'Send another type of message.',
    {
      received: NOT_DELIVERED,
    },
  ),
  131000: unknown('Meta had an unknown error.', SUPPORT),
  131001: unknown("Meta couldn't send the message.", SUPPORT),
  131006: permanent(
    'An object named in the request was not found.',
    'Check the IDs in the request.',
  ),
  131008: permanent('A required parameter is missing.', READ_DETAILS, {
    ofTemplate: true,
  }),
  131009: permanent('The value of a parameter is invalid.', READ_DETAILS),
  131016: retry("Meta's service is temporarily unavailable.", SUPPORT),
  131020: permanent(
    'The group does not have enough participants.',
    'Wait until someone has joined the group.',
  ),
  131021: permanent(
    'The recipient and the sender are the same number.',
    'Send to another number.',
  ),
  131026: permanent(
    "The message can't be delivered to this number: it may not be on WhatsApp, may use an old version, or may not have accepted the terms.",
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
    'Submit it for approval in WhatsApp Manager, Phone numbers.',
    { scope: 'account' },
  ),
  131041: permanent('The group does not exist.', 'Check the group ID.'),
  131042: permanent(
    'There is a problem with the payment method of the account.',
    'Check Billing in WhatsApp Manager.',
    { scope: 'account' },
  ),
  131043: later(
    'The message expired before it could be delivered.',
    'Send it again if it is still relevant.',
  ),
  131044: permanent(
    'The account has no valid credit line.',
    'Check Billing in WhatsApp Manager.',
    { scope: 'account' },
  ),
  131045: permanent(
    'The business phone number is not registered correctly.',
    'Register the number again.',
    { scope: 'account' },
  ),
  131047: permanent(
    'More than 24 hours have passed since this person last wrote to you.',
    'Send an approved template with sendTemplate().',
  ),
  131048: later(
    'Too many messages from this number were blocked or reported as spam.',
    `Stop sending for a few hours. ${QUALITY}`,
    { scope: 'account' },
  ),
  131049: later(
    'Meta did not deliver this message because the recipient gets many marketing messages.',
    'Wait at least 24 hours before you try again, and longer after each try.',
  ),
  131050: permanent(
    'The recipient has opted out of marketing messages from you.',
    "Record the opt-out and don't send marketing templates to this recipient.",
  ),
  131051: permanent(
    'WhatsApp does not support this type of message.',
    'Send another type of message.',
    {
      received: NOT_DELIVERED,
    },
  ),
  131052: permanent(
    "WhatsApp couldn't download the file that the user sent.",
    'Ask the person to send it again, or in another way.',
  ),
  131053: permanent(
    "WhatsApp couldn't process the message's media file.",
    'Check its type and size. If it is a link, check that it is publicly accessible.',
  ),
  131055: permanent(
    'The method is not allowed for this type of message.',
    'Use it for marketing templates only.',
  ),
  131056: retry(
    'Too many messages were sent to this recipient in a short time.',
    'Wait six seconds between messages to the same recipient.',
    { pace: 'recipient' },
  ),
  131057: retry(
    'The account is temporarily in maintenance mode.',
    'Try again in a few minutes.',
  ),
  131059: permanent(
    'The cursor for the next page is no longer valid.',
    'Start the list again from the first page.',
  ),
  131060: permanent(
    'The message is not available through the API: it is the first one to a number of the Business app.',
    'Read it in the WhatsApp Business app.',
  ),
  131062: permanent(
    "This message can't be sent to a business-scoped user ID.",
    "Send it to the recipient's phone number.",
  ),
  131063: permanent(
    'Marketing templates are disabled for the Cloud API in this account.',
    'Send them through the Marketing Messages API, or enable them.',
  ),
  131064: later(
    'The account is limited, because templates were put in the wrong category.',
    'Correct the categories and wait until the restriction ends.',
    { scope: 'account' },
  ),
  131208: later('Too many group requests were made.', SLOW_DOWN),
  131214: later('Groups are temporarily disabled.', 'Try again later.'),
  132000: permanent(
    "The number of parameters doesn't match the template.",
    EDIT_TEMPLATE,
    { ofTemplate: true },
  ),
  132001: permanent(
    'The template does not exist in this language or is not approved.',
    'Check its name, its language code and its status in WhatsApp Manager, Message templates.',
    { ofTemplate: true },
  ),
  132005: permanent(
    'The template text is too long with these parameters.',
    'Send shorter values.',
  ),
  132007: permanent('The template text violates a policy.', EDIT_TEMPLATE),
  132012: permanent(
    "A parameter doesn't match the format that the template expects.",
    EDIT_TEMPLATE,
    { ofTemplate: true },
  ),
  132015: later(
    'The template is paused because of negative feedback from recipients.',
    'Improve the template, or wait until Meta lifts the pause.',
  ),
  132016: permanent(
    'The template is permanently disabled because it was paused too often.',
    'Create a new template with different text.',
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
    'The flow is throttled: the limit of ten messages per hour was reached.',
    'Correct the flow in WhatsApp Manager, Flows, or wait an hour.',
  ),
  133000: later(
    'The number was not deregistered completely.',
    'Deregister it again.',
  ),
  133004: retry('The server is temporarily unavailable.', SUPPORT),
  133005: permanent(
    'The two-step PIN is wrong.',
    'Use the correct PIN, or reset it in WhatsApp Manager.',
  ),
  133006: permanent(
    'The phone number must be verified again.',
    'Verify it in WhatsApp Manager.',
    { scope: 'account' },
  ),
  133008: later(
    'An incorrect PIN was entered too many times.',
    'Wait as long as the details say.',
  ),
  133009: later(
    'The PIN was entered too quickly.',
    'Wait as long as the details say.',
  ),
  133010: permanent(
    'The business phone number is not registered.',
    'Register it first.',
    { scope: 'account' },
  ),
  133015: later(
    'The phone number was just deleted.',
    'Wait five minutes and register it again.',
  ),
  133016: later(
    'The number was registered or deregistered too many times.',
    'Wait until 72 hours have passed.',
  ),
  134011: permanent(
    'The payment terms have not been accepted.',
    'Accept them in WhatsApp Manager.',
    { scope: 'account' },
  ),
  134100: permanent(
    'Only marketing templates can be sent this way.',
    'Send it with sendTemplate().',
  ),
  134101: later('The template is still being synced.', 'Wait ten minutes.'),
  134102: permanent(
    "The template can't be used this way.",
    'Use another template.',
  ),
  135000: permanent(
    'Something is wrong with the parameters of the request.',
    'Compare the message with the documentation of its type.',
  ),
  136025: later('Codes were requested too many times.', 'Wait a few hours.'),
  137000: later(
    "The recipient's identity has changed.",
    'Verify the person again before sending.',
  ),
  139000: permanent(
    'The flow is blocked by Meta.',
    'Check it in WhatsApp Manager.',
  ),
  139001: permanent("The flow couldn't be updated.", READ_DETAILS),
  139002: permanent("The flow couldn't be published.", READ_DETAILS),
  139003: permanent("The flow couldn't be deprecated.", READ_DETAILS),
  139004: permanent("The flow couldn't be deleted.", READ_DETAILS),
  139100: permanent(
    'Some users could not be blocked or unblocked.',
    'Look at each person in the answer.',
  ),
  139101: permanent(
    'The block list is full (64,000 users).',
    'Unblock a user first.',
  ),
  139102: retry('The block list has just changed.', SUPPORT),
  139103: unknown('Meta had a problem with the list.', SUPPORT),
  // Templates: most of these codes are subcodes of 100.
  200005: permanent(
    'Template analytics are not available for this account.',
    'Check the template in WhatsApp Manager, Message templates.',
  ),
  200006: permanent(
    "Template analytics can't be turned off.",
    'Leave them on.',
  ),
  200007: permanent(
    'Template analytics are not turned on for this account.',
    "Turn them on once (this can't be undone): post('/<wabaId>', {}, { query: { is_enabled_for_insights: true } }).",
  ),
  2388023: later(
    'This language of the template is being deleted.',
    'Wait until the deletion is complete, or use another name.',
  ),
  2388024: permanent(
    'The template already exists in this language.',
    'Change it with updateTemplate(), or use another name.',
  ),
  2388040: permanent('A text in the template is too long.', SHORTEN),
  2388047: permanent('The header of the template is invalid.', READ_DETAILS),
  2388072: permanent('The body of the template is invalid.', READ_DETAILS),
  2388073: permanent('The footer of the template is invalid.', READ_DETAILS),
  2388293: permanent(
    'The template has too many variables for the length of its text.',
    'Add more text around the variables, or use fewer variables.',
  ),
  2388299: permanent(
    'A variable is at the start or end of the text.',
    'Add text before and after it.',
  ),
  2593002: permanent(
    'There is no such template in this account.',
    'Check its name with listTemplates().',
  ),
  2494100: later('The account is in maintenance mode.', 'Wait a few minutes.'),
  2593109: permanent(
    'The owner of the WhatsApp Business app declined to share the chat history.',
    'Ask the owner to share it in the WhatsApp Business app.',
  ),
  2388019: permanent(
    'The account has as many templates as it may have.',
    'Delete unused templates.',
  ),
  2388039: permanent(
    "The template can't be changed now.",
    'Wait until its review is complete, or until tomorrow.',
  ),
  132021: permanent(
    'The template name of Direct Send belongs to a template of your own.',
    'Choose another templateName.',
  ),
  138000: permanent(
    'Calling is not enabled for this phone number.',
    'Enable calling in WhatsApp Manager, Phone numbers.',
  ),
  138006: permanent(
    'The user has not given permission to be called.',
    'Request it with requestCallPermission.',
  ),
  138009: later(
    'The permission to call was requested too often.',
    'Wait: it can be requested once a day and twice in seven days.',
  ),
  138012: later(
    'The calls to this user are exhausted for now.',
    'Try again tomorrow.',
  ),
  138018: permanent(
    'Calling requires the calls webhook.',
    'Subscribe the app to the calls field in the App Dashboard.',
  ),
  147001: permanent(
    'The username is taken.',
    "Choose another one: get('username_suggestions') suggests some.",
  ),
  147002: permanent(
    'The account may not have a username.',
    'Check the state of the account in WhatsApp Manager.',
  ),
  147003: permanent(
    'The username belongs to an account on Facebook or Instagram that is not linked.',
    'Link that account in Meta Business Settings, or choose another username.',
  ),
  147004: { sameAs: 147003 },
  147005: permanent(
    'The username belongs to another of your numbers.',
    "To move it, add transfer_action: 'force_transfer'.",
  ),
  131201: unknown(
    'Only a part of the request was done.',
    'Read the details, then repeat the request for the rest.',
  ),
  2494164: permanent(
    'The sign-up link is not valid.',
    'Correct the value that the details name. signup_message has 1 to 300 characters.',
  ),
  2494165: { sameAs: 2494164 },
  2494166: { sameAs: 2494164 },
  2494167: { sameAs: 2494164 },
  2494168: { sameAs: 2494164 },
  2494176: { sameAs: 2494164 },
  2494177: { sameAs: 2494164 },
  2494179: { sameAs: 2494164 },
  139200: permanent(
    'Direct Send is blocked for this account.',
    'Send an approved template with sendTemplate().',
  ),
  2388318: permanent(
    "A template that Meta generated can't be changed.",
    'Create a template of your own.',
  ),
  2388330: permanent(
    "A template that Meta generated can't be deleted.",
    'Leave it: Meta removes it if it is not used.',
  ),
  131002: { sameAs: 131001 },
  131005: { sameAs: 10 },
  132008: { sameAs: 132012 },
};
