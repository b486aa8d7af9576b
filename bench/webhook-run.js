// A process that does one thing and tells its CPU: `webhook-run.js WHAT PORT`.
const [, , what, port] = process.argv;

const webhook = {
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '987654321098765',
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { phone_number_id: '123456789012345' },
            contacts: [{ wa_id: '254712345678', profile: { name: 'Amina' } }],
            messages: [
              {
                id: 'wamid.1',
                from: '254712345678',
                timestamp: '1777968000',
                type: 'text',
                text: { body: 'Hi' },
              },
            ],
          },
        },
      ],
    },
  ],
};

async function answerWebhook() {
  const { execute, parseWebhook, sendMessage } =
    await import('../dist/index.js');
  const job = execute(
    parseWebhook(),
    sendMessage(state => state.data.messages[0], 'Thank you.'),
  );
  const configuration = {
    baseUrl: `http://127.0.0.1:${port}/v25.0`,
    apiToken: 'EAAbench0123456789',
    phoneNumberId: '123456789012345',
  };
  const { log } = console;
  console.log = () => {};
  await job({ configuration, data: webhook });
  console.log = log;
}

if (what === 'common') await import('@openfn/language-common');
if (what === 'run') await answerWebhook();

const { user, system } = process.cpuUsage();
console.log((user + system) / 1000);
process.exit();
