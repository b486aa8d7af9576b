import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import build from './build.config.js';

const require = createRequire(path.resolve('package.json'));

/** Passes on the one implementation: two copies would double the package, and each would log in by itself. An import would read the whole file for its exports first. */
function writeEsm() {
  const names = Object.keys(require('./dist/index.cjs'));
  const named = names.filter(name => name !== 'default').join(', ');
  writeFileSync(
    'dist/index.js',
    `import { createRequire } from 'node:module';\nconst adaptor = createRequire(import.meta.url)('./index.cjs');\nexport const { ${named} } = adaptor;\nexport default adaptor.default;\n`,
  );
}

/** Older versions can't break lines, and the monorepo has one. */
const canBreakLines = ({ version }) => Number(version.split('.')[1]) >= 20;

/** Names stay, for stack traces; the package is a third smaller. */
const smaller = {
  name: 'smaller',
  setup({ esbuild, initialOptions }) {
    initialOptions.minifySyntax = true;
    // So that what is not used can be left out.
    initialOptions.mainFields = ['module', 'main'];
    initialOptions.conditions = ['import', 'node'];
    if (!canBreakLines(esbuild)) return;
    initialOptions.minifyWhitespace = true;
    // Node.js shows the line of an error that nobody catches.
    initialOptions.lineLimit = 160;
  },
};

export default {
  ...build(),
  format: ['cjs'],
  target: 'node20',
  platform: 'node',
  splitting: false,
  // Each run starts a process: one file is loaded much faster than the 300 files
  // of these packages, of which most is never used.
  external: [/^ajv/],
  noExternal: ['@openfn/language-common', 'date-fns'],
  clean: true,
  // OpenFn's engine recognizes an error of an adaptor by this name in its stack,
  // whatever the folder is called: without it, the code and the fix are lost.
  footer: { js: '//# sourceURL=@openfn/language-whatsapp/dist/index.cjs' },
  esbuildPlugins: [smaller],
  onSuccess: async () => writeEsm(),
};
