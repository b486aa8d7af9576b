import { html } from './preact.js';
import { again, attempt, call, copy, runJob, set, state } from './store.js';
import { time } from './text.js';

const SHOWN = 200;
const ROWS = 20;

const isFlat = row =>
  typeof row === 'object' &&
  row !== null &&
  !Array.isArray(row) &&
  Object.values(row).every(
    value => typeof value !== 'object' || value === null,
  );

const json = value => JSON.stringify(value, null, 2);

function Json({ value, what }) {
  const text = typeof value === 'string' ? value : json(value);
  return html`<div class="json">
    <p class="label">
      ${what} <button onClick=${() => copy(text, what)}>Copy</button>
    </p>
    <pre tabindex="0">${text}</pre>
  </div>`;
}

function Table({ rows, what }) {
  const columns = [...new Set(rows.slice(0, ROWS).flatMap(Object.keys))];
  return html`<div class="json">
    <p class="label">
      ${what}${rows.length > ROWS ? ` (first ${ROWS} of ${rows.length})` : ''}
    </p>
    <div class="scroll" tabindex="0">
      <table>
        <thead>
          <tr>
            ${columns.map(name => html`<th>${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, ROWS).map(
            row =>
              html`<tr>
                ${columns.map(name => html`<td>${String(row[name] ?? '')}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </div>`;
}

const Data = ({ value, what }) =>
  Array.isArray(value) && value.length && value.every(isFlat)
    ? html`<${Table} rows=${value} what=${what} />`
    : html`<${Json} value=${value} what=${what} />`;

// --- A request ---

const quoted = text => `'${text.replaceAll("'", `'\\''`)}'`;

const curlOf = ({ method, path, body }) =>
  [
    `curl -X ${method} ${quoted(location.origin + path)}`,
    `-H "authorization: Bearer $TOKEN"`,
    body !== undefined &&
      `-H 'content-type: application/json' -d ${quoted(JSON.stringify(body))}`,
  ]
    .filter(Boolean)
    .join(' \\\n  ');

const REQUEST = {
  icon: '→',
  kind: 'request',
  title: ({ method, path, status, ms, answer }) =>
    [
      `${method} ${path}`,
      status || 'connection cut',
      answer?.error?.code ?? answer?.errors?.[0]?.code,
      `${ms} ms`,
    ]
      .filter(Boolean)
      .join(' · '),
  isBad: ({ status }) => status >= 400 || status === 0,
  Body: ({ fact }) => html`
    <p class="buttons">
      <button onClick=${() => copy(curlOf(fact), 'The command')}>
        Copy as curl
      </button>
    </p>
    ${fact.body !== undefined && html`<${Json} value=${fact.body} what="Request" />`}
    ${fact.answer !== undefined && html`<${Json} value=${fact.answer} what="Answer" />`}
  `,
};

// --- A webhook ---

const copyState = ({ body, headers }) =>
  attempt(async () => {
    const configuration = await call('GET', 'credential');
    const data = JSON.parse(body);
    await copy(
      json({ configuration, data, request: { headers } }),
      'state.json',
    );
  });

function answerText({ answer }) {
  const run = state.runs.get(answer);
  return run ? `run ${run.state}` : (answer ?? 'waiting');
}

const fixesIn = rows =>
  (rows?.statuses ?? []).flatMap(({ error }) => (error?.fix ? [error] : []));

const WEBHOOK = {
  icon: '⇠',
  kind: 'webhook',
  title: fact =>
    `${fact.field} · ${fact.kind} · ${fact.isSigned ? 'signed' : 'not signed'} · ${answerText(fact)}`,
  isBad: ({ answer }) => /^not /.test(answer ?? ''),
  Body: ({ fact }) => html`
    <p class="buttons">
      <button onClick=${() => again('webhooks', fact.id)}>Send again</button>
      <button onClick=${() => copyState(fact)}>Copy as state.json</button>
    </p>
    ${fixesIn(fact.rows).map(
      error =>
        html`<p class="failed">
          <b>${error.code}:</b> ${error.description} <b>Fix:</b> ${error.fix}
        </p>`,
    )}
    ${fact.rows && html`<${Json} value=${fact.rows} what="What parseWebhook() gives" />`}
    <${Json} value=${JSON.parse(fact.body)} what="Body" />
  `,
};

// --- A run ---

function RunError({ error }) {
  const { code, message, description, fix, details, operation } = error;
  return html`<div class="failed">
    <p>
      <b>${code ?? 'Error'}${operation ? ` in ${operation}()` : ''}:</b>${' '}
      ${description ?? message}
    </p>
    ${fix && html`<p><b>Fix:</b> ${fix}</p>`}
    ${details && html`<p><b>Details:</b> ${details}</p>`}
  </div>`;
}

const counted = ({ sent, failed, state: phase, ms }) =>
  [
    phase,
    ms !== undefined && `${ms} ms`,
    `${sent} sent${failed ? `, ${failed} failed` : ''}`,
  ]
    .filter(Boolean)
    .join(' · ');

const RUN = {
  icon: '▶',
  kind: 'run',
  title: run => `${run.job} · ${counted(run)}`,
  isBad: run => ['failed', 'stopped'].includes(run.state),
  Body: ({ fact }) => html`
    <p class="buttons">
      <button onClick=${() => again('runs', fact.id)}>Run again</button>
    </p>
    ${fact.error && html`<${RunError} error=${fact.error} />`}
    ${fact.log && html`<${Json} value=${fact.log} what="Log" />`}
    ${fact.data !== undefined && html`<${Data} value=${fact.data} what="state.data at the end" />`}
  `,
};

// --- Together ---

const KINDS = { requests: REQUEST, webhooks: WEBHOOK, runs: RUN };

/** A webhook comes before its run, and a run before its requests. */
const order = ({ id }) => Number(id.split('-')[1]);

function newest() {
  const kinds = state.facts === 'all' ? Object.keys(KINDS) : [state.facts];
  return kinds
    .flatMap(name =>
      [...state[name].values()].map(fact => ({ fact, kind: KINDS[name] })),
    )
    .sort((a, b) => b.fact.at - a.fact.at || order(b.fact) - order(a.fact))
    .slice(0, SHOWN);
}

function toggle(fact) {
  const isOpen = state.openFact === fact.id;
  const { message } = fact;
  const known = !isOpen && message && state.messages.get(message);
  set({
    openFact: isOpen ? undefined : fact.id,
    highlighted: known ? message : undefined,
    ...(known && { selected: known.person }),
  });
}

function Fact({ fact, kind }) {
  const isOpen = state.openFact === fact.id;
  const { Body } = kind;
  return html`<li
    class=${`fact ${kind.kind} ${kind.isBad(fact) ? 'bad' : ''}`}
    data-id=${fact.id}
  >
    <button class="row" aria-expanded=${isOpen} onClick=${() => toggle(fact)}>
      <span aria-hidden="true">${kind.icon}</span>
      <span class="hidden-text">${kind.kind}</span>
      <span class="what">${kind.title(fact)}</span>
      <span class="when">${time(fact.at)}</span>
    </button>
    ${isOpen && html`<div class="inside"><${Body} fact=${fact} /></div>`}
  </li>`;
}

const FILTERS = ['all', 'requests', 'webhooks', 'runs'];

export function Facts() {
  const facts = newest();
  const jobs = [...new Set([state.send, state.job].filter(Boolean))];
  return html`<aside class="facts" aria-label="What happened">
    <div class="head">
      <button class="back" onClick=${() => set({ pane: 'chat' })}>
        ‹ Back
      </button>
      <h2>What happened</h2>
      ${jobs.map(job => html`<button onClick=${() => runJob(job)}>Run ${job.split('/').pop()}</button>`)}
    </div>
    <div class="filters" role="group" aria-label="Show">
      ${FILTERS.map(
        name =>
          html`<button
            aria-pressed=${state.facts === name}
            onClick=${() => set({ facts: name })}
          >
            ${name}
          </button>`,
      )}
    </div>
    ${
      facts.length
        ? html`<ol>
            ${facts.map(one => html`<${Fact} key=${one.fact.id} ...${one} />`)}
          </ol>`
        : html`<p class="hint">
            Nothing yet: requests, webhooks and runs appear here.
          </p>`
    }
  </aside>`;
}
