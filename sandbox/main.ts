import { parseArgs } from 'node:util';
import { startOnPremiseSandbox, startSandbox } from './server';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3700' },
    webhook: { type: 'string' },
    'on-premise': { type: 'boolean', default: false },
  },
});

const start = values['on-premise'] ? startOnPremiseSandbox : startSandbox;
const sandbox = await start({
  port: Number(values.port),
  webhook: values.webhook,
});

const review = values['on-premise']
  ? ''
  : `End a review:     POST ${sandbox.origin}/_sandbox/templates  {"name": "…", "event": "REJECTED"}\n`;

console.log(`A local WhatsApp ${values['on-premise'] ? 'On-Premise' : 'Cloud'} API listens on ${sandbox.origin}.

Paste this into state.json:

${JSON.stringify({ configuration: sandbox.credential, data: {} }, null, 2)}

What was sent:    GET  ${sandbox.origin}/_sandbox/messages
Make it fail:     POST ${sandbox.origin}/_sandbox/faults  {"path": "messages", "code": 130429}
Send a webhook:   POST ${sandbox.origin}/_sandbox/webhooks  {"url": "http://…", "receive": {"from": "254712345678", "text": "Hi"}}
${review}Stop it:          Ctrl-C
`);
