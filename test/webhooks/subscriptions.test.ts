import { expect } from 'chai';
import { subscribeWebhook, unsubscribeWebhook } from '../support/adaptor';
import { errorOf } from '../support/errors';
import { configuration } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';

const SECOND_NUMBER = '123456789012346';

describe('subscribeWebhook', () => {
  const sandbox = useSandbox();

  it('subscribes with a custom callback URL and unsubscribes', async () => {
    const state = { configuration: sandbox.credential, data: {} };
    await subscribeWebhook()(state);
    expect(sandbox.subscription).to.eql({
      override_callback_uri: undefined,
      verify_token: undefined,
    });
    const callbackUrl = 'https://example.org/hook';
    const { data } = await subscribeWebhook({
      callbackUrl,
      verifyToken: 'word',
    })(state);
    expect(data).to.eql({ success: true });
    expect(sandbox.subscription).to.eql({
      override_callback_uri: callbackUrl,
      verify_token: 'word',
    });
    await unsubscribeWebhook()(state);
    expect(sandbox.subscription).to.equal(undefined);
  });

  describe('for one number', () => {
    const state = () => ({ configuration: sandbox.credential, data: {} });
    const override = {
      callbackUrl: 'https://example.org/hotline',
      verifyToken: 'word',
    };
    const configured = () =>
      sandbox.numbers.get(SECOND_NUMBER)?.webhook_configuration;

    it('sets its callback URL and removes it, and leaves the account alone', async () => {
      await subscribeWebhook({ ...override, phoneNumberId: SECOND_NUMBER })(
        state(),
      );
      expect(configured()).to.eql({ phone_number: override.callbackUrl });
      expect(sandbox.subscription).to.equal(undefined);
      await unsubscribeWebhook({ phoneNumberId: SECOND_NUMBER })(state());
      expect(configured()).to.eql({ phone_number: '' });
      expect(sandbox.requests.map(({ path }) => path)).to.eql([
        `/v25.0/${SECOND_NUMBER}`,
        `/v25.0/${SECOND_NUMBER}`,
      ]);
    });

    it('requires callbackUrl and says how to remove it', async () => {
      const error = await errorOf(() =>
        subscribeWebhook({ phoneNumberId: SECOND_NUMBER })(state()),
      );
      expect(error.code).to.equal('INVALID_OPTIONS');
      expect(error.fix).to.contain('unsubscribeWebhook({ phoneNumberId })');
    });

    it('rejects an ID without a value instead of unsubscribing the account', async () => {
      const error = await errorOf(() =>
        unsubscribeWebhook({ phoneNumberId: (s: any) => s.data.nope })(state()),
      );
      expect(error.description).to.contain('`phoneNumberId` is undefined');
      expect(sandbox.requests).to.eql([]);
    });
  });

  it('requires wabaId', async () => {
    const { wabaId: _gone, ...rest } = configuration;
    const error = await errorOf(() =>
      subscribeWebhook()({ configuration: rest }),
    );
    expect(error.message).to.contain('wabaId');
  });

  for (const options of [
    { callbackUrl: 'https://example.org' },
    { verifyToken: 'word' },
    { callbackUrl: 'http://example.org', verifyToken: 'word' },
    { callbackUrl: `https://example.org/${'a'.repeat(200)}`, verifyToken: 'w' },
  ])
    it(`rejects ${JSON.stringify(options).slice(0, 60)}`, async () => {
      const error = await errorOf(() =>
        subscribeWebhook(options)({ configuration }),
      );
      expect(error.code).to.equal('INVALID_OPTIONS');
    });
});
