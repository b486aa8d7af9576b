import { readFileSync } from 'node:fs';

const read = (file: string) => readFileSync(file, 'utf8');
const isCode = (part: string) => part.startsWith('`');

/** What the docs site does to a functions page before it compiles it. */
const escaped = (page: string) =>
  page
    .replaceAll('</dt>', '\n</dt>')
    .split(/(```[^]*?```|`[^`]*`)/)
    .map(part => (isCode(part) ? part : part.replace(/[{}]/g, '\\$&')))
    .join('');

interface Schema {
  properties: Record<string, { examples?: unknown[] }>;
  required?: string[];
}

/** The sample of the configuration page: what is required, or all that has an example. */
export const sampleOf = ({ properties, required }: Schema) =>
  JSON.parse(
    JSON.stringify(
      Object.fromEntries(
        (required ?? Object.keys(properties)).map(key => [
          key,
          properties[key].examples?.[0],
        ]),
      ),
    ),
  );

const json = (value: unknown) =>
  `\`\`\`json \n${JSON.stringify(value, null, 4)}\n\`\`\``;

/** The pages of the docs site about an adaptor, as its generator writes them. */
export function sitePages(): Record<string, string> {
  const site = JSON.parse(read('docs/whatsapp.json'));
  const schema = site['configuration-schema'];
  return {
    functions: escaped(JSON.parse(site.docs)),
    readme: `# whatsapp Adaptor developer README.md\n\n${JSON.parse(site.readme)}`,
    changelog: `# Changelog for the whatsapp adaptor\n\n${JSON.parse(site.changelog)}`,
    configuration: `## Sample Configuration\n\n${json(sampleOf(schema))}\n\n## Full Schema\n\n${json(schema)}`,
    overview: read('docs-site/whatsapp.md').replace(/^---[^]*?\n---\n/, ''),
  };
}
