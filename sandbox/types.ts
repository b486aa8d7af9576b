import type { Shown } from './checks';

/** A message that the sandbox has accepted. */
export interface Delivery {
  id: string;
  to: string;
  payload: any;
  shown: Shown;
  at: number;
  /** The number of ours that sent it. */
  phoneNumberId?: string;
  /** What became of it: `sent`, until something else is told. */
  status?: string;
  /** The code and the words of a failure. */
  error?: { code: number; title: string };
  /** What is filled in in its flow. */
  flowFields?: string[];
  /** The run that sent it. */
  run?: string;
}

/** A message of a person. */
export interface Received {
  id: string;
  /** The ID of the person. */
  from: string;
  at: number;
  phoneNumberId?: string;
  /** As the webhook has it. */
  message: Record<string, any>;
}

/** A request that the sandbox got. */
export interface RequestFact {
  id: string;
  at: number;
  method: string;
  /** Without the query, which may have a token. */
  path: string;
  /** 0 if the connection was cut. */
  status: number;
  ms: number;
  body?: unknown;
  answer?: unknown;
  /** The message that it sent. */
  message?: string;
  run?: string;
}

/** A webhook of the sandbox. */
export interface WebhookFact {
  id: string;
  at: number;
  field: string;
  /** Such as `text`, or `status failed`. */
  kind: string;
  isSigned: boolean;
  body: string;
  headers: Record<string, string>;
  /** The message that it is about. */
  message?: string;
  person?: string;
  /** What became of it. */
  answer?: string;
  /** What `parseWebhook()` makes of it. */
  rows?: unknown;
}

/** A run of a job. */
export interface RunFact {
  id: string;
  at: number;
  job: string;
  state: 'queued' | 'running' | 'done' | 'failed' | 'stopped';
  /** The webhook that it answers. */
  webhook?: string;
  ms?: number;
  sent: number;
  failed: number;
  log: string;
  error?: Record<string, unknown>;
  /** The final `state.data`. */
  data?: unknown;
}

/** What happened on the phone, and is to be told by a webhook. */
export interface Happening {
  field: string;
  value: Record<string, any>;
}

export interface StoredMedia {
  id: string;
  mime_type: string;
  sha256: string;
  caption?: string;
  filename?: string;
  voice?: boolean;
}

/** What a person does on the phone. */
export interface Inbound {
  /** Digits. */
  from: string;
  name?: string;
  /** The BSUID of the person. */
  userId?: string;
  /** The person hides the number: only the BSUID is told. */
  hidden?: boolean;
  /** Which number of ours it goes to. */
  phoneNumberId?: string;
  /** The id of the message that it answers. */
  answers?: string;
  text?: string;
  /** A tap on whatever a message has offered, by its title or its id. */
  tap?: string;
  /** A tap on a reply button of a message: its id and its title. */
  button?: { id: string; title: string };
  /** A tap on a row of a list. */
  listReply?: { id: string; title: string; description?: string };
  /** A tap on a quick reply of a template. */
  quickReply?: { payload: string; text: string };
  /** A flow that is filled in. */
  flow?: Record<string, unknown>;
  /** A file in the sandbox, or `true` for a sample. */
  image?: StoredMedia | true;
  video?: StoredMedia | true;
  document?: StoredMedia | true;
  voice?: StoredMedia | true;
  sticker?: StoredMedia | true;
  location?: { latitude: number; longitude: number; name?: string };
  contacts?: object[];
  /** An emoji on a message; an empty one takes it back. */
  reaction?: { message_id: string; emoji?: string };
  /** A message that is changed, and its new text. */
  edit?: { original_message_id: string; text: string };
  /** A message that is deleted. */
  revoke?: { original_message_id: string };
  /** The person has a new number. */
  newNumber?: string;
  /** A kind of message that the API does not deliver. */
  unsupported?: string;
  /** The person wants no marketing messages, or wants them again. */
  preference?: 'stop' | 'resume';
}
