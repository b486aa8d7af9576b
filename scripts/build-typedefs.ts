// Writes src/typedefs.js: the types of src/types.ts as JSDoc, which the docs page is made from.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import ts from 'typescript';

const SOURCE = 'src/types.ts';
const TARGET = 'src/typedefs.js';
/** What the docs page explains itself. */
const NOT_LISTED = [
  'State',
  'Operation',
  'Lazy',
  'Configuration',
  'WithText',
  'WithCaption',
  'WithHeader',
  'WithFooter',
];

interface Property {
  name: string;
  type: string;
  text: string;
}

const source = ts.createSourceFile(
  SOURCE,
  readFileSync(SOURCE, 'utf8'),
  ts.ScriptTarget.ES2022,
  true,
);

const textOf = (node: ts.Node): string[] =>
  ts
    .getJSDocCommentsAndTags(node)
    .filter(ts.isJSDoc)
    .flatMap(doc => (ts.getTextOfJSDocComment(doc.comment) ?? '').split('\n'));

/** A type as JSDoc writes it. */
function jsdocType(node: ts.TypeNode): string {
  if (ts.isParenthesizedTypeNode(node)) return jsdocType(node.type);
  if (ts.isUnionTypeNode(node))
    return `(${node.types.map(jsdocType).join('|')})`;
  if (ts.isArrayTypeNode(node)) {
    const item = jsdocType(node.elementType);
    if (item === '*') return 'Array';
    return /^\w+$/.test(item) ? `${item}[]` : `Array<${item}>`;
  }
  const text = node.getText(source);
  return text === 'any' ? '*' : text === 'object' ? 'Object' : text;
}

const interfaces = new Map(
  source.statements
    .filter(ts.isInterfaceDeclaration)
    .map(node => [node.name.text, node]),
);

function propertiesOf(node: ts.InterfaceDeclaration): Property[] {
  const own = node.members.filter(ts.isPropertySignature).map(member => ({
    name: (member.name as ts.Identifier).text,
    type: jsdocType(member.type!),
    text: textOf(member).join(' '),
  }));
  const bases = (node.heritageClauses ?? [])
    .flatMap(({ types }) => [...types])
    .flatMap(({ expression }) =>
      propertiesOf(interfaces.get(expression.getText(source))!),
    );
  const names = own.map(({ name }) => name);
  return [...own, ...bases.filter(({ name }) => !names.includes(name))];
}

const block = (lines: string[]) =>
  ['/**', ...lines.map(line => ` * ${line}`), ' */'].join('\n');

/** A union of interfaces names them: its type alone shows as nothing. */
function membersOf(node: ts.Node): string[] {
  if (!ts.isTypeAliasDeclaration(node) || !ts.isUnionTypeNode(node.type))
    return [];
  const names = node.type.types.map(one => one.getText(source));
  return names.some(name => interfaces.has(name))
    ? ['', `One of: ${names.map(name => `\`${name}\``).join(', ')}.`]
    : [];
}

function typedef(
  node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration,
): string {
  const name = node.name.text;
  const isInterface = ts.isInterfaceDeclaration(node);
  const type = isInterface ? 'Object' : jsdocType(node.type);
  const properties = isInterface ? propertiesOf(node) : [];
  return block([
    ...textOf(node),
    ...membersOf(node),
    `@typedef {${type}} ${name}`,
    '@public',
    ...properties.map(
      property =>
        `@property {${property.type}} ${property.name} - ${property.text}`,
    ),
  ]);
}

export async function typedefs(): Promise<string> {
  const blocks = source.statements
    .filter(
      node =>
        ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node),
    )
    .filter(({ name }) => !NOT_LISTED.includes(name.text))
    .map(typedef);
  const text = [
    `// Made from ${path.basename(SOURCE)}: npm run build:typedefs.`,
    ...blocks,
    'export {};\n',
  ].join('\n\n');
  const options = await prettier.resolveConfig(TARGET);
  return prettier.format(text, { ...options, filepath: TARGET });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(TARGET, await typedefs());
