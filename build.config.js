// Read by OpenFn's monorepo build too, beside tsup.config.js.
export default () => ({ entry: ['src/index.ts'] });
