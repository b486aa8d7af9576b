/** What jsdoc-to-markdown tells of a function or a type. */
export interface Doclet {
  kind: string;
  name: string;
  scope?: string;
  access?: string;
  category?: string;
  common?: boolean;
  meta?: { lineno: number };
  description?: string;
  examples?: string[];
  params?: Property[];
  properties?: Property[];
  state?: { name?: string; type?: string; description?: string }[];
  returns?: { type: { names: string[] } }[];
}

interface Property {
  name: string;
  description?: string;
  type?: { names: string[] };
}

const anchor = (name: string) => name.replace(/\W/g, '').toLowerCase();
const cell = (text = '') =>
  text.replace(/\s*\n\s*/g, ' ').replace(/\|/g, '\\|');
const link = (name: string, text: string) =>
  `<a href="#${anchor(name)}">${text}</a>`;

const isInterface = ({ kind, access }: Doclet) =>
  kind === 'typedef' && access === 'public';

/** The types of a property, with a way to those that stand on the page. */
const typeText = ({ type }: Property, all: Doclet[]) =>
  (type?.names ?? [])
    .map(name => {
      const code = `<code>${escapeType(name)}</code>`;
      const isHere = all.some(one => isInterface(one) && one.name === name);
      return isHere ? link(name, code) : code;
    })
    .join(' | ');
const escapeType = (name: string) =>
  name.replace(/</g, '&lt;').replace(/>/g, '&gt;');

const signature = ({ name, params = [] }: Doclet) =>
  `${name}(${params.map(param => param.name).join(', ')})`;

function table(titles: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [titles, titles.map(() => '---'), ...rows].map(line).join('\n');
}

function list(items: string[]): string {
  return ['<dl>', ...items.map(item => `<dt>${item}</dt>`), '</dl>'].join('\n');
}

function properties(
  title: string,
  rows: Property[] | undefined,
  all: Doclet[],
): string {
  if (!rows?.length) return '';
  return table(
    [title, 'Type', 'Description'],
    rows.map(row => [
      row.name,
      cell(typeText(row, all)),
      cell(row.description),
    ]),
  );
}

function stateKeys({ state = [] }: Doclet, all: Doclet[]): string {
  const keys = state.flatMap(({ type, name, description }) => {
    const definition = all.find(({ name }) => name === type);
    if (definition && !name) return definition.properties ?? [];
    return name ? [{ name, description }] : [];
  });
  if (!keys.length) return '';
  const rows = keys.map(key => [key.name, cell(key.description)]);
  return `This operation writes the following keys to state:\n\n${table(['State Key', 'Description'], rows)}`;
}

function example(text: string): string {
  const [, caption, code] =
    /^(?:<caption>(.*?)<\/caption>)?\s*([^]*)$/.exec(text) ?? [];
  const title = caption ? `**Example:** ${caption}` : '**Example**';
  return `${title}\n\n\`\`\`js\n${code.trim()}\n\`\`\``;
}

function functionSection(doclet: Doclet, all: Doclet[]): string {
  const { name, description, params, examples = [], returns = [] } = doclet;
  const result = returns[0]?.type.names.join(' | ');
  return [
    `### ${name}`,
    `<p><code>${signature(doclet)}${result ? ` ⇒ ${result}` : ''}</code></p>`,
    description,
    properties('Param', params, all),
    stateKeys(doclet, all),
    ...examples.map(example),
    '* * *',
  ]
    .filter(Boolean)
    .join('\n\n');
}

function typeSection(doclet: Doclet, all: Doclet[]): string {
  const { name, description, properties: rows } = doclet;
  return [`### ${name}`, description, properties('Name', rows, all), '* * *']
    .filter(Boolean)
    .join('\n\n');
}

/** What a newcomer looks for first comes first. */
const GROUPS: Record<string, string> = {
  Sending: 'Send a message or a template to one recipient.',
  Bulk: 'Send a message to each item of a list.',
  Receiving: 'Read incoming messages and the status of sent ones.',
  Media: 'Upload and download files.',
  Templates: 'Manage message templates, which Meta approves.',
  Account:
    'Manage phone numbers, the business profile, analytics and blocked users.',
  Flows: 'Create and publish flows: forms inside WhatsApp.',
  Requests: 'Make requests to any other endpoint.',
  Execution: 'Run operations.',
};

interface Group {
  name: string;
  about: string;
  functions: Doclet[];
}

function groupsOf(functions: Doclet[]): Group[] {
  const strange = functions.find(({ category = '' }) => !GROUPS[category]);
  if (strange) throw new Error(`${strange.name} has no @category.`);
  const bySource = [...functions].sort(
    (a, b) => a.meta!.lineno - b.meta!.lineno,
  );
  return Object.entries(GROUPS).map(([name, about]) => ({
    name,
    about,
    functions: bySource.filter(({ category }) => category === name),
  }));
}

/** The docs page, in the form of OpenFn's docs site, with its operations in groups. */
export function renderPage(doclets: Doclet[]): string {
  const groups = groupsOf(
    doclets.filter(({ kind, common }) => kind === 'function' && !common),
  );
  const types = doclets.filter(isInterface);
  const common = doclets.filter(doclet => doclet.common);
  return [
    ...groups.flatMap(({ name, about, functions }) => [
      `**${link(name, name)}**: ${about}`,
      list(functions.map(doclet => link(doclet.name, signature(doclet)))),
    ]),
    'This adaptor exports the following from common:',
    list(
      common.map(
        ({ name }) =>
          `<a href="/adaptors/packages/common-docs#${anchor(name)}">${name}</a>`,
      ),
    ),
    ...groups.flatMap(({ name, about, functions }) => [
      `## ${name}`,
      about,
      ...functions.map(doclet => functionSection(doclet, doclets)),
    ]),
    '## Interfaces',
    ...types.map(type => typeSection(type, doclets)),
  ].join('\n\n');
}
