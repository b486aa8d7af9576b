import build from './build.config.js';

export default {
  ...build(),
  format: ['esm', 'cjs'],
  target: 'node20',
  platform: 'node',
  splitting: false,
  clean: true,
};
