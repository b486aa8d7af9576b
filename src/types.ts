// All types for job authors. This file imports nothing and uses no
// utility types, since the editor of the OpenFn app reads it alone. The tables
// of the documentation are generated from it: `npm run build:typedefs`.

// --- Workflows ---

/** The state passed between operations. */
export interface State {
  /** the credential */
  configuration?: unknown;
  /** the result of the operation before, or of the trigger */
  data?: any;
  /** all previous data objects of the job */
  references?: unknown[];
  /** the index of the item, inside of `each()` and `sendBulk()` */
  index?: number;
  [key: string]: any;
}

export type Operation = (state: State) => Promise<State>;

/** An argument in a job: a value, or a function of state, at any depth. */
export type Lazy<T> = T | ((state: State) => any);

// --- Credential ---

/** The credential, as entered by the user. */
export interface Configuration {
  /** the URL of the API with its version: `https://graph.facebook.com/v25.0`; On-Premise: `https://<server>:9090/v1` */
  baseUrl?: string;
  /** permanent access token (Cloud API) or generated bearer token (On-Premise API) */
  apiToken?: string;
  /** the ID of the sending phone number (not the number itself) */
  phoneNumberId?: string;
  /** the ID of the WhatsApp Business Account */
  wabaId?: string;
  /** the version of the Graph API, if `baseUrl` has none */
  apiVersion?: string;
  /** On-Premise API: the username, instead of `apiToken` */
  username?: string;
  /** On-Premise API: the password */
  password?: string;
  /** the ID of the app, for resumable uploads */
  appId?: string;
  /** the app secret: verifies webhooks and signs requests to Meta */
  appSecret?: string;
  /** two-letter country code for local numbers, such as `KE` */
  defaultCountry?: string;
  /** certificates of a private certificate authority, in PEM format */
  ca?: string;
}

// --- Recipients ---

/** A group, by its ID. */
export interface GroupRecipient {
  /** the ID of the group */
  group: string;
}

/**
 * Who gets a message: a phone number in any common format (`+254 712 345678`), a business-scoped user ID (BSUID, `KE.1A2b`), a group, as `{ group: '<group id>' }`, or a row from `parseWebhook()`, to reply to its sender from the number that received the message.
 * A number without a country code (`0712 345 678`) requires `defaultCountry` in the credential. Without `+`, it must be a valid mobile number; ambiguous numbers are an error.
 */
export type Recipient =
  string | number | GroupRecipient | MessageRow | StatusRow;

// --- Messages ---

// What several messages share: the app's editor shows help for a field only if
// all of them have the same.

export interface WithText {
  /** the text: up to 4,096 characters alone or with a list, up to 1,024 with anything else */
  text?: string;
}

export interface WithCaption {
  /** up to 1,024 characters */
  caption?: string;
}

export interface WithHeader {
  /** above the text: up to 60 characters; with buttons, a link or a flow, it may be a file */
  header?: string | HeaderFile;
}

export interface WithFooter {
  /** below the text: up to 60 characters */
  footer?: string;
}

/** A text message: `{ text }`, or just a string. */
export interface TextMessage extends WithText {
  /** show a preview of the first link in the text */
  previewUrl?: boolean;
}

/** An image: JPEG or PNG, up to 5 MB. */
export interface ImageMessage extends WithCaption {
  /** the ID of an uploaded file or an https:// URL */
  image: string;
}

/** A video: MP4 or 3GPP, up to 16 MB. */
export interface VideoMessage extends WithCaption {
  /** the ID of an uploaded file or an https:// URL */
  video: string;
}

/** Audio: AAC, AMR, MP3, M4A or OGG with Opus, up to 16 MB. */
export interface AudioMessage {
  /** the ID of an uploaded file or an https:// URL */
  audio: string;
  /** `true` shows it as a voice message */
  voice?: boolean;
}

/** A document, such as a PDF, up to 100 MB. */
export interface DocumentMessage extends WithCaption {
  /** the ID of an uploaded file or an https:// URL */
  document: string;
  /** the filename shown to the recipient */
  filename?: string;
}

/** A sticker: WebP, up to 500 KB. */
export interface StickerMessage {
  /** the ID of an uploaded file or an https:// URL */
  sticker: string;
}

/** A file above the text of a message with buttons, a link or a flow: one of `image`, `video` and `document`. */
export interface HeaderFile {
  /** the ID of an uploaded file or an https:// URL */
  image?: string;
  /** the same */
  video?: string;
  /** the same */
  document?: string;
  /** the filename of the document */
  filename?: string;
}

/** A reply button. */
export interface ReplyButton {
  /** the ID returned in the webhook, up to 256 characters (default: the title) */
  id?: string;
  /** up to 20 characters */
  title: string;
}

/** A message with reply buttons. */
export interface ButtonsMessage extends WithText, WithHeader, WithFooter {
  /** 1 to 3 buttons; a string stands for its title. With the option `category: 'utility'` (Direct Send) up to 10, of which the first two may be a `Cta` */
  buttons: (string | ReplyButton | Cta)[];
}

/** A row of a list. */
export interface ListRow {
  /** the ID returned in the webhook, up to 200 characters (default: the title) */
  id?: string;
  /** up to 24 characters */
  title: string;
  /** up to 72 characters */
  description?: string;
}

/** A section of a list. */
export interface ListSection {
  /** up to 24 characters; required if there are several sections */
  title?: string;
  /** its rows; a string stands for the title of a row */
  rows: (string | ListRow)[];
}

/** A list to choose from: `rows`, or `sections` with rows, up to 10 rows in total. */
export interface List {
  /** the label of the button that opens the list, up to 20 characters */
  button: string;
  /** the rows; a string stands for the title of a row */
  rows?: (string | ListRow)[];
  /** up to 10 sections */
  sections?: ListSection[];
}

/** A message with a list to choose from. */
export interface ListMessage extends WithText, WithHeader, WithFooter {
  /** the list */
  list: List;
}

/** A button that opens a web page. */
export interface Cta {
  /** up to 20 characters */
  label: string;
  /** the page, an https:// URL */
  url: string;
}

/** A message with a button that opens a web page. */
export interface CtaMessage extends WithText, WithHeader, WithFooter {
  /** the button */
  cta: Cta;
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
  /** returned with the response, to identify the message it belongs to */
  token?: string;
  /** `draft` for a flow that is not published */
  mode?: 'draft' | 'published';
  /** `data_exchange` for a flow with an endpoint (default: `navigate`) */
  action?: 'navigate' | 'data_exchange';
}

/** A message with a button that opens a WhatsApp Flow. */
export interface FlowMessage extends WithText, WithHeader, WithFooter {
  /** the flow */
  flow: Flow;
}

/** Requests the recipient's location. */
export interface LocationRequestMessage extends WithText {
  /** always `true` */
  requestLocation: boolean;
}

/** Requests the phone number of a user who hides it. */
export interface ContactInfoRequestMessage extends WithText {
  /** always `true` */
  requestContactInfo: boolean;
}

/** Requests permission to call the user. */
export interface CallPermissionRequestMessage extends WithText {
  /** always `true` */
  requestCallPermission: boolean;
}

/** A button that calls your business on WhatsApp. Calling must be enabled for the number. */
export interface CallButton {
  /** up to 20 characters (default: `Call Now`) */
  label?: string;
  /** how many minutes the button works: 1 to 43,200 (default: 10,080) */
  ttlMinutes?: number;
  /** comes back in the `calls` webhook, up to 512 characters */
  payload?: string;
}

/** A text with a button that calls your business. */
export interface CallMessage extends WithText, WithHeader {
  /** the button */
  call: CallButton;
}

/** A card of a carousel: a picture or a video, with a link or buttons. All cards must be alike. */
export interface CarouselCard {
  /** the https:// URL of a picture */
  image?: string;
  /** the https:// URL of a video */
  video?: string;
  /** up to 160 characters */
  text?: string;
  /** a button that opens a web page */
  cta?: Cta;
  /** 1 to 3 buttons to answer with */
  buttons?: (string | ReplyButton)[];
}

/** Cards to swipe through. */
export interface CarouselMessage extends WithText {
  /** 2 to 10 cards */
  carousel: CarouselCard[];
}

/** One product of a catalog. */
export interface ProductMessage extends WithText, WithFooter {
  /** the retailer ID of the product */
  product: string;
  /** the ID of the catalog, which must be connected to the account */
  catalogId: string;
}

/** A part of a list of products. */
export interface ProductSection {
  /** up to 24 characters */
  title: string;
  /** retailer IDs of products */
  items: string[];
}

/** Products of a catalog: up to 30 in 10 sections. */
export interface ProductList {
  /** the ID of the catalog, which must be connected to the account */
  catalogId: string;
  /** 1 to 10 sections */
  sections: ProductSection[];
}

/** Several products of a catalog. The answer is an `order` message. */
export interface ProductsMessage extends WithText, WithHeader, WithFooter {
  /** the products */
  products: ProductList;
}

/** The picture of a catalog message. */
export interface CatalogThumbnail {
  /** the retailer ID of the product whose picture is shown */
  thumbnail?: string;
}

/** The whole catalog. */
export interface CatalogMessage extends WithText, WithFooter {
  /** `true`, or which product is shown */
  catalog: boolean | CatalogThumbnail;
}

/** Which address is requested. */
export interface AddressRequest {
  /** always `IN`: addresses can be requested in India only */
  country: 'IN';
  /** what is known already, in Meta's form: `{ name, phone_number, in_pin_code, city }` */
  values?: object;
}

/** Requests the user's address (India only). */
export interface AddressRequestMessage extends WithText, WithFooter {
  /** the country, and what is known */
  requestAddress: AddressRequest;
}

/** Pins a message in a group. */
export interface PinMessage {
  /** the ID of the message */
  pin: string;
  /** for how many days: 1 to 30 (default: 7) */
  days?: number;
}

/** Unpins a message in a group. */
export interface UnpinMessage {
  /** the ID of the message */
  unpin: string;
}

/** A location. */
export interface Location {
  /** -90 to 90 */
  latitude: number;
  /** -180 to 180 */
  longitude: number;
  /** its name, up to 100 characters */
  name?: string;
  /** its address, up to 300 characters; shown only if `name` is set */
  address?: string;
}

/** A location on the map. */
export interface LocationMessage {
  /** the location */
  location: Location;
}

/** The name of a contact: `formatted_name` and at least one more part. */
export interface ContactName {
  /** the full name, as shown to the recipient */
  formatted_name: string;
  /** the first name */
  first_name?: string;
  /** the last name */
  last_name?: string;
}

/** A phone number of a contact. */
export interface ContactPhone {
  /** the number, as shown to the recipient */
  phone: string;
  /** such as `CELL` or `WORK` */
  type?: string;
  /** the WhatsApp number, digits only: adds a button to message it */
  wa_id?: string;
}

/** A contact card, in Meta's format. */
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

/** An emoji reaction to a message. */
export interface ReactionMessage {
  /** one emoji; an empty string removes it */
  reaction: string;
  /** the ID of the message */
  messageId: string;
}

/** Any message in Meta's format: `{ type: 'text', text: { body: 'Hi' } }`. */
export interface MetaMessage {
  /** such as `interactive`; the message has a field of this name */
  type: string;
  /** buttons, lists and the like, in Meta's format */
  interactive?: object;
}

/**
 * A message: a string, one of the objects below, or Meta's format with its `type`.
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
  | ContactInfoRequestMessage
  | CallPermissionRequestMessage
  | CallMessage
  | CarouselMessage
  | ProductMessage
  | ProductsMessage
  | CatalogMessage
  | AddressRequestMessage
  | LocationMessage
  | ContactsMessage
  | ReactionMessage
  | PinMessage
  | UnpinMessage
  | MetaMessage;

// --- Templates ---

/** An amount of money, formatted in the language of the template. */
export interface CurrencyValue {
  /** such as `KES` */
  currency: string;
  /** such as 1250.5 */
  amount: number;
}

/** A date, formatted in the language of the template. */
export interface DateValue {
  /** a day (`2026-05-05`), a moment (`2026-05-05T10:00:00Z`) or a Date */
  date: any;
  /** the time zone, such as `Africa/Nairobi`; required if the date includes a time */
  timeZone?: string;
  /** the format of the date (default: `long`) */
  dateStyle?: 'full' | 'long' | 'medium' | 'short';
  /** the format of the time (default: `short`) */
  timeStyle?: 'full' | 'long' | 'medium' | 'short';
}

/** An authentication code. */
export interface OtpValue {
  /** the code, up to 15 characters; used in both the body and the button */
  otp: string | number;
}

/** A group, in a template that invites to it. */
export interface GroupValue {
  /** the ID of the group */
  group: string;
}

/** A value of a template: a string, a number, a date, an amount of money, an authentication code or a group. */
export type TemplateValue =
  string | number | boolean | CurrencyValue | DateValue | OtpValue | GroupValue;

/** Values by the names of the variables. */
export interface TemplateValues {
  [name: string]: TemplateValue;
}

/** The header of a template: one of these, or one value by the name of its variable. */
export interface TemplateHeader {
  /** the ID of an uploaded file or an https:// URL */
  image?: string;
  /** the same */
  video?: string;
  /** the same */
  document?: string;
  /** the name of the document */
  filename?: string;
  /** a location */
  location?: Location;
  /** a GIF (an mp4 of up to 3.5 MB); marketing messages only */
  gif?: string;
  /** the retailer ID of a product, with `catalogId` */
  product?: string;
  /** the ID of the catalog of `product` */
  catalogId?: string;
  [name: string]: any;
}

/** The value of a template button: one of these. */
export interface TemplateButton {
  /** the variable end of the button URL */
  url?: string;
  /** the payload returned in the webhook when a quick reply is tapped, up to 256 characters */
  payload?: string;
  /** a coupon code, up to 20 characters; more than 15 may be rejected */
  code?: string;
  /** an authentication code, up to 15 characters */
  otp?: string | number;
  /** data for a flow */
  flow?: FlowButtonData;
  /** the catalog: `true`, or the retailer ID of the product whose picture is shown */
  catalog?: boolean | string;
  /** products of the catalog */
  products?: ButtonProducts;
  /** a call button */
  call?: ButtonCall;
}

/** A card of a carousel template. */
export interface TemplateCard {
  /** a file: `{ image }` or `{ video }`, or `{ product, catalogId }` */
  header?: TemplateHeader;
  /** fills the variables of the card's text */
  body?: TemplateValue[] | TemplateValues;
  /** fills the card's buttons, by position */
  buttons?: (TemplateButton | null)[];
}

/** A limited-time offer. */
export interface TemplateOffer {
  /** when it ends: a moment, such as `2026-12-24T18:00:00Z` */
  expires: any;
}

/** A title over the picture of a template, which opens a URL. */
export interface TapTarget {
  /** an https:// URL */
  url: string;
  /** the title */
  title: string;
}

/** Data for a flow button. */
export interface FlowButtonData {
  /** comes back with the answers */
  token?: string;
  /** data for the first screen */
  data?: object;
}

/** Products of a button. */
export interface ButtonProducts {
  /** the retailer ID of the product whose picture is shown */
  thumbnail: string;
  /** 1 to 10 sections */
  sections: ProductSection[];
}

/** A call button. */
export interface ButtonCall {
  /** how many minutes the button works: 1 to 43,200 */
  ttlMinutes?: number;
  /** comes back in the `calls` webhook */
  payload?: string;
}

/**
 * An approved template.
 * See [Meta's documentation of templates](https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview).
 */
export interface TemplateMessage {
  /**
   * the name of the template
   * @lookup $.children[?(@.type=="template")]
   */
  name: string;
  /** its language as approved, such as `sw` or `pt_BR` (default: `en_US`), or a list of languages, of which the first approved one is sent */
  language?: string | string[];
  /** values by the names of the variables, such as a whole row: `values: $.data`; instead of `body`, with `wabaId` in the credential */
  values?: any;
  /** the values for the body: an array for `{{1}}`, `{{2}}`, an object for `{{name}}` */
  body?: TemplateValue[] | TemplateValues;
  /** the value for the header, or an object */
  header?: TemplateValue | TemplateHeader | TemplateValue[];
  /** the values for the buttons, by position; `null` skips a button */
  buttons?: (TemplateButton | null)[];
  /** the cards of a carousel, as many as the template has */
  cards?: TemplateCard[];
  /** the end of a limited-time offer */
  offer?: TemplateOffer;
  /** a title over the picture that opens a URL, for accounts that Meta has approved */
  tapTarget?: TapTarget;
  /** other components, such as payments, in Meta's format */
  components?: object[];
  /** required by the On-Premise API only */
  namespace?: string;
}

/** A template: its name, or an object. */
export type Template = string | TemplateMessage;

// --- Options for sending ---

/** Options of `sendMessage()` and `sendTemplate()`. */
export interface SendOptions {
  /** the ID of the message to reply to, which is quoted */
  replyTo?: string;
  /** your own ID, up to 512 characters, included in status webhooks. Every app subscribed to the account can see it: don't include sensitive data */
  reference?: string;
  /**
   * the ID of the sending phone number (default: from the row you reply to, or from the credential)
   * @lookup $.children[?(@.type=="phoneNumber")]
   */
  phoneNumberId?: string;
  /** `false` allows texts with `undefined`, `NaN`, `{{…}}` and similar */
  checkText?: boolean;
  /** send nothing; put the request that would be sent in `state.data` */
  dryRun?: boolean;
  /** milliseconds to wait for the response: 1,000 or more (default: 30,000) */
  timeout?: number;
  /** the identity of the recipient, from a row of `parseWebhook()`: delivered only if it is still the same. For results of a medical test */
  identityKeyHash?: string;
  /** Direct Send: a message outside the 24-hour window without a template, if Meta has enabled it for the account */
  category?: 'utility' | 'authentication' | 'service';
  /** Direct Send: how long the message waits for a phone that is off: 30 to 43,200 seconds (utility) or 900 (authentication) */
  ttlSeconds?: number;
  /** Direct Send: the name of the template that Meta makes (utility) */
  templateName?: string;
  /** templates: sends by the Marketing Messages API: `true`, `'auto'` for templates of the category marketing only (requires `wabaId`), or `{ productPolicy, messageActivitySharing }` */
  marketing?: any;
}

/** Options of operations that use one of your phone numbers. */
export interface NumberOptions {
  /**
   * the ID of the phone number (default: from the given row, or from the credential)
   * @lookup $.children[?(@.type=="phoneNumber")]
   */
  phoneNumberId?: string;
}

/** Options of `markAsRead()`. */
export interface MarkAsReadOptions {
  /** also show the typing indicator, for up to 25 seconds */
  typing?: boolean;
  /** the ID of the phone number that received the message (default: from the given row, or from the credential) */
  phoneNumberId?: string;
}

// --- Bulk ---

/** A message for each item of a list: these fields, and those of a `Message` or a `template`. `$.data` is the item and `$.index` its index. */
export interface BulkMessage {
  /** the recipient */
  to: Recipient;
  /** a template, instead of the fields of a message */
  template?: Template;
  /** your own ID, included in the report and in status webhooks */
  reference?: string;
  /** the ID of the message to reply to */
  replyTo?: string;
  /**
   * the ID of the sending phone number
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
  buttons?: (string | ReplyButton | Cta)[];
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
  /** as in a message */
  requestContactInfo?: boolean;
  /** as in a message */
  requestCallPermission?: boolean;
  /** as in a message */
  requestAddress?: AddressRequest;
  /** as in a message */
  call?: CallButton;
  /** as in a message */
  carousel?: CarouselCard[];
  /** as in a message */
  product?: string;
  /** as in a message */
  catalogId?: string;
  /** as in a message */
  products?: ProductList;
  /** as in a message */
  catalog?: boolean | CatalogThumbnail;
  /** the identity of the recipient, from a row of `parseWebhook()` */
  identityKeyHash?: string;
  /** as in the options */
  marketing?: any;
}

/** Options of `sendBulk()`. */
export interface BulkOptions {
  /** messages per second of each sending phone number (default: 80; On-Premise: 50; a number that is also used in the WhatsApp Business app is limited to 20); `'auto'` reads the limit of the number first (Cloud API) */
  rate?: number | 'auto';
  /** concurrent requests (default: as many as the rate requires) */
  concurrency?: number;
  /** time limit in seconds: the rest is listed in `unsent`, so that the report is saved before the run is killed */
  timeLimit?: number;
  /** `full` (default), or `problems` for very long lists: accepted messages are only counted */
  report?: 'full' | 'problems';
  /** recipients to skip, such as opt-outs: numbers, or rows with `from` or `userId`; they are listed in `skipped` with `because: 'skip'` */
  skip?: any[];
  /** the report of an earlier run, or several: a row whose `reference` was accepted, is unknown, or failed permanently is not sent again, and is listed in `skipped`. A row whose message couldn't be built is sent once its data is corrected. Every row needs a `reference`. For the first run, use `[]` */
  previous?: any;
  /**
   * the ID of the sending phone number (default: from the row you reply to, or from the credential)
   * @lookup $.children[?(@.type=="phoneNumber")]
   */
  phoneNumberId?: string;
  /** `true` allows the same `to` for all items */
  sameRecipient?: boolean;
  /** `false` allows texts with `undefined`, `NaN`, `{{…}}` and similar */
  checkText?: boolean;
  /** send nothing; put the requests in `state.data` */
  dryRun?: boolean;
  /** an operation that saves what is about to be sent and what became of it, such as `collections.set('campaign', …)`: it runs before and after each `chunk` with `$.data = [{ key, value: { status, id } }]`. If it fails, the list stops. Every row needs a `reference`; give the saved records as `previous` to the next run */
  checkpoint?: Operation;
  /** how many rows a checkpoint announces at a time (default: 500) */
  chunk?: number;
  /** the identity of the recipient, from a row of `parseWebhook()`: delivered only if it is still the same. For results of a medical test */
  identityKeyHash?: string;
  /** Direct Send: a message outside the 24-hour window without a template, if Meta has enabled it for the account */
  category?: 'utility' | 'authentication' | 'service';
  /** Direct Send: how long the message waits for a phone that is off: 30 to 43,200 seconds (utility) or 900 (authentication) */
  ttlSeconds?: number;
  /** Direct Send: the name of the template that Meta makes (utility) */
  templateName?: string;
  /** templates: sends by the Marketing Messages API: `true`, `'auto'` for templates of the category marketing only (requires `wabaId`), or `{ productPolicy, messageActivitySharing }` */
  marketing?: any;
}

/** An item of the list. */
export interface BulkRow {
  /** its index in the list, from 0 */
  index: number;
  /** the recipient: the number as sent, or as given */
  to?: any;
  /** your own ID */
  reference?: string;
}

/** A message accepted by WhatsApp. Status webhooks report its delivery. */
export interface AcceptedRow extends BulkRow {
  /** the ID of the message */
  id: string;
  /** the WhatsApp number, with `+` */
  waId?: string;
  /** Meta's word, such as `held_for_quality_assessment` or `paused`, if it holds the message back */
  messageStatus?: string;
}

/** A message that failed, or whose outcome is unknown. */
export interface FailedRow extends BulkRow {
  /** the error */
  error: ErrorInfo;
}

/** A skipped item. */
export interface SkippedRow extends BulkRow {
  /** the reason, such as `skip` */
  because: string;
  /** the error, if any */
  error?: ErrorInfo;
}

/** Why messages failed, or why it is unknown whether they were sent. */
export interface BulkReason {
  /** Meta's code, or one of the adaptor's own */
  code: string | number;
  /** what happened */
  description: string;
  /** what to do about it */
  fix?: string;
  /** how many rows */
  count: number;
  /** the first ten rows, by their place in the list */
  rows: number[];
}

/** The number of messages by outcome. */
export interface BulkSummary {
  /** items of the list */
  total: number;
  /** accepted by WhatsApp */
  accepted: number;
  /** rejected by the API, or the message couldn't be built */
  failed: number;
  /** unknown whether they were sent */
  unknown: number;
  /** not attempted */
  unsent: number;
  /** skipped by `skip` or `previous` */
  skipped?: number;
  /** how many accepted messages Meta holds back, by its word for it */
  messageStatus?: any;
  /** why messages failed or are unknown, most frequent first */
  reasons?: BulkReason[];
  /** the duration in seconds */
  seconds: number;
  /** the average rate */
  messagesPerSecond: number;
  /** why the list stopped early: the time limit, or an account error */
  stopped?: string;
}

/** The outcome of each item: every item is in exactly one of the lists. */
export interface BulkReport {
  /** accepted by WhatsApp */
  accepted: AcceptedRow[];
  /** not sent */
  failed: FailedRow[];
  /** unknown whether they were sent; never retried automatically */
  unknown: FailedRow[];
  /** not attempted */
  unsent: BulkRow[];
  /** skipped by the options `skip` and `previous` */
  skipped?: SkippedRow[];
  /** the counts */
  summary: BulkSummary;
}

// --- Media ---

/** A file: a base64 string, a data URI, an https:// URL, bytes (a Buffer) or a stream. */
export type File = string | Uint8Array | AsyncIterable<Uint8Array>;

/** A received or uploaded file: its ID, or a row from `parseWebhook()` or its `media`. */
export type MediaSource = string | MessageRow | MediaRow;

/** Options of `uploadMedia()`. */
export interface UploadOptions {
  /** the MIME type (default: from the data URI, the web server or the content) */
  type?: string;
  /** the filename (default: from the server or the URL) */
  filename?: string;
  /** for a URL: headers for its server, such as `Authorization`; they are not sent to other hosts */
  headers?: object;
  /**
   * the ID of the phone number that will send it (default: from the credential)
   * @lookup $.children[?(@.type=="phoneNumber")]
   */
  phoneNumberId?: string;
  /** milliseconds for the whole upload (default: 300,000) */
  timeout?: number;
}

/** Options of `downloadMedia()`. */
export interface DownloadOptions {
  /** `base64` (default), `text`, or `stream`, for another operation in the same job */
  as?: 'base64' | 'text' | 'stream';
  /** the maximum file size in bytes (default: 26,214,400, which is 25 MB) */
  maxBytes?: number;
  /**
   * the ID of the phone number that received it (default: from the given row, or from the credential)
   * @lookup $.children[?(@.type=="phoneNumber")]
   */
  phoneNumberId?: string;
  /** milliseconds for the whole download (default: 300,000) */
  timeout?: number;
}

// --- Requests ---

/** Options of `get()`, `post()`, `del()` and `request()`. */
export interface RequestOptions {
  /** query parameters; arrays and objects are sent as JSON */
  query?: object;
  /** additional headers */
  headers?: object;
  /** how to read the response (default: `json`) */
  parseAs?: 'json' | 'text' | 'base64';
  /** milliseconds to wait for the response (default: 30,000; with a form 300,000) */
  timeout?: number;
  /** the fields of a form, sent as multipart/form-data instead of a body; a file is `{ content, filename, type }` */
  form?: object;
}

/** A file in the option `form`. */
export interface FormFile {
  /** the content: a string for text and JSON, base64 for other types; or a data URI, an https:// URL, a Buffer or a stream */
  content: any;
  /** the file name */
  filename?: string;
  /** the MIME type, such as `application/json` */
  type?: string;
}

// --- Flows ---

/** A flow for `createFlow()`. */
export interface FlowDefinition {
  /** the name */
  name: string;
  /** at least one of `SIGN_UP`, `SIGN_IN`, `APPOINTMENT_BOOKING`, `LEAD_GENERATION`, `CONTACT_US`, `CUSTOMER_SUPPORT`, `SURVEY` and `OTHER` */
  categories: string[];
  /** the JSON of the flow, as an object or a string of up to 10 MB */
  json?: any;
  /** publish it at once; this can't be undone */
  publish?: boolean;
  /** copy the JSON of this flow */
  cloneFlowId?: string;
  /** the URL of your server, for a flow with an endpoint */
  endpointUri?: string;
}

/** The changes for `updateFlow()`. */
export interface FlowChanges {
  /** the name */
  name?: string;
  /** all categories, including those that don't change */
  categories?: string[];
  /** the JSON of the flow, as an object or a string of up to 10 MB; only for a flow that is not published */
  json?: any;
  /** the URL of your server, for a flow with an endpoint */
  endpointUri?: string;
  /** the ID of the Meta app that the flow belongs to */
  applicationId?: string;
}

/** Options of `getFlow()`. */
export interface FlowOptions {
  /** which fields to read */
  fields?: string | string[];
}

/** The query of `listFlows()`. */
export interface FlowQuery {
  /** which fields to read */
  fields?: string | string[];
  /** flows per page; all pages are read */
  limit?: number;
}

// --- Templates of the account ---

/** Filters of `listTemplates()`: a template must match all of them. */
export interface TemplateQuery {
  /** part of the name */
  name?: string;
  /** the language, such as `sw` or `pt_BR` */
  language?: string;
  /** the status */
  status?: 'APPROVED' | 'PENDING' | 'REJECTED' | 'PAUSED' | 'DISABLED';
  /** the category */
  category?: 'UTILITY' | 'MARKETING' | 'AUTHENTICATION';
  /** part of the text */
  content?: string;
  /** part of the name or the text */
  name_or_content?: string;
  /** the quality rating */
  quality_score?: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
  /** the fields to read, such as `id,name,status` */
  fields?: string | string[];
  /** templates per page (default: 100); all pages are read */
  limit?: number;
}

/** Options of `getTemplate()`. */
export interface GetTemplateOptions {
  /** the language of the template, such as `sw` */
  language?: string;
  /** which fields to read */
  fields?: string | string[];
}

/** A template definition in Meta's format. */
export interface TemplateDefinition {
  /** up to 512 lowercase letters, digits and underscores */
  name: string;
  /** its language, such as `sw` or `pt_BR` */
  language: string;
  /** the category */
  category: 'UTILITY' | 'MARKETING' | 'AUTHENTICATION';
  /** `BODY` (up to 1,024 characters), and optionally `HEADER` (60), `FOOTER` (60) and `BUTTONS` (up to 10) */
  components?: object[];
  /** `positional` for `{{1}}`, `named` for `{{name}}`; filled in if you leave it out */
  parameter_format?: 'positional' | 'named';
  /** how long to try to deliver a message, in seconds: 30 to 900 for authentication, 30 to 43,200 for utility, 43,200 to 2,592,000 for marketing */
  message_send_ttl_seconds?: number;
  [field: string]: any;
}

/** The changes for `updateTemplate()`. */
export interface TemplateChanges {
  /** all components, including those that don't change */
  components?: object[];
  /** the category; can't be changed for an approved template */
  category?: 'UTILITY' | 'MARKETING' | 'AUTHENTICATION';
  /** how long to try to deliver a message, in seconds */
  message_send_ttl_seconds?: number;
  [field: string]: any;
}

/** Options of `waitForTemplate()`. */
export interface WaitOptions {
  /** the language of the template, such as `sw` */
  language?: string;
  /** seconds to wait (default: 600) */
  timeout?: number;
}

/** Options of `deleteTemplate()`. */
export interface DeleteTemplateOptions {
  /** delete only the template in this language */
  language?: string;
  /** delete only the template with this ID */
  id?: string;
}

// --- The account ---

/** The query of `listPhoneNumbers()`. */
export interface PhoneNumberQuery {
  /** the fields to read */
  fields?: string | string[];
  /** filters in Meta's format, such as `[{ field: 'account_mode', operator: 'EQUAL', value: 'LIVE' }]` */
  filtering?: object[];
  /** such as `['creation_time_descending']` */
  sort?: string[];
  /** numbers per page (default: 100); all pages are read */
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
   * the ID of the phone number (default: from the credential)
   * @lookup $.children[?(@.type=="phoneNumber")]
   */
  phoneNumberId?: string;
  /** which fields to read */
  fields?: string | string[];
}

/** The business profile that users see. */
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
  /** the photo: a handle from `uploadFileHandle()` */
  profile_picture_handle?: string;
}

/** The kinds of `getAnalytics()`. */
export type AnalyticsKind =
  'messaging' | 'conversation' | 'pricing' | 'template';

/** The date range of `getAnalytics()`, and filters with Meta's names. */
export interface AnalyticsQuery {
  /** the first day (`2026-05-01`), a moment (`2026-05-01T10:00:00Z`), or seconds since 1970 */
  start: any;
  /** the last day (inclusive), or a moment (exclusive) */
  end: any;
  /** time zone of the `start` and `end` dates, such as `Africa/Nairobi` (default: UTC); for templates, Meta uses days in UTC, or in the account's time zone with `use_waba_timezone` */
  timeZone?: string;
  /** the length of a data point (default: `DAY`); templates support only days */
  granularity?: 'HALF_HOUR' | 'DAY' | 'MONTH';
  /** only these of your phone numbers; not for templates */
  phone_numbers?: string[];
  /** only these countries, such as `['KE']`; not for templates */
  country_codes?: string[];
  /** `messaging`: 0 for notifications, 2 for customer support */
  product_types?: number[];
  /** `conversation`: `COST`, `CONVERSATION`; `pricing`: `COST`, `VOLUME`; `template`: `sent`, `delivered`, `read`, `clicked`, `cost` */
  metric_types?: string[];
  /** dimensions to group by: `conversation`: `CONVERSATION_CATEGORY`, `CONVERSATION_DIRECTION`, `CONVERSATION_TYPE`, `COUNTRY`, `PHONE`; `pricing`: `COUNTRY`, `PHONE`, `PRICING_CATEGORY`, `PRICING_TYPE`, `TIER` */
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
  /** `template`: the API used to send them */
  product_type?: string;
  /** `template`: use days in the account's time zone */
  use_waba_timezone?: boolean;
}

/** Options of `listBlockedUsers()`. */
export interface BlockedUsersQuery {
  /** users per page (default: 100); all pages are read */
  limit?: number;
}

/** Options of `checkContacts()`. */
export interface CheckContactsOptions {
  /** wait until all numbers are checked (default: true) */
  blocking?: boolean;
  /** ignore the server's 7-day cache; overuse can get the number banned */
  forceCheck?: boolean;
}

// --- Webhooks ---

/** Options of `subscribeWebhook()`. */
export interface SubscribeOptions {
  /** the callback URL: an https:// URL of up to 200 characters */
  callbackUrl?: string;
  /** a token of your choice, which Meta sends to verify the callback URL */
  verifyToken?: string;
  /**
   * the ID of one of your phone numbers, whose webhooks go to the callback URL; without it, the webhooks of the whole account do
   * @lookup $.children[?(@.type=="phoneNumber")]
   */
  phoneNumberId?: string;
}

/** Options of `parseWebhook()`. */
export interface ParseWebhookOptions {
  /** the raw body, byte for byte, if a proxy in front of OpenFn keeps it; if left out, the signature is checked against each encoding that Meta uses */
  rawBody?: string | Uint8Array;
  /** reject a webhook without a signature; requires `appSecret` */
  requireSignature?: boolean;
  /** `false` skips the signature check, for bodies rewritten by a proxy in front of OpenFn */
  verifySignature?: boolean;
}

/** An error and its fix. */
export interface ErrorInfo {
  /** Meta's code, or one of the adaptor's own, such as `INVALID_RECIPIENT` */
  code: string | number;
  /** the code, the description and the details */
  message: string;
  /** what happened */
  description: string;
  /** how to fix it */
  fix?: string;
  /** details from Meta */
  details?: string;
  /** whether the same message may succeed later */
  retryable: boolean;
  [field: string]: any;
}

/** The file of a message, for `downloadMedia()`. */
export interface MediaRow {
  /** the ID of the file */
  id: string;
  /** its MIME type */
  mimeType?: string;
  /** its SHA-256 */
  sha256?: string;
  /** the filename of a document */
  filename?: string;
  /** the caption */
  caption?: string;
  /** `true` if it is a voice message */
  voice?: boolean;
  /** `true` if it is an animated sticker */
  animated?: boolean;
  /** its URL, if the webhook includes it */
  url?: string;
  /** the ID of your phone number that received it */
  phoneNumberId?: string;
}

/** What a user tapped or filled in. */
export interface Reply {
  /** `button_reply`, `list_reply`, `button` (of a template), `nfm_reply` (a flow) or `call_permission_reply` */
  type?: string;
  /** the ID of the button or row, or the payload */
  id?: string;
  /** its title */
  title?: string;
  /** the description of the row */
  description?: string;
  /** for a flow: its name */
  name?: string;
  /** for a flow: the response, with keys as named in the flow */
  data?: any;
  [field: string]: any;
}

/** Your phone number that received or sent a row. */
export interface OwnNumber {
  /** the ID of your phone number */
  phoneNumberId?: string;
  /** that number, with `+` */
  displayPhoneNumber?: string;
  /** the WhatsApp Business Account of that number */
  wabaId?: string;
  /** when Meta created the webhook, if included */
  entryTimestamp?: string;
  /** `true` while Meta's Business Agent handles the chat */
  standby?: boolean;
}

/** The user that a row is about. */
export interface Person {
  /** the business-scoped user ID (BSUID), which can be used as a recipient */
  userId?: string;
  /** the parent BSUID, if the account has one */
  parentUserId?: string;
  /** the username */
  username?: string;
  /** the country, such as `KE`, if Meta includes it */
  country?: string;
  /** the identity hash, if identity checks are on for the number */
  identityKeyHash?: string;
  /** the profile name */
  name?: string;
  /** the contact as delivered */
  contact?: any;
}

/** An incoming message. Fields that it doesn't have are left out. */
export interface MessageRow extends OwnNumber, Person {
  /** the ID of the message, for `replyTo` and `markAsRead()` */
  id: string;
  /** when it was sent, such as `2026-05-05T10:00:00.000Z` */
  timestamp?: string;
  /** the sender's number, with `+`; missing if the sender hides it */
  from?: string;
  /** in `echoes` and `history`: the recipient of a message that your business sent */
  to?: string;
  /** the ID of the group it was sent to */
  groupId?: string;
  /** `out` in `echoes` and `history`, if your business sent it */
  direction?: 'out';
  /** `true` in `history` */
  history?: boolean;
  /** `text`, `image`, `interactive`, `button` and so on, with Meta's names */
  type: string;
  /** the text that a user would read, for any type: the text, a caption, the title of a button; may be empty */
  text: string;
  /** a file */
  media?: MediaRow;
  /** what was tapped or filled in */
  reply?: Reply;
  /** `{ latitude, longitude, name, address }` */
  location?: any;
  /** contact cards, in Meta's format */
  contacts?: any[];
  /** `{ messageId, emoji }`; the emoji is empty if the reaction was removed */
  reaction?: any;
  /** an order from the catalog */
  order?: any;
  /** the message that it replies to: `{ from, id }`, or `{ forwarded: true }` */
  context?: any;
  /** the ad that the sender came from */
  referral?: any;
  /** the ID of the message that this one edits */
  edits?: string;
  /** the ID of the message that the sender deleted */
  deletes?: string;
  /** its type, such as `poll`, if the API doesn't deliver the content */
  unsupported?: string;
  /** its errors */
  errors?: ErrorInfo[];
  /** the message as delivered */
  content: any;
}

/** The status of a message that you sent. Statuses may arrive late, twice or out of order. */
export interface StatusRow extends OwnNumber, Person {
  /** the ID of the message, from the response of `sendMessage()` */
  id: string;
  /** `sent`, `delivered`, `read`, `played` or `failed` */
  status: string;
  /** the order of the status, since statuses can arrive out of order: `sent` 1, `delivered` 2, `read` 3, `played` 4, `failed` 5 */
  rank?: number;
  /** when it happened */
  timestamp?: string;
  /** the recipient's number, with `+`, or the ID of the group */
  to?: string;
  /** the ID of the group, if it was sent to one */
  groupId?: string;
  /** the participant of the group: a number or a BSUID */
  participant?: string;
  /** your own ID, as set when you sent the message */
  reference?: string;
  /** the ID of the template that was used */
  templateId?: string;
  /** Meta's message status, if Meta is holding the message */
  messageStatus?: string;
  /** the conversation that it belongs to */
  conversation?: any;
  /** the pricing details */
  pricing?: any;
  /** why it failed; always set if it failed */
  error?: ErrorInfo;
  /** all errors, the first being `error` */
  errors?: ErrorInfo[];
  /** the status as delivered */
  content: any;
}

/** The identifiers of a user. */
export interface PersonIds {
  /** the number, with `+` */
  number?: string;
  /** the business-scoped user ID (BSUID) */
  userId?: string;
}

/** A change of a user's identifiers. */
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

/** Any other webhook data: template, account and call events, and data that couldn't be parsed. */
export interface EventRow extends OwnNumber, Person {
  /** what it is about, such as `message_template_status_update`; `malformed` if Meta doesn't include it */
  field: string;
  /** what happened, as delivered */
  value: any;
  /** when it happened */
  timestamp?: string;
  /** `optOut` or `optIn`, if a user stops or resumes marketing messages */
  kind?: string;
  /** that user's number, with `+` */
  from?: string;
  /** the number that an outgoing call or message went to */
  to?: string;
  /** `out` if your business did it */
  direction?: 'out';
  /** a system change: a new number, ID or identity */
  change?: PersonChange;
  /** the group */
  groupId?: string;
  /** the ID of the request that it responds to */
  requestId?: string;
  /** a file */
  media?: MediaRow;
  /** the errors */
  errors?: ErrorInfo[];
}

/** The content of a webhook. */
export interface Webhook {
  /** incoming messages */
  messages: MessageRow[];
  /** statuses of messages that you sent */
  statuses: StatusRow[];
  /** all other events */
  events: EventRow[];
  /** messages sent with the WhatsApp Business app */
  echoes: MessageRow[];
  /** messages from before the number joined the API */
  history: MessageRow[];
}
