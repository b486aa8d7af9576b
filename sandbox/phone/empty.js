import { html } from './preact.js';
import { attempt, call, copy, runJob, state } from './store.js';

const stateText = configuration =>
  JSON.stringify({ configuration, data: {} }, null, 2);

/** The token is fetched for the clipboard, and never shown. */
const copyState = () =>
  attempt(async () =>
    copy(stateText(await call('GET', 'credential')), 'state.json'),
  );

/** What to do when there is nobody yet, or nobody is chosen. */
export function Empty() {
  if (!state.isLoaded) return html`<p class="hint">Loading…</p>`;
  const { job, send, people } = state;
  if (people.size)
    return html`<p class="hint">Choose a person to see the phone.</p>`;
  return html`<section class="empty">
    <h2>A WhatsApp for your jobs</h2>
    <p>
      ${
        job
          ? html`<code>${job}</code> runs for each webhook. Add a person and
              write.`
          : html`To run a job when a person writes or taps:
              <code>npm run sandbox -- --job job.js</code>`
      }
    </p>
    ${send && html`<p><button class="primary" onClick=${() => runJob(send)}>Run ${send}</button></p>`}
    <p>To run a job of yours with OpenFn’s CLI, put this into state.json:</p>
    <pre tabindex="0">${stateText(state.credential)}</pre>
    <p><button class="primary" onClick=${copyState}>Copy state.json</button></p>
    <ol>
      <li><code>npm install -g @openfn/cli</code></li>
      <li>
        Write <code>job.js</code>, such as:
        <code>sendMessage('+254712345678', 'Hello');</code>
      </li>
      <li><code>openfn job.js -a whatsapp -s state.json</code></li>
    </ol>
  </section>`;
}
