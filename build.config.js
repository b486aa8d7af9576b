// Read by OpenFn's monorepo build too, which knows nothing of tsup.config.js.
export default () => ({ entry: ['src/index.ts'] });
