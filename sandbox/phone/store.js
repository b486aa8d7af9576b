// What the page knows, and how it changes: by events of the server, and by what people do.

const HOUR = 3600_000;
export const WINDOW = 24 * HOUR;

export const state = {
  isLoaded: false,
  isConnected: true,
  /** The ID of the person whose phone is shown. */
  selected: decodeURIComponent(location.hash.slice(1)) || undefined,
  /** The column on a narrow screen. */
  pane: location.hash ? 'chat' : 'people',
  filter: '',
  facts: 'all',
  openFact: undefined,
  number: undefined,
  quoting: undefined,
  sheet: undefined,
  notice: undefined,
  /** Milliseconds that the clock of the sandbox is ahead. */
  ahead: 0,
  people: new Map(),
  messages: new Map(),
  chats: new Map(),
  requests: new Map(),
  webhooks: new Map(),
  runs: new Map(),
  templates: [],
  faults: [],
  numbers: [],
  failures: {},
};

/** Only one column is shown, and what is around it is the main part. */
export const narrow = matchMedia('(max-width: 900px)');

let onChange = () => {};
let isDue = false;

/** Draws again, once for many changes. */
export function changed() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    onChange();
  });
}

export const onEachChange = listener => {
  onChange = listener;
};

export function set(changes) {
  Object.assign(state, changes);
  changed();
}

export const now = () => Date.now() + state.ahead;

// --- What was read ---

const SEEN = 'seen';
const seen = JSON.parse(sessionStorage.getItem(SEEN) ?? '{}');

export const unreadOf = person =>
  chatOf(person).filter(
    ({ direction, at }) => direction === 'out' && at > (seen[person] ?? 0),
  ).length;

export function markSeen(person) {
  const last = chatOf(person).at(-1);
  if (!last || seen[person] === last.at) return;
  seen[person] = last.at;
  sessionStorage.setItem(SEEN, JSON.stringify(seen));
}

export const chatOf = person => state.chats.get(person) ?? [];

// --- The server ---

export async function call(method, path, body) {
  const response = await fetch(`/_sandbox/${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const answer = await response.json();
  if (response.ok) return answer;
  const { error } = answer;
  const text = error?.error_data?.details ?? error?.message ?? answer;
  throw new Error(
    typeof text === 'string' ? text : JSON.stringify(answer.errors ?? answer),
  );
}

/** Does something, and says if it failed. */
export const attempt = async work => {
  try {
    return await work();
  } catch (error) {
    notify(error.message);
    return undefined;
  }
};

let noticeTimer;

export function notify(text, action) {
  clearTimeout(noticeTimer);
  set({ notice: { text, action } });
  noticeTimer = setTimeout(() => set({ notice: undefined }), 10_000);
}

function addMessage(message) {
  const known = state.messages.get(message.id);
  state.messages.set(message.id, message);
  const chat = chatOf(message.person);
  if (known) chat[chat.indexOf(known)] = message;
  else chat.push(message);
  state.chats.set(message.person, chat);
}

const byId = list => new Map(list.map(one => [one.id, one]));

export async function load() {
  const page = await call('GET', 'state?for=page');
  state.chats = new Map();
  state.messages = new Map();
  page.messages.forEach(addMessage);
  const { numbers, phoneNumberId } = page;
  set({
    ...page,
    messages: state.messages,
    isLoaded: true,
    ahead: page.now - Date.now(),
    number: state.number ?? phoneNumberId ?? numbers[0]?.id,
    people: byId(page.people),
    requests: byId(page.requests),
    webhooks: byId(page.webhooks),
    runs: byId(page.runs),
  });
  if (!state.people.has(state.selected)) set({ selected: undefined });
  return page.event;
}

const EVENTS = {
  person: person => state.people.set(person.id, person),
  message: addMessage,
  status({ message, status, error }) {
    const known = state.messages.get(message);
    if (known) addMessage({ ...known, status, error });
  },
  request: fact => state.requests.set(fact.id, fact),
  webhook: fact => state.webhooks.set(fact.id, fact),
  run(run) {
    state.runs.set(run.id, run);
    if (['failed', 'stopped'].includes(run.state)) state.openFact = run.id;
  },
  template(template) {
    const others = state.templates.filter(({ id }) => id !== template.id);
    state.templates = [...others, template];
  },
  fault: faults => {
    state.faults = faults;
  },
  clock: ({ now: time }) => {
    state.ahead = time - Date.now();
  },
  reset: () => void attempt(load),
};

export async function listen() {
  const last = await load();
  const source = new EventSource(`/_sandbox/events?after=${last}`);
  source.onopen = () => set({ isConnected: true });
  source.onerror = () => set({ isConnected: false });
  for (const [type, apply] of Object.entries(EVENTS))
    source.addEventListener(type, ({ data }) => {
      apply(JSON.parse(data));
      changed();
    });
}

// --- What people do ---

export function select(person) {
  markSeen(person);
  history.replaceState(null, '', `#${encodeURIComponent(person)}`);
  set({ selected: person, pane: 'chat', quoting: undefined });
}

/** A message of the person whose phone is shown. */
export const write = message =>
  attempt(async () => {
    const { selected, number, quoting } = state;
    const isFree = !('tap' in message) && !('answers' in message);
    await call('POST', `people/${encodeURIComponent(selected)}/messages`, {
      ...message,
      ...(number && { phoneNumberId: number }),
      ...(quoting && isFree && { answers: quoting }),
    });
    set({ quoting: undefined });
  });

export const setStatus = (id, status, code) =>
  attempt(() =>
    call('POST', `messages/${encodeURIComponent(id)}/status`, {
      status,
      ...(code && { code }),
    }),
  );

export const passDay = () =>
  attempt(() => call('POST', 'clock', { hours: 24 }));

export const again = (kind, id) =>
  attempt(() => call('POST', `${kind}/${id}/again`));

export const runJob = job => attempt(() => call('POST', 'run', { job }));

export const clear = () =>
  attempt(async () => {
    const before = await call('GET', 'state');
    await call('DELETE', 'state');
    set({ selected: undefined, pane: 'people' });
    history.replaceState(null, '', location.pathname);
    notify('Everything is cleared.', {
      title: 'Undo',
      do: () => attempt(() => call('PUT', 'state', before)),
    });
  });

export const copy = async (text, what) => {
  await navigator.clipboard.writeText(text);
  notify(`${what} is copied.`);
};
