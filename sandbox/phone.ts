import type { Base } from './base';
import { receivedMessage, sentMessage, type ChatMessage } from './chat';
import { readControl } from './controls';
import { badParameter } from './graph-error';
import { storeFile, type StoredFile } from './media';
import { addPage, SAFE_HEADERS } from './page';
import { People, shownNumber, type Person } from './people';
import { parseRows, Runs, type JobOptions } from './runs';
import type { Happening, Inbound, StoredMedia, WebhookFact } from './types';
import { FAILURES } from './webhooks';

// The phone: what people see and do, and what happens because of it.

export interface PhoneOptions extends JobOptions {
  /** People that are there from the start. */
  people?: { number: string; name: string }[];
}

const VERSION = 1;
const NOT_EXPORTED = 'This is not a file that the sandbox has exported';
const NO_JOB = 'not sent: start the sandbox with --job job.js, or --webhook';
const FILES = ['image', 'video', 'document', 'voice', 'sticker'] as const;
const MESSAGE = [
  'text',
  'tap',
  ...FILES,
  'location',
  'contacts',
  'reaction',
  'answers',
  'edit',
  'revoke',
  'newNumber',
  'preference',
  'phoneNumberId',
];
const STATUSES = ['sent', 'delivered', 'read', 'played', 'failed'];
const EVENTS = ['APPROVED', 'REJECTED', 'PAUSED', 'DISABLED', 'REINSTATED'];

type Given = Record<string, any>;

/** A tap on a message: only what the message offers. */
function readTap(tap: unknown, answers: unknown): Partial<Inbound> {
  const { message, button } = readControl(tap, ['message', 'button'], 'tap');
  if (typeof message !== 'string' || typeof button !== 'string')
    throw badParameter('tap must have message, an ID, and button, its title');
  const flow = typeof answers === 'object' && answers !== null;
  return {
    tap: button,
    answers: message,
    ...(flow && { flow: answers as Given }),
  };
}

function readReaction(given: unknown) {
  const { message, emoji = '' } = readControl(
    given,
    ['message', 'emoji'],
    'reaction',
  );
  if (typeof message !== 'string')
    throw badParameter('reaction must have message, an ID');
  return { message_id: message, emoji };
}

const SAFE_TYPES = /^(image\/(png|jpeg|webp|gif)|audio\/|video\/)/;

export class Phone {
  readonly runs: Runs;

  constructor(
    readonly base: Base,
    readonly options: PhoneOptions,
    readonly credential: () => Record<string, string>,
  ) {
    this.runs = new Runs(base, options, credential);
    if (options.job) base.job = this.runs.answer;
    if (options.send)
      base.app.addHook(
        'onListen',
        async () => void this.runs.start(options.send!),
      );
    base.explain = webhook => void this.#explain(webhook);
    for (const person of options.people ?? []) base.store.people.add(person);
    base.app.addHook('onClose', async () => this.runs.close());
    addPage(base.app);
    this.#addState();
    this.#addPeople();
    this.#addFacts();
    this.#addFiles();
  }

  /** Adds what `parseWebhook()` makes of a webhook. */
  async #explain(webhook: WebhookFact) {
    try {
      webhook.rows = await parseRows(webhook, this.credential());
    } catch (error) {
      webhook.rows = { error: (error as Error).message };
    }
    this.base.note('webhooks', webhook);
  }

  /** Tells it by a webhook at once. Without a job it waits for a URL. */
  #tell(happening: Happening) {
    const { base } = this;
    if (base.job || base.options.webhook) return base.tell(happening);
    const webhook = base.makeWebhook([happening]);
    webhook.answer = NO_JOB;
    base.note('webhooks', webhook);
    base.tell(happening);
  }

  // --- State ---

  get #messages(): ChatMessage[] {
    const { deliveries, received, people } = this.base.store;
    return [
      ...deliveries.map(one => sentMessage(one, people)),
      ...received.map(one => receivedMessage(one, people)),
    ].sort((a, b) => a.at - b.at);
  }

  #page() {
    const { base, options } = this;
    const { people, facts, templates } = base.store;
    const { name, numbers, phoneNumberId } = base.dialect;
    return {
      version: VERSION,
      event: base.events.last,
      now: base.now(),
      platform: name,
      numbers: Object.entries(numbers).map(([id, digits]) => ({
        id,
        shown: shownNumber(digits),
      })),
      phoneNumberId,
      job: options.job,
      send: options.send,
      limit: options.limit,
      webhook: base.options.webhook,
      credential: this.#maskedCredential(),
      failures: FAILURES,
      people: people.all,
      messages: this.#messages,
      ...facts,
      templates,
      faults: base.faults.pending,
    };
  }

  #maskedCredential() {
    const { secrets } = this.base.dialect;
    return Object.fromEntries(
      Object.entries(this.credential()).map(([key, value]) => [
        key,
        secrets.includes(value) ? '••••••••' : value,
      ]),
    );
  }

  /** What the page doesn't need to show. */
  #stored() {
    const { deliveries, received, windows, files, ...rest } = this.base.store;
    const { secondsPassed, happenings, lastId } = rest;
    return {
      lastId,
      deliveries,
      received,
      windows: [...windows],
      secondsPassed,
      happenings,
      files: [...files.values()].map(({ content, ...file }) => ({
        ...file,
        content: content.toString('base64'),
      })),
    };
  }

  #restore(given: unknown) {
    const { version, people, stored, templates, faults, ...facts } = Object(
      given,
    ) as Given;
    if (version !== VERSION || !stored) throw badParameter(NOT_EXPORTED);
    const withIds = [
      people,
      stored.deliveries,
      stored.received,
      stored.files,
      templates,
      facts.requests,
      facts.webhooks,
      facts.runs,
    ];
    const lists = [stored.windows, stored.happenings, faults];
    if (!withIds.every(hasIds) || !lists.every(Array.isArray))
      throw badParameter(NOT_EXPORTED);
    const files = new Map<string, StoredFile>(stored.files.map(readFile));
    const { base } = this;
    const before = base.store;
    base.reset();
    Object.assign(base.store, {
      people: new People(people as Person[]),
      deliveries: stored.deliveries,
      received: stored.received,
      windows: new Map(stored.windows),
      secondsPassed: Number(stored.secondsPassed),
      happenings: stored.happenings,
      lastId: Number(stored.lastId),
      files,
      templates,
      facts: {
        requests: facts.requests,
        webhooks: facts.webhooks,
        runs: facts.runs,
      },
    });
    try {
      JSON.stringify(this.#page());
    } catch {
      base.store = before;
      throw badParameter(NOT_EXPORTED);
    }
    for (const fault of faults) base.faults.add(fault);
    base.events.publish('reset', {});
  }

  #addState() {
    const { app, events } = this.base;
    app.get('/_sandbox/events', (request, reply) => {
      events.stream(request, reply);
    });
    app.get('/_sandbox/state', async (request, reply) => {
      const { for: reader } = request.query as { for?: string };
      const state = this.#page();
      const all =
        reader === 'page' ? state : { ...state, stored: this.#stored() };
      const json = events.hide(JSON.stringify(all));
      return reply
        .headers({ ...SAFE_HEADERS, 'content-type': 'application/json' })
        .send(json);
    });
    app.put('/_sandbox/state', async ({ body }) => {
      this.#restore(body);
      return { success: true };
    });
    app.delete('/_sandbox/state', async () => {
      this.base.reset();
      return { success: true };
    });
    app.get('/_sandbox/credential', async () => ({
      defaultCountry: 'KE',
      ...this.credential(),
    }));
  }

  // --- People ---

  #inboundOf(person: Person, given: Given): Inbound {
    const { tap, answers, reaction, ...rest } = given;
    const file = FILES.find(kind => kind in rest);
    return {
      from: person.number ?? person.id,
      name: person.name ?? person.shown,
      ...(person.hidden && { hidden: true, userId: person.userId }),
      ...rest,
      ...(file && { [file]: this.#keepFile(rest[file]) }),
      ...(typeof answers === 'string' && { answers }),
      ...(answers && typeof answers === 'object' && { flow: answers }),
      ...(tap !== undefined && this.#tapOf(tap, answers)),
      ...(reaction !== undefined && { reaction: readReaction(reaction) }),
    } as Inbound;
  }

  /** A tap on the button of a flow is its answers. */
  #tapOf(tap: unknown, answers: unknown): Partial<Inbound> {
    const { flow, ...read } = readTap(tap, answers);
    if (!flow) return read;
    const { tap: _button, ...inbound } = read;
    return { ...inbound, flow };
  }

  #keepFile(given: unknown): StoredMedia | true {
    if (given === true) return true;
    const { filename, type, content } = readControl(
      given,
      ['filename', 'type', 'content'],
      'A file',
    );
    const { files, nextId } = this.base.store;
    const id = String(9_200_000_000_000_000 + nextId());
    const file = {
      content: Buffer.from(String(content ?? ''), 'base64'),
      mimetype: String(type),
      filename: String(filename ?? 'file'),
    };
    const stored = storeFile(id, file, file.mimetype);
    files.set(id, stored);
    return {
      id,
      mime_type: stored.mime_type,
      sha256: Buffer.from(stored.sha256, 'hex').toString('base64'),
      filename: stored.filename,
    };
  }

  #addPeople() {
    const { app } = this.base;
    app.post('/_sandbox/people', async ({ body }) => {
      const known = ['number', 'name', 'hidden', 'language'];
      const person = this.base.store.people.add(
        readControl(body, known, 'A person'),
      );
      this.base.events.publish('person', person);
      return person;
    });
    app.post('/_sandbox/people/:id/messages', async ({ params, body }) => {
      const { id } = params as { id: string };
      const given = readControl(body, MESSAGE, 'A message');
      const person = this.base.store.people.get(id);
      if (person.isGroup)
        throw badParameter('Groups are written to by their members');
      const { id: message, happening } = this.base.write(
        this.#inboundOf(person, given),
      );
      this.#tell(happening);
      return { id: message };
    });
    app.post('/_sandbox/messages/:id/status', async ({ params, body }) => {
      const { id } = params as { id: string };
      const known = ['status', 'code'];
      const { status, code } = readControl(body, known, 'A status');
      if (!STATUSES.includes(status))
        throw badParameter(`status must be one of ${STATUSES.join(', ')}`);
      if (code !== undefined && !Number.isInteger(code))
        throw badParameter('code must be a number');
      if (!this.base.store.deliveries.some(one => one.id === id))
        throw badParameter(`No message ${id} was sent`);
      const error = status === 'failed' ? (code ?? 131026) : undefined;
      this.#tell(this.base.changeStatus(id, status, error));
      return { success: true };
    });
  }

  // --- Facts ---

  async #webhookAgain(id: string) {
    const { base } = this;
    const found = base.store.facts.webhooks.find(one => one.id === id);
    if (!found) throw badParameter(`There is no webhook ${id}`);
    const { webhook: url } = base.options;
    if (url) await base.repost(url, found);
    else if (base.job) base.job(found);
    else throw badParameter(`The webhook was ${NO_JOB}`);
    return { success: true };
  }

  #addFacts() {
    const { app, faults } = this.base;
    app.post('/_sandbox/webhooks/:id/again', async ({ params }) =>
      this.#webhookAgain((params as { id: string }).id),
    );
    app.post('/_sandbox/runs/:id/again', async ({ params }) =>
      this.runs.again((params as { id: string }).id),
    );
    app.post('/_sandbox/run', async ({ body }) => {
      const { job } = readControl(body ?? {}, ['job'], 'A run');
      return this.runs.start(this.runs.fileOf(job));
    });
    app.get('/_sandbox/faults', async () => faults.pending);
    app.delete('/_sandbox/faults', async () => {
      faults.clear();
      return { success: true };
    });
    app.post('/_sandbox/templates/:id/review', async ({ params, body }) => {
      const { id } = params as { id: string };
      const known = ['event', 'reason'];
      const { event, reason } = readControl(body, known, 'A review');
      if (!EVENTS.includes(event))
        throw badParameter(`event must be one of ${EVENTS.join(', ')}`);
      const { templates } = this.base.store;
      const template = templates.find(one => one.id === id);
      if (!template) throw badParameter(`There is no template ${id}`);
      if (!this.base.decide)
        throw badParameter('Templates are reviewed on the Cloud API only');
      this.base.decide(template, event, reason);
      return template;
    });
  }

  #addFiles() {
    this.base.app.get('/_sandbox/files/:id', async ({ params }, reply) => {
      const { id } = params as { id: string };
      const file = this.base.store.files.get(id);
      if (!file) throw badParameter(`There is no file ${id}`);
      const type = SAFE_TYPES.test(file.mime_type)
        ? file.mime_type
        : 'application/octet-stream';
      return reply
        .headers({ ...SAFE_HEADERS, 'content-type': type })
        .send(file.content);
    });
  }
}

const hasIds = (list: unknown) =>
  Array.isArray(list) && list.every(one => typeof one?.id === 'string');

function readFile({ content, ...file }: any): [string, StoredFile] {
  return [file.id, { ...file, content: Buffer.from(content, 'base64') }];
}
