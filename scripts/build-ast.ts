// Writes ast.json with OpenFn's simple-ast, which reads no TypeScript.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import ts from 'typescript';

// Beside src/, since simple-ast looks for node_modules one folder up.
const FOLDER = '.ast';

const { outputText } = ts.transpileModule(
  readFileSync('src/Adaptor.ts', 'utf8'),
  {
    compilerOptions: {
      target: ts.ScriptTarget.ES2020,
      module: ts.ModuleKind.ESNext,
    },
  },
);

mkdirSync(FOLDER, { recursive: true });
try {
  writeFileSync(`${FOLDER}/Adaptor.js`, outputText);
  const output = execFileSync(
    process.execPath,
    [
      'node_modules/@openfn/simple-ast/lib/generate.js',
      '--adaptor',
      `${FOLDER}/Adaptor.js`,
      '--output',
      'ast.json',
    ],
    {
      encoding: 'utf8',
      env: { ...process.env, npm_package_name: '@openfn/language-whatsapp' },
    },
  );
  if (output.includes('with errors')) throw new Error(output);
} finally {
  rmSync(FOLDER, { recursive: true });
}
