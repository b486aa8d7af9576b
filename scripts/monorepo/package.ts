import _ from 'lodash';

// What the package.json of OpenFn's monorepo has, where it differs from ours.

interface Package {
  version: string;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  [field: string]: unknown;
}

const SCRIPTS = {
  build: 'pnpm clean && build-adaptor whatsapp',
  clean: 'rimraf dist types docs',
  lint: 'eslint src',
  pack: 'pnpm pack --pack-destination ../../dist',
  test: 'mocha',
  'test:watch': 'mocha -w',
  'build:typedefs': 'tsx scripts/build-typedefs.ts',
};

/** Our scripts that work there as they are. */
const KEPT_SCRIPTS = ['bench', 'demo', 'sandbox'];

/** The root of the monorepo has these, or its own tools do what they do here. */
const NOT_THERE = [
  '@babel/core',
  '@babel/plugin-proposal-object-rest-spread',
  '@babel/preset-typescript',
  '@eslint/js',
  '@openfn/adaptor-apis',
  '@openfn/simple-ast',
  'eslint',
  'globals',
  'jsdoc-babel',
  'jsdoc-to-markdown',
  'tsup',
  'typescript-eslint',
];

/** The package of the monorepo, with the version that the adaptor has there. */
export function monorepoPackage(ours: Package, version: string): Package {
  return {
    ..._.omit(ours, 'overrides'),
    version,
    scripts: { ...SCRIPTS, ..._.pick(ours.scripts, KEPT_SCRIPTS) },
    dependencies: {
      ...ours.dependencies,
      '@openfn/language-common': 'workspace:*',
    },
    devDependencies: {
      ..._.omit(ours.devDependencies, NOT_THERE),
      rimraf: '^3.0.2',
    },
  } as Package;
}
