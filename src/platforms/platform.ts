import type { Connection } from '../configuration';
import type { Warn } from '../log';
import type { Content } from '../messages/content';
import type { RecipientFields } from '../messages/recipient';
import type { Call, FilePart, Transport } from '../util/call';

export interface MessageOptions {
  replyTo?: string;
  reference?: string;
}

export interface ContactOptions {
  blocking: boolean;
  forceCheck: boolean;
}

/** Paths of the Graph API, each with the id of the credential that it needs. */
export interface Graph {
  /** Below the WhatsApp Business Account. */
  account(edge?: string): string;
  /** Below the phone number. */
  number(edge?: string): string;
  /** Below the app. */
  app(edge: string): string;
  /** Anything that has an id of its own. */
  node(id: string): string;
}

/**
 * All that differs between the platforms. The client knows the part of it that
 * is a `Transport`; operations and chapters ask for calls.
 */
export interface Platform extends Transport {
  /** The credential object of a run: what the run remembers hangs on it. */
  readonly run: object;
  /** Messages per second that it allows to most numbers. */
  readonly rate: number;
  readonly connection: Connection;
  /** The header that holds the token: no option can replace it. */
  readonly credentialHeader: string;
  sendMessage(
    recipient: RecipientFields,
    content: Content,
    options: MessageOptions,
    warn: Warn,
  ): Call;
  markAsRead(messageId: string, options: { typing?: boolean }): Call;
  uploadMedia(file: FilePart): Promise<Call>;
  /** Where a file is and what it is. */
  getMedia(id: string): Call;
  /** Whether `getMedia` has to tell where a file is before it can be downloaded. */
  readonly hasMediaUrls: boolean;
  /** The bytes of a file, `url` being where it is. */
  downloadMedia(id: string, url?: string): Call;
  deleteMedia(id: string): Call;
  /** Where the Graph API has what only it knows. `what` is not possible without it. */
  graph(what: string): Graph;
  /** Whether the templates of the account can be read. */
  readonly knowsTemplates: boolean;
  checkContacts(numbers: string[], options: ContactOptions): Call;
  /** A call that a user writes: where its path leads, and what it does. */
  request(method: string, path: string, body: unknown): Call;
}
