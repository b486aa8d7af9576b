import { expect } from 'chai';
import { connect } from '../src/configuration';
import { stateOfVersion } from '../src/graph-versions';

const at = (day: string) => Date.parse(`${day}T12:00:00Z`);

describe('versions of the Graph API', () => {
  it('end on the day that Meta has announced', () => {
    expect(stateOfVersion('v21.0', at('2026-10-01')).state).to.equal('good');
    expect(stateOfVersion('v21.0', at('2026-11-26'))).to.eql({
      state: 'ending',
      on: '2027-01-21',
    });
    expect(stateOfVersion('v21.0', at('2027-01-21')).state).to.equal('ending');
    expect(stateOfVersion('v21.0', at('2027-01-23')).state).to.equal('ended');
  });

  it('have ended if they are older, and go on if they are newer', () => {
    expect(stateOfVersion('v9.0').state).to.equal('ended');
    expect(stateOfVersion('v99.0').state).to.equal('good');
  });

  it('are an error in the credential once they have ended', () => {
    const graph = 'https://graph.facebook.com';
    for (const credential of [
      { baseUrl: `${graph}/v19.0` },
      { baseUrl: graph, apiVersion: 'v12.0' },
    ])
      expect(() => connect(credential)).to.throw('has ended');
    expect(connect({ baseUrl: 'https://proxy.org/v12.0' }).baseUrl).to.equal(
      'https://proxy.org/v12.0',
    );
  });
});
