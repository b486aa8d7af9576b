import { html, render } from './preact.js';
import { Chat } from './chat.js';
import { Facts } from './facts.js';
import { listed, People } from './people.js';
import { Sheet } from './sheets.js';
import {
  again,
  attempt,
  call,
  clear,
  changed,
  listen,
  narrow,
  notify,
  onEachChange,
  select,
  set,
  state,
} from './store.js';

const exportAll = () =>
  attempt(async () => {
    const all = await call('GET', 'state');
    const url = URL.createObjectURL(
      new Blob([JSON.stringify(all)], { type: 'application/json' }),
    );
    const link = document.createElement('a');
    Object.assign(link, { href: url, download: 'sandbox.json' });
    link.click();
    URL.revokeObjectURL(url);
  });

const importAll = ({ target }) =>
  attempt(async () => {
    const [file] = target.files;
    if (!file) return;
    await call('PUT', 'state', JSON.parse(await file.text()));
    target.value = '';
    notify('Imported.');
  });

const sheet = name => () => set({ sheet: { name } });

function Numbers() {
  const { numbers, number } = state;
  if (numbers.length < 2) return null;
  return html`<label>
    Our number
    <select
      value=${number}
      onChange=${({ target }) => set({ number: target.value })}
    >
      ${numbers.map(({ id, shown }) => html`<option value=${id} selected=${id === number}>${shown}</option>`)}
    </select>
  </label>`;
}

const armed = () => state.faults.reduce((sum, { times = 1 }) => sum + times, 0);

function Bar() {
  const { platform, job, faults } = state;
  const count = armed();
  return html`<header class="bar">
    <h1>WhatsApp sandbox</h1>
    <span class="platform">${platform}</span>
    ${job && html`<code class="job">${job}</code>`}
    <${Numbers} />
    <span class="space"></span>
    <button onClick=${sheet('templates')}>Templates</button>
    <button onClick=${sheet('faults')}>
      Faults
      ${faults.length > 0 && html`<span class="badge alarm">${count} ${count === 1 ? 'fault' : 'faults'} armed</span>`}
    </button>
    <button onClick=${clear}>Clear</button>
    <button onClick=${exportAll}>Export</button>
    <label class="button"
      >Import<input
        type="file"
        class="hidden"
        accept="application/json"
        onChange=${importAll}
    /></label>
    <button aria-label="Keyboard shortcuts" onClick=${sheet('help')}>?</button>
  </header>`;
}

const Offline = () =>
  !state.isConnected &&
  html`<p class="offline" role="status">
    The sandbox has stopped. Reconnecting…
  </p>`;

const Notice = () =>
  html`<div class="notice" role="status" aria-live="polite">
    ${
      state.notice &&
      html`<p>
        ${state.notice.text}
        ${
          state.notice.action &&
          html`<button
            onClick=${() => {
              const { action } = state.notice;
              set({ notice: undefined });
              action.do();
            }}
          >
            ${state.notice.action.title}
          </button>`
        }
      </p>`
    }
  </div>`;

const classes = () =>
  [
    'app',
    `show-${state.pane}`,
    !state.isConnected && 'stopped',
    !state.people.size && 'nobody',
  ]
    .filter(Boolean)
    .join(' ');

const App = () =>
  html`<div class=${classes()}>
    <${Bar} />
    <${Offline} />
    <${narrow.matches ? 'main' : 'div'} class="columns">
      <${People} />
      <${Chat} />
      <${Facts} />
    <//>
    <${Notice} />
    <${Sheet} />
  </div>`;

// --- Keyboard ---

const move = step => {
  const people = listed();
  const at = people.findIndex(({ id }) => id === state.selected);
  const next = people[at < 0 ? 0 : at + step];
  if (!next) return;
  select(next.id);
  requestAnimationFrame(() =>
    document.querySelector('.person[aria-current]')?.focus(),
  );
};

const last = map => [...map.values()].at(-1);
const focusOn = selector => document.querySelector(selector)?.focus();

/** The buttons of the last message that has some. */
function press(index) {
  const bubbles = [...document.querySelectorAll('.log .bubble')].reverse();
  const found = bubbles.find(bubble => bubble.querySelector('[data-index]'));
  found?.querySelectorAll('[data-index]')[index]?.click();
}

const back = () =>
  set({
    pane: state.pane === 'facts' ? 'chat' : 'people',
    quoting: undefined,
  });

const KEYS = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  Enter: () => focusOn('#composer'),
  '/': () => focusOn('#filter'),
  Escape: back,
  r: () => last(state.runs) && again('runs', last(state.runs).id),
  w: () => last(state.webhooks) && again('webhooks', last(state.webhooks).id),
  c: clear,
  '?': sheet('help'),
  1: () => press(0),
  2: () => press(1),
  3: () => press(2),
};

const isWriting = ({ tagName }) =>
  ['INPUT', 'TEXTAREA', 'SELECT'].includes(tagName);

function onKey(event) {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  if (ctrlKey || metaKey || altKey || state.sheet) return;
  if (isWriting(target)) {
    if (key === 'Escape') target.blur();
    return;
  }
  // A button that has the focus is pressed by Enter.
  const isPerson = target.classList?.contains('person');
  if (key === 'Enter' && target.closest?.('button, a, summary') && !isPerson)
    return;
  const act = KEYS[key];
  if (!act) return;
  event.preventDefault();
  if (key === 'Enter' && isPerson) target.click();
  act();
}

const draw = () => render(html`<${App} />`, document.querySelector('#app'));

onEachChange(draw);
draw();
document.addEventListener('keydown', onKey);
narrow.addEventListener('change', changed);
await attempt(listen);
