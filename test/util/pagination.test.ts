import { expect } from 'chai';
import { listPhoneNumbers, listTemplates } from '../../src';
import { errorOf } from '../support/errors';
import { captureLog, configuration, mockApi, TOKEN } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';

const PATH = '/v25.0/987654321098765/message_templates';
const NEXT = `https://graph.facebook.com/v25.0/1/x?access_token=${TOKEN}&after=B`;

/** Answers one page after the other, and keeps which cursors were asked for. */
function answerPages(...pages: object[]) {
  const cursors: (string | null)[] = [];
  const api = mockApi();
  for (const page of pages)
    api
      .intercept({ method: 'GET', path: path => path.startsWith(PATH) })
      .reply(200, ({ path }) => {
        const { searchParams } = new URL(path, 'https://a.b');
        cursors.push(searchParams.get('after'));
        return page;
      });
  return cursors;
}

const list = () => listTemplates()({ configuration, data: {} });

describe('pagination', () => {
  it('returns the items of all pages in order', async () => {
    const cursors = answerPages(
      { data: [{ id: '1' }], paging: { cursors: { after: 'B' }, next: NEXT } },
      { data: [{ id: '2' }], paging: { cursors: { after: 'C' }, next: NEXT } },
      { data: [{ id: '3' }], paging: { cursors: { after: 'D' } } },
    );
    const { data, response } = await list();
    expect(data).to.eql([{ id: '1' }, { id: '2' }, { id: '3' }]);
    expect(cursors).to.eql([null, 'B', 'C']);
    expect(response.statusCode).to.equal(200);
  });

  it('ends without a next page, even if there is a cursor', async () => {
    const cursors = answerPages({
      data: [],
      paging: { cursors: { before: 'A', after: 'B' } },
    });
    expect((await list()).data).to.eql([]);
    expect(cursors).to.have.length(1);
  });

  it('ends if the response has no paging', async () => {
    answerPages({ data: [{ id: '1' }] });
    expect((await list()).data).to.have.length(1);
  });

  it('stays on the configured server, whatever host the next page names', async () => {
    const next = `https://evil.example/steal?after=B&access_token=${TOKEN}`;
    const cursors = answerPages(
      { data: [{ id: '1' }], paging: { cursors: { after: 'B' }, next } },
      { data: [{ id: '2' }] },
    );
    expect((await list()).data).to.have.length(2);
    expect(cursors).to.eql([null, 'B']);
  });

  it('reads the cursor from the next URL if there is no other', async () => {
    const cursors = answerPages(
      { data: [{ id: '1' }], paging: { next: NEXT } },
      { data: [{ id: '2' }] },
    );
    await list();
    expect(cursors).to.eql([null, 'B']);
  });

  it('keeps the next URL and the token out of state and logs', async () => {
    const { lines, stop } = captureLog();
    answerPages(
      { data: [{ id: '1' }], paging: { cursors: { after: 'B' }, next: NEXT } },
      { data: [{ id: '2' }] },
    );
    const { data, response } = await list();
    stop();
    const all = JSON.stringify([data, response, lines]);
    expect(all).not.to.contain(TOKEN);
    expect(all).not.to.contain('after=');
  });

  for (const [name, paging] of [
    ['the same cursor again', { cursors: { after: 'B' }, next: NEXT }],
    ['no cursor at all', { next: 'https://graph.facebook.com/' }],
    ['a next page that is no address', { next: 'more' }],
  ] as const)
    it(`does not loop forever with ${name}`, async () => {
      const page = { data: [{ id: '1' }], paging };
      answerPages(page, page, page);
      const error = await errorOf(list);
      expect(error.code).to.equal('UNEXPECTED_ANSWER');
      expect(JSON.stringify(error)).not.to.contain('after=');
    });

  it('throws if the response is not a list', async () => {
    answerPages({ data: { groups: [] } });
    expect((await errorOf(list)).code).to.equal('UNEXPECTED_ANSWER');
  });

  it('rejects query parameters that Meta would ignore', async () => {
    const error = await errorOf(() =>
      listTemplates({ stauts: 'APPROVED' } as any)({ configuration }),
    );
    expect(error.code).to.equal('INVALID_OPTIONS');
    expect(error.message).to.contain('stauts');
    expect(error.fix).to.contain('status');
  });
});

describe('pagination in the sandbox', () => {
  const sandbox = useSandbox();
  const state = () => ({ configuration: { ...sandbox.credential }, data: {} });

  it('returns all pages with one item each', async () => {
    const { data } = await listTemplates({ limit: 1 })(state());
    expect(data).to.have.length(6);
    expect(new Set(data.map(({ id }: any) => id)).size).to.equal(6);
    expect(sandbox.requests).to.have.length(6);
  });

  it('returns each item once when a page breaks off', async () => {
    sandbox.fault({ path: 'phone_numbers', reset: 'half', after: 1 });
    const { data } = await listPhoneNumbers({ limit: 1 })(state());
    expect(data.map(({ id }: any) => id)).to.eql([
      '123456789012345',
      '123456789012346',
    ]);
  });
});
