// Every type that a job author meets, once. It imports nothing and uses no
// utility type, since the editor of the OpenFn app reads it alone. The tables
// of the documentation are made from it: `npm run build:typedefs`.

// --- Workflows ---

/** What operations hand on to each other. */
export interface State {
  configuration?: unknown;
  data?: any;
  references?: unknown[];
  index?: number;
  [key: string]: any;
}

export type Operation = (state: State) => Promise<State>;

/** An argument as jobs write it: a value, or a function of state, at any depth. */
export type Lazy<T> = T | ((state: State) => any);

// --- Credential ---

/** The credential, as the user writes it. */
export interface Configuration {
  /** the API with its version: `https://graph.facebook.com/v25.0`; On-Premise: `https://<server>:9090/v1` */
  baseUrl?: string;
  /** permanent access token (Cloud API) or generated bearer token (On-Premise API) */
  apiToken?: string;
  /** the ID of the sending phone number (not the number itself) */
  phoneNumberId?: string;
  /** the ID of the WhatsApp Business Account */
  wabaId?: string;
  /** the version of the Graph API, if `baseUrl` has none */
  apiVersion?: string;
  /** On-Premise API: the user name, instead of `apiToken` */
  username?: string;
  /** On-Premise API: the password */
  password?: string;
  /** the ID of the app, for resumable uploads */
  appId?: string;
  /** the secret of the app: verifies webhooks, and proves calls to Meta */
  appSecret?: string;
  /** two letters, such as `KE`: completes local numbers */
  defaultCountry?: string;
  /** certificates of a private authority, in PEM form */
  ca?: string;
}

// --- Recipients ---

/** A group, by its ID. */
export interface GroupRecipient {
  /** the ID of the group */
  group: string;
}

/**
 * Who gets a message: a phone number in any common format (`+254 712 345678`), a business-scoped user ID (BSUID, `KE.1A2b`), a group, as `{ group: '<group id>' }`, or a row of `parseWebhook()`, whose sender is answered from the number that got the message.
 * A number without a country code (`0712 345 678`) needs `defaultCountry` in the credential. Without `+` it must be a valid mobile number; digits that can mean two numbers are an error.
 */
export type Recipient =
  string | number | GroupRecipient | MessageRow | StatusRow;

// --- Messages ---

/** A text, as `{ text }` or alone, as a string. */
export interface TextMessage {
  /** the text, up to 4,096 characters */
  text: string;
  /** show a preview of the first link in the text */
  previewUrl?: boolean;
}

/** A picture: JPEG or PNG, up to 5 MB. */
export interface ImageMessage {
  /** the ID of an uploaded file or an https:// URL */
  image: string;
  /** up to 1,024 characters */
  caption?: string;
}

/** A video: MP4 or 3GPP, up to 16 MB. */
export interface VideoMessage {
  /** the ID of an uploaded file or an https:// URL */
  video: string;
  /** up to 1,024 characters */
  caption?: string;
}

/** Sound: AAC, AMR, MP3, M4A or OGG with Opus, up to 16 MB. */
export interface AudioMessage {
  /** the ID of an uploaded file or an https:// URL */
  audio: string;
  /** `true` shows it as a voice message */
  voice?: boolean;
}

/** A document, such as a PDF, up to 100 MB. */
export interface DocumentMessage {
  /** the ID of an uploaded file or an https:// URL */
  document: string;
  /** up to 1,024 characters */
  caption?: string;
  /** the name under which it is shown */
  filename?: string;
}

/** A sticker: WebP, up to 500 KB. */
export interface StickerMessage {
  /** the ID of an uploaded file or an https:// URL */
  sticker: string;
}

/** A file above the text of a message with buttons, a link or a flow: one of these. */
export interface HeaderFile {
  /** the ID of an uploaded file or an https:// URL */
  image?: string;
  /** the same */
  video?: string;
  /** the same */
  document?: string;
  /** the name of the document */
  filename?: string;
}

/** A button to answer with. */
export interface ReplyButton {
  /** what comes back in the webhook, up to 256 characters (default: the title) */
  id?: string;
  /** up to 20 characters */
  title: string;
}

/** A question with buttons to answer with. */
export interface ButtonsMessage {
  /** the question, up to 1,024 characters */
  text: string;
  /** 1 to 3 buttons; a string stands for its title */
  buttons: (string | ReplyButton)[];
  /** above the text: up to 60 characters, or a file */
  header?: string | HeaderFile;
  /** below the text: up to 60 characters */
  footer?: string;
}

/** A row of a list. */
export interface ListRow {
  /** what comes back in the webhook, up to 200 characters (default: the title) */
  id?: string;
  /** up to 24 characters */
  title: string;
  /** up to 72 characters */
  description?: string;
}

/** A part of a list. */
export interface ListSection {
  /** up to 24 characters; required if there are several sections */
  title?: string;
  /** its rows; a string stands for the title of a row */
  rows: (string | ListRow)[];
}

/** A list to choose from: `rows`, or `sections` with rows, up to 10 rows in all. */
export interface List {
  /** the label of the button that opens the list, up to 20 characters */
  button: string;
  /** the rows; a string stands for the title of a row */
  rows?: (string | ListRow)[];
  /** up to 10 sections */
  sections?: ListSection[];
}

/** A question with a list to choose from. */
export interface ListMessage {
  /** the question, up to 4,096 characters */
  text: string;
  /** the list */
  list: List;
  /** above the text: up to 60 characters */
  header?: string;
  /** below the text: up to 60 characters */
  footer?: string;
}

/** A button that opens a web page. */
export interface Cta {
  /** up to 20 characters */
  label: string;
  /** the page, an https:// URL */
  url: string;
}

/** A text with a button that opens a web page. */
export interface CtaMessage {
  /** the text, up to 1,024 characters */
  text: string;
  /** the button */
  cta: Cta;
  /** above the text: up to 60 characters, or a file */
  header?: string | HeaderFile;
  /** below the text: up to 60 characters */
  footer?: string;
}

/** A button that opens a WhatsApp Flow, named by `id` or `name`. */
export interface Flow {
  /** the ID of the flow */
  id?: string;
  /** the name of the flow, instead of its ID */
  name?: string;
  /** the label of the button, up to 30 characters */
  cta: string;
  /** the first screen */
  screen?: string;
  /** data for the first screen */
  data?: object;
  /** comes back with the answers, to tell which message they belong to */
  token?: string;
  /** `draft` for a flow that is not published */
  mode?: 'draft' | 'published';
  /** `data_exchange` for a flow with an endpoint (default: `navigate`) */
  action?: 'navigate' | 'data_exchange';
}

/** A text with a button that opens a WhatsApp Flow. */
export interface FlowMessage {
  /** the text, up to 1,024 characters */
  text: string;
  /** the flow */
  flow: Flow;
  /** above the text: up to 60 characters, or a file */
  header?: string | HeaderFile;
  /** below the text: up to 60 characters */
  footer?: string;
}

/** Requests the recipient's location. */
export interface LocationRequestMessage {
  /** the question, up to 1,024 characters */
  text: string;
  /** always `true` */
  requestLocation: boolean;
}

/** A place. */
export interface Location {
  /** -90 to 90 */
  latitude: number;
  /** -180 to 180 */
  longitude: number;
  /** its name, up to 100 characters */
  name?: string;
  /** its address, up to 300 characters; shown together with `name` only */
  address?: string;
}

/** A place on the map. */
export interface LocationMessage {
  /** the place */
  location: Location;
}

/** The name of a contact: `formatted_name` and at least one more part. */
export interface ContactName {
  /** the whole name, as it is shown */
  formatted_name: string;
  /** the first name */
  first_name?: string;
  /** the last name */
  last_name?: string;
}

/** A phone number of a contact. */
export interface ContactPhone {
  /** the number, as it is shown */
  phone: string;
  /** such as `CELL` or `WORK` */
  type?: string;
  /** the number on WhatsApp, digits only: shows a button to write to it */
  wa_id?: string;
}

/** A contact card, in Meta's form. */
export interface Contact {
  /** the name */
  name: ContactName;
  /** phone numbers */
  phones?: ContactPhone[];
  /** email addresses, as `{ email, type }` */
  emails?: object[];
  /** as `{ company, department, title }` */
  org?: object;
  /** such as `1990-01-31` */
  birthday?: string;
  /** as `{ street, city, zip, country }` */
  addresses?: object[];
  /** as `{ url, type }` */
  urls?: object[];
}

/** Contact cards. */
export interface ContactsMessage {
  /** the cards */
  contacts: Contact[];
}

/** An emoji on a message. */
export interface ReactionMessage {
  /** one emoji; an empty string removes it */
  reaction: string;
  /** the ID of the message */
  messageId: string;
}

/** Any message in Meta's own form: `{ type: 'text', text: { body: 'Hi' } }`. */
export interface MetaMessage {
  /** such as `interactive` */
  type: string;
  [field: string]: any;
}

/**
 * A message: a text, one of the objects below, or Meta's own form with its `type`.
 * See [Meta's documentation of messages](https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages).
 */
export type Message =
  | string
  | TextMessage
  | ImageMessage
  | VideoMessage
  | AudioMessage
  | DocumentMessage
  | StickerMessage
  | ButtonsMessage
  | ListMessage
  | CtaMessage
  | FlowMessage
  | LocationRequestMessage
  | LocationMessage
  | ContactsMessage
  | ReactionMessage
  | MetaMessage;

// --- Templates ---

/** An amount of money, written in the language of the template. */
export interface CurrencyValue {
  /** such as `KES` */
  currency: string;
  /** such as 1250.5 */
  amount: number;
}

/** A date, written in the language of the template. */
export interface DateValue {
  /** a day (`2026-05-05`), a moment (`2026-05-05T10:00:00Z`) or a Date */
  date: any;
  /** required if there is a time of day, such as `Africa/Nairobi` */
  timeZone?: string;
  /** how long the day is written (default: `long`) */
  dateStyle?: 'full' | 'long' | 'medium' | 'short';
  /** how long the time is written (default: `short`) */
  timeStyle?: 'full' | 'long' | 'medium' | 'short';
}

/** An authentication code. */
export interface OtpValue {
  /** the code, up to 15 characters; it stands in the body and in the button */
  otp: string | number;
}

/** A value of a template: a text, a number, a date, an amount of money or an authentication code. */
export type TemplateValue =
  string | number | boolean | CurrencyValue | DateValue | OtpValue;

/** Values by the names of the variables. */
export interface TemplateValues {
  [name: string]: TemplateValue;
}

/** What fills the header of a template: one of these, or one value by the name of its variable. */
export interface TemplateHeader {
  /** the ID of an uploaded file or an https:// URL */
  image?: string;
  /** the same */
  video?: string;
  /** the same */
  document?: string;
  /** the name of the document */
  filename?: string;
  /** a place */
  location?: Location;
  [name: string]: any;
}

/** What fills a button of a template: one of these. */
export interface TemplateButton {
  /** the end of the URL of a link */
  url?: string;
  /** what comes back in the webhook when a quick reply is tapped, up to 256 characters */
  payload?: string;
  /** the code of a coupon, up to 15 characters */
  code?: string;
  /** an authentication code, up to 15 characters */
  otp?: string | number;
}

/**
 * A template that Meta has approved.
 * See [Meta's documentation of templates](https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview).
 */
export interface TemplateMessage {
  /**
   * the name of the template
   * @lookup $.children[?(@.type=="template")]
   */
  name: string;
  /** its language as approved, such as `sw` or `pt_BR` (default: `en_US`) */
  language?: string;
  /** what fills the variables of the body: an array for `{{1}}`, `{{2}}`, an object for `{{name}}` */
  body?: TemplateValue[] | TemplateValues;
  /** what fills the header: a value, or an object */
  header?: TemplateValue | TemplateHeader | TemplateValue[];
  /** what fills the buttons, by their position; `null` skips a button */
  buttons?: (TemplateButton | null)[];
  /** anything else, such as a carousel, in Meta's form */
  components?: object[];
  /** needed by the On-Premise API only */
  namespace?: string;
}

/** A template: its name, or an object. */
export type Template = string | TemplateMessage;

// --- Options for sending ---

/** Options of `sendMessage()` and `sendTemplate()`. */
export interface SendOptions {
  /** the ID of a message that this one answers, and quotes */
  replyTo?: string;
  /** your own ID, up to 512 characters, which comes back in status webhooks. Every app that is subscribed to the account sees it: don't include sensitive data */
  reference?: string;
  /**
   * the ID of the number of yours that sends (default: the one of the row that is answered, or of the credential)
   * @lookup $.children[?(@.type=="phoneNumber")]
   */
  phoneNumberId?: string;
  /** `false` lets texts pass that hold `undefined`, `NaN`, `{{…}}` and the like */
  checkText?: boolean;
  /** send nothing, and put the request that would be sent into `state.data` */
  dryRun?: boolean;
  /** milliseconds to wait for the response: 1,000 or more (default: 30,000) */
  timeout?: number;
}

/** Options of operations that one of your numbers does. */
export interface NumberOptions {
  /**
   * the ID of the number (default: the one of the row that is given, or of the credential)
   * @lookup $.children[?(@.type=="phoneNumber")]
   */
  phoneNumberId?: string;
}

/** Options of `markAsRead()`. */
export interface MarkAsReadOptions {
  /** also show the typing indicator, for up to 25 seconds */
  typing?: boolean;
  /** the ID of the number that got the message (default: the one of the row that is given, or of the credential) */
  phoneNumberId?: string;
}

// --- Bulk ---

/** A message for every item of a list: these fields, and those of a `Message` or a `template`. `$.data` is the item, `$.index` its place. */
export interface BulkMessage {
  /** who gets it */
  to: Recipient;
  /** a template; or, instead of it, the fields of a message */
  template?: Template;
  /** your own ID, which is in the report and comes back in status webhooks */
  reference?: string;
  /** the ID of a message that it answers */
  replyTo?: string;
  /**
   * the ID of the number of yours that sends
   * @lookup $.children[?(@.type=="phoneNumber")]
   */
  phoneNumberId?: string;
  /** as in a message */
  text?: string;
  /** as in a message */
  previewUrl?: boolean;
  /** as in a message */
  image?: string;
  /** as in a message */
  video?: string;
  /** as in a message */
  audio?: string;
  /** as in a message */
  voice?: boolean;
  /** as in a message */
  document?: string;
  /** as in a message */
  filename?: string;
  /** as in a message */
  sticker?: string;
  /** as in a message */
  caption?: string;
  /** as in a message */
  buttons?: (string | ReplyButton)[];
  /** as in a message */
  list?: List;
  /** as in a message */
  cta?: Cta;
  /** as in a message */
  flow?: Flow;
  /** as in a message */
  requestLocation?: boolean;
  /** as in a message */
  header?: string | HeaderFile;
  /** as in a message */
  footer?: string;
  /** as in a message */
  location?: Location;
  /** as in a message */
  contacts?: Contact[];
}

/** Options of `sendBulk()`. */
export interface BulkOptions {
  /** messages per second (default: 80, On-Premise 50; a number that is also in the WhatsApp Business app has 20) */
  rate?: number;
  /** requests at the same time (default: as many as the rate needs) */
  concurrency?: number;
  /** seconds: ends in time with the rest in `unsent`, so that a run that would be killed hands on its report */
  timeLimit?: number;
  /** `full` (default), or `problems`: accepted messages are only counted, for very long lists */
  report?: 'full' | 'problems';
  /** people who must get nothing, such as opt-outs: numbers, or rows with `from` or `userId`; they are listed in `skipped` with `because: 'skip'` */
  skip?: any[];
  /** the report of an earlier run, or several: a row whose `reference` was accepted, is unknown, or was refused for good is not sent again, and is listed in `skipped`. A row that could not be made is sent once its data is corrected. Every row needs a `reference`. On the first run give `[]` */
  previous?: any;
  /**
   * the ID of the number of yours that sends (default: the one of the row that is answered, or of the credential)
   * @lookup $.children[?(@.type=="phoneNumber")]
   */
  phoneNumberId?: string;
  /** `true` allows a `to` that is the same for all items */
  sameRecipient?: boolean;
  /** `false` lets texts pass that hold `undefined`, `NaN`, `{{…}}` and the like */
  checkText?: boolean;
  /** send nothing, and put the requests into `state.data` */
  dryRun?: boolean;
}

/** An item of which nothing is known but who it is. */
export interface BulkRow {
  /** its place in the list, from 0 */
  index: number;
  /** who should get it: the number as it is sent, or as it was written */
  to?: any;
  /** your own ID */
  reference?: string;
}

/** A message that WhatsApp has accepted. Status webhooks report its delivery. */
export interface AcceptedRow extends BulkRow {
  /** the ID of the message */
  id: string;
  /** the number on WhatsApp, with `+` */
  waId?: string;
  /** Meta's word, such as `held_for_quality_assessment` or `paused`, if it holds the message back */
  messageStatus?: string;
}

/** A message that was not accepted, or of which that is unknown. */
export interface FailedRow extends BulkRow {
  /** why */
  error: ErrorInfo;
}

/** An item that was left out on purpose. */
export interface SkippedRow extends BulkRow {
  /** why, such as `skip` */
  because: string;
  /** the error, if there was one */
  error?: ErrorInfo;
}

/** How many messages ended how. */
export interface BulkSummary {
  /** items of the list */
  total: number;
  /** accepted by WhatsApp */
  accepted: number;
  /** refused, or not possible to make */
  failed: number;
  /** unknown whether they were sent */
  unknown: number;
  /** not attempted */
  unsent: number;
  /** left out on purpose */
  skipped?: number;
  /** how many accepted messages Meta holds back, by its word for it */
  messageStatus?: any;
  /** how long it took */
  seconds: number;
  /** how fast it was */
  messagesPerSecond: number;
  /** why the list stopped early: the time limit, or an error of the account */
  stopped?: string;
}

/** What became of every item of a list: each is in exactly one of the lists. */
export interface BulkReport {
  /** accepted by WhatsApp */
  accepted: AcceptedRow[];
  /** not sent */
  failed: FailedRow[];
  /** unknown whether they were sent: never sent again by themselves */
  unknown: FailedRow[];
  /** not attempted */
  unsent: BulkRow[];
  /** left out on purpose, with the options `skip` and `previous` */
  skipped?: SkippedRow[];
  /** the counts */
  summary: BulkSummary;
}

// --- Media ---

/** A file: a base64 text, a data URI, an https:// URL, bytes (a Buffer) or a stream. */
export type File = string | Uint8Array | AsyncIterable<Uint8Array>;

/** A file that was received or uploaded: its ID, or a row of `parseWebhook()` or its `media`. */
export type MediaSource = string | MessageRow | MediaRow;

/** Options of `uploadMedia()`. */
export interface UploadOptions {
  /** the MIME type (default: as the data URI, the web server or the content says) */
  type?: string;
  /** the name of the file (default: as the server or the URL calls it) */
  filename?: string;
  /** for a URL: headers for its server, such as a login; no other host gets them */
  headers?: object;
  /**
   * the ID of the number that will send it (default: the one of the credential)
   * @lookup $.children[?(@.type=="phoneNumber")]
   */
  phoneNumberId?: string;
  /** milliseconds for the whole upload (default: 300,000) */
  timeout?: number;
}

/** Options of `downloadMedia()`. */
export interface DownloadOptions {
  /** `base64` (default), `text`, or `stream`, which another operation of the same job can read */
  as?: 'base64' | 'text' | 'stream';
  /** the largest file that is downloaded (default: 26,214,400, which is 25 MB) */
  maxBytes?: number;
  /**
   * the ID of the number that got it (default: the one of the row that is given, or of the credential)
   * @lookup $.children[?(@.type=="phoneNumber")]
   */
  phoneNumberId?: string;
  /** milliseconds for the whole download (default: 300,000) */
  timeout?: number;
}

// --- Requests ---

/** Options of `get()`, `post()`, `del()` and `request()`. */
export interface RequestOptions {
  /** query parameters; arrays and objects are written as JSON */
  query?: object;
  /** more headers */
  headers?: object;
  /** how to read the response (default: `json`) */
  parseAs?: 'json' | 'text' | 'base64';
  /** milliseconds to wait for the response (default: 30,000) */
  timeout?: number;
}

// --- Templates of the account ---

/** Which templates `listTemplates()` lists: those that fit all that is given. */
export interface TemplateQuery {
  /** a part of the name */
  name?: string;
  /** the language, such as `sw` or `pt_BR` */
  language?: string;
  /** the status */
  status?: 'APPROVED' | 'PENDING' | 'REJECTED' | 'PAUSED' | 'DISABLED';
  /** the category */
  category?: 'UTILITY' | 'MARKETING' | 'AUTHENTICATION';
  /** a part of the text */
  content?: string;
  /** a part of the name or of the text */
  name_or_content?: string;
  /** the quality rating */
  quality_score?: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
  /** which fields of a template to read, such as `id,name,status` */
  fields?: string | string[];
  /** how many templates a page has (default: 100); all pages are read */
  limit?: number;
}

/** Options of `getTemplate()`. */
export interface GetTemplateOptions {
  /** the language of the template, such as `sw` */
  language?: string;
  /** which fields to read */
  fields?: string | string[];
}

/** A template in the form in which Meta defines it. */
export interface TemplateDefinition {
  /** up to 512 lowercase letters, digits and underscores */
  name: string;
  /** its language, such as `sw` or `pt_BR` */
  language: string;
  /** what it is for */
  category: 'UTILITY' | 'MARKETING' | 'AUTHENTICATION';
  /** `BODY` (up to 1,024 characters), and if wanted `HEADER` (60), `FOOTER` (60) and `BUTTONS` (up to 10) */
  components?: object[];
  /** `positional` (default) for `{{1}}`, `named` for `{{name}}` */
  parameter_format?: 'positional' | 'named';
  /** how long a message waits for a phone that is off: 30 to 900 for authentication, 30 to 43,200 for utility, 43,200 to 2,592,000 for marketing */
  message_send_ttl_seconds?: number;
  [field: string]: any;
}

/** What `updateTemplate()` changes of a template. */
export interface TemplateChanges {
  /** all components, also those that stay as they are */
  components?: object[];
  /** what it is for; an approved template keeps its category */
  category?: 'UTILITY' | 'MARKETING' | 'AUTHENTICATION';
  /** how long a message waits for a phone that is off */
  message_send_ttl_seconds?: number;
  [field: string]: any;
}

/** Options of `deleteTemplate()`. */
export interface DeleteTemplateOptions {
  /** delete the template in this language only */
  language?: string;
  /** delete the template with this ID only */
  id?: string;
}

// --- The account ---

/** Which phone numbers `listPhoneNumbers()` lists. */
export interface PhoneNumberQuery {
  /** which fields of a number to read */
  fields?: string | string[];
  /** conditions in Meta's form, such as `[{ field: 'account_mode', operator: 'EQUAL', value: 'LIVE' }]` */
  filtering?: object[];
  /** such as `['creation_time_descending']` */
  sort?: string[];
  /** how many numbers a page has (default: 100); all pages are read */
  limit?: number;
}

/** Options of `getPhoneNumber()`. */
export interface PhoneNumberOptions {
  /**
   * the ID of the phone number (default: `phoneNumberId` of the credential)
   * @lookup $.children[?(@.type=="phoneNumber")]
   */
  id?: string;
  /** which fields to read */
  fields?: string | string[];
}

/** Options of `getBusinessProfile()`. */
export interface BusinessProfileOptions {
  /**
   * the ID of the number (default: the one of the credential)
   * @lookup $.children[?(@.type=="phoneNumber")]
   */
  phoneNumberId?: string;
  /** which fields to read */
  fields?: string | string[];
}

/** What people see of a business. */
export interface BusinessProfile {
  /** 1 to 139 characters */
  about?: string;
  /** up to 256 characters */
  address?: string;
  /** up to 512 characters */
  description?: string;
  /** up to 128 characters */
  email?: string;
  /** up to 2 URLs of up to 256 characters */
  websites?: string | string[];
  /** the kind of business, such as `HEALTH`, `GOVT`, `NONPROFIT` or `EDU` */
  vertical?: string;
  /** a photo: the handle that `uploadFileHandle()` gives */
  profile_picture_handle?: string;
}

/** What `getAnalytics()` reports. */
export type AnalyticsKind =
  'messaging' | 'conversation' | 'pricing' | 'template';

/** The period of `getAnalytics()`, and filters, which have Meta's names. */
export interface AnalyticsQuery {
  /** the first day (`2026-05-01`), a moment (`2026-05-01T10:00:00Z`), or seconds since 1970 */
  start: any;
  /** the last day, which is included, or a moment, which is not */
  end: any;
  /** time zone of the `start` and `end` dates, such as `Africa/Nairobi` (default: UTC); Meta counts templates by days of UTC, or of the account with `use_waba_timezone` */
  timeZone?: string;
  /** how long a data point lasts (default: `DAY`); templates have days only */
  granularity?: 'HALF_HOUR' | 'DAY' | 'MONTH';
  /** only these numbers of yours; not for templates */
  phone_numbers?: string[];
  /** only these countries, such as `['KE']`; not for templates */
  country_codes?: string[];
  /** `messaging`: 0 for notifications, 2 for customer support */
  product_types?: number[];
  /** `conversation`: `COST`, `CONVERSATION`; `pricing`: `COST`, `VOLUME`; `template`: `sent`, `delivered`, `read`, `clicked`, `cost` */
  metric_types?: string[];
  /** what to break the numbers down by: `conversation`: `CONVERSATION_CATEGORY`, `CONVERSATION_DIRECTION`, `CONVERSATION_TYPE`, `COUNTRY`, `PHONE`; `pricing`: `COUNTRY`, `PHONE`, `PRICING_CATEGORY`, `PRICING_TYPE`, `TIER` */
  dimensions?: string[];
  /** `conversation`: only these categories */
  conversation_categories?: string[];
  /** `conversation`: `FREE_ENTRY`, `FREE_TIER`, `REGULAR` */
  conversation_types?: string[];
  /** `conversation`: `BUSINESS_INITIATED`, `USER_INITIATED` */
  conversation_directions?: string[];
  /** `pricing`: `FREE_CUSTOMER_SERVICE`, `FREE_ENTRY_POINT`, `REGULAR` */
  pricing_types?: string[];
  /** `pricing`: such as `MARKETING`, `UTILITY` and `AUTHENTICATION` */
  pricing_categories?: string[];
  /** `pricing`: only these tiers */
  tiers?: string[];
  /** `template`: the IDs of 1 to 10 templates */
  template_ids?: string[];
  /** `template`: the API that they were sent with */
  product_type?: string;
  /** `template`: days of the time zone of the account */
  use_waba_timezone?: boolean;
}

/** Options of `listBlockedUsers()`. */
export interface BlockedUsersQuery {
  /** how many people a page has (default: 100); all pages are read */
  limit?: number;
}

/** Options of `checkContacts()`. */
export interface CheckContactsOptions {
  /** wait until all numbers are checked (default: true) */
  blocking?: boolean;
  /** do not use what the server remembers for 7 days; too much of it can get the number banned */
  forceCheck?: boolean;
}

// --- Webhooks ---

/** Options of `subscribeWebhook()`. */
export interface SubscribeOptions {
  /** where webhooks go: an https:// URL of up to 200 characters */
  callbackUrl?: string;
  /** a token of your choice, which Meta sends to verify the callback URL */
  verifyToken?: string;
}

/** Options of `parseWebhook()`. */
export interface ParseWebhookOptions {
  /** the body as it came, byte by byte, if something in front of OpenFn keeps it; if left out, the signature is checked over each way in which Meta writes the body */
  rawBody?: string | Uint8Array;
  /** refuse a webhook without a signature; needs `appSecret` */
  requireSignature?: boolean;
  /** `false` checks no signature, for bodies that something in front of OpenFn has rewritten */
  verifySignature?: boolean;
}

/** What is wrong, and what to do about it. */
export interface ErrorInfo {
  /** Meta's code, or one of the adaptor's own, such as `INVALID_RECIPIENT` */
  code: string | number;
  /** the code and all that is known */
  message: string;
  /** what happened */
  description: string;
  /** what to do about it */
  fix?: string;
  /** what Meta says of it */
  details?: string;
  /** whether the same message may succeed later */
  retryable: boolean;
  [field: string]: any;
}

/** A file of a message, for `downloadMedia()`. */
export interface MediaRow {
  /** the ID of the file */
  id: string;
  /** its MIME type */
  mimeType?: string;
  /** its SHA-256 */
  sha256?: string;
  /** the name of a document */
  filename?: string;
  /** the text below it */
  caption?: string;
  /** `true` if it is a voice message */
  voice?: boolean;
  /** `true` if it is an animated sticker */
  animated?: boolean;
  /** where it is, if the webhook says so */
  url?: string;
  /** the ID of the number of yours that got it */
  phoneNumberId?: string;
}

/** What somebody tapped or filled in. */
export interface Reply {
  /** `button`, `list`, `flow` and so on */
  type?: string;
  /** the ID of the button or row, or the payload */
  id?: string;
  /** its title */
  title?: string;
  /** the description of the row */
  description?: string;
  /** of a flow: its name */
  name?: string;
  /** of a flow: the answers as the flow names them */
  data?: any;
  [field: string]: any;
}

/** Which of your numbers a row came to, or left from. */
export interface OwnNumber {
  /** the ID of the number of yours */
  phoneNumberId?: string;
  /** that number, with `+` */
  displayPhoneNumber?: string;
  /** the WhatsApp Business Account of that number */
  wabaId?: string;
  /** when Meta made the webhook, if it says so */
  entryTimestamp?: string;
  /** `true` while Meta's Business Agent holds the chat */
  standby?: boolean;
}

/** Who a row is about. */
export interface Person {
  /** the business-scoped user ID (BSUID), which can be written to like a number */
  userId?: string;
  /** the parent BSUID, if the account has one */
  parentUserId?: string;
  /** the username */
  username?: string;
  /** the country, such as `KE`, if Meta tells it */
  country?: string;
  /** if the number checks identities */
  identityKeyHash?: string;
  /** the name in the profile */
  name?: string;
  /** the person as delivered */
  contact?: any;
}

/** A message that somebody sent to you. What a message does not have is left out. */
export interface MessageRow extends OwnNumber, Person {
  /** the ID of the message, for `replyTo` and `markAsRead()` */
  id: string;
  /** when it was sent, such as `2026-05-05T10:00:00.000Z` */
  timestamp?: string;
  /** the number of the sender, with `+`; not there if the sender hides it */
  from?: string;
  /** in `echoes` and `history`: to whom your business sent it */
  to?: string;
  /** the group it was sent to */
  groupId?: string;
  /** `out` in `echoes` and `history`, if your business sent it */
  direction?: 'out';
  /** `true` in `history` */
  history?: boolean;
  /** `text`, `image`, `interactive`, `button` and so on, as Meta calls it */
  type: string;
  /** what a person would read, whatever the type: a text, a caption, the title of a button; it may be empty */
  text: string;
  /** a file */
  media?: MediaRow;
  /** what was tapped or filled in */
  reply?: Reply;
  /** `{ latitude, longitude, name, address }` */
  location?: any;
  /** contact cards, in Meta's form */
  contacts?: any[];
  /** `{ messageId, emoji }`; the emoji is empty if it was taken back */
  reaction?: any;
  /** an order from the catalog */
  order?: any;
  /** the message that it answers: `{ from, id }`, or `{ forwarded: true }` */
  context?: any;
  /** the advertisement that the sender came from */
  referral?: any;
  /** the ID of the message that this one changes */
  edits?: string;
  /** the ID of the message that the sender deleted */
  deletes?: string;
  /** what it is, such as `poll`, if the API doesn't deliver it */
  unsupported?: string;
  /** what is wrong with it */
  errors?: ErrorInfo[];
  /** the message as delivered */
  content: any;
}

/** What became of a message that you sent. Statuses may come late, twice or out of order. */
export interface StatusRow extends OwnNumber, Person {
  /** the ID of the message, from the response of `sendMessage()` */
  id: string;
  /** `sent`, `delivered`, `read`, `played` or `failed` */
  status: string;
  /** how far the message has come, since statuses come out of order: `sent` 1, `delivered` 2, `read` 3, `played` 4, `failed` 5 */
  rank?: number;
  /** when it happened */
  timestamp?: string;
  /** the number of the recipient, with `+`, or the ID of the group */
  to?: string;
  /** the group, if it was sent to one */
  groupId?: string;
  /** who of the group: a number, or a BSUID */
  participant?: string;
  /** your own ID, as you gave it when you sent the message */
  reference?: string;
  /** the template that it was made of */
  templateId?: string;
  /** if Meta holds it back */
  messageStatus?: string;
  /** the conversation that it counts to */
  conversation?: any;
  /** what it is charged as */
  pricing?: any;
  /** why it failed; always there if it failed */
  error?: ErrorInfo;
  /** all errors, the first being `error` */
  errors?: ErrorInfo[];
  /** the status as delivered */
  content: any;
}

/** How a person is known. */
export interface PersonIds {
  /** the number, with `+` */
  number?: string;
  /** the business-scoped user ID (BSUID) */
  userId?: string;
}

/** What a person was before and is now. */
export interface PersonChange {
  /** `number`, `userId` or `identity` */
  kind: string;
  /** before */
  from: PersonIds;
  /** after */
  to: PersonIds;
  /** the new identity */
  identityKeyHash?: string;
}

/** Anything else that Meta tells: of templates, of the account, of calls; also what could not be read. */
export interface EventRow extends OwnNumber, Person {
  /** what it is about, such as `message_template_status_update`; `malformed` if Meta does not say */
  field: string;
  /** what happened, as delivered */
  value: any;
  /** when it happened */
  timestamp?: string;
  /** `optOut` or `optIn`, if a person wants no marketing messages, or wants them again */
  kind?: string;
  /** the number of that person, with `+` */
  from?: string;
  /** what nobody wrote: a number, an ID or an identity has changed */
  change?: PersonChange;
  /** the group */
  groupId?: string;
  /** the request that it answers */
  requestId?: string;
  /** a file */
  media?: MediaRow;
  /** what is wrong */
  errors?: ErrorInfo[];
}

/** All that a webhook brings. */
export interface Webhook {
  /** messages that people sent to you */
  messages: MessageRow[];
  /** what became of messages that you sent */
  statuses: StatusRow[];
  /** anything else */
  events: EventRow[];
  /** messages that your business sent with the WhatsApp Business app */
  echoes: MessageRow[];
  /** messages from before the number joined the API */
  history: MessageRow[];
}
