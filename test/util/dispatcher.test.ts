import { expect } from 'chai';
import { exchange } from '../../src/util/dispatcher';

const REQUEST = { origin: 'https://a.org', path: '/', method: 'GET' } as const;

/** A dispatcher that does to a request what a test says. */
const dispatcherThat = (act: (handler: any, controller: any) => void): any => ({
  dispatch(_options: unknown, handler: any) {
    const controller = {
      abort: (reason: Error) => handler.onResponseError(controller, reason),
    };
    handler.onRequestStart(controller);
    act(handler, controller);
  },
});

describe('exchange', () => {
  it('keeps the error of a response that ends after a failure', async () => {
    const broken = new Error('reset');
    const result = await exchange(
      dispatcherThat((handler, controller) => {
        handler.onResponseStart(controller, 200, {});
        handler.onResponseData(controller, Buffer.from('{"half":'));
        handler.onResponseError(controller, broken);
        handler.onResponseEnd(controller, {});
      }),
      REQUEST,
      {},
    );
    expect(result.failure).to.equal(broken);
    expect(String(result.body)).to.equal('{"half":');
  });

  it('aborts a response that is too large', async () => {
    const result = await exchange(
      dispatcherThat((handler, controller) => {
        handler.onResponseStart(controller, 200, {});
        handler.onResponseData(controller, Buffer.alloc(11));
        handler.onResponseEnd(controller, {});
      }),
      REQUEST,
      { maxBytes: 10 },
    );
    expect(result.failure).to.include({ code: 'RESPONSE_TOO_LARGE' });
  });

  it('reports the request as not sent if there is no connection', async () => {
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    const dispatcher: any = {
      dispatch: (_options: unknown, handler: any) =>
        handler.onResponseError(undefined, refused),
    };
    const result = await exchange(dispatcher, REQUEST, {});
    expect(result).to.include({ requestSent: false, failure: refused });
  });

  it('times out if nothing happens', async () => {
    const result = await exchange(
      dispatcherThat(() => undefined),
      REQUEST,
      {
        timeout: 5,
      },
    );
    expect(result.failure).to.include({ code: 'TIMEOUT' });
    expect(result.requestSent).to.be.true;
  });

  it('sends nothing if the connection opens after the timeout', async () => {
    let sent = false;
    const dispatcher: any = {
      dispatch: (_options: unknown, handler: any) =>
        setTimeout(
          () =>
            handler.onRequestStart({
              abort: (reason: Error) => handler.onResponseError({}, reason),
            }),
          20,
        ),
    };
    const result = await exchange(dispatcher, REQUEST, {
      timeout: 5,
      onRequestSent: () => (sent = true),
    });
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(result).to.include({ requestSent: false });
    expect(sent).to.be.false;
  });
});
