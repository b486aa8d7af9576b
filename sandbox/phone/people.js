import { html } from './preact.js';
import { chatOf, select, set, state, unreadOf } from './store.js';
import { lineOf, time } from './text.js';

const SHOWN = 200;
const FILTER_FROM = 8;

export const nameOf = ({ name, shown }) => name ?? shown;

const lastOf = ({ id }) => chatOf(id).at(-1);

/** The people who match the filter, those of the last messages first. */
export function listed() {
  const wanted = state.filter.trim().toLowerCase();
  return [...state.people.values()]
    .filter(
      ({ name = '', shown, id }) =>
        !wanted ||
        `${name} ${shown} ${shown.replaceAll(' ', '')} ${id}`
          .toLowerCase()
          .includes(wanted),
    )
    .sort((a, b) => (lastOf(b)?.at ?? 0) - (lastOf(a)?.at ?? 0));
}

function Row({ person }) {
  const last = lastOf(person);
  const unread = state.selected === person.id ? 0 : unreadOf(person.id);
  return html`<li>
    <button
      class="person"
      aria-current=${state.selected === person.id ? 'true' : undefined}
      onClick=${() => select(person.id)}
    >
      <span class="name" dir="auto">${nameOf(person)}</span>
      <span class="when">${last ? time(last.at) : ''}</span>
      ${person.name && html`<span class="number">${person.shown}</span>`}
      <span class="line" dir="auto">
        ${last?.direction === 'out' ? `${last.status}: ` : ''}${last ? lineOf(last.drawing) : 'No messages yet'}
      </span>
      ${
        unread > 0 &&
        html`<span class="badge" aria-label=${`${unread} unread`}
          >${unread}</span
        >`
      }
    </button>
  </li>`;
}

export function People() {
  const people = listed();
  const more = people.length - SHOWN;
  return html`<nav class="people" aria-label="People">
    <div class="head">
      <h2>People</h2>
      <button onClick=${() => set({ sheet: { name: 'person' } })}>
        + Person
      </button>
    </div>
    ${
      state.people.size >= FILTER_FROM &&
      html`<input
        type="search"
        id="filter"
        aria-label="Search people"
        placeholder="Search"
        value=${state.filter}
        onInput=${({ target }) => set({ filter: target.value })}
      />`
    }
    <ul>
      ${people
        .slice(0, SHOWN)
        .map(person => html`<${Row} key=${person.id} person=${person} />`)}
    </ul>
    ${more > 0 && html`<p class="hint">${more.toLocaleString('en')} more: search</p>`}
  </nav>`;
}
