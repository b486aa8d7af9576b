import { html } from './preact.js';
import { set, setStatus, state, write } from './store.js';
import { formatted, lineOf, time } from './text.js';

const TICKS = {
  sent: '✓',
  delivered: '✓✓',
  read: '✓✓',
  played: '✓✓',
  failed: '!',
};

const tapOn = (message, { id, title }) =>
  write({ tap: { message: message.id, button: id || title } });

/** What a button does: it answers, or it says what a phone would do. */
const DOES = {
  reply: tapOn,
  quick: tapOn,
  row: tapOn,
  flow: message => set({ sheet: { name: 'flow', message } }),
  location: () =>
    write({
      location: { latitude: -1.2921, longitude: 36.8219, name: 'Nairobi' },
    }),
  copy: (_message, { detail }) => navigator.clipboard.writeText(detail),
};

function ActionButton({ message, action, index }) {
  const { kind, title, detail } = action;
  const does = DOES[kind];
  const about = detail && html`<small>${detail}</small>`;
  if (!does) return html`<span class="action fixed">${title} ${about}</span>`;
  return html`<button
    class="action"
    data-index=${index}
    onClick=${() => does(message, action)}
  >
    ${title} ${kind === 'copy' ? about : ''}
  </button>`;
}

function FileView({ file }) {
  const { type, id, link, name } = file;
  const url = id && `/_sandbox/files/${encodeURIComponent(id)}`;
  const label = name ?? type;
  if (url && ['image', 'sticker', 'gif'].includes(type))
    return html`<img class="picture" src=${url} alt=${label} loading="lazy" />`;
  if (url && type === 'video')
    return html`<video
      class="picture"
      src=${url}
      controls
      aria-label=${label}
    />`;
  if (url && ['audio', 'voice'].includes(type))
    return html`<audio src=${url} controls aria-label=${label} />`;
  if (url)
    return html`<a class="file" href=${url} download=${label}>📄 ${label}</a>`;
  return html`<p class="file">
    📎 ${label}<br /><small>${link}: links are not opened here</small>
  </p>`;
}

const Location = ({ latitude, longitude, name, address }) =>
  html`<p class="file">
    📍 ${name ?? 'Location'}<br />
    ${address && html`<small>${address}</small><br />`}
    <small>${latitude}, ${longitude}</small>
  </p>`;

const Contact = ({ name, phones }) =>
  html`<p class="file">👤 ${name}<br /><small>${phones.join(', ')}</small></p>`;

const Offer = ({ expires }) =>
  html`<p class="offer">
    🏷 Limited
    offer${expires ? `, until ${new Date(expires).toLocaleString('en-GB')}` : ''}
  </p>`;

/** The parts of a message or a card, from top to bottom. */
export function Parts({ message, drawing }) {
  const { title, file, body, footer, location, contacts, offer, raw } = drawing;
  const { actions = [], list, cards } = drawing;
  return html`
    ${file && html`<${FileView} file=${file} />`}
    ${title && html`<p class="title">${formatted(title)}</p>`}
    ${offer && html`<${Offer} ...${offer} />`}
    ${body && html`<p class="body" dir="auto">${formatted(body)}</p>`}
    ${location && html`<${Location} ...${location} />`}
    ${contacts?.map(contact => html`<${Contact} ...${contact} />`)}
    ${raw && html`<pre tabindex="0">${JSON.stringify(raw, null, 2)}</pre>`}
    ${footer && html`<p class="footer">${footer}</p>`}
    ${
      actions.length > 0 &&
      html`<div class="actions">
        ${actions.map(
          (action, index) =>
            html`<${ActionButton}
              message=${message}
              action=${action}
              index=${index}
            />`,
        )}
      </div>`
    }
    ${
      list &&
      html`<div class="actions">
        <button
          class="action"
          data-index="0"
          onClick=${() => set({ sheet: { name: 'list', message, list } })}
        >
          ☰ ${list.button}
        </button>
      </div>`
    }
    ${
      cards &&
      html`<div class="cards" tabindex="0" role="group" aria-label="Cards">
        ${cards.map(
          card =>
            html`<section class="card">
              <${Parts} message=${message} drawing=${card} />
            </section>`,
        )}
      </div>`
    }
  `;
}

function Quote({ id }) {
  const quoted = state.messages.get(id);
  return html`<blockquote dir="auto">
    ${quoted ? lineOf(quoted.drawing) : 'A message that is not here'}
  </blockquote>`;
}

const LONGEST_REFERENCE = 24;

const MENU = [
  ['Delivered', message => setStatus(message.id, 'delivered')],
  ['Read', message => setStatus(message.id, 'read')],
  ['Fail…', message => set({ sheet: { name: 'fail', message } })],
  ['Quote and answer', message => set({ quoting: message.id })],
  ['React', message => set({ sheet: { name: 'react', message } })],
];

function Menu({ message, time: at }) {
  const close = event =>
    event.currentTarget.closest('details')?.removeAttribute('open');
  return html`<details class="menu">
    <summary aria-label=${`Menu of the message of ${at}`}>⋯</summary>
    <div>
      ${MENU.map(
        ([title, act]) =>
          html`<button
            onClick=${event => {
              close(event);
              act(message);
            }}
          >
            ${title}
          </button>`,
      )}
    </div>
  </details>`;
}

function Status({ message }) {
  const { status, reference } = message;
  return html`<span class=${`status ${status}`}>
    ${TICKS[status] ?? ''} ${status}
    ${reference?.length <= LONGEST_REFERENCE && html`<span> · ${reference}</span>`}
  </span>`;
}

const factsOf = ({ id }) => {
  const all = [...state.requests.values(), ...state.webhooks.values()];
  return all.filter(({ message }) => message === id);
};

/** Opens what happened around a message. */
function showFacts(message) {
  const fact = factsOf(message).at(-1);
  const run = message.run && state.runs.get(message.run);
  const found = fact ?? run;
  if (found) set({ openFact: found.id, facts: 'all', highlighted: message.id });
}

/** Our number, if it is not the one that is chosen. */
function otherNumber({ number }) {
  const { numbers } = state;
  return number && number !== state.number && numbers.length > 1
    ? numbers.find(({ id }) => id === number)?.shown
    : undefined;
}

function Meta({ message }) {
  const { at, direction } = message;
  const isOut = direction === 'out';
  const other = otherNumber(message);
  return html`<p class="meta" lang="en">
    <span
      >${time(at)}${other ? ` · ${isOut ? 'from' : 'to'} ${other}` : ''}</span
    >
    ${isOut && html`<${Status} message=${message} />`}
    ${isOut && html`<${Menu} message=${message} time=${time(at)} />`}
  </p>`;
}

const isControl = target =>
  target.closest('button, a, details, summary, audio, video, pre');

function labelOf({ direction, at, status }, { name, shown }) {
  const who = name ?? shown;
  return direction === 'out'
    ? `To ${who}, ${time(at)}, ${status}`
    : `${who}, ${time(at)}`;
}

/** The language of the template, or of the person who writes. */
const languageOf = ({ direction, drawing }, { language }) =>
  (drawing.language ?? (direction === 'in' ? language : undefined))?.replace(
    '_',
    '-',
  );

const Failure = ({ code, title }) =>
  html`<p class="failed"><b>Not delivered:</b> ${title} (${code})</p>`;

export function Bubble({ message, person, reactions }) {
  const { id, direction, drawing, quotes, error } = message;
  if (drawing.kind === 'system')
    return html`<p class="system">${drawing.body}</p>`;
  const mark = state.highlighted === id ? 'highlighted' : '';
  return html`<article
    class=${`bubble ${direction} ${mark}`}
    aria-label=${labelOf(message, person)}
    data-id=${id}
    lang=${languageOf(message, person)}
    onClick=${({ target }) => {
      if (!isControl(target)) showFacts(message);
    }}
  >
    ${quotes && html`<${Quote} id=${quotes} />`}
    ${
      drawing.kind === 'reaction'
        ? html`<p>Reacted ${drawing.reaction.emoji}</p>`
        : html`<${Parts} message=${message} drawing=${drawing} />`
    }
    ${error && html`<${Failure} ...${error} />`}
    <${Meta} message=${message} />
    ${reactions && html`<p class="reactions">${reactions}</p>`}
  </article>`;
}
