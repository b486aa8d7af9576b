// A WhatsApp that accepts everything, in a process of its own.
import { createServer } from 'node:http';

const latency = Number(process.argv[2] ?? 0);

let lastId = 0;

const TEMPLATES = JSON.stringify({
  data: [
    {
      id: '1',
      name: 'appointment_reminder',
      language: 'en_US',
      status: 'APPROVED',
      category: 'UTILITY',
      parameter_format: 'POSITIONAL',
      components: [{ type: 'BODY', text: 'Dear {{1}}, {{2}}.' }],
    },
  ],
});

function textFor(url) {
  if (url.endsWith('/media')) return '{"id":"1234567890"}';
  if (url.includes('/message_templates')) return TEMPLATES;
  return `{"messaging_product":"whatsapp","contacts":[{"input":"1","wa_id":"1"}],"messages":[{"id":"wamid.${++lastId}"}]}`;
}

function answer(request, response, body) {
  const text = textFor(request.url);
  if (request.url === '/file') return sendFile(response, body);
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': text.length,
  });
  response.end(text);
}

/** 96 MB that are made as they are read. */
function sendFile(response) {
  const chunk = Buffer.alloc(2 ** 16, 'a');
  let left = Number(process.argv[3] ?? 96) * 16;
  response.writeHead(200, {
    'content-type': 'application/pdf',
    'content-length': left * chunk.length,
  });
  const write = () => {
    while (left > 0) {
      left--;
      if (!response.write(chunk)) return response.once('drain', write);
    }
    response.end();
  };
  write();
}

const server = createServer((request, response) => {
  request.on('data', () => {});
  request.on('end', () => {
    if (latency) setTimeout(answer, latency, request, response);
    else answer(request, response);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
