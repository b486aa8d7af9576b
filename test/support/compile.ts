import ts from 'typescript';

/**
 * A small stand-in for OpenFn's compiler: it exports the top-level calls of a
 * job as operations, imports what the job uses, and makes `$` lazy.
 */
export function compile(
  source: string,
  ...adaptors: { name: string; exports: string[] }[]
): string {
  const file = ts.createSourceFile('job.js', source, ts.ScriptTarget.ES2022);
  const { edits, names } = inspect(file);
  const code = apply(source, edits);
  const imports = adaptors.flatMap(({ name, exports }) => {
    const used = exports.filter(exported => names.has(exported));
    return used.length ? [`import { ${used.join(', ')} } from '${name}';`] : [];
  });
  imports.push(`export { execute } from '${adaptors[0].name}';`);
  return [...imports, ...splitOperations(code)].join('\n');
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

function inspect(file: ts.SourceFile) {
  const names = new Set<string>();
  const edits: Edit[] = [];
  const wrapped = new Set<ts.Node>();

  const makeLazy = (dollar: ts.Node, ancestors: ts.Node[]) => {
    const argument = enclosingArgument(ancestors);
    edits.push({ ...range(dollar, file), text: 'state' });
    if (!argument || wrapped.has(argument)) return;
    wrapped.add(argument);
    const { start, end } = range(argument, file);
    edits.push({ start, end: start, text: 'state => (' });
    edits.push({ start: end, end, text: ')' });
  };

  const visit = (node: ts.Node, ancestors: ts.Node[]) => {
    if (ts.isIdentifier(node)) {
      names.add(node.text);
      const parent = ancestors[ancestors.length - 1];
      const isKey = ts.isPropertyAccessExpression(parent)
        ? parent.name === node
        : ts.isPropertyAssignment(parent) && parent.name === node;
      if (node.text === '$' && !isKey) makeLazy(node, [...ancestors, node]);
    }
    node.forEachChild(child => visit(child, [...ancestors, node]));
  };
  visit(file, []);
  return { edits, names };
}

function range(node: ts.Node, file: ts.SourceFile) {
  return { start: node.getStart(file), end: node.getEnd() };
}

function enclosingArgument(ancestors: ts.Node[]): ts.Node | undefined {
  for (let index = ancestors.length - 2; index >= 0; index--) {
    const node = ancestors[index];
    const child = ancestors[index + 1];
    if (!ts.isCallExpression(node)) continue;
    if (node.arguments.some(argument => argument === child)) return child;
  }
  return undefined;
}

/** From the end to the start, so that places stay true; at one place what is inside comes first. */
function apply(source: string, edits: Edit[]): string {
  return edits
    .sort((a, b) => b.start - a.start || b.end - a.end)
    .reduce(
      (code, { start, end, text }) =>
        code.slice(0, start) + text + code.slice(end),
      source,
    );
}

function splitOperations(code: string): string[] {
  const file = ts.createSourceFile('job.js', code, ts.ScriptTarget.ES2022);
  const isOperation = (statement: ts.Statement) =>
    ts.isExpressionStatement(statement) &&
    ts.isCallExpression(statement.expression);
  const text = (node: ts.Node) => node.getText(file).replace(/;$/, '');
  return [
    ...file.statements.filter(s => !isOperation(s)).map(s => `${text(s)};`),
    `export default [${file.statements.filter(isOperation).map(text).join(',\n')}];`,
  ];
}
