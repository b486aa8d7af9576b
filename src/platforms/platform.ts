import type { Connection } from '../configuration';
import type { Warn } from '../log';
import type { DeliveryOptions } from '../messages/delivery-options';
import type { Content } from '../messages/content';
import type { RecipientFields } from '../messages/recipient';
import type { Call, FilePart, Transport } from '../util/call';

export interface MessageOptions extends DeliveryOptions {
  replyTo?: string;
  reference?: string;
}

export interface ContactOptions {
  blocking: boolean;
  forceCheck: boolean;
}

/** Paths of the Graph API, each with the credential ID it requires. */
export interface Graph {
  /** Below the WhatsApp Business Account. */
  account(edge?: string): string;
  /** Below the phone number. */
  number(edge?: string): string;
  /** Below the app. */
  app(edge: string): string;
  /** Any object with its own ID. */
  node(id: string): string;
}

/**
 * Everything that differs between platforms. The client uses the part that
 * is a `Transport`; operations and chapters ask for calls.
 */
export interface Platform extends Transport {
  /** The credential object of a run, to which its state is attached. */
  readonly run: object;
  /** Messages per second allowed for most numbers. */
  readonly rate: number;
  readonly connection: Connection;
  /** The header with the token, which options can't override. */
  readonly credentialHeader: string;
  sendMessage(
    recipient: RecipientFields,
    content: Content,
    options: MessageOptions,
    warn: Warn,
  ): Call;
  markAsRead(messageId: string, options: { typing?: boolean }): Call;
  uploadMedia(file: FilePart): Promise<Call>;
  /** Gets media info. */
  getMedia(id: string): Call;
  /** Whether a download needs the URL from `getMedia`. */
  readonly hasMediaUrls: boolean;
  /** Downloads a file from `url`. */
  downloadMedia(id: string, url?: string): Call;
  deleteMedia(id: string): Call;
  /** Paths of the Graph API; throws that `what` is not supported elsewhere. */
  graph(what: string): Graph;
  /** Whether the account's templates can be read. */
  readonly knowsTemplates: boolean;
  /** Whether a number tells how many messages a second it may send. */
  readonly hasThroughput: boolean;
  checkContacts(numbers: string[], options: ContactOptions): Call;
  /** Builds a user-defined request: its path and idempotency. */
  request(method: string, path: string, body: unknown): Call;
}
