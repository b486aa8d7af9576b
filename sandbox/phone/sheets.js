import { html, useEffect, useRef } from './preact.js';
import {
  attempt,
  call,
  select,
  set,
  setStatus,
  state,
  write,
} from './store.js';

const close = () => set({ sheet: undefined });

const fieldsOf = form => Object.fromEntries(new FormData(form));

/** Does what a form says, and closes it if that went well. */
const submit = work => async event => {
  event.preventDefault();
  const { target } = event;
  const done = await attempt(async () => {
    await work(fieldsOf(target));
    return true;
  });
  if (done) close();
};

const Field = ({ label, ...input }) =>
  html`<label class="field">${label}<input ...${input} /></label>`;

function Person() {
  const save = submit(async ({ number, name, language, hidden }) => {
    const { id } = await call('POST', 'people', {
      number,
      ...(name && { name }),
      ...(language && { language }),
      ...(hidden && { hidden: true }),
    });
    select(id);
  });
  return html`<form onSubmit=${save}>
    <${Field}
      label="Number, with its country code"
      name="number"
      inputmode="tel"
      placeholder="+254 712 345 678"
      required
    />
    <${Field} label="Name" name="name" placeholder="Amina" />
    <${Field} label="Language" name="language" placeholder="sw" />
    <label class="check"
      ><input type="checkbox" name="hidden" /> Hides the number</label
    >
    <p class="buttons"><button class="primary">Add</button></p>
  </form>`;
}

function Fail({ message }) {
  return html`<ul class="choices">
    ${Object.entries(state.failures).map(
      ([code, title]) =>
        html`<li>
          <button
            onClick=${async () => {
              await setStatus(message.id, 'failed', Number(code));
              close();
            }}
          >
            ${code}: ${title}
          </button>
        </li>`,
    )}
  </ul>`;
}

const EMOJIS = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

function React({ message }) {
  const react = async emoji => {
    await write({ reaction: { message: message.id, emoji } });
    close();
  };
  return html`<p class="emojis">
    ${EMOJIS.map(emoji => html`<button aria-label=${`React with ${emoji}`} onClick=${() => react(emoji)}>${emoji}</button>`)}
    <button onClick=${() => react('')}>Remove</button>
  </p>`;
}

function List({ message, list }) {
  const choose = async ({ id, title }) => {
    await write({ tap: { message: message.id, button: id ?? title } });
    close();
  };
  return list.sections.map(
    ({ title, rows }) =>
      html`<section>
        ${title && html`<h3>${title}</h3>`}
        <ul class="choices">
          ${rows.map(
            row =>
              html`<li>
                <button onClick=${() => choose(row)}>
                  ${row.title}${row.description && html`<br /><small>${row.description}</small>`}
                </button>
              </li>`,
          )}
        </ul>
      </section>`,
  );
}

function Flow({ message }) {
  const { fields = [] } = message;
  const send = submit(async ({ json, ...values }) => {
    const answers = fields.length ? values : JSON.parse(json);
    const [{ title }] = message.drawing.actions.filter(
      ({ kind }) => kind === 'flow',
    );
    await call(
      'POST',
      `people/${encodeURIComponent(message.person)}/messages`,
      {
        tap: { message: message.id, button: title },
        answers,
      },
    );
  });
  return html`<form onSubmit=${send}>
    ${fields.map(name => html`<${Field} label=${name} name=${name} />`)}
    ${
      fields.length === 0 &&
      html`<label class="field">
        Answers, as JSON
        <textarea name="json" rows="6">${'{\n  "name": "Amina"\n}'}</textarea>
      </label>`
    }
    <p class="buttons"><button class="primary">Send answers</button></p>
  </form>`;
}

// --- Templates ---

const exampleOf = ({ text = '', example = {} }) => {
  const { body_text, header_text, body_text_named_params = [] } = example;
  const values = body_text?.[0] ?? header_text ?? [];
  const named = Object.fromEntries(
    body_text_named_params.map(({ param_name, example: value }) => [
      param_name,
      value,
    ]),
  );
  return text.replace(
    /\{\{(\w+)\}\}/g,
    (all, name) => values[name - 1] ?? named[name] ?? all,
  );
};

const REVIEWS = [
  ['Approve', 'APPROVED'],
  ['Reject', 'REJECTED', 'INCORRECT_CATEGORY'],
  ['Pause', 'PAUSED'],
];

function Template({ template }) {
  const { id, name, language, status, category, components } = template;
  const review = (event, reason) =>
    attempt(() =>
      call('POST', `templates/${id}/review`, {
        event,
        ...(reason && { reason }),
      }),
    );
  return html`<li class="template">
    <h3>${name} <small>${language} · ${category}</small></h3>
    <p class=${`label ${status}`}>${status}</p>
    <div class="bubble out" lang=${language.replace('_', '-')}>
      ${components.map(component => {
        const { type, format, buttons } = component;
        if (type === 'BUTTONS')
          return html`<div class="actions">
            ${buttons.map(({ text }) => html`<span class="action fixed">${text}</span>`)}
          </div>`;
        if (type === 'CAROUSEL')
          return html`<p class="footer">${component.cards.length} cards</p>`;
        if (format && format !== 'TEXT')
          return html`<p class="file">📎 ${format.toLowerCase()}</p>`;
        return html`<p class=${type.toLowerCase()}>${exampleOf(component)}</p>`;
      })}
    </div>
    <p class="buttons" lang="en">
      ${REVIEWS.map(([title, event, reason]) => html`<button aria-label=${`${title} ${name} (${language})`} onClick=${() => review(event, reason)}>${title}</button>`)}
    </p>
  </li>`;
}

const Templates = () =>
  state.templates.length
    ? html`<ul class="templates">
        ${state.templates.map(template => html`<${Template} key=${template.id} template=${template} />`)}
      </ul>`
    : html`<p class="hint">There are no templates.</p>`;

// --- Faults ---

const CODES = [
  ['130429', 'Rate limit'],
  ['131056', 'Too many messages to one person'],
  ['131000', 'Something went wrong'],
  ['131016', 'Service unavailable'],
  ['190', 'The token has expired'],
];

function Faults() {
  const add = submit(({ code, times, to }) =>
    call('POST', 'faults', {
      path: 'messages',
      code: Number(code),
      times: Number(times),
      ...(to && { to: to.replace(/\D/g, '') }),
    }),
  );
  return html`<form onSubmit=${add}>
      <label class="field">
        Answer messages with
        <select name="code">
          ${CODES.map(([code, title]) => html`<option value=${code}>${code}: ${title}</option>`)}
        </select>
      </label>
      <${Field}
        label="How many times"
        name="times"
        type="number"
        min="1"
        max="1000"
        value="1"
      />
      <${Field}
        label="Only to the number (all, if empty)"
        name="to"
        inputmode="tel"
      />
      <p class="buttons"><button class="primary">Arm</button></p>
    </form>
    <ul class="choices">
      ${state.faults.map(
        ({ code, status, reset, times, to }) =>
          html`<li>
            ${code ?? status ?? reset} · ${times}
            more${to ? ` · to +${to}` : ''}
          </li>`,
      )}
    </ul>
    ${
      state.faults.length > 0 &&
      html`<p class="buttons">
        <button onClick=${() => attempt(() => call('DELETE', 'faults'))}>
          Remove all
        </button>
      </p>`
    }`;
}

const SHORTCUTS = [
  ['↑ ↓', 'the person before or after'],
  ['Enter', 'write as the person'],
  ['/', 'search people'],
  ['1 2 3', 'the buttons of the last message that has some'],
  ['r', 'run again'],
  ['w', 'send the last webhook again'],
  ['c', 'clear'],
  ['Esc', 'close, or back'],
  ['?', 'this list'],
];

const Help = () =>
  html`<dl class="shortcuts">
    ${SHORTCUTS.map(
      ([key, what]) =>
        html`<div>
          <dt><kbd>${key}</kbd></dt>
          <dd>${what}</dd>
        </div>`,
    )}
  </dl>`;

const SHEETS = {
  person: ['New person', Person],
  fail: ['Why the message fails', Fail],
  react: ['React', React],
  list: ['Choose', List],
  flow: ['Form', Flow],
  templates: ['Templates', Templates],
  faults: ['Faults', Faults],
  help: ['Keyboard', Help],
};

export function Sheet() {
  const dialog = useRef();
  const { sheet } = state;
  useEffect(() => {
    if (!dialog.current) return undefined;
    const before = document.activeElement;
    dialog.current.showModal();
    return () => before?.focus?.();
  }, [sheet?.name]);
  if (!sheet) return null;
  const [title, Content] = SHEETS[sheet.name];
  return html`<dialog ref=${dialog} aria-label=${title} onClose=${close}>
    <div class="head">
      <h2>${title}</h2>
      <button onClick=${close}>Close</button>
    </div>
    <${Content} ...${sheet} />
  </dialog>`;
}
