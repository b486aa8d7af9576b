import { expect } from 'chai';
import { compile } from './compile';

const body = (job: string) =>
  compile(job, { name: 'a', exports: ['sendMessage', 'fn', 'each'] })
    .split('\n')
    .slice(2)
    .join('\n');

describe('test compiler', () => {
  it('turns an argument with $ into a function', () => {
    expect(body('sendMessage($.data.phone, { text: $.data.text });')).to.equal(
      'export default [sendMessage(state => (state.data.phone), state => ({ text: state.data.text }))];',
    );
  });

  it('wraps the argument of the nearest call', () => {
    expect(body('each($.data, sendMessage($.data.to, f($.x)));')).to.equal(
      'export default [each(state => (state.data), sendMessage(state => (state.data.to), f(state => (state.x))))];',
    );
  });

  it('keeps other statements above the operations and imports used names', () => {
    const code = compile(`const a = 1;\nfn(s => s);`, {
      name: 'a',
      exports: ['sendMessage', 'fn'],
    });
    expect(code.split('\n')).to.eql([
      `import { fn } from 'a';`,
      `export { execute } from 'a';`,
      'const a = 1;',
      'export default [fn(s => s)];',
    ]);
  });
});
