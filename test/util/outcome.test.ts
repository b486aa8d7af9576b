import { expect } from 'chai';
import { targetOf } from '../../src/util/url';
import { open } from '../../src/platforms';
import type { Call } from '../../src/util/call';
import { classify } from '../../src/util/outcome';
import { configuration } from '../support/fixtures';

const platform = open(configuration);
const call: Call = {
  method: 'POST',
  path: '/1/messages',
  idempotency: 'message',
};
const target = targetOf(platform, { ...call, query: { a: 'b' } });

const outcomeOf = (code: string, requestSent = false): any =>
  classify(
    {
      requestSent,
      statusCode: 0,
      headers: {},
      body: Buffer.alloc(0),
      failure: Object.assign(new Error('broken'), { code }),
    },
    { transport: platform, target, call },
  );

describe('outcome', () => {
  for (const code of [
    'ECONNREFUSED',
    'ENOTFOUND',
    'UND_ERR_CONNECT_TIMEOUT',
    'ECONNRESET',
  ])
    it(`allows a retry of a message after ${code} if nothing was sent`, () => {
      const { repeat, error } = outcomeOf(code);
      expect(repeat).to.be.true;
      expect(error.code).to.equal('CONNECTION_FAILED');
    });

  it('allows no retry of a message after ECONNRESET if the request was sent', () => {
    const { repeat, error } = outcomeOf('ECONNRESET', true);
    expect(repeat).to.be.false;
    expect(error.code).to.equal('DELIVERY_UNKNOWN');
  });

  for (const code of [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ])
    it(`allows no retry after the certificate error ${code}`, () => {
      const { repeat, error } = outcomeOf(code);
      expect(repeat).to.be.false;
      expect(error.code).to.equal('CERTIFICATE_NOT_TRUSTED');
      expect(error.fix).to.contain('ca');
    });

  it('includes the URL without its query', () => {
    expect(outcomeOf('ENOTFOUND').error.url).to.equal(
      'https://graph.facebook.com/v25.0/1/messages',
    );
  });

  /** What a response proves of a call. */
  const classifyResponse = (
    statusCode: number,
    body: unknown,
    more: Partial<Call> = {},
  ): any =>
    classify(
      {
        requestSent: true,
        statusCode,
        headers: {},
        body: Buffer.from(JSON.stringify(body)),
      },
      { transport: platform, target, call: { ...call, ...more } },
    );

  const ambiguous: [status: number, body: object][] = [
    [400, { error: { code: 131000 } }],
    [400, { error: { code: 99999, is_transient: true } }],
    [500, { error: { code: 99999 } }],
    [500, {}],
    [502, { message: 'x' }],
    [503, { message: 'Service Unavailable' }],
  ];
  for (const [status, body] of ambiguous) {
    const text = `${status} ${JSON.stringify(body)}`;
    it(`is unknown for a message after ${text}`, () => {
      const { error, repeat } = classifyResponse(status, body);
      expect(repeat).to.be.false;
      expect(error.code).to.equal('DELIVERY_UNKNOWN');
    });

    it(`is unknown for other POST requests after ${text}`, () => {
      const { error, repeat } = classifyResponse(status, body, {
        idempotency: 'create',
      });
      expect(repeat).to.be.false;
      expect(error.code).to.equal('OUTCOME_UNKNOWN');
    });

    it(`allows a retry of a safe call after ${text}`, () => {
      const { repeat } = classifyResponse(status, body, {
        idempotency: 'safe',
      });
      expect(repeat).to.be.true;
    });
  }
});
