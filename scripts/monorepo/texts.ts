// The texts that OpenFn's monorepo has in a form of its own.

const HEAD = `# language-whatsapp <img src='./assets/square.png' width="30" height="30"/>

An OpenFn **_adaptor_** for building integration jobs for use with the WhatsApp
Business Platform.

## Documentation

View the [docs site](https://docs.openfn.org/adaptors/packages/whatsapp-docs)
for full technical documentation.

### Configuration

View the
[configuration-schema](https://docs.openfn.org/adaptors/packages/whatsapp-configuration-schema/)
for required and optional \`configuration\` properties.

## Development

Clone the [adaptors monorepo](https://github.com/OpenFn/adaptors). Follow the
"Getting Started" guide inside to get set up.

Run tests using \`pnpm run test\` or \`pnpm run test:watch\`

Build the project using \`pnpm build\`.

To build _only_ the docs run \`pnpm build docs\`.

The types in \`src/typedefs.js\` are made from \`src/types.ts\`: after a change, run
\`pnpm run build:typedefs\`.
`;

const COMMANDS: [RegExp, string][] = [
  [/npm ci && npm run build/g, 'pnpm install && pnpm build'],
  [/npm run sandbox\s-- /g, 'pnpm run sandbox '],
  [/npm run /g, 'pnpm run '],
];

/** The README in the form of the house, with ours after its introduction. */
export function monorepoReadme(ours: string): string {
  const body = ours
    .slice(ours.indexOf('A job that sends a message'))
    .replace(/\nTo work on the adaptor itself, see [^]*?\n(?=\nLicense)/, '');
  return COMMANDS.reduce(
    (text, [command, other]) => text.replace(command, other),
    `${HEAD}\n## Use\n\n${body}`,
  );
}

export const CHANGESET = `---
'@openfn/language-whatsapp': major
---

Rewrite in TypeScript: operations to send, receive and manage WhatsApp messages
through the Cloud API and the On-Premise API. Jobs that use \`request()\` keep
working: its options \`errors\`, \`body\` and \`tls\` are removed, unknown options
throw an error, and a path that starts with \`/\` is relative to the version of the
API, not to the phone number ID.
`;
