import { html, useEffect, useRef, useState } from './preact.js';
import { Bubble } from './bubble.js';
import { Empty } from './empty.js';
import { nameOf } from './people.js';
import {
  chatOf,
  markSeen,
  narrow,
  now,
  passDay,
  set,
  state,
  WINDOW,
  write,
} from './store.js';
import { day, lineOf, time } from './text.js';

const SHOWN = 200;

function windowText(person) {
  const wroteAt = person.wroteAt[state.number ?? 'undefined'];
  if (!wroteAt) return 'has not written yet: start with a template';
  const until = wroteAt + WINDOW;
  return until > now()
    ? `window open until ${time(until)}`
    : 'window closed: templates only';
}

function Head({ person }) {
  return html`<header class="head">
    <button class="back" onClick=${() => set({ pane: 'people' })}>
      ‹ Back
    </button>
    <div class="who">
      <h2 dir="auto">${nameOf(person)}</h2>
      <p>${person.name ? `${person.shown} · ` : ''}${windowText(person)}</p>
    </div>
    <button onClick=${passDay}>Let 24 hours pass</button>
    <button class="to-facts" onClick=${() => set({ pane: 'facts' })}>
      What happened
    </button>
  </header>`;
}

/** The last emoji on each message, of both sides. */
function reactionsIn(chat) {
  const found = new Map();
  for (const { drawing, direction } of chat)
    if (drawing.reaction)
      found.set(drawing.reaction.to, {
        ...found.get(drawing.reaction.to),
        [direction]: drawing.reaction.emoji,
      });
  return found;
}

/** A reaction stands on its message, if that is here. */
const isLine = ({ drawing }) =>
  drawing.kind !== 'reaction' || !state.messages.has(drawing.reaction.to);

function Lines({ chat, person, reactions }) {
  let last;
  return chat.map(message => {
    const date = day(message.at);
    const isNew = date !== last;
    last = date;
    const emoji = Object.values(reactions.get(message.id) ?? {}).join(' ');
    return html`${isNew && html`<p class="day" key=${date}>${date}</p>`}
      <${Bubble}
        key=${message.id}
        message=${message}
        person=${person}
        reactions=${emoji}
      />`;
  });
}

/** A run that answers a webhook of this person. */
function runningFor({ id, number, userId }) {
  for (const run of state.runs.values()) {
    if (!['queued', 'running'].includes(run.state)) continue;
    const webhook = state.webhooks.get(run.webhook);
    if (webhook && [id, number, userId].includes(webhook.person)) return run;
  }
  return undefined;
}

function Typing({ run }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(value => value + 1), 1000);
    return () => clearInterval(timer);
  }, [run.id]);
  return html`<p class="bubble out typing">
    ${run.state === 'queued' ? 'waiting for the run before' : `running ${seconds} s`}
    <span aria-hidden="true"> •••</span>
  </p>`;
}

const readBase64 = file =>
  new Promise(resolve => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(',')[1]);
    reader.readAsDataURL(file);
  });

const KIND_OF = { image: 'image', video: 'video', audio: 'voice' };

async function sendFile({ target }) {
  const [file] = target.files;
  if (!file) return;
  const kind = KIND_OF[file.type.split('/')[0]] ?? 'document';
  const content = await readBase64(file);
  target.value = '';
  await write({ [kind]: { filename: file.name, type: file.type, content } });
}

const ATTACHMENTS = [
  ['Image', { image: true }],
  ['Document', { document: true }],
  ['Voice', { voice: true }],
  [
    'Location',
    { location: { latitude: -1.2921, longitude: 36.8219, name: 'Nairobi' } },
  ],
  [
    'Contact',
    {
      contacts: [
        {
          name: { formatted_name: 'Nurse Joy', first_name: 'Joy' },
          phones: [{ phone: '+254711222333' }],
        },
      ],
    },
  ],
  ['STOP', { text: 'STOP' }],
];

function Composer({ person }) {
  const input = useRef();
  const label = `Write as ${nameOf(person)}`;
  const quoted = state.messages.get(state.quoting);
  useEffect(() => {
    if (state.quoting) input.current.focus();
  }, [state.quoting]);
  const send = event => {
    event.preventDefault();
    const text = input.current.value;
    if (!text.trim()) return;
    input.current.value = '';
    void write({ text });
  };
  return html`<form class="composer" onSubmit=${send}>
    ${
      quoted &&
      html`<p class="quoting">
        Answering: ${lineOf(quoted.drawing)}
        <button type="button" onClick=${() => set({ quoting: undefined })}>
          Cancel
        </button>
      </p>`
    }
    <div class="attach" role="group" aria-label="Attach">
      ${ATTACHMENTS.map(
        ([title, message]) =>
          html`<button type="button" onClick=${() => write(message)}>
            ${title}
          </button>`,
      )}
      <label class="button"
        >File…<input type="file" class="hidden" onChange=${sendFile}
      /></label>
    </div>
    <div class="write">
      <input
        ref=${input}
        id="composer"
        aria-label=${label}
        placeholder=${label}
        autocomplete="off"
        dir="auto"
      />
      <button class="primary">Send</button>
    </div>
  </form>`;
}

export function Chat() {
  const log = useRef();
  const [all, setAll] = useState(SHOWN);
  const tag = narrow.matches ? 'section' : 'main';
  const person = state.people.get(state.selected);
  const chat = person ? chatOf(person.id) : [];
  useEffect(() => setAll(SHOWN), [state.selected]);
  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
    if (person && document.hasFocus()) markSeen(person.id);
  }, [state.selected, chat.length]);
  if (!person) return html`<${tag} class="chat"><${Empty} /><//>`;
  const lines = chat.filter(isLine);
  const earlier = lines.length - all;
  const run = runningFor(person);
  return html`<${tag} class="chat">
    <${Head} person=${person} />
    ${
      earlier > 0 &&
      html`<button class="earlier" onClick=${() => setAll(all + SHOWN)}>
        Show earlier messages (${earlier.toLocaleString('en')})
      </button>`
    }
    <div
      ref=${log}
      class="log"
      role="log"
      tabindex="0"
      aria-label=${`Chat with ${nameOf(person)}`}
    >
      <${Lines}
        chat=${lines.slice(-all)}
        person=${person}
        reactions=${reactionsIn(chat)}
      />
      ${run && html`<${Typing} run=${run} />`}
    </div>
    ${!person.isGroup && html`<${Composer} key=${person.id} person=${person} />`}
  <//>`;
}
