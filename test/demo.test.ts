import { execFileSync } from 'node:child_process';
import { expect } from 'chai';

describe('npm run demo -- --text', () => {
  it('shows the round trip in fewer than 150 lines, with those of npm', () => {
    const output = execFileSync(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--no-warnings',
        '--import=tsx',
        'scripts/demo.ts',
        '--text',
      ],
      { encoding: 'utf8' },
    );
    expect(output.split('\n').length).to.be.below(138);
    expect(output).to.contain('[ Confirm ]');
    expect(output).to.contain('Thank you, we will see you then.');
    expect(output).to.contain('The same job on an On-Premise API');
    expect(output).to.contain('Nothing left this machine.');
  });
});
