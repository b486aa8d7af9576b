import { execute as commonExecute } from '@openfn/language-common';
import * as phoneNumbers from './account/phone-numbers';
import * as businessProfile from './account/business-profile';
import * as analytics from './account/analytics';
import * as blocking from './account/block-users';
import * as contacts from './account/contacts';
import * as flows from './account/flows';
import * as downloads from './media/download';
import { uploadResumable } from './media/resumable-upload';
import * as uploads from './media/upload';
import { buildMessage } from './messages/message';
import { phoneNumber as readNumber } from './messages/phone-number';
import { buildTemplate } from './templates/template';
import { logCount, plural } from './log';
import {
  callApi,
  downloadFile,
  markAsRead as markMessageAsRead,
  readWebhook,
  requestText,
  runPipeline,
  sendContent,
  sendList,
} from './operations';
import { jobStep, operation } from './run';
import { makeRequest } from './requests';
import { subscribe, unsubscribe } from './webhooks/subscriptions';
import { listTemplates as listAllTemplates } from './templates/definitions';
import * as templates from './templates/management';
import { waitForTemplate as waitForReview } from './templates/wait';
import type {
  AnalyticsKind,
  AnalyticsQuery,
  BlockedUsersQuery,
  BulkMessage,
  BulkOptions,
  BusinessProfile,
  BusinessProfileOptions,
  CheckContactsOptions,
  DeleteTemplateOptions,
  DownloadOptions,
  File,
  FlowChanges,
  FlowDefinition,
  FlowOptions,
  FlowQuery,
  GetTemplateOptions,
  Lazy,
  MarkAsReadOptions,
  MediaSource,
  Message,
  MessageRow,
  NumberOptions,
  Operation,
  ParseWebhookOptions,
  PhoneNumberOptions,
  PhoneNumberQuery,
  Recipient,
  RequestOptions,
  SendOptions,
  State,
  SubscribeOptions,
  Template,
  TemplateChanges,
  TemplateDefinition,
  TemplateQuery,
  UploadOptions,
  WaitOptions,
} from './types';

/**
 * Check the credential and run operations in sequence. OpenFn wraps every job in `execute()`, so you rarely need to call it.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @param {Operations} operations - Operations to be performed.
 * @example <caption>Run two operations as one</caption>
 * execute(
 *   markAsRead($.data.messageId),
 *   sendMessage('+254712345678', 'Thank you, we got your message.')
 * );
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function execute(...operations: Operation[]): Operation {
  const steps = operations.map((step, index) =>
    jobStep(step, `Operation ${index + 1}`),
  );
  const pipeline = commonExecute(...(steps as any)) as unknown as Operation;
  return operation('execute', state => runPipeline(pipeline, state, steps), {
    isJob: true,
  });
}

/**
 * Send a message. Outside the 24-hour customer service window, use `sendTemplate()`.
 *
 * An accepted message is not yet delivered; status webhooks report delivery and include your `reference`.
 * A text with a missing value, such as `Hello undefined`, throws an error and is not sent.
 * A message is never sent twice: if the connection breaks and the outcome can't be determined, it throws `DELIVERY_UNKNOWN`.
 *
 * Works with the Cloud API and the On-Premise API, which has no groups, no business-scoped user IDs, no flows and no `reference`.
 * @public
 * @function
 * @param {Recipient} to - Who gets the message.
 * @param {Message} message - A string or an object: see the examples.
 * @param {SendOptions} options - `replyTo`, `reference`, `phoneNumberId`, `checkText`, `dryRun` and `timeout`.
 * @example <caption>Send a text message</caption>
 * sendMessage($.data.phone, 'Your results are ready.');
 * @example <caption>Send a text message with your own ID, which status webhooks include; for a list, use sendBulk()</caption>
 * sendMessage(
 *   $.data.phone,
 *   { text: $.data.text, previewUrl: true },
 *   { reference: $.data.id }
 * );
 * @example <caption>Reply to a message: its row has the sender and your number that received it</caption>
 * parseWebhook();
 * fn(state => ({ ...state, message: state.data.messages[0] }));
 * sendMessage($.message, 'Thank you, we got your message.', {
 *   replyTo: $.message.id,
 * });
 * @example <caption>Send a document from the web</caption>
 * sendMessage($.data.phone, {
 *   document: 'https://example.org/leaflet.pdf',
 *   filename: 'Malaria.pdf',
 *   caption: 'How to protect your family.',
 * });
 * @example <caption>Reply to a message with reply buttons</caption>
 * sendMessage(
 *   $.data.phone,
 *   {
 *     text: 'Are you coming tomorrow?',
 *     buttons: ['Yes', 'No'],
 *     footer: 'Reply any time',
 *   },
 *   { replyTo: $.data.messageId }
 * );
 * @example <caption>Send a list message</caption>
 * sendMessage($.data.phone, {
 *   text: 'Where do you want to be seen?',
 *   list: {
 *     button: 'Clinics',
 *     rows: [
 *       { id: 'c1', title: 'North', description: 'Monday to Friday' },
 *       { id: 'c2', title: 'South' },
 *     ],
 *   },
 * });
 * @example <caption>Request the recipient's location</caption>
 * sendMessage($.data.phone, { text: 'Where are you?', requestLocation: true });
 * @example <caption>Send a location</caption>
 * sendMessage($.data.phone, {
 *   location: { latitude: -1.29, longitude: 36.82, name: 'Clinic' },
 * });
 * @example <caption>React to a message with an emoji</caption>
 * sendMessage($.data.phone, { reaction: '👍', messageId: $.data.messageId });
 * @example <caption>Show pictures with a link each (Cloud API)</caption>
 * sendMessage($.data.phone, {
 *   text: 'Our clinics',
 *   carousel: [
 *     {
 *       image: 'https://example.org/north.jpg',
 *       text: 'North: Monday to Friday',
 *       cta: { label: 'Map', url: 'https://example.org/north' },
 *     },
 *     {
 *       image: 'https://example.org/south.jpg',
 *       text: 'South: Saturday',
 *       cta: { label: 'Map', url: 'https://example.org/south' },
 *     },
 *   ],
 * });
 * @example <caption>Ask a user for their phone number (Cloud API)</caption>
 * sendMessage($.data.phone, {
 *   text: 'Which number can we call?',
 *   requestContactInfo: true,
 * });
 * @example <caption>Ask whether you may call a user (Cloud API)</caption>
 * sendMessage($.data.phone, {
 *   text: 'May a nurse call you about your results?',
 *   requestCallPermission: true,
 * });
 * @example <caption>Let a user call you by a button, for a day (Cloud API)</caption>
 * sendMessage($.data.phone, {
 *   text: 'Questions?',
 *   call: { label: 'Call the hotline', ttlMinutes: 1440 },
 * });
 * @example <caption>Ask for an address, in India (Cloud API)</caption>
 * sendMessage($.data.phone, {
 *   text: 'Where do we send the test?',
 *   requestAddress: { country: 'IN' },
 * });
 * @example <caption>Show products of a catalog (Cloud API)</caption>
 * sendMessage($.data.phone, {
 *   header: 'Mosquito nets',
 *   text: 'Which one do you need?',
 *   products: {
 *     catalogId: '1234567890',
 *     sections: [{ title: 'Nets', items: ['NET-1', 'NET-2'] }],
 *   },
 * });
 * @example <caption>Pin a message in a group for a week (Cloud API)</caption>
 * sendMessage({ group: $.data.groupId }, { pin: $.data.messageId, days: 7 });
 * @example <caption>Send a message outside the 24-hour window without a template, if Meta has enabled Direct Send for you (Cloud API)</caption>
 * sendMessage($.data.phone, 'Your visit is on 5 May at ten.', {
 *   category: 'utility',
 *   ttlSeconds: 3600,
 * });
 * @example <caption>Send any other message in Meta's format</caption>
 * sendMessage($.data.phone, {
 *   type: 'interactive',
 *   interactive: {
 *     type: 'cta_url',
 *     body: { text: 'Your file' },
 *     action: {
 *       name: 'cta_url',
 *       parameters: { display_text: 'Open', url: 'https://example.org' },
 *     },
 *   },
 * });
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function sendMessage(
  to: Lazy<Recipient>,
  message: Lazy<Message>,
  options: Lazy<SendOptions> = {},
): Operation {
  return sendContent(buildMessage, {
    name: 'sendMessage',
    argument: 'message',
    to,
    input: message,
    options,
  });
}

/**
 * Send an approved template. Templates can be sent at any time, including to users who have never messaged you.
 *
 * Line breaks, tabs and long runs of spaces in values are replaced with one space, since Meta rejects them. Dates are formatted in the language of the template.
 * With `wabaId` in the credential, an error about the template (`132000`, `132001`, `132012`) also lists the parameters the template expects, the ones you sent, and the difference.
 *
 * Works with the Cloud API and the On-Premise API, which requires the `namespace` of the template.
 * @public
 * @function
 * @param {Recipient} to - Who gets the message.
 * @param {Template} template - The name of a template, or an object: see the examples.
 * @paramlookup template $.children[?(@.type=="template" && @.meta.status=="APPROVED")]
 * @param {SendOptions} options - `replyTo`, `reference`, `phoneNumberId`, `checkText`, `dryRun` and `timeout`.
 * @example <caption>Send a template without variables, in en_US</caption>
 * sendTemplate($.data.phone, 'hello_world');
 * @example <caption>Pass values by position, for a template with `{{1}}` and `{{2}}`</caption>
 * sendTemplate($.data.phone, {
 *   name: 'appointment_reminder',
 *   language: 'en_US',
 *   body: [
 *     $.data.name,
 *     { date: '2026-05-05T10:00:00Z', timeZone: 'Africa/Nairobi' },
 *   ],
 * });
 * @example <caption>Pass values by name, for a template with `{{name}}` and `{{day}}`</caption>
 * sendTemplate($.data.phone, {
 *   name: 'visit_reminder',
 *   language: 'sw',
 *   body: { name: $.data.name, day: { date: '2026-05-05' } },
 * });
 * @example <caption>Use a document header, a currency amount, and buttons by position (the second has no variable)</caption>
 * sendTemplate($.data.phone, {
 *   name: 'receipt',
 *   language: 'en',
 *   header: { document: $.data.mediaId, filename: 'receipt.pdf' },
 *   body: [{ currency: 'KES', amount: 1250.5 }],
 *   buttons: [{ url: 'r/123' }, null, { payload: 'CALL_ME' }],
 * });
 * @example <caption>Send a template with either API by including its namespace</caption>
 * sendTemplate($.data.phone, {
 *   name: 'hello_world',
 *   namespace: 'clinic_namespace',
 * });
 * @example <caption>Send an authentication code, with a copy code button</caption>
 * sendTemplate($.data.phone, {
 *   name: 'login_code',
 *   language: 'en_US',
 *   body: [{ otp: $.data.code }],
 * });
 * @example <caption>Fill a template by the names of its variables, in the first language that is approved (Cloud API)</caption>
 * sendTemplate($.data.phone, {
 *   name: 'visit_reminder',
 *   language: ['sw', 'en'],
 *   values: { name: $.data.name, day: 'Jumatatu' },
 * });
 * @example <caption>Fill the cards of a carousel (Cloud API)</caption>
 * sendTemplate($.data.phone, {
 *   name: 'clinic_cards',
 *   language: 'en',
 *   cards: ['north', 'south'].map(clinic => ({
 *     header: { image: `https://example.org/${clinic}.jpg` },
 *     body: [clinic],
 *     buttons: [{ url: clinic }],
 *   })),
 * });
 * @example <caption>Send a limited-time offer with a coupon code (Cloud API)</caption>
 * sendTemplate(
 *   $.data.phone,
 *   {
 *     name: 'net_offer',
 *     language: 'en',
 *     header: { image: 'https://example.org/net.jpg' },
 *     offer: { expires: '2030-12-24T18:00:00Z' },
 *     buttons: [{ code: 'SAVE20' }],
 *   },
 *   { marketing: 'auto' }
 * );
 * @example <caption>Open a flow by a button, with data for its first screen (Cloud API)</caption>
 * sendTemplate($.data.phone, {
 *   name: 'intake_form',
 *   language: 'en',
 *   body: [$.data.name],
 *   buttons: [{ flow: { token: $.data.id, data: { clinic: 'North' } } }],
 * });
 * @example <caption>Show products by a button (Cloud API)</caption>
 * sendTemplate($.data.phone, {
 *   name: 'net_products',
 *   language: 'en',
 *   buttons: [
 *     {
 *       products: {
 *         thumbnail: 'NET-1',
 *         sections: [{ title: 'Nets', items: ['NET-1', 'NET-2'] }],
 *       },
 *     },
 *   ],
 * });
 * @example <caption>Open the catalog by a button (Cloud API)</caption>
 * sendTemplate($.data.phone, {
 *   name: 'net_catalog',
 *   language: 'en',
 *   buttons: [{ catalog: 'NET-1' }],
 * });
 * @example <caption>Let a user call you by a button (Cloud API)</caption>
 * sendTemplate($.data.phone, {
 *   name: 'hotline',
 *   language: 'en',
 *   buttons: [{ call: { ttlMinutes: 1440, payload: 'hotline' } }],
 * });
 * @example <caption>Invite to a group (Cloud API)</caption>
 * sendTemplate($.data.phone, {
 *   name: 'group_invitation',
 *   language: 'en',
 *   body: [{ group: $.data.groupId }],
 * });
 * @example <caption>Send a GIF with a title that opens a URL (Cloud API)</caption>
 * sendTemplate(
 *   $.data.phone,
 *   {
 *     name: 'clinic_day',
 *     language: 'en',
 *     header: { gif: 'https://example.org/day.mp4' },
 *     tapTarget: { url: 'https://example.org/day', title: 'Clinics near you' },
 *   },
 *   { marketing: true }
 * );
 * @example <caption>See what the person would read, without sending (Cloud API)</caption>
 * sendTemplate($.data.phone, 'hello_world', { dryRun: true });
 * fn(state => {
 *   console.log(state.data.preview.text);
 *   return state;
 * });
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function sendTemplate(
  to: Lazy<Recipient>,
  template: Lazy<Template>,
  options: Lazy<SendOptions> = {},
): Operation {
  return sendContent(buildTemplate, {
    name: 'sendTemplate',
    argument: 'template',
    to,
    input: template,
    options,
  });
}

/**
 * Send a message to each item of a list at a controlled rate. `state.data` is a report that lists every item exactly once.
 *
 * - `accepted`: `[{ index, to, id, waId, reference }]`
 * - `failed`: `[{ index, to, reference, error }]`, rejected by the API, or the message couldn't be built; nothing was sent
 * - `unknown`: the same fields; it is unknown whether the message was sent, so it was not retried
 * - `unsent`: `[{ index, to, reference }]`, not attempted: time limit reached or account error
 * - `skipped`: `[{ index, to, reference, because }]`, excluded by `skip` or `previous`
 * - `summary`: the count of each, `seconds`, `messagesPerSecond`, and `stopped`, the reason if the list stopped early
 *
 * At most `rate` messages are sent per second, and each recipient gets at most one message every six seconds. If WhatsApp returns a rate limit error, the whole list slows down temporarily. An error with the token, the account or the number stops the list. `sendBulk()` throws `NOTHING_ACCEPTED`, or the account error, only if no message was accepted and none is unknown.
 *
 * With `wabaId` in the credential, each template is read once, and rows that don't match it fail before they are sent.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @param {(Array|string)} items - The list: an array, or a JSONPath. In the message, `$.data` is the item, as in `each()`.
 * @param {BulkMessage} message - `to`, a `template` or any message, and your `reference`.
 * @param {BulkOptions} options - `rate`, `concurrency`, `timeLimit`, `report`, `skip`, `previous`, `phoneNumberId`, `sameRecipient`, `checkText` and `dryRun`.
 * @example <caption>Send an appointment reminder to each patient</caption>
 * sendBulk($.data.patients, {
 *   to: $.data.phone,
 *   template: {
 *     name: 'visit_reminder',
 *     language: 'sw',
 *     namespace: 'clinic_namespace',
 *     body: { name: $.data.name, day: { date: $.data.visit } },
 *   },
 *   reference: $.data.id,
 * });
 * @example <caption>Stop after four minutes so the report is saved before a five-minute run limit</caption>
 * sendBulk(
 *   $.data.patients,
 *   { to: $.data.phone, text: $.data.text, reference: $.data.id },
 *   { rate: 20, timeLimit: 240, report: 'problems' }
 * );
 * @example <caption>Send the rest of a list, without rows that were already sent and users who opted out</caption>
 * fn(state => ({ report: [], optOuts: ['+254722000111'], ...state }));
 * sendBulk(
 *   $.data.patients,
 *   { to: $.data.phone, text: $.data.text, reference: $.data.id },
 *   { previous: $.report, skip: $.optOuts }
 * );
 * @example <caption>Check the requests before you send them</caption>
 * sendBulk(
 *   $.data.patients,
 *   { to: $.data.phone, text: $.data.text },
 *   { dryRun: true }
 * );
 * @state {BulkState}
 * @returns {Operation}
 */
export function sendBulk(
  items: Lazy<unknown[]> | string,
  message: Lazy<BulkMessage>,
  options: Lazy<BulkOptions> = {},
): Operation {
  return sendList({ items, message, options });
}

/**
 * Mark an incoming message as read (blue check marks). Earlier messages in the conversation are marked as read, too.
 *
 * Works with the Cloud API and the On-Premise API, which doesn't support `typing`.
 * @public
 * @function
 * @param {(string|Object)} messageId - The ID of the message, or its row from `parseWebhook()`.
 * @param {MarkAsReadOptions} options - `typing` and `phoneNumberId`.
 * @example <caption>Mark a message as read</caption>
 * markAsRead($.data.messageId);
 * @example <caption>Mark a message as read and show a typing indicator (Cloud API)</caption>
 * markAsRead($.data.messageId, { typing: true });
 * @example <caption>Mark all messages in a webhook as read, each with the number that received it</caption>
 * parseWebhook();
 * each($.data.messages, markAsRead($.data));
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function markAsRead(
  messageId: Lazy<string | MessageRow>,
  options: Lazy<MarkAsReadOptions> = {},
): Operation {
  return callApi(
    'markAsRead',
    { messageId, options },
    markMessageAsRead,
    'Marked a message as read',
  );
}

/**
 * Upload a media file. `state.data.id` is its ID, which messages can use for 30 days.
 *
 * Size limits: images 5 MB (jpg, png), stickers 500 KB (webp), videos 16 MB (mp4, 3gp), audio 16 MB (aac, amr, mp3, m4a, ogg with Opus) and documents 100 MB (pdf, txt, doc, docx, xls, xlsx, ppt, pptx).
 * A `type` that contradicts the first bytes of the file is an error. File paths are not supported.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @param {(string|Buffer|Readable)} file - The content: a base64 string, a data URI, an https:// URL, a Buffer or a stream.
 * @param {UploadOptions} options - `type`, `filename`, `headers`, `phoneNumberId` and `timeout`.
 * @example <caption>Upload a PDF (base64) and send it</caption>
 * uploadMedia($.data.pdf, { filename: 'result.pdf' });
 * fn(state => ({ ...state, mediaId: state.data.id }));
 * sendMessage('+254712345678', {
 *   document: $.mediaId,
 *   filename: 'Lab result.pdf',
 * });
 * @example <caption>Upload a file from the web</caption>
 * uploadMedia($.data.fileUrl);
 * @example <caption>Upload a file from a server that requires a login, with a custom token in the credential</caption>
 * uploadMedia($.data.fileUrl, {
 *   headers: { Authorization: `Bearer ${$.configuration.labToken}` },
 * });
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function uploadMedia(
  file: Lazy<File>,
  options: Lazy<UploadOptions> = {},
): Operation {
  return callApi(
    'uploadMedia',
    { file, options },
    uploads.uploadMedia,
    ({ body }) => `Uploaded a file: ${body.id}`,
  );
}

/**
 * Get a media file's type, size and download URL, which is valid for five minutes and requires the token. `downloadMedia()` does this automatically.
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {(string|Object)} id - The ID of a received or uploaded file, or a row from `parseWebhook()`.
 * @param {NumberOptions} options - `phoneNumberId`.
 * @example <caption>Check the size of a file before you download it</caption>
 * getMedia($.data.mediaId);
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function getMedia(
  id: Lazy<MediaSource>,
  options: Lazy<NumberOptions> = {},
): Operation {
  return callApi(
    'getMedia',
    { id, options },
    downloads.getMedia,
    ({ body }) => `Fetched the details of file ${body?.id}`,
  );
}

/**
 * Download a received or uploaded file. `state.data` is `{ id, mimeType, fileSize, sha256, filename, content }`.
 *
 * Verifies the SHA-256 hash and enforces `maxBytes`. Received files can be downloaded for 7 days.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @param {(string|Object)} media - The ID of a file, or a row from `parseWebhook()`: the message or its `media`.
 * @param {DownloadOptions} options - `as`, `maxBytes`, `phoneNumberId` and `timeout`.
 * @example <caption>Download a photo that a health worker sent</caption>
 * parseWebhook();
 * downloadMedia($.data.messages[0].media);
 * @example <caption>Download a text file</caption>
 * downloadMedia($.data.mediaId, { as: 'text', maxBytes: 100000 });
 * @state {DownloadState}
 * @returns {Operation}
 */
export function downloadMedia(
  media: Lazy<MediaSource>,
  options: Lazy<DownloadOptions> = {},
): Operation {
  return downloadFile({ media, options });
}

/**
 * Delete an uploaded or received file.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @param {(string|Object)} id - The ID of the file, or a row from `parseWebhook()`.
 * @param {NumberOptions} options - `phoneNumberId`.
 * @example <caption>Delete an uploaded file that is no longer needed</caption>
 * deleteMedia($.data.mediaId);
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function deleteMedia(
  id: Lazy<MediaSource>,
  options: Lazy<NumberOptions> = {},
): Operation {
  return callApi(
    'deleteMedia',
    { id, options },
    downloads.deleteMedia,
    (_response, { id }) => `Deleted file ${id}`,
  );
}

/**
 * Upload a sample for a template header, or a photo for the business profile. `state.data.h` is its handle: pass it to `createTemplate()` as `header_handle`, or to `updateBusinessProfile()` as `profile_picture_handle`.
 *
 * The file can be a jpg or png (5 MB), an mp4 (16 MB) or a pdf (100 MB). Interrupted uploads resume. A stream, or a file from the web without a known size, is held in memory. Requires `appId` in the credential. See [Meta's documentation of resumable uploads](https://developers.facebook.com/docs/graph-api/guides/upload).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {(string|Buffer|Readable)} file - The content: a base64 string, a data URI, an https:// URL, a Buffer or a stream.
 * @param {UploadOptions} options - `type`, `filename` and `timeout`.
 * @example <caption>Change the photo of the business profile</caption>
 * uploadFileHandle($.data.photo, { filename: 'clinic.png' });
 * updateBusinessProfile({ profile_picture_handle: $.data.h });
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function uploadFileHandle(
  file: Lazy<File>,
  options: Lazy<UploadOptions> = {},
): Operation {
  return callApi(
    'uploadFileHandle',
    { file, options },
    uploadResumable,
    'Uploaded a sample file: its handle is in state.data.h',
  );
}

/**
 * Parse a webhook into flat rows without dropping anything: incoming messages, statuses of messages that you sent, and all other events. Each row has the original as `content`, and unknown data becomes an event. Phone numbers start with `+`.
 *
 * Messages sent with the WhatsApp Business app are in `echoes`, and past messages from a sync are in `history`, never in `messages`. System changes, such as a changed number, are events with `change`; opt-outs are events with `kind: 'optOut'`.
 *
 * If `appSecret` is in the credential and the run has the `X-Hub-Signature-256` header, the signature is checked. See [Meta's documentation of webhooks](https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview).
 *
 * Works with webhooks of the Cloud API and the On-Premise API, which does not sign them.
 * @public
 * @function
 * @param {Object} payload - The body of the webhook (default: `$.data`).
 * @param {ParseWebhookOptions} options - `rawBody`, `requireSignature` and `verifySignature`.
 * @example <caption>Reply to each text message: a row as `to` replies to its sender, from the number that received it</caption>
 * parseWebhook();
 * fn(state => ({
 *   ...state,
 *   texts: state.data.messages.filter(({ type }) => type === 'text'),
 * }));
 * sendBulk($.texts, {
 *   to: $.data,
 *   text: 'Thank you, we got your message.',
 *   reference: $.data.id,
 *   replyTo: $.data.id,
 * });
 * @example <caption>Accept only webhooks signed by Meta (Cloud API)</caption>
 * parseWebhook($.data, { requireSignature: true });
 * @example <caption>List the messages that failed, with the reason and your own ID</caption>
 * parseWebhook();
 * fn(state => ({
 *   ...state,
 *   data: state.data.statuses
 *     .filter(({ status }) => status === 'failed')
 *     .map(({ reference, error }) => ({ reference, why: error.message })),
 * }));
 * @state {WebhookState}
 * @returns {Operation}
 */
export function parseWebhook(
  payload: Lazy<unknown> = (state: State) => state.data,
  options: Lazy<ParseWebhookOptions> = {},
): Operation {
  return readWebhook({ payload, options });
}

/**
 * Subscribe your app to webhooks for the WhatsApp Business Account. Webhooks are sent to the callback URL of the app, or to a custom one, such as the URL of an OpenFn webhook trigger. Meta verifies a custom URL immediately: see the README.
 *
 * Works with the Cloud API only. For the On-Premise API, the callback URL is a setting: see `request()`.
 * @public
 * @function
 * @param {SubscribeOptions} options - `callbackUrl` and `verifyToken` (default: the callback URL of the app), and `phoneNumberId`.
 * @example <caption>Send webhooks to a custom callback URL</caption>
 * subscribeWebhook({
 *   callbackUrl: 'https://example.org/whatsapp',
 *   verifyToken: $.data.verifyToken,
 * });
 * @example <caption>Send the webhooks of one number to another workflow</caption>
 * subscribeWebhook({
 *   callbackUrl: 'https://example.org/hotline',
 *   verifyToken: $.data.verifyToken,
 *   phoneNumberId: '123456789012346',
 * });
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function subscribeWebhook(
  options: Lazy<SubscribeOptions> = {},
): Operation {
  return callApi(
    'subscribeWebhook',
    { options },
    subscribe,
    'Subscribed to webhooks',
  );
}

/**
 * Unsubscribe your app from webhooks for the WhatsApp Business Account, or remove the callback URL of one number.
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {NumberOptions} options - `phoneNumberId`: only the callback URL of this number is removed.
 * @example <caption>Stop all webhooks of the account</caption>
 * unsubscribeWebhook();
 * @example <caption>Remove the callback URL of one number</caption>
 * unsubscribeWebhook({ phoneNumberId: '123456789012346' });
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function unsubscribeWebhook(
  options: Lazy<NumberOptions> = {},
): Operation {
  return callApi(
    'unsubscribeWebhook',
    { options },
    unsubscribe,
    'Unsubscribed from webhooks',
  );
}

/**
 * List all templates of your account. `state.data` is an array.
 *
 * A template has `id`, `name`, `language`, `status` (such as `APPROVED`, `PENDING` or `REJECTED`), `category`, `parameter_format`, `components`, `quality_score` and `rejected_reason`. Requires `wabaId` in the credential. See [Meta's documentation of template management](https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {TemplateQuery} query - Filters, and the fields to read.
 * @example <caption>List all templates</caption>
 * listTemplates();
 * @example <caption>List the approved templates in Swahili</caption>
 * listTemplates({ status: 'APPROVED', language: 'sw' });
 * @example <caption>Log why templates were rejected</caption>
 * listTemplates({ status: 'REJECTED' });
 * each($.data, log(state => `${state.data.name}: ${state.data.rejected_reason}`));
 * @state {ListState}
 * @returns {Operation}
 */
export function listTemplates(query: Lazy<TemplateQuery> = {}): Operation {
  return callApi(
    'listTemplates',
    { query },
    listAllTemplates,
    logCount('template'),
  );
}

/**
 * Get a template by name and language, or by ID.
 *
 * If you don't set a language, it gets the only one that exists, or `en_US`. If there is none, it throws `TEMPLATE_NOT_FOUND`, which lists the languages that exist. Requires `wabaId` in the credential.
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {string} nameOrId - The name of the template, or its ID.
 * @paramlookup nameOrId $.children[?(@.type=="template")]
 * @param {GetTemplateOptions} options - `language` and `fields`.
 * @example <caption>Check whether a template is approved</caption>
 * getTemplate('visit_reminder', { language: 'sw' });
 * fnIf($.data.status !== 'APPROVED', log('It is not approved yet.'));
 * @example <caption>Get a template by the ID from createTemplate()</caption>
 * getTemplate($.data.templateId);
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function getTemplate(
  nameOrId: Lazy<string>,
  options: Lazy<GetTemplateOptions> = {},
): Operation {
  return callApi(
    'getTemplate',
    { nameOrId, options },
    templates.getTemplate,
    ({ body }) =>
      `Fetched template ${body?.name ?? ''} (${body?.language ?? ''})`,
  );
}

/**
 * Wait until Meta has decided about a template in review. `state.data` is then the approved template.
 *
 * A rejected template throws `TEMPLATE_REJECTED` with Meta's reason. If the review takes longer than `timeout`, it throws `TEMPLATE_PENDING`. See [Meta's documentation of template reviews](https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-review).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {string} nameOrId - The name of the template, or its ID.
 * @paramlookup nameOrId $.children[?(@.type=="template")]
 * @param {WaitOptions} options - `language` and `timeout`.
 * @example <caption>Create a template and wait up to ten minutes for its review</caption>
 * createTemplate({
 *   name: 'follow_up',
 *   language: 'en',
 *   category: 'UTILITY',
 *   components: [{ type: 'BODY', text: 'Please come back on Monday.' }],
 * });
 * waitForTemplate('follow_up', { language: 'en', timeout: 600 });
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function waitForTemplate(
  nameOrId: Lazy<string>,
  options: Lazy<WaitOptions> = {},
): Operation {
  return callApi(
    'waitForTemplate',
    { nameOrId, options },
    waitForReview,
    ({ body }) => `Template ${body.name} is approved`,
  );
}

/**
 * Create a template in one language. Meta reviews it, which takes from minutes to a day: `state.data` is `{ id, status, category }`, with the status `PENDING`. A webhook reports the result of the review, and `waitForTemplate()` waits for it. If a variable has a name, `parameter_format` is `named` unless you set it.
 *
 * If Meta rejects the definition, the error (`100`) includes Meta's reason. If it is unknown whether the template was created, it throws `OUTCOME_UNKNOWN`: check with `getTemplate()`. An account can create 100 templates per hour. See [Meta's documentation of components](https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {TemplateDefinition} template - The template in Meta's format.
 * @example <caption>Create a reminder, with an example for each variable</caption>
 * createTemplate({
 *   name: 'clinic_visit',
 *   language: 'en',
 *   category: 'UTILITY',
 *   components: [
 *     {
 *       type: 'BODY',
 *       text: 'Hello {{name}}, your visit is on {{day}}. See you.',
 *       example: {
 *         body_text_named_params: [
 *           { param_name: 'name', example: 'Amina' },
 *           { param_name: 'day', example: 'Monday' },
 *         ],
 *       },
 *     },
 *     { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Confirm' }] },
 *   ],
 * });
 * @example <caption>Create a template with an image header</caption>
 * uploadFileHandle($.data.photo);
 * createTemplate({
 *   name: 'vaccination_day',
 *   language: 'en',
 *   category: 'MARKETING',
 *   components: [
 *     {
 *       type: 'HEADER',
 *       format: 'IMAGE',
 *       example: { header_handle: [$.data.h] },
 *     },
 *     { type: 'BODY', text: 'Bring your children on Saturday.' },
 *   ],
 * });
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function createTemplate(template: Lazy<TemplateDefinition>): Operation {
  return callApi(
    'createTemplate',
    { template },
    templates.createTemplate,
    ({ body }, { template: { name, language } }) =>
      `Created template ${name} (${language}): ${body.status ?? 'no status'}`,
  );
}

/**
 * Update a template, which Meta then reviews again. All of its components are replaced. `state.data` is `{ success: true }`.
 *
 * An approved template can be updated once a day and ten times a month, but its category can't be changed. A template in review can't be updated (subcode `2388039`). See [Meta's documentation of template management](https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {string} id - The ID of the template.
 * @paramlookup id $.children[?(@.type=="templateId")]
 * @param {Object} changes - The changes, in Meta's format: `components`, `category`, `message_send_ttl_seconds`.
 * @example <caption>Change the text of a template</caption>
 * getTemplate('hello_world');
 * updateTemplate($.data.id, {
 *   components: [{ type: 'BODY', text: 'Welcome to our clinic!' }],
 * });
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function updateTemplate(
  id: Lazy<string>,
  changes: Lazy<TemplateChanges>,
): Operation {
  return callApi(
    'updateTemplate',
    { id, changes },
    templates.updateTemplate,
    (_response, { id }) => `Updated template ${id}, which Meta reviews again`,
  );
}

/**
 * Delete a template in **all of its languages**, unless you set one. Its name can't be reused for 30 days. `state.data` is `{ success: true }`.
 *
 * See [Meta's documentation of template management](https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {string} name - The name of the template.
 * @paramlookup name $.children[?(@.type=="template")]
 * @param {DeleteTemplateOptions} options - `language` or `id`, to delete only one language.
 * @example <caption>Delete a template in one language</caption>
 * deleteTemplate('visit_reminder', { language: 'sw' });
 * @example <caption>Delete a template in all languages</caption>
 * deleteTemplate('visit_reminder');
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function deleteTemplate(
  name: Lazy<string>,
  options: Lazy<DeleteTemplateOptions> = {},
): Operation {
  return callApi(
    'deleteTemplate',
    { name, options },
    templates.deleteTemplate,
    (_response, { name, options }) =>
      `Deleted template ${name}${options?.language ? ` (${options.language})` : ''}`,
  );
}

/**
 * Create a flow: a form that users fill in inside WhatsApp. `state.data` is `{ id, success, validation_errors }`.
 *
 * Without `publish`, the flow is a draft, and errors in its JSON are in `validation_errors` with their lines. With `publish: true` such errors throw `INVALID_FLOW`, which lists them; the draft is kept. Requires `wabaId` in the credential. See [Meta's documentation of flows](https://developers.facebook.com/documentation/business-messaging/whatsapp/flows/reference/flowsapi).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {FlowDefinition} flow - The flow.
 * @example <caption>Create and publish a flow</caption>
 * createFlow({
 *   name: 'intake',
 *   categories: ['SURVEY'],
 *   json: {
 *     version: '7.3',
 *     screens: [
 *       {
 *         id: 'INTAKE',
 *         title: 'Intake',
 *         terminal: true,
 *         layout: {
 *           type: 'SingleColumnLayout',
 *           children: [
 *             { type: 'TextInput', name: 'village', label: 'Village' },
 *             {
 *               type: 'Footer',
 *               label: 'Send',
 *               'on-click-action': {
 *                 name: 'complete',
 *                 payload: { village: '${form.village}' },
 *               },
 *             },
 *           ],
 *         },
 *       },
 *     ],
 *   },
 *   publish: true,
 * });
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function createFlow(flow: Lazy<FlowDefinition>): Operation {
  return callApi(
    'createFlow',
    { flow },
    flows.createFlow,
    ({ body }) => `Created flow ${body.id}`,
  );
}

/**
 * Change the JSON, name or categories of a flow. `state.data` is `{ success: true }`, with `validation_errors` if the JSON changed. A published flow can't change: create another one, with `cloneFlowId`. See [Meta's documentation of flows](https://developers.facebook.com/documentation/business-messaging/whatsapp/flows/reference/flowsapi).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {string} id - The ID of the flow.
 * @paramlookup id $.children[?(@.type=="flow")]
 * @param {FlowChanges} changes - The fields to change.
 * @example <caption>Replace the JSON of a draft with the file of a repository</caption>
 * updateFlow('3330000000000001', { json: $.data.flowJson });
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function updateFlow(
  id: Lazy<string>,
  changes: Lazy<FlowChanges>,
): Operation {
  return callApi(
    'updateFlow',
    { id, changes },
    flows.updateFlow,
    (_response, { id: flow }) => `Updated flow ${flow}`,
  );
}

/**
 * Publish a flow, so that it can be sent to users. This can't be undone. If its JSON has errors, it throws `INVALID_FLOW`, which lists them with their lines. See [Meta's documentation of flows](https://developers.facebook.com/documentation/business-messaging/whatsapp/flows/reference/flowsapi).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {string} id - The ID of the flow.
 * @paramlookup id $.children[?(@.type=="flow" && @.meta.status=="DRAFT")]
 * @example <caption>Publish a flow</caption>
 * publishFlow('3330000000000001');
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function publishFlow(id: Lazy<string>): Operation {
  return callApi(
    'publishFlow',
    { id },
    flows.publishFlow,
    (_response, { id: flow }) => `Published flow ${flow}`,
  );
}

/**
 * Deprecate a published flow: it can no longer be sent or opened. This can't be undone. See [Meta's documentation of flows](https://developers.facebook.com/documentation/business-messaging/whatsapp/flows/reference/flowsapi).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {string} id - The ID of the flow.
 * @paramlookup id $.children[?(@.type=="flow" && @.meta.status=="PUBLISHED")]
 * @example <caption>Deprecate last year's form</caption>
 * deprecateFlow('3330000000000002');
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function deprecateFlow(id: Lazy<string>): Operation {
  return callApi(
    'deprecateFlow',
    { id },
    flows.deprecateFlow,
    (_response, { id: flow }) => `Deprecated flow ${flow}`,
  );
}

/**
 * Delete a flow that was never published. See [Meta's documentation of flows](https://developers.facebook.com/documentation/business-messaging/whatsapp/flows/reference/flowsapi).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {string} id - The ID of the flow.
 * @paramlookup id $.children[?(@.type=="flow" && @.meta.status=="DRAFT")]
 * @example <caption>Delete a draft</caption>
 * deleteFlow('3330000000000001');
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function deleteFlow(id: Lazy<string>): Operation {
  return callApi(
    'deleteFlow',
    { id },
    flows.deleteFlow,
    (_response, { id: flow }) => `Deleted flow ${flow}`,
  );
}

/**
 * Get a flow: its `status`, `validation_errors` and `health_status`, and a `preview` with a public link. See [Meta's documentation of flows](https://developers.facebook.com/documentation/business-messaging/whatsapp/flows/reference/flowsapi).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {string} id - The ID of the flow.
 * @paramlookup id $.children[?(@.type=="flow")]
 * @param {FlowOptions} options - `fields`.
 * @example <caption>Log the link to the preview of a flow</caption>
 * getFlow('3330000000000001');
 * fn(state => {
 *   console.log(state.data.preview.preview_url);
 *   return state;
 * });
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function getFlow(
  id: Lazy<string>,
  options: Lazy<FlowOptions> = {},
): Operation {
  return callApi(
    'getFlow',
    { id, options },
    flows.getFlow,
    (_response, { id: flow }) => `Fetched flow ${flow}`,
  );
}

/**
 * List all flows of the account. `state.data` is an array of `{ id, name, status, categories }`. Requires `wabaId` in the credential. See [Meta's documentation of flows](https://developers.facebook.com/documentation/business-messaging/whatsapp/flows/reference/flowsapi).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {FlowQuery} query - `fields` and `limit`.
 * @example <caption>List the names of the published flows</caption>
 * listFlows();
 * fn(state => {
 *   const published = state.data.filter(({ status }) => status === 'PUBLISHED');
 *   console.log(published.map(({ name }) => name));
 *   return state;
 * });
 * @state {ListState}
 * @returns {Operation}
 */
export function listFlows(query: Lazy<FlowQuery> = {}): Operation {
  return callApi('listFlows', { query }, flows.listFlows, logCount('flow'));
}

/**
 * List all phone numbers of your account. `state.data` is an array.
 *
 * A number has `id`, `display_phone_number`, `verified_name`, `quality_rating` (`GREEN`, `YELLOW`, `RED`), `status`, `throughput` and more. Requires `wabaId` in the credential. See [Meta's documentation of phone numbers](https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {PhoneNumberQuery} query - Filters, and the fields to read.
 * @example <caption>List the numbers with their quality ratings</caption>
 * listPhoneNumbers({ fields: 'id,display_phone_number,quality_rating' });
 * @state {ListState}
 * @returns {Operation}
 */
export function listPhoneNumbers(
  query: Lazy<PhoneNumberQuery> = {},
): Operation {
  return callApi(
    'listPhoneNumbers',
    { query },
    phoneNumbers.listPhoneNumbers,
    logCount('phone number'),
  );
}

/**
 * Get a phone number's quality rating, throughput, status, and whether it can send at all (`health_status`).
 *
 * `throughput.level` is `STANDARD` (80 messages per second) or `HIGH` (1,000). `whatsapp_business_manager_messaging_limit` is the number of people that all numbers of the business portfolio together may message in 24 hours outside of conversations. See [Meta's documentation of phone numbers](https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {PhoneNumberOptions} options - `id` (default: the number of the credential) and `fields`.
 * @example <caption>Stop before a long list if the number can't send</caption>
 * getPhoneNumber();
 * assert(
 *   $.data.health_status.can_send_message !== 'BLOCKED',
 *   'The number cannot send messages: see WhatsApp Manager.'
 * );
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function getPhoneNumber(
  options: Lazy<PhoneNumberOptions> = {},
): Operation {
  return callApi(
    'getPhoneNumber',
    { options },
    phoneNumbers.getPhoneNumber,
    ({ body }) => `Fetched phone number ${body?.id}`,
  );
}

/**
 * Get the business profile that users see. `state.data` is the profile: see `BusinessProfile`, with `profile_picture_url`.
 *
 * See [Meta's documentation of business profiles](https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/business-profiles).
 *
 * Works with the Cloud API only. For the On-Premise API, the profile is a setting: see `get()`.
 * @public
 * @function
 * @param {BusinessProfileOptions} options - `fields` and `phoneNumberId`.
 * @example <caption>Get the business profile</caption>
 * getBusinessProfile();
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function getBusinessProfile(
  options: Lazy<BusinessProfileOptions> = {},
): Operation {
  return callApi(
    'getBusinessProfile',
    { options },
    businessProfile.getBusinessProfile,
    'Fetched the business profile',
  );
}

/**
 * Update the business profile. Fields that you leave out don't change. `state.data` is `{ success: true }`. If fields are invalid, it throws `INVALID_PROFILE`, which lists all of them.
 *
 * See [Meta's documentation of business profiles](https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/business-profiles).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {BusinessProfile} profile - The fields to change.
 * @param {NumberOptions} options - `phoneNumberId`.
 * @example <caption>Set the description and contact details</caption>
 * updateBusinessProfile({
 *   about: 'Ministry of Health, clinic reminders',
 *   email: 'clinic@example.org',
 *   websites: ['https://example.org'],
 *   vertical: 'GOVT',
 * });
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function updateBusinessProfile(
  profile: Lazy<BusinessProfile>,
  options: Lazy<NumberOptions> = {},
): Operation {
  return callApi(
    'updateBusinessProfile',
    { profile, options },
    businessProfile.updateBusinessProfile,
    'Updated the business profile',
  );
}

/**
 * Get messaging, conversation, pricing or template analytics for a date range. `state.data.data_points` is an array with a data point for each day, with `start` and `end` in seconds since 1970.
 *
 * - `messaging`: messages `sent` and `delivered`
 * - `conversation`: conversations and their `cost`, until June 2025
 * - `pricing`: the `volume` of messages and their `cost`
 * - `template`: messages `sent`, `delivered`, `read` and `clicked` for up to 10 templates; must be turned on once for the account (error `200007`): see the README
 *
 * Analytics are available for the last year, and for the last 90 days for templates. Requires `wabaId` in the credential. See [Meta's documentation of analytics](https://developers.facebook.com/documentation/business-messaging/whatsapp/analytics).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {string} kind - `messaging`, `conversation`, `pricing` or `template`, or Meta's field name, such as `pricing_analytics`.
 * @param {AnalyticsQuery} query - The date range and filters.
 * @example <caption>Count the messages per day in a month</caption>
 * getAnalytics('messaging', {
 *   start: '2026-05-01',
 *   end: '2026-05-31',
 *   timeZone: 'Africa/Nairobi',
 * });
 * @example <caption>Get the cost of messages by country and month</caption>
 * getAnalytics('pricing', {
 *   start: '2026-01-01',
 *   end: '2026-06-30',
 *   granularity: 'MONTHLY',
 *   dimensions: ['COUNTRY', 'PRICING_CATEGORY'],
 * });
 * @example <caption>Check whether a reminder is read</caption>
 * getTemplate('visit_reminder', { language: 'sw' });
 * getAnalytics('template', {
 *   start: '2026-05-01',
 *   end: '2026-05-31',
 *   template_ids: [$.data.id],
 * });
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function getAnalytics(
  kind: Lazy<AnalyticsKind>,
  query: Lazy<AnalyticsQuery>,
): Operation {
  return callApi(
    'getAnalytics',
    { kind, query },
    analytics.getAnalytics,
    ({ body }) =>
      `Fetched ${plural(body.data_points.length, 'data point', 'data points')}`,
  );
}

/**
 * Block users: they can't message you, and you can't message them. Only users who messaged you in the last 24 hours can be blocked.
 *
 * `state.data.block_users` has `added_users` and `failed_users`; each failed user has `errors` with the reason. It throws an error (`139100`) only if no user could be blocked. See [Meta's documentation of blocking](https://developers.facebook.com/documentation/business-messaging/whatsapp/block-users).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {(string|Array)} users - Phone numbers or business-scoped user IDs (BSUID), as for `sendMessage()`.
 * @example <caption>Block a user who sends spam</caption>
 * blockUsers($.data.phone);
 * @example <caption>Block several users, and log why some could not be blocked</caption>
 * blockUsers(['+254712345678', '+254722000111']);
 * each(
 *   $.data.block_users.failed_users,
 *   log(state => state.data.errors[0].description)
 * );
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function blockUsers(users: Lazy<string | string[]>): Operation {
  return callApi(
    'blockUsers',
    { users },
    blocking.blockUsers,
    blocking.countUsers,
  );
}

/**
 * Unblock users. The response is like that of `blockUsers()`, with `removed_users`. See [Meta's documentation of blocking](https://developers.facebook.com/documentation/business-messaging/whatsapp/block-users).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {(string|Array)} users - Phone numbers or business-scoped user IDs (BSUID).
 * @example <caption>Unblock a user</caption>
 * unblockUsers($.data.phone);
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function unblockUsers(users: Lazy<string | string[]>): Operation {
  return callApi(
    'unblockUsers',
    { users },
    blocking.unblockUsers,
    blocking.countUsers,
  );
}

/**
 * List all blocked users. `state.data` is an array of `{ wa_id }`; up to 64,000 users can be blocked. See [Meta's documentation of blocking](https://developers.facebook.com/documentation/business-messaging/whatsapp/block-users).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @param {BlockedUsersQuery} query - `limit`.
 * @example <caption>Unblock all users</caption>
 * listBlockedUsers();
 * fnIf($.data.length > 0, unblockUsers($.data.map(({ wa_id }) => `+${wa_id}`)));
 * @state {ListState}
 * @returns {Operation}
 */
export function listBlockedUsers(
  query: Lazy<BlockedUsersQuery> = {},
): Operation {
  return callApi(
    'listBlockedUsers',
    { query },
    blocking.listBlockedUsers,
    logCount('blocked user'),
  );
}

/**
 * Check which numbers are on WhatsApp. `state.data` is an array of `{ input, status, waId }`.
 *
 * The status is `valid`, `invalid`, or `processing` (check again later). Servers since version 2.43 return `valid` for every number, so the result is not reliable.
 *
 * Works with the On-Premise API only.
 * @public
 * @function
 * @param {(string|Array)} numbers - Phone numbers in any common format.
 * @param {CheckContactsOptions} options - `blocking` and `forceCheck`.
 * @example <caption>Check a list of numbers (On-Premise API)</caption>
 * checkContacts(['+254712345678', '+254722000111']);
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function checkContacts(
  numbers: Lazy<string | string[]>,
  options: Lazy<CheckContactsOptions> = {},
): Operation {
  return callApi(
    'checkContacts',
    { numbers, options },
    contacts.checkContacts,
    ({ body }) => `Checked ${plural(body.length, 'contact', 'contacts')}`,
  );
}

/**
 * Convert a phone number to international format, with `+` and country code, for example to match records or a list of opt-outs. Returns `undefined` if the value is not a phone number.
 *
 * It parses numbers as `sendMessage()` does, and returns a string, not an operation.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @param {string} value - A phone number in any common format.
 * @param {string} country - The country of numbers without a country code, such as `KE`.
 * @example <caption>Leave out users who have opted out</caption>
 * fn(state => {
 *   const optedOut = new Set(state.data.optOuts);
 *   const patients = state.data.patients.filter(
 *     ({ phone }) => !optedOut.has(phoneNumber(phone, 'KE'))
 *   );
 *   return { ...state, patients };
 * });
 * sendBulk($.patients, {
 *   to: $.data.phone,
 *   text: $.data.text,
 *   reference: $.data.id,
 * });
 * @returns {string}
 */
export function phoneNumber(value: unknown, country?: string): any {
  // `$` turns the argument into a function of state.
  if (typeof value === 'function')
    return (state: State) => readNumber(value(state), country);
  return readNumber(value, country);
}

/**
 * Make a GET request to any endpoint.
 *
 * With the Cloud API, a path such as `messages` is below the phone number ID, and a path that starts with `/` is below the base URL. With the On-Premise API, every path is below `/v1`.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @param {string} path - The path of the endpoint.
 * @param {RequestOptions} options - `query`, `headers`, `parseAs` and `timeout`.
 * @example <caption>Read the business profile (Cloud API)</caption>
 * get('whatsapp_business_profile', { query: { fields: 'about,email' } });
 * @example <caption>List the templates of an account (Cloud API)</caption>
 * get('/987654321098765/message_templates', { query: { limit: 50 } });
 * @example <caption>Read the health of a server (On-Premise API)</caption>
 * get('health');
 * @example <caption>Read the business profile (On-Premise API)</caption>
 * get('settings/business/profile');
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function get(
  path: Lazy<string>,
  options: Lazy<RequestOptions> = {},
): Operation {
  return callApi(
    'get',
    { method: 'GET', path, body: undefined, options },
    makeRequest,
    requestText,
  );
}

/**
 * Make a POST request to any endpoint, with a JSON body or a form. If the outcome can't be determined, the request is not retried: it throws `OUTCOME_UNKNOWN`, or `DELIVERY_UNKNOWN` for a message.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @param {string} path - The path of the endpoint: see `get()`.
 * @param {Object} body - The request body, sent as JSON.
 * @param {RequestOptions} options - `query`, `headers`, `parseAs`, `timeout` and `form`.
 * @example <caption>Change the text of the business profile (Cloud API)</caption>
 * post('whatsapp_business_profile', {
 *   messaging_product: 'whatsapp',
 *   about: 'Ministry of Health',
 * });
 * @example <caption>Send a form with a file: the picture of a group, in base64 (Cloud API)</caption>
 * post('/Y2FwaV9ncm91cDox', null, {
 *   form: {
 *     messaging_product: 'whatsapp',
 *     profile_picture_file: {
 *       content: $.data.picture,
 *       filename: 'group.jpg',
 *       type: 'image/jpeg',
 *     },
 *   },
 * });
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function post(
  path: Lazy<string>,
  body: Lazy<unknown>,
  options: Lazy<RequestOptions> = {},
): Operation {
  return callApi(
    'post',
    { method: 'POST', path, body, options },
    makeRequest,
    requestText,
  );
}

/**
 * Make a DELETE request to any endpoint.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @param {string} path - The path of the endpoint: see `get()`.
 * @param {RequestOptions} options - `query`, `headers`, `parseAs` and `timeout`.
 * @example <caption>Delete an uploaded file (Cloud API)</caption>
 * del('/1234567890123456');
 * @example <caption>Delete an uploaded file (On-Premise API)</caption>
 * del('media/1234567890123456');
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function del(
  path: Lazy<string>,
  options: Lazy<RequestOptions> = {},
): Operation {
  return callApi(
    'del',
    { method: 'DELETE', path, body: undefined, options },
    makeRequest,
    requestText,
  );
}

/**
 * Make an HTTP request with any method to any endpoint.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @param {string} method - The HTTP method.
 * @param {string} path - The path of the endpoint: see `get()`.
 * @param {Object} body - The request body, sent as JSON.
 * @param {RequestOptions} options - `query`, `headers`, `parseAs`, `timeout` and `form`.
 * @example <caption>Send a message as in version 1 of this adaptor (Cloud API)</caption>
 * request('POST', 'messages', {
 *   messaging_product: 'whatsapp',
 *   to: '254712345678',
 *   type: 'template',
 *   template: { name: 'hello_world', language: { code: 'en_US' } },
 * });
 * @example <caption>Set the webhook URL of a server (On-Premise API)</caption>
 * request('PATCH', 'settings/application', {
 *   webhooks: { url: 'https://example.org/whatsapp' },
 * });
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function request(
  method: Lazy<string>,
  path: Lazy<string>,
  body?: Lazy<unknown>,
  options: Lazy<RequestOptions> = {},
): Operation {
  return callApi(
    'request',
    { method, path, body, options },
    makeRequest,
    requestText,
  );
}

export {
  as,
  assert,
  combine,
  cursor,
  dataPath,
  dataValue,
  dateFns,
  each,
  field,
  fields,
  fn,
  fnIf,
  group,
  lastReferenceValue,
  log,
  map,
  merge,
  scrubEmojis,
  sourceValue,
  util,
} from './workflow';

// Types for the docs page, below the operations because ast.json uses the
// first comment above a function as its documentation.

/**
 * The state after an operation.
 * @typedef {Object} WhatsAppState
 * @private
 * @property {Object} data - the API response
 * @property {Object} response - the HTTP response: `method`, `url`, `statusCode`, `statusMessage`, `headers` and `duration` (milliseconds)
 * @property {Array} references - an array of all previous data objects of the job
 */

/**
 * The state after a list operation.
 * @typedef {Object} ListState
 * @private
 * @property {Array} data - the items of all pages
 * @property {Object} response - the HTTP response of the last page: `method`, `url`, `statusCode`, `statusMessage`, `headers` and `duration` (milliseconds)
 * @property {Array} references - an array of all previous data objects of the job
 */

/**
 * The state after `downloadMedia()`.
 * @typedef {Object} DownloadState
 * @private
 * @property {Object} data - the file: `id`, `mimeType`, `fileSize`, `sha256`, `filename` (if known) and `content`
 * @property {Array} references - an array of all previous data objects of the job
 */

/**
 * The state after `parseWebhook()`.
 * @typedef {Object} WebhookState
 * @private
 * @property {Object} data - `{ messages, statuses, events, echoes, history }`: see `MessageRow`, `StatusRow` and `EventRow`
 * @property {Array} references - an array of all previous data objects of the job
 */

/**
 * The state after `sendBulk()`.
 * @typedef {Object} BulkState
 * @private
 * @property {Object} data - the report: `{ accepted, failed, unknown, unsent, summary }`; with `dryRun` `{ requests, failed, summary }`
 */
