import { parseArgs } from 'node:util';
import {
  startDialog360Sandbox,
  startOnPremiseSandbox,
  startSandbox,
} from './server';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3700' },
    webhook: { type: 'string' },
    'on-premise': { type: 'boolean', default: false },
    '360dialog': { type: 'boolean', default: false },
  },
});

const [name, start] = values['on-premise']
  ? ['On-Premise API', startOnPremiseSandbox]
  : values['360dialog']
    ? ['Cloud API behind 360dialog', startDialog360Sandbox]
    : ['Cloud API', startSandbox];
const sandbox = await start({
  port: Number(values.port),
  webhook: values.webhook,
});

const review =
  values['on-premise'] || values['360dialog']
    ? ''
    : `End a review:     POST ${sandbox.origin}/_sandbox/templates  {"name": "…", "event": "REJECTED"}\n`;

console.log(`A local WhatsApp ${name} listens on ${sandbox.origin}.

Paste this into state.json:

${JSON.stringify({ configuration: sandbox.credential, data: {} }, null, 2)}

What was sent:    GET  ${sandbox.origin}/_sandbox/messages
Make it fail:     POST ${sandbox.origin}/_sandbox/faults  {"path": "messages", "code": 130429}
Send a webhook:   POST ${sandbox.origin}/_sandbox/webhooks  {"url": "http://…", "receive": {"from": "254712345678", "text": "Hi"}}
${review}Stop it:          Ctrl-C
`);
