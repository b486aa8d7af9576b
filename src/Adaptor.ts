import { execute as commonExecute } from '@openfn/language-common';
import * as account from './account/phone-numbers';
import type {
  BusinessProfile,
  PhoneNumberOptions,
  PhoneNumberQuery,
  ProfileOptions,
} from './account/phone-numbers';
import * as analytics from './account/analytics';
import type { AnalyticsQuery } from './account/analytics';
import * as blocking from './account/block-users';
import type { BlockedQuery } from './account/block-users';
import * as contacts from './account/contacts';
import * as downloads from './media/download';
import type { DownloadOptions, MediaSource } from './media/download';
import { uploadResumable } from './media/resumable-upload';
import * as uploads from './media/upload';
import type { File } from './media/source';
import { buildMessage, type Message } from './messages/message';
import { phoneNumber as readNumber } from './messages/phone-number';
import type { Recipient } from './messages/recipient';
import { buildTemplate, type Template } from './templates/template';
import { logCount } from './log';
import {
  callApi,
  downloadFile,
  readWebhook,
  runPipeline,
  sendContent,
  sendList,
} from './operations';
import type {
  BulkOptions,
  NumberOptions,
  CheckOptions,
  ReadOptions,
  RequestOptions,
  SendOptions,
  SubscribeOptions,
  UploadOptions,
} from './options';
import { jobStep, operation } from './run';
import * as receipts from './receipts';
import { makeRequest } from './requests';
import type { SignatureOptions } from './webhooks/signature';
import type { Lazy, Operation, State } from './state';
import { subscribe, unsubscribe } from './webhooks/subscriptions';
import * as templates from './templates/management';
import type {
  DeleteTemplateOptions,
  GetTemplateOptions,
  TemplateDefinition,
  TemplateQuery,
} from './templates/management';

/**
 * Checks the credential and runs operations one after the other. OpenFn does this with every job: you rarely write it yourself.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @category Execution
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
 * An accepted message is not yet delivered: status webhooks report delivery, with the `reference` that you gave.
 * A text with a hole in it, such as `Hello undefined`, is an error and is not sent.
 * A message is never sent twice: if the connection breaks and the outcome can't be determined, the error is `DELIVERY_UNKNOWN`.
 *
 * Works with the Cloud API and the On-Premise API, which has no groups, no business-scoped user IDs, no flows and no `reference`.
 * @public
 * @function
 * @category Sending
 * @param {Recipient} to - Who gets the message.
 * @param {(string|Message)} message - A text, or an object: see the examples.
 * @param {SendOptions} options - `replyTo`, `reference`, `phoneNumberId`, `checkText`, `dryRun` and `timeout`.
 * @example <caption>Send a text</caption>
 * sendMessage($.data.phone, 'Your results are ready.');
 * @example <caption>Send a text with your own ID, which comes back in status webhooks; for a list use sendBulk()</caption>
 * sendMessage(
 *   $.data.phone,
 *   { text: $.data.text, previewUrl: true },
 *   { reference: $.data.id }
 * );
 * @example <caption>Answer a message: its row says who wrote it, and to which of your numbers</caption>
 * parseWebhook();
 * fn(state => ({ ...state, message: state.data.messages[0] }));
 * sendMessage($.message, 'Thank you, we got your message.', {
 *   replyTo: $.message.id,
 * });
 * @example <caption>Send a file: uploaded before, or from the web</caption>
 * sendMessage($.data.phone, {
 *   document: 'https://example.org/leaflet.pdf',
 *   filename: 'Malaria.pdf',
 *   caption: 'How to protect your family.',
 * });
 * @example <caption>Ask a question with buttons, in answer to a message</caption>
 * sendMessage(
 *   $.data.phone,
 *   {
 *     text: 'Are you coming tomorrow?',
 *     buttons: ['Yes', 'No'],
 *     footer: 'Reply any time',
 *   },
 *   { replyTo: $.data.messageId }
 * );
 * @example <caption>Offer a list</caption>
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
 * @example <caption>Anything else, in Meta's own form</caption>
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
 * Send a template that Meta has approved. Templates can be sent at any time, including to users who have never messaged you.
 *
 * Line breaks, tabs and long runs of spaces in values become one space, since Meta refuses them. A date is written out in the language of the template.
 * With `wabaId` in the credential, an error about the template (`132000`, `132001`, `132012`) also says what that template wants, what it was given, and what is missing or too many.
 *
 * Works with the Cloud API and the On-Premise API, which needs the `namespace` of the template.
 * @public
 * @function
 * @category Sending
 * @param {Recipient} to - Who gets the message.
 * @param {(string|Template)} template - The name of a template, or an object: see the examples.
 * @paramlookup template $.children[?(@.type=="template" && @.meta.status=="APPROVED")].name
 * @param {SendOptions} options - `replyTo`, `reference`, `phoneNumberId`, `checkText`, `dryRun` and `timeout`.
 * @example <caption>A template without variables, in en_US</caption>
 * sendTemplate($.data.phone, 'hello_world');
 * @example <caption>Values by position, for a template with `{{1}}` and `{{2}}`</caption>
 * sendTemplate($.data.phone, {
 *   name: 'appointment_reminder',
 *   language: 'en_US',
 *   body: [
 *     $.data.name,
 *     { date: '2026-05-05T10:00:00Z', timeZone: 'Africa/Nairobi' },
 *   ],
 * });
 * @example <caption>Values by name, for a template with `{{name}}` and `{{day}}`</caption>
 * sendTemplate($.data.phone, {
 *   name: 'visit_reminder',
 *   language: 'sw',
 *   body: { name: $.data.name, day: { date: '2026-05-05' } },
 * });
 * @example <caption>A file in the header, money, and buttons by position: the second button has no variable</caption>
 * sendTemplate($.data.phone, {
 *   name: 'receipt',
 *   language: 'en',
 *   header: { document: $.data.mediaId, filename: 'receipt.pdf' },
 *   body: [{ currency: 'KES', amount: 1250.5 }],
 *   buttons: [{ url: 'r/123' }, null, { payload: 'CALL_ME' }],
 * });
 * @example <caption>A template that is sent with either API, since its namespace is there</caption>
 * sendTemplate($.data.phone, {
 *   name: 'hello_world',
 *   namespace: 'clinic_namespace',
 * });
 * @example <caption>An authentication code, which is shown and can be copied</caption>
 * sendTemplate($.data.phone, {
 *   name: 'login_code',
 *   language: 'en_US',
 *   body: [{ otp: $.data.code }],
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
 * Send a message to everybody on a list, at the maximum rate of the phone number. `state.data` is then a report that lists every item exactly once.
 *
 * - `accepted`: `[{ index, to, id, waId, reference }]`
 * - `failed`: `[{ index, to, reference, error }]`, refused by the API or impossible to make; nothing was sent
 * - `unknown`: the same; nobody can tell whether it was sent, and it was not sent again
 * - `unsent`: `[{ index, to, reference }]`, not tried, because time was over or the account was refused
 * - `skipped`: `[{ index, to, reference, because }]`, left out by `skip` or `previous`
 * - `summary`: how many of each, `seconds`, `messagesPerSecond`, and by what the list was `stopped`
 *
 * Never more than `rate` messages leave in any second, and one person gets one message in six seconds. When WhatsApp asks to slow down, the whole list slows down for a while. A refusal of the token, the account or the number stops the list. The error `NOTHING_ACCEPTED`, or that of the account, is thrown only if no message was accepted and none is unknown.
 *
 * With `wabaId` in the credential each template is read once, and rows that do not fit it fail before they are sent.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @category Bulk
 * @param {(Array|string)} items - The list: an array, or a JSONPath. As with `each()`, `$.data` is the item in the message.
 * @param {BulkMessage} message - `to`, a `template` or any message, and your `reference`.
 * @param {BulkOptions} options - `rate`, `concurrency`, `timeLimit`, `report`, `skip`, `previous`, `phoneNumberId`, `sameRecipient`, `checkText` and `dryRun`.
 * @example <caption>Remind everybody on a list with a template</caption>
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
 * @example <caption>End after four minutes, in a workflow that is killed after five</caption>
 * sendBulk(
 *   $.data.patients,
 *   { to: $.data.phone, text: $.data.text, reference: $.data.id },
 *   { rate: 20, timeLimit: 240, report: 'problems' }
 * );
 * @example <caption>Send the rest of a list, without those who were served before and those who have opted out</caption>
 * fn(state => ({ report: [], optOuts: ['+254722000111'], ...state }));
 * sendBulk(
 *   $.data.patients,
 *   { to: $.data.phone, text: $.data.text, reference: $.data.id },
 *   { previous: $.report, skip: $.optOuts }
 * );
 * @example <caption>Look at the requests before anything is sent</caption>
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
  message: Lazy<Record<string, unknown>>,
  options: Lazy<BulkOptions> = {},
): Operation {
  return sendList({ items, message, options });
}

/**
 * Mark an incoming message as read (blue check marks). Messages before it are marked too.
 *
 * Works with the Cloud API and the On-Premise API, which has no `typing`.
 * @public
 * @function
 * @category Sending
 * @param {(string|Object)} messageId - The ID of the message, or its row of `parseWebhook()`.
 * @param {ReadOptions} options - `typing` and `phoneNumberId`.
 * @example <caption>Mark a message as read</caption>
 * markAsRead($.data.messageId);
 * @example <caption>Mark a message as read, and show that an answer is being typed (Cloud)</caption>
 * markAsRead($.data.messageId, { typing: true });
 * @example <caption>Mark all messages of a webhook as read, each for the number that got it</caption>
 * parseWebhook();
 * each($.data.messages, markAsRead($.data));
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function markAsRead(
  messageId: Lazy<string | object>,
  options: Lazy<ReadOptions> = {},
): Operation {
  return callApi(
    'markAsRead',
    { messageId, options },
    receipts.markAsRead,
    'Marked a message as read.',
  );
}

/**
 * Upload a file, to be sent in messages for 30 days. `state.data.id` is its ID.
 *
 * Images can have 5 MB (jpg, png), stickers 500 KB (webp), videos 16 MB (mp4, 3gp), audio 16 MB (aac, amr, mp3, m4a, ogg with Opus) and documents 100 MB (pdf, txt, doc, docx, xls, xlsx, ppt, pptx).
 * The first bytes decide what it is: a `type` that contradicts them is an error. File paths are not supported, since jobs run on shared machines.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @category Media
 * @param {(string|Buffer|Readable)} file - The content: a base64 text, a data URI, an https:// address, a Buffer or a stream.
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
 * @example <caption>Upload a file from a server behind a login, with a token of your own in the credential</caption>
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
    'Uploaded a file.',
  );
}

/**
 * Get a media file's type, size and download URL, which is valid for five minutes and needs the token. `downloadMedia()` does this by itself.
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @category Media
 * @param {(string|Object)} id - The ID of a file that was received or uploaded, or a row of `parseWebhook()`.
 * @param {NumberOptions} options - `phoneNumberId`.
 * @example <caption>Look at the size of a file before it is downloaded</caption>
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
    'Fetched the info of a file.',
  );
}

/**
 * Download a file that was received or uploaded. `state.data` is then `{ id, mimeType, fileSize, sha256, filename, content }`.
 *
 * Verifies the SHA-256 hash and enforces `maxBytes`. Received files can be downloaded for 7 days.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @category Media
 * @param {(string|Object)} media - The ID of a file, or a row of `parseWebhook()`: the message or its `media`.
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
 * Delete a file that was uploaded or received.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @category Media
 * @param {(string|Object)} id - The ID of the file, or a row of `parseWebhook()`.
 * @param {NumberOptions} options - `phoneNumberId`.
 * @example <caption>Delete an uploaded file after it was sent</caption>
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
    'Deleted a file.',
  );
}

/**
 * Upload a sample for the header of a template, or a photo for the business profile. `state.data.h` is its handle, which `createTemplate()` takes as `header_handle` and `updateBusinessProfile()` as `profile_picture_handle`.
 *
 * The file can be a jpg or png (5 MB), an mp4 (16 MB) or a pdf (100 MB). Interrupted uploads resume. A stream, or a file from the web whose server does not tell its size, is held in memory. It needs `appId` in the credential. See [Meta's documentation of resumable uploads](https://developers.facebook.com/docs/graph-api/guides/upload).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @category Media
 * @param {(string|Buffer|Readable)} file - The content: a base64 text, a data URI, an https:// address, a Buffer or a stream.
 * @param {UploadOptions} options - `type`, `filename` and `timeout`.
 * @example <caption>Show a new photo in the business profile</caption>
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
    'Uploaded a file.',
  );
}

/**
 * Turn a webhook into plain rows: the messages that people sent, the statuses of messages that you sent, and all other events. Nothing is left out: a row has the original as `content`, and what is not known becomes an event. Numbers are written with `+`.
 *
 * What the Business app has sent is in `echoes`, and what a sync tells of the past in `history`: neither is ever in `messages`. What nobody wrote, such as a changed number, is an event with `change`; opt-outs are events with `kind: 'optOut'`.
 *
 * If `appSecret` is in the credential and the run has the `X-Hub-Signature-256` header, the signature is checked. See [Meta's documentation of webhooks](https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview).
 *
 * Works with webhooks of the Cloud API and the On-Premise API, which does not sign them.
 * @public
 * @function
 * @category Receiving
 * @param {Object} payload - The body of the webhook (default: `$.data`).
 * @param {WebhookOptions} options - `rawBody`, `requireSignature` and `verifySignature`.
 * @example <caption>Thank everybody who wrote a text: a row as `to` answers its sender, from the number that got it</caption>
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
 * @example <caption>Take only webhooks that are signed by Meta (Cloud)</caption>
 * parseWebhook($.data, { requireSignature: true });
 * @example <caption>Keep the messages that did not arrive, with the reason and your own ID</caption>
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
  options: Lazy<SignatureOptions> = {},
): Operation {
  return readWebhook({ payload, options });
}

/**
 * Subscribe your app to webhooks for the WhatsApp Business Account. They go to the callback URL of the app, or to one of your own, such as the URL of an OpenFn webhook trigger. Meta verifies that URL at once: see the README.
 *
 * Works with the Cloud API only. On the On-Premise API the address is one of its settings: see `request()`.
 * @public
 * @function
 * @category Receiving
 * @param {SubscribeOptions} options - `callbackUrl` and `verifyToken`; without them the address of the app is used.
 * @example <caption>Send webhooks to another address than that of the app</caption>
 * subscribeWebhook({
 *   callbackUrl: 'https://example.org/whatsapp',
 *   verifyToken: $.data.verifyToken,
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
    'Subscribed to webhooks.',
  );
}

/**
 * Stop the webhooks of your WhatsApp Business Account.
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @category Receiving
 * @example
 * unsubscribeWebhook();
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function unsubscribeWebhook(): Operation {
  return callApi(
    'unsubscribeWebhook',
    {},
    unsubscribe,
    'Unsubscribed from webhooks.',
  );
}

/**
 * List the templates of your account, all pages of them. `state.data` is an array.
 *
 * A template has `id`, `name`, `language`, `status` (such as `APPROVED`, `PENDING` or `REJECTED`), `category`, `parameter_format`, `components`, `quality_score` and `rejected_reason`. It needs `wabaId` in the credential. See [Meta's documentation of template management](https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @category Templates
 * @param {TemplateQuery} query - Which templates, and which of their fields.
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
    templates.listTemplates,
    logCount('template'),
  );
}

/**
 * Read one template, by its name and language or by its ID.
 *
 * Without a language it is the only one that there is, or the one in `en_US`. If there is none, the error is `TEMPLATE_NOT_FOUND`, which names the languages that exist. It needs `wabaId` in the credential.
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @category Templates
 * @param {string} nameOrId - The name of the template, or its ID.
 * @paramlookup nameOrId $.children[?(@.type=="template")].name
 * @param {GetTemplateOptions} options - `language` and `fields`.
 * @example <caption>See whether a template is approved</caption>
 * getTemplate('visit_reminder', { language: 'sw' });
 * fnIf($.data.status !== 'APPROVED', log('It is not approved yet.'));
 * @example <caption>Read a template by the ID that createTemplate() gave</caption>
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
    'Read a template.',
  );
}

/**
 * Create a template in one language. Meta reviews it, which takes minutes to a day: `state.data` is `{ id, status, category }`, with the status `PENDING`. A webhook tells how the review ends.
 *
 * If Meta refuses the definition, the error (`100`) says why in Meta's words. If nobody can tell whether it was created, the error is `OUTCOME_UNKNOWN`: look with `getTemplate()`. An account can create 100 templates in an hour. See [Meta's documentation of components](https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @category Templates
 * @param {TemplateDefinition} template - The template in Meta's form.
 * @example <caption>Create a reminder, with an example for each variable</caption>
 * createTemplate({
 *   name: 'clinic_visit',
 *   language: 'en',
 *   category: 'UTILITY',
 *   parameter_format: 'named',
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
 * @example <caption>Create a template with a picture in its header</caption>
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
    'Created a template.',
  );
}

/**
 * Change a template, which Meta then reviews again. Its components are replaced as a whole. `state.data` is `{ success: true }`.
 *
 * An approved template can be changed once a day and ten times a month, and its category not at all; one in review cannot be changed (subcode `2388039`). See [Meta's documentation of template management](https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @category Templates
 * @param {string} id - The ID of the template.
 * @paramlookup id $.children[?(@.type=="template")].meta.id
 * @param {Object} changes - What is to be changed, in Meta's form: `components`, `category`, `message_send_ttl_seconds`.
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
  changes: Lazy<Partial<TemplateDefinition>>,
): Operation {
  return callApi(
    'updateTemplate',
    { id, changes },
    templates.updateTemplate,
    'Changed a template.',
  );
}

/**
 * Delete a template: in **all of its languages**, unless you name one. Its name cannot be used again for 30 days. `state.data` is `{ success: true }`.
 *
 * See [Meta's documentation of template management](https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @category Templates
 * @param {string} name - The name of the template.
 * @paramlookup name $.children[?(@.type=="template")].name
 * @param {DeleteTemplateOptions} options - `language` or `id`, to delete one language only.
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
    'Deleted a template.',
  );
}

/**
 * List the phone numbers of your account, all pages of them. `state.data` is an array.
 *
 * A number has `id`, `display_phone_number`, `verified_name`, `quality_rating` (`GREEN`, `YELLOW`, `RED`), `status`, `throughput` and more. It needs `wabaId` in the credential. See [Meta's documentation of phone numbers](https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @category Account
 * @param {PhoneNumberQuery} query - Which numbers, and which of their fields.
 * @example <caption>List the numbers, and how people rate what they send</caption>
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
    account.listPhoneNumbers,
    logCount('phone number'),
  );
}

/**
 * Get a phone number's quality rating, throughput, status, and whether it can send at all (`health_status`).
 *
 * `throughput.level` is `STANDARD` for 80 messages per second, `HIGH` for 1,000. See [Meta's documentation of phone numbers](https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @category Account
 * @param {PhoneNumberOptions} options - `id` (default: the number of the credential) and `fields`.
 * @example <caption>Stop before a long list if the number cannot send</caption>
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
    account.getPhoneNumber,
    'Read a phone number.',
  );
}

/**
 * Read the business profile: what people see when they look at who writes to them. `state.data` is the profile: see `BusinessProfile`, with `profile_picture_url`.
 *
 * See [Meta's documentation of business profiles](https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/business-profiles).
 *
 * Works with the Cloud API only. On the On-Premise API it is one of its settings: see `get()`.
 * @public
 * @function
 * @category Account
 * @param {ProfileOptions} options - `fields` and `phoneNumberId`.
 * @example <caption>Read the business profile</caption>
 * getBusinessProfile();
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function getBusinessProfile(
  options: Lazy<ProfileOptions> = {},
): Operation {
  return callApi(
    'getBusinessProfile',
    { options },
    account.getBusinessProfile,
    'Read the profile.',
  );
}

/**
 * Change the business profile. What you leave out stays as it is. `state.data` is `{ success: true }`; what Meta would refuse is the error `INVALID_PROFILE`, which lists all of it.
 *
 * See [Meta's documentation of business profiles](https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/business-profiles).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @category Account
 * @param {BusinessProfile} profile - What is to be changed.
 * @param {NumberOptions} options - `phoneNumberId`.
 * @example <caption>Say who you are and where you are found</caption>
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
    account.updateBusinessProfile,
    'Changed the profile.',
  );
}

/**
 * Get messaging, conversation, pricing or template analytics for a date range. `state.data.data_points` is an array with a point for each day, each with `start` and `end` in seconds since 1970.
 *
 * - `messaging`: messages `sent` and `delivered`
 * - `conversation`: conversations and their `cost`, until June 2025
 * - `pricing`: the `volume` of messages and their `cost`
 * - `template`: what was `sent`, `delivered`, `read` and `clicked` of up to 10 templates; it must be turned on once for the account (error `200007`): see the README
 *
 * A year can be looked back, and 90 days for templates. It needs `wabaId` in the credential. See [Meta's documentation of analytics](https://developers.facebook.com/documentation/business-messaging/whatsapp/analytics).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @category Account
 * @param {string} kind - `messaging`, `conversation`, `pricing` or `template`, or what Meta calls the field, such as `pricing_analytics`.
 * @param {AnalyticsQuery} query - The period, and filters.
 * @example <caption>Count the messages of each day of a month</caption>
 * getAnalytics('messaging', {
 *   start: '2026-05-01',
 *   end: '2026-05-31',
 *   timeZone: 'Africa/Nairobi',
 * });
 * @example <caption>Read what messages cost by country, month by month</caption>
 * getAnalytics('pricing', {
 *   start: '2026-01-01',
 *   end: '2026-06-30',
 *   granularity: 'MONTHLY',
 *   dimensions: ['COUNTRY', 'PRICING_CATEGORY'],
 * });
 * @example <caption>See whether a reminder is read</caption>
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
  kind: Lazy<string>,
  query: Lazy<AnalyticsQuery>,
): Operation {
  return callApi(
    'getAnalytics',
    { kind, query },
    analytics.getAnalytics,
    ({ data_points }) => `Read ${data_points.length} data points.`,
  );
}

/**
 * Block users: they can't message you, and you can't message them. Only people who wrote to you in the last 24 hours can be blocked.
 *
 * `state.data.block_users` has `added_users` and `failed_users`; each who failed has `errors` that say why. It is an error (`139100`) only if nobody could be blocked. See [Meta's documentation of blocking](https://developers.facebook.com/documentation/business-messaging/whatsapp/block-users).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @category Account
 * @param {(string|Array)} users - Phone numbers or business-scoped user IDs (BSUID), as for `sendMessage()`.
 * @example <caption>Block somebody who sends spam</caption>
 * blockUsers($.data.phone);
 * @example <caption>Block several people, and log why some could not be blocked</caption>
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
 * Let people who were blocked write again. The answer is like that of `blockUsers()`, with `removed_users`. See [Meta's documentation of blocking](https://developers.facebook.com/documentation/business-messaging/whatsapp/block-users).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @category Account
 * @param {(string|Array)} users - Phone numbers or business-scoped user IDs (BSUID).
 * @example <caption>Unblock somebody</caption>
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
 * List the people who are blocked, all pages of them. `state.data` is an array of `{ wa_id }`; up to 64,000 people can be blocked. See [Meta's documentation of blocking](https://developers.facebook.com/documentation/business-messaging/whatsapp/block-users).
 *
 * Works with the Cloud API only.
 * @public
 * @function
 * @category Account
 * @param {BlockedQuery} query - `limit`.
 * @example <caption>Unblock everybody</caption>
 * listBlockedUsers();
 * fnIf($.data.length > 0, unblockUsers($.data.map(({ wa_id }) => `+${wa_id}`)));
 * @state {ListState}
 * @returns {Operation}
 */
export function listBlockedUsers(query: Lazy<BlockedQuery> = {}): Operation {
  return callApi(
    'listBlockedUsers',
    { query },
    blocking.listBlockedUsers,
    logCount('blocked user'),
  );
}

/**
 * Ask the On-Premise API which numbers are on WhatsApp. `state.data` is then a list of rows `{ input, status, waId }`.
 *
 * The status is `valid`, `invalid`, or `processing` (ask again later). Servers since version 2.43 answer `valid` for every number, so that it proves nothing.
 *
 * Works with the On-Premise API only.
 * @public
 * @function
 * @category Account
 * @param {(string|Array)} numbers - Phone numbers in any common format.
 * @param {CheckOptions} options - `blocking` and `forceCheck`.
 * @example <caption>Check a list of numbers (On-Premise)</caption>
 * checkContacts(['+254712345678', '+254722000111']);
 * @state {WhatsAppState}
 * @returns {Operation}
 */
export function checkContacts(
  numbers: Lazy<string | string[]>,
  options: Lazy<CheckOptions> = {},
): Operation {
  return callApi(
    'checkContacts',
    { numbers, options },
    contacts.checkContacts,
    'Checked contacts.',
  );
}

/**
 * Write a phone number as WhatsApp knows it, with `+` and country code: to find a person in a list of opt-outs, or to match records. `undefined` if the value is not a phone number.
 *
 * It reads numbers as `sendMessage()` does, and returns a string, not an operation.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @category Account
 * @param {string} value - A phone number in any common format.
 * @param {string} country - The country of numbers without a country code, such as `KE`.
 * @example <caption>Leave out people who have opted out</caption>
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
  // `$` makes a function of state of it.
  if (typeof value === 'function')
    return (state: State) => readNumber(value(state), country);
  return readNumber(value, country);
}

/**
 * Make a GET request to any endpoint.
 *
 * With the Cloud API a path like `messages` is below the phone number ID, and one that starts with `/` is below the base URL. With the On-Premise API every path is below `/v1`.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @category Requests
 * @param {string} path - Where to read.
 * @param {RequestOptions} options - `query`, `headers`, `parseAs` and `timeout`.
 * @example <caption>Read the business profile (Cloud)</caption>
 * get('whatsapp_business_profile', { query: { fields: 'about,email' } });
 * @example <caption>List the templates of an account (Cloud)</caption>
 * get('/987654321098765/message_templates', { query: { limit: 50 } });
 * @example <caption>Read the health of a server (On-Premise)</caption>
 * get('health');
 * @example <caption>Read the business profile (On-Premise)</caption>
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
    'Request done.',
  );
}

/**
 * Post anything else to the API. Like a message it is not repeated when nobody can tell whether it was done: the error is then `OUTCOME_UNKNOWN`, or `DELIVERY_UNKNOWN` for a message.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @category Requests
 * @param {string} path - Where to post: see `get()`.
 * @param {Object} body - What to post; it is sent as JSON.
 * @param {RequestOptions} options - `query`, `headers`, `parseAs` and `timeout`.
 * @example <caption>Change the text of the business profile (Cloud)</caption>
 * post('whatsapp_business_profile', {
 *   messaging_product: 'whatsapp',
 *   about: 'Ministry of Health',
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
    'Request done.',
  );
}

/**
 * Make a DELETE request to any endpoint.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @category Requests
 * @param {string} path - What to delete: see `get()`.
 * @param {RequestOptions} options - `query`, `headers`, `parseAs` and `timeout`.
 * @example <caption>Delete an uploaded file (Cloud)</caption>
 * del('/1234567890123456');
 * @example <caption>Delete an uploaded file (On-Premise)</caption>
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
    'Request done.',
  );
}

/**
 * Make any request to the API.
 *
 * Works with the Cloud API and the On-Premise API.
 * @public
 * @function
 * @category Requests
 * @param {string} method - The HTTP method.
 * @param {string} path - Where it goes: see `get()`.
 * @param {Object} body - What to send; it is sent as JSON.
 * @param {RequestOptions} options - `query`, `headers`, `parseAs` and `timeout`.
 * @example <caption>Send a message as version 1 of this adaptor did (Cloud)</caption>
 * request('POST', 'messages', {
 *   messaging_product: 'whatsapp',
 *   to: '254712345678',
 *   type: 'template',
 *   template: { name: 'hello_world', language: { code: 'en_US' } },
 * });
 * @example <caption>Tell a server where its webhooks go (On-Premise)</caption>
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
    'Request done.',
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

// The types of the docs page. Below the operations, since ast.json takes the
// first comment above a function for its documentation.

/**
 * What an operation leaves in state.
 * @typedef {Object} WhatsAppState
 * @private
 * @property {Object} data - the answer of the API
 * @property {Object} response - the HTTP response: `method`, `url`, `statusCode`, `statusMessage`, `headers` and `duration` (milliseconds)
 * @property {Array} references - an array of all previous data objects of the job
 */

/**
 * What an operation that lists leaves in state.
 * @typedef {Object} ListState
 * @private
 * @property {Array} data - all items, of all pages
 * @property {Object} response - the HTTP response of the last page: `method`, `url`, `statusCode`, `statusMessage`, `headers` and `duration` (milliseconds)
 * @property {Array} references - an array of all previous data objects of the job
 */

/**
 * Which templates `listTemplates()` lists. All that is given has to fit.
 * @typedef {Object} TemplateQuery
 * @public
 * @property {string} name - a part of the name
 * @property {string} language - the language, such as `sw` or `pt_BR`
 * @property {string} status - `APPROVED`, `PENDING`, `REJECTED`, `PAUSED` or `DISABLED`
 * @property {string} category - `UTILITY`, `MARKETING` or `AUTHENTICATION`
 * @property {string} content - a part of the text
 * @property {string} name_or_content - a part of the name or of the text
 * @property {string} quality_score - `GREEN`, `YELLOW`, `RED` or `UNKNOWN`
 * @property {(string|Array)} fields - which fields of a template to read, such as `id,name,status`
 * @property {number} limit - how many templates a page has (default: 100); all pages are read
 */

/**
 * Options of `getTemplate()`.
 * @typedef {Object} GetTemplateOptions
 * @public
 * @property {string} language - the language of the template, such as `sw`
 * @property {(string|Array)} fields - which fields to read
 */

/**
 * A template in the form in which Meta defines it.
 * @typedef {Object} TemplateDefinition
 * @public
 * @property {string} name - up to 512 small letters, digits and underscores
 * @property {string} language - its language, such as `sw` or `pt_BR`
 * @property {string} category - `UTILITY`, `MARKETING` or `AUTHENTICATION`
 * @property {Array} components - `BODY` (up to 1,024 characters), and if wanted `HEADER` (60), `FOOTER` (60) and `BUTTONS` (up to 10)
 * @property {string} parameter_format - `positional` (default) for `{{1}}`, `named` for `{{name}}`
 * @property {number} message_send_ttl_seconds - how long a message waits for a phone that is off: 30 to 900 for authentication, 30 to 43,200 for utility, 43,200 to 2,592,000 for marketing
 */

/**
 * Options of `deleteTemplate()`.
 * @typedef {Object} DeleteTemplateOptions
 * @public
 * @property {string} language - delete the template in this language only
 * @property {string} id - delete the template with this ID only
 */

/**
 * Which phone numbers `listPhoneNumbers()` lists.
 * @typedef {Object} PhoneNumberQuery
 * @public
 * @property {(string|Array)} fields - which fields of a number to read
 * @property {Array} filtering - conditions in Meta's form, such as `[{ field: 'account_mode', operator: 'EQUAL', value: 'LIVE' }]`
 * @property {Array} sort - such as `['creation_time_descending']`
 * @property {number} limit - how many numbers a page has (default: 100); all pages are read
 */

/**
 * Options of `getPhoneNumber()`.
 * @typedef {Object} PhoneNumberOptions
 * @public
 * @property {string} id - the ID of the phone number (default: `phoneNumberId` of the credential)
 * @property {(string|Array)} fields - which fields to read
 */

/**
 * Options of `getBusinessProfile()`.
 * @typedef {Object} ProfileOptions
 * @public
 * @property {string} phoneNumberId - the ID of the number (default: the one of the credential)
 * @property {(string|Array)} fields - which fields to read
 */

/**
 * What people see of a business.
 * @typedef {Object} BusinessProfile
 * @public
 * @property {string} about - 1 to 139 characters
 * @property {string} address - up to 256 characters
 * @property {string} description - up to 512 characters
 * @property {string} email - up to 128 characters
 * @property {(string|Array)} websites - up to 2 addresses of up to 256 characters
 * @property {string} vertical - the kind of business, such as `HEALTH`, `GOVT`, `NONPROFIT` or `EDU`
 * @property {string} profile_picture_handle - a photo: the handle that `uploadFileHandle()` gives
 */

/**
 * The period of `getAnalytics()`, and filters, which have Meta's names.
 * @typedef {Object} AnalyticsQuery
 * @public
 * @property {string} start - the first day (`2026-05-01`), a moment (`2026-05-01T10:00:00Z`), or seconds since 1970
 * @property {string} end - the last day, which is included, or a moment, which is not
 * @property {string} timeZone - time zone of the `start` and `end` dates, such as `Africa/Nairobi` (default: UTC); Meta counts templates by days of UTC, or of the account with `use_waba_timezone`
 * @property {string} granularity - how long a data point lasts: `HALF_HOUR`, `DAY` (default) or `MONTH`; templates have days only
 * @property {Array} phone_numbers - only these numbers of yours; not for templates
 * @property {Array} country_codes - only these countries, such as `['KE']`; not for templates
 * @property {Array} product_types - `messaging`: 0 for notifications, 2 for customer support
 * @property {Array} metric_types - `conversation`: `COST`, `CONVERSATION`; `pricing`: `COST`, `VOLUME`; `template`: `sent`, `delivered`, `read`, `clicked`, `cost`
 * @property {Array} dimensions - what to break the numbers down by: `conversation`: `CONVERSATION_CATEGORY`, `CONVERSATION_DIRECTION`, `CONVERSATION_TYPE`, `COUNTRY`, `PHONE`; `pricing`: `COUNTRY`, `PHONE`, `PRICING_CATEGORY`, `PRICING_TYPE`, `TIER`
 * @property {Array} conversation_categories - `conversation`: only these categories
 * @property {Array} conversation_types - `conversation`: `FREE_ENTRY`, `FREE_TIER`, `REGULAR`
 * @property {Array} conversation_directions - `conversation`: `BUSINESS_INITIATED`, `USER_INITIATED`
 * @property {Array} pricing_types - `pricing`: `FREE_CUSTOMER_SERVICE`, `FREE_ENTRY_POINT`, `REGULAR`
 * @property {Array} pricing_categories - `pricing`: such as `MARKETING`, `UTILITY` and `AUTHENTICATION`
 * @property {Array} tiers - `pricing`: only these tiers
 * @property {Array} template_ids - `template`: the IDs of 1 to 10 templates
 * @property {string} product_type - `template`: the API that they were sent with
 * @property {boolean} use_waba_timezone - `template`: days of the time zone of the account
 */

/**
 * Options of `listBlockedUsers()`.
 * @typedef {Object} BlockedQuery
 * @public
 * @property {number} limit - how many people a page has (default: 100); all pages are read
 */

/**
 * Who gets a message: a phone number in any common format (`+254 712 345678`), a business-scoped user ID (BSUID, `KE.1A2b`), a group, as `{ group: '<group id>' }`, or a row of `parseWebhook()`, whose sender is answered from the number that got the message.
 * A number without a country code (`0712 345 678`) needs `defaultCountry` in the credential. Without `+` it must be a valid mobile number; digits that can mean two numbers are an error.
 * @typedef {(string|Object)} Recipient
 * @public
 */

/**
 * A message: a text, an object with one of the fields below, or Meta's own form with its `type`.
 * See [Meta's documentation of messages](https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages).
 * @typedef {Object} Message
 * @public
 * @property {string} text - the text, up to 4,096 characters (1,024 with buttons, a link or a flow)
 * @property {boolean} previewUrl - show a preview of the first link in the text
 * @property {string} image - the ID of an uploaded file or an https:// address; `caption`: up to 1,024 characters
 * @property {string} video - the same; with `caption`
 * @property {string} document - the same; with `caption` and `filename`
 * @property {string} audio - the same; with `voice: true` it looks like a voice message
 * @property {string} sticker - the same
 * @property {Array} buttons - with `text`: 1 to 3 buttons to answer with, as texts of up to 20 characters or as `{ id, title }`
 * @property {Object} list - with `text`: `{ button, rows }` or `{ button, sections: [{ title, rows }] }`, up to 10 rows in all; a row is a text or `{ id, title, description }`
 * @property {Object} cta - with `text`: `{ label, url }`, a button that opens a web page
 * @property {Object} flow - with `text`: `{ id, cta, screen, data }`, a button that opens a WhatsApp Flow; also `name`, `token`, `mode` and `action`
 * @property {boolean} requestLocation - with `text`: ask where the person is
 * @property {(string|Object)} header - above `text` with buttons, a list, a link or a flow: a text of up to 60 characters, or a file, as `{ image }`, `{ video }` or `{ document }`
 * @property {string} footer - below them: up to 60 characters
 * @property {Object} location - `{ latitude, longitude, name, address }`
 * @property {Array} contacts - contact cards in Meta's form: `[{ name: { formatted_name, first_name }, phones: [{ phone }] }]`
 * @property {string} reaction - an emoji, for the message that `messageId` names; an empty text removes it
 * @property {string} messageId - with `reaction`: the ID of the message
 */

/**
 * A template that Meta has approved: its name, or an object.
 * See [Meta's documentation of templates](https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview).
 * @typedef {Object} Template
 * @public
 * @property {string} name - the name of the template
 * @property {string} language - its language as approved, such as `sw` or `pt_BR`; `en_US` if left out
 * @property {(Array|Object)} body - what fills the variables of the body: an array for `{{1}}`, `{{2}}`, an object for `{{name}}`. A value is a text, a number, a date `{ date, timeZone, dateStyle, timeStyle }`, an amount of money `{ currency, amount }` or an authentication code `{ otp }`
 * @property {(string|Object)} header - what fills the header: a text, `{ name: 'text' }`, a file as `{ image }`, `{ video }` or `{ document, filename }`, or `{ location }`
 * @property {Array} buttons - what fills the buttons, by their position: `{ url: 'end of the address' }`, `{ payload }` of a quick reply, `{ code }` of a coupon, `{ otp }` of an authentication code; `null` skips a button
 * @property {Array} components - anything else, such as a carousel, in Meta's form
 * @property {string} namespace - needed by the On-Premise API only
 */

/**
 * Options of `sendMessage()` and `sendTemplate()`.
 * @typedef {Object} SendOptions
 * @public
 * @property {string} replyTo - the ID of a message that this one answers, and quotes
 * @property {string} reference - your own ID, up to 512 characters, which comes back in status webhooks. Every app that is subscribed to the account sees it: don't include sensitive data
 * @property {string} phoneNumberId - the ID of the number of yours that sends (default: the one of the row that is answered, or of the credential)
 * @property {boolean} checkText - `false` lets texts pass that hold `undefined`, `NaN`, `{{…}}` and the like
 * @property {boolean} dryRun - send nothing, and put the request that would be sent into `state.data`
 * @property {number} timeout - milliseconds to wait for the response: 1,000 or more (default: 30,000)
 */

/**
 * Options of operations that one of your numbers does.
 * @typedef {Object} NumberOptions
 * @public
 * @property {string} phoneNumberId - the ID of the number (default: the one of the row that is given, or of the credential)
 */

/**
 * Options of `markAsRead()`.
 * @typedef {Object} ReadOptions
 * @public
 * @property {boolean} typing - also show that an answer is being typed, for up to 25 seconds
 * @property {string} phoneNumberId - the ID of the number that got the message (default: the one of the row that is given, or of the credential)
 */

/**
 * Options of `uploadMedia()`.
 * @typedef {Object} UploadOptions
 * @public
 * @property {string} type - the MIME type; if left out it is told from the data URI, the web server or the content
 * @property {string} filename - the name of the file (default: as the server or the URL calls it)
 * @property {Object} headers - for a URL: headers for its server, such as a login; no other host gets them
 * @property {string} phoneNumberId - the ID of the number that will send it (default: the one of the credential)
 * @property {number} timeout - milliseconds for the whole upload (default: 300,000)
 */

/**
 * Options of `get()`, `post()`, `del()` and `request()`.
 * @typedef {Object} RequestOptions
 * @public
 * @property {Object} query - query parameters; arrays and objects are written as JSON
 * @property {Object} headers - more headers
 * @property {string} parseAs - how to read the answer: `json` (default), `text` or `base64`
 * @property {number} timeout - milliseconds to wait for the answer (default: 30,000)
 */

/**
 * What `downloadMedia()` leaves in state.
 * @typedef {Object} DownloadState
 * @private
 * @property {Object} data - the file: `id`, `mimeType`, `fileSize`, `sha256`, `filename` (if known) and `content`
 * @property {Array} references - an array of all previous data objects of the job
 */

/**
 * What `parseWebhook()` leaves in state.
 * @typedef {Object} WebhookState
 * @private
 * @property {Object} data - `{ messages, statuses, events, echoes, history }`: see `MessageRow`, `StatusRow` and `EventRow`
 * @property {Array} references - an array of all previous data objects of the job
 */

/**
 * Options of `downloadMedia()`.
 * @typedef {Object} DownloadOptions
 * @public
 * @property {string} as - `base64` (default), `text`, or `stream`, which another operation of the same job can read
 * @property {number} maxBytes - the largest file that is downloaded (default: 26,214,400, which is 25 MB)
 * @property {string} phoneNumberId - the ID of the number that got it (default: the one of the row that is given, or of the credential)
 * @property {number} timeout - milliseconds for the whole download (default: 300,000)
 */

/**
 * What `sendBulk()` leaves in state.
 * @typedef {Object} BulkState
 * @private
 * @property {Object} data - the report: `{ accepted, failed, unknown, unsent, summary }`; with `dryRun` `{ requests, failed, summary }`
 */

/**
 * A message for every item of a list. `$.data` is the item, `$.index` its place.
 * @typedef {Object} BulkMessage
 * @public
 * @property {Recipient} to - who gets it
 * @property {(string|Template)} template - a template; or, instead of it, the fields of any `Message`
 * @property {string} reference - your own ID, which is in the report and comes back in status webhooks
 * @property {string} replyTo - the ID of a message that it answers
 * @property {string} phoneNumberId - the ID of the number of yours that sends
 */

/**
 * Options of `sendBulk()`.
 * @typedef {Object} BulkOptions
 * @public
 * @property {number} rate - messages per second (default: 80, On-Premise 50; a number that is also in the WhatsApp Business app has 20)
 * @property {number} concurrency - requests at the same time; it follows from the rate if it is left out
 * @property {number} timeLimit - seconds: ends in time with the rest in `unsent`, so that a run that would be killed hands on its report
 * @property {string} report - `full` (default), or `problems`: accepted messages are only counted, for very long lists
 * @property {Array} skip - people who must get nothing, such as opt-outs: numbers, or rows with `from` or `userId`; they stand in `skipped` with `because: 'skip'`
 * @property {(Object|Array)} previous - the report of an earlier run, or several: a row whose `reference` was accepted, is unknown, or was refused for good is not sent again, and is listed in `skipped`. A row that could not be made is sent once its data is corrected. Every row needs a `reference`. On the first run give `[]`
 * @property {string} phoneNumberId - the ID of the number of yours that sends (default: the one of the row that is answered, or of the credential)
 * @property {boolean} sameRecipient - `true` allows a `to` that is the same for all items
 * @property {boolean} checkText - `false` lets texts pass that hold `undefined`, `NaN`, `{{…}}` and the like
 * @property {boolean} dryRun - send nothing, and put the requests into `state.data`
 */

/**
 * Options of `checkContacts()`.
 * @typedef {Object} CheckOptions
 * @public
 * @property {boolean} blocking - wait until all numbers are checked (default: true)
 * @property {boolean} forceCheck - do not use what the server remembers for 7 days; too much of it can get the number banned
 */

/**
 * Options of `parseWebhook()`.
 * @typedef {Object} WebhookOptions
 * @public
 * @property {string} rawBody - the body as it came, byte by byte, if something in front of OpenFn keeps it; if left out, the signature is checked over each way in which Meta writes the body
 * @property {boolean} requireSignature - refuse a webhook without a signature; needs `appSecret`
 * @property {boolean} verifySignature - `false` checks no signature, for bodies that something in front of OpenFn has rewritten
 */

/**
 * Options of `subscribeWebhook()`.
 * @typedef {Object} SubscribeOptions
 * @public
 * @property {string} callbackUrl - where webhooks go: an https:// address of up to 200 characters
 * @property {string} verifyToken - a token of your choice, which Meta sends to verify the callback URL
 */

/**
 * A message that somebody sent to you. What a message does not have is left out.
 * @typedef {Object} MessageRow
 * @public
 * @property {string} id - the ID of the message, for `replyTo` and `markAsRead()`
 * @property {string} timestamp - when it was sent, such as `2026-05-05T10:00:00.000Z`
 * @property {string} from - the number of the sender, with `+`; not there if the sender hides it
 * @property {string} userId - the business-scoped user ID (BSUID) of the sender, which can be written to like a number
 * @property {string} parentUserId - the parent BSUID, if the account has one
 * @property {string} name - the name in the profile of the sender
 * @property {string} username - the username of the sender
 * @property {string} country - the country of the sender, such as `KE`, if Meta tells it
 * @property {string} identityKeyHash - of the sender, if the number checks identities
 * @property {string} groupId - the group it was sent to
 * @property {string} direction - `out` in `echoes` and `history`, if your business sent it to the number in `to`
 * @property {boolean} history - `true` in `history`
 * @property {boolean} standby - `true` while Meta's Business Agent holds the chat
 * @property {string} edits - the ID of the message that this one changes
 * @property {string} deletes - the ID of the message that the sender deleted
 * @property {string} unsupported - what it is, such as `poll`, if the API doesn't deliver it
 * @property {string} type - `text`, `image`, `interactive`, `button` and so on, as Meta calls it
 * @property {string} text - what a person would read, whatever the type: a text, a caption, the title of a button; it may be empty
 * @property {Object} media - a file: `{ id, mimeType, sha256, filename, caption, voice, animated, url }`, for `downloadMedia()`
 * @property {Object} reply - what was tapped: `{ type, id, title, description }`; of a flow `{ type, name, data }`, with the answers as the flow names them
 * @property {Object} location - `{ latitude, longitude, name, address }`
 * @property {Array} contacts - contact cards
 * @property {Object} reaction - `{ messageId, emoji }`; the emoji is empty if it was taken back
 * @property {Object} order - an order from the catalog
 * @property {Object} context - the message that it answers: `{ from, id }`, or `{ forwarded: true }`
 * @property {Object} referral - the advertisement that the sender came from
 * @property {Array} errors - what is wrong with it: `[{ code, message, description, fix, details, retryable }]`
 * @property {string} phoneNumberId - the ID of the number of yours that got it
 * @property {string} displayPhoneNumber - that number, with `+`
 * @property {string} wabaId - the WhatsApp Business Account of that number
 * @property {Object} contact - the sender as delivered
 * @property {Object} content - the message as delivered
 */

/**
 * What became of a message that you sent. Statuses may come late, twice or out of order.
 * @typedef {Object} StatusRow
 * @public
 * @property {string} id - the ID of the message, from the answer of `sendMessage()`
 * @property {string} status - `sent`, `delivered`, `read`, `played` or `failed`
 * @property {string} timestamp - when it happened
 * @property {number} rank - how far the message has come, since statuses come out of order: `sent` 1, `delivered` 2, `read` 3, `played` 4, `failed` 5
 * @property {string} to - the number of the recipient, with `+`, or the ID of the group
 * @property {string} groupId - the group, if it was sent to one
 * @property {string} participant - who of the group: a number, or a BSUID
 * @property {string} userId - the business-scoped user ID (BSUID) of the recipient
 * @property {string} reference - your own ID, as you gave it when you sent the message
 * @property {string} templateId - the template that it was made of
 * @property {string} messageStatus - if Meta holds it back
 * @property {Object} conversation - the conversation that it counts to
 * @property {Object} pricing - what it is charged as
 * @property {Object} error - why it failed: `{ code, message, description, fix, details, retryable }`; always there if it failed
 * @property {Array} errors - all errors, the first being `error`
 * @property {string} phoneNumberId - the ID of the number of yours that sent it
 * @property {string} displayPhoneNumber - that number, with `+`
 * @property {string} wabaId - the WhatsApp Business Account of that number
 * @property {Object} contact - the recipient as delivered
 * @property {Object} content - the status as delivered
 */

/**
 * Anything else that Meta tells: of templates, of the account, of calls; also what could not be read.
 * @typedef {Object} EventRow
 * @public
 * @property {string} field - what it is about, such as `message_template_status_update`; `malformed` if Meta does not say
 * @property {Object} value - what happened, as delivered
 * @property {string} wabaId - the WhatsApp Business Account
 * @property {string} timestamp - when it happened
 * @property {string} kind - `optOut` or `optIn`, if a person wants no marketing messages, or wants them again
 * @property {string} from - the number of that person, with `+`
 * @property {string} userId - the business-scoped user ID (BSUID) of that person
 * @property {Object} change - what nobody wrote: `{ kind, from, to }`, with the kind `number`, `userId` or `identity`, and `{ number, userId }` before and after
 * @property {string} groupId - the group
 * @property {string} requestId - the request that it answers
 * @property {Object} media - a file, for `downloadMedia()`
 * @property {Array} errors - what is wrong: `[{ code, message, description, fix, details, retryable }]`
 * @property {string} phoneNumberId - the ID of the number of yours that it is about
 * @property {string} displayPhoneNumber - that number, with `+`
 */
