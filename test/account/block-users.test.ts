import { expect } from 'chai';
import { listBlockedUsers, unblockUsers } from '../../src';
import { blockUsers, sendMessage } from '../support/adaptor';
import { errorOf } from '../support/errors';
import { captureLog, configuration, mockApi } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';

const [AMINA, JOSEPH] = ['254712345678', '254722000111'];

describe('blockUsers', () => {
  const sandbox = useSandbox();
  const state = (more = {}) => ({
    configuration: { ...sandbox.credential, ...more },
    data: {},
  });
  beforeEach(() => {
    sandbox.receive({ from: AMINA, text: 'Spam' });
  });

  it('blocks users, which are then listed and unblocked', async () => {
    const { data } = await blockUsers(`+${AMINA}`)(state());
    expect(data.block_users).to.eql({
      added_users: [{ input: `+${AMINA}`, wa_id: AMINA }],
      failed_users: [],
    });
    const refused = await errorOf(() => sendMessage(AMINA, 'Hi')(state()));
    expect(refused.code).to.equal(130403);
    const blocked = await listBlockedUsers()(state());
    expect(blocked.data).to.eql([
      { messaging_product: 'whatsapp', wa_id: AMINA },
    ]);

    const done = await unblockUsers([AMINA])(state());
    expect(done.data.block_users.removed_users).to.have.length(1);
    expect(done.data.block_users.failed_users).to.eql([]);
    expect(sandbox.blocked).to.eql([]);
    await sendMessage(AMINA, 'Hi')(state());
  });

  it('returns an error per user that could not be blocked', async () => {
    const { lines, stop } = captureLog();
    const { data, response } = await blockUsers([AMINA, JOSEPH])(state());
    stop();
    expect(sandbox.blocked).to.eql([AMINA]);
    const { added_users, failed_users } = data.block_users;
    expect(added_users.map(({ wa_id }: any) => wa_id)).to.eql([AMINA]);
    expect(failed_users).to.have.length(1);
    expect(failed_users[0]).to.include({ wa_id: JOSEPH });
    const [error] = failed_users[0].errors;
    expect(error).to.include({ code: 131047, retryable: false });
    expect(error.details).to.contain('24 hours');
    expect(error.fix).to.contain('within 24 hours of their next message');
    expect(data).not.to.have.property('error');
    expect(response.statusCode).to.equal(400);
    expect(lines.at(-1)).to.contain('Blocked 1 users, 1 failed');
  });

  it('throws with the reason, and no phone number, if all users fail', async () => {
    const error = await errorOf(() => blockUsers([JOSEPH])(state()));
    expect(error.code).to.equal(139100);
    expect(error.details).to.contain(
      '…111 131047: This person has not written',
    );
    expect(JSON.stringify(error)).not.to.contain(JOSEPH);
  });

  it('retries after a broken connection', async () => {
    sandbox.fault({ path: 'block_users', reset: 'after' });
    await blockUsers(AMINA)(state());
    expect(sandbox.blocked).to.eql([AMINA]);
  });

  it('unblocks with a DELETE body, and sends BSUIDs as user_id', async () => {
    const seen: any = {};
    mockApi()
      .intercept({ method: 'DELETE', path: /block_users/ })
      .reply(200, ({ body }) => {
        seen.body = JSON.parse(String(body));
        return { block_users: { removed_users: [] } };
      });
    await unblockUsers(['KE.1A2b', '0712 345 678'])({
      configuration: { ...configuration, defaultCountry: 'KE' },
    });
    expect(seen.body).to.eql({
      messaging_product: 'whatsapp',
      block_users: [{ user_id: 'KE.1A2b' }, { user: '+254712345678' }],
    });
  });

  it('lists users from a nested response, too', async () => {
    mockApi()
      .intercept({ path: /block_users/ })
      .reply(200, { data: [{ block_users: [{ wa_id: AMINA }] }] });
    const { data } = await listBlockedUsers()({ configuration });
    expect(data).to.eql([{ wa_id: AMINA }]);
  });

  for (const users of [[], undefined, [{ group: 'a' }], ['0712 345 678']])
    it(`rejects ${JSON.stringify(users)}`, async () => {
      const error = await errorOf(() => blockUsers(users as any)(state()));
      expect(error.code).to.equal('INVALID_RECIPIENT');
      expect(sandbox.requests).to.have.length(0);
    });

  it('omits users without an ID in the response', async () => {
    const failed_users = [null, 'x', { wa_id: JOSEPH, errors: [null] }];
    const added_users = [{ wa_id: AMINA }];
    mockApi()
      .intercept({ method: 'POST', path: /block_users/ })
      .reply(400, { block_users: { added_users, failed_users } });
    const { data } = await blockUsers([AMINA, JOSEPH])({ configuration });
    expect(data.block_users.failed_users).to.have.length(1);
    expect(data.block_users.failed_users[0].wa_id).to.equal(JOSEPH);
  });

  it('returns both lists, even if the response has neither', async () => {
    mockApi()
      .intercept({ method: 'POST', path: /block_users/ })
      .reply(200, { block_users: {} });
    const { data } = await blockUsers(AMINA)({ configuration });
    expect(data.block_users).to.eql({ added_users: [], failed_users: [] });
  });

  it('throws if the response mentions no users', async () => {
    mockApi()
      .intercept({ method: 'POST', path: /block_users/ })
      .reply(200, { success: true });
    const error = await errorOf(() => blockUsers(AMINA)({ configuration }));
    expect(error.code).to.equal('UNEXPECTED_ANSWER');
  });

  for (const body of [null, [], {}, { error: { code: 139103 } }, 'x'])
    it(`throws a WhatsAppError for the response ${JSON.stringify(body)}`, async () => {
      mockApi()
        .intercept({ method: 'POST', path: /block_users/ })
        .reply(400, body as any)
        .persist();
      const error = await errorOf(() => blockUsers(AMINA)({ configuration }));
      expect(error.name).to.equal('WhatsAppError');
    });
});
