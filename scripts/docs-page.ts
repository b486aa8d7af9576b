/** What OpenFn's docs parser tells of a function or a type. */
export interface Doclet {
  id?: string;
  kind: string;
  name: string;
  access?: string;
  common?: boolean;
  description?: string;
  examples?: string[];
  params?: Property[];
  properties?: Property[];
  state?: { name?: string; type?: string; description?: string }[];
  returns?: { type: { names: string[] } }[];
  type?: { names: string[] };
}

interface Property {
  name: string;
  description?: string;
  type?: { names: string[] };
}

// The functions page in the form that OpenFn's monorepo gives it, so that what
// is read and tested here is what the docs site gets.

const anchor = (name: string) => name.replace(/\W/g, '').toLowerCase();

const escapeType = (name: string) =>
  name
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/'/g, '&#x27;')
    .replace(/"/g, '&quot;')
    .replace(/[*_|]/g, '\\$&');

/** `Array.<Row>` is about `Row`. */
const itemOf = (name: string) => /^Array\.?<(\w+)>$/.exec(name)?.[1] ?? name;

const isInterface = ({ kind, access }: Doclet) =>
  kind === 'typedef' && access === 'public';

/** The types of a property, with links to those that are on the page. */
function typeText({ type }: Property, all: Doclet[]): string {
  const names = type?.names ?? [];
  return names
    .map(name => {
      const code = `<code>${escapeType(name)}</code>`;
      const item = itemOf(name);
      const isHere = all.some(one => isInterface(one) && one.name === item);
      return isHere ? `[${code}](#${anchor(item)})` : code;
    })
    .join(' \\| ');
}

const oneLine = (text = '') => text.replace(/\s*\n\s*/g, ' ');

function table(titles: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [titles, titles.map(() => '---'), ...rows].map(line).join('\n');
}

const properties = (title: string, rows: Property[], all: Doclet[]) =>
  table(
    [title, 'Type', 'Description'],
    rows.map(row => [row.name, typeText(row, all), oneLine(row.description)]),
  );

const parameters = ({ params = [] }: Doclet, all: Doclet[]) =>
  params.length ? [properties('Param', params, all)] : [];

function stateKeys({ state = [] }: Doclet, all: Doclet[]): string[] {
  const keys = state.flatMap(({ type, name, description }) => {
    const definition = all.find(one => one.name === type);
    if (definition && !name) return definition.properties ?? [];
    return name ? [{ name, description }] : [];
  });
  if (!keys.length) return [''];
  const rows = keys.map(key => [key.name, oneLine(key.description)]);
  return [
    'This operation writes the following keys to state:',
    table(['State Key', 'Description'], rows),
  ];
}

function example(text: string): string {
  const [, caption, code] =
    /^(?:<caption>(.*?)<\/caption>)?\s*([^]*)$/.exec(text) ?? [];
  const title = caption ? `**Example:** ${caption}` : '**Example**';
  return `${title}\n\`\`\`js\n${code.trim()}\n\`\`\``;
}

const examples = ({ examples: texts = [] }: Doclet) =>
  texts.length ? [texts.map(example).join('\n')] : [];

const signature = ({ name, params = [] }: Doclet) =>
  `${name}(${params.map(param => param.name).join(', ')})`;

function functionSection(doclet: Doclet, all: Doclet[]): string {
  const { name, description, returns = [] } = doclet;
  const result = returns[0]?.type.names.join(' | ');
  return [
    `### ${name}`,
    `<p><code>${signature(doclet)}${result ? ` ⇒ ${result}` : ''}</code></p>`,
    ...(description ? [`${description}\n`] : []),
    ...parameters(doclet, all),
    ...stateKeys(doclet, all),
    ...examples(doclet),
    '* * *',
  ].join('\n\n');
}

function typeSection(doclet: Doclet, all: Doclet[]): string {
  const { name, description, properties: rows = [] } = doclet;
  return [
    `### ${name}`,
    description,
    ...(rows.length
      ? ['\n**Properties**', `${properties('Name', rows, all)}\n`]
      : ['']),
    '* * *',
  ].join('\n\n');
}

const byName = (a: Doclet, b: Doclet) => (a.name < b.name ? -1 : 1);

const entry = (address: string, text: string, after = '') =>
  `<dt>\n    <a href="${address}">${text}</a>${after}</dt>`;

const commonEntry = ({ name }: Doclet, isFunction: boolean) =>
  entry(
    `/adaptors/packages/common-docs#${anchor(name)}`,
    isFunction ? `${name}()` : name,
    '\n',
  );

/** The functions page of the docs site; `commonFunctions` are those that come from common. */
export function renderPage(
  doclets: Doclet[],
  commonFunctions: string[],
): string {
  const functions = doclets
    .filter(({ kind, common }) => kind === 'function' && !common)
    .sort(byName);
  const types = doclets.filter(isInterface).sort(byName);
  const common = doclets
    .filter(doclet => doclet.common)
    .map(one => commonEntry(one, commonFunctions.includes(one.name)));
  return [
    '<dl>',
    ...functions.map(one => entry(`#${anchor(one.name)}`, signature(one))),
    '</dl>\n\n',
    'This adaptor exports the following from common:\n<dl>',
    `${common.join('\n')}</dl>\n`,
    '## Functions',
    `${functions.map(one => functionSection(one, doclets)).join('\n\n')}\n\n`,
    '##  Interfaces\n',
    `${types.map(one => typeSection(one, doclets)).join('\n\n')}\n\n`,
  ].join('\n');
}
