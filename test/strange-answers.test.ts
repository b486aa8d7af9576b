import { expect } from 'chai';
import fc from 'fast-check';
import {
  blockUsers,
  getAnalytics,
  getBusinessProfile,
  getPhoneNumber,
  getTemplate,
  listBlockedUsers,
  listPhoneNumbers,
  listTemplates,
  metadata,
  sendTemplate,
  unblockUsers,
} from '../src';
import { WhatsAppError } from '../src/errors/error';
import { configuration, mockApi, restore, skipWaits } from './support/fixtures';

const KEYS = [
  'data',
  'paging',
  'next',
  'cursors',
  'after',
  'id',
  'name',
  'language',
  'status',
  'components',
  'type',
  'format',
  'text',
  'buttons',
  'block_users',
  'added_users',
  'failed_users',
  'errors',
  'error',
  'code',
  'analytics',
  'data_points',
  '__proto__',
];

const { answer } = fc.letrec<{ answer: unknown }>(tie => ({
  answer: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom(null, true, 0, 1e17, '', 'hello_world', 'BODY', 'en_US'),
    fc.array(tie('answer'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('answer'), { maxKeys: 5 }),
  ),
}));

const list = fc.record({ data: fc.array(answer, { maxLength: 4 }) });
const templates = fc.record({
  data: fc.array(
    fc.record({
      id: answer,
      name: fc.constant('hello_world'),
      language: fc.constantFrom('en_US', 'sw'),
      status: fc.constantFrom('APPROVED', 'PENDING'),
      components: fc.oneof(
        answer,
        fc.array(
          fc.record(
            {
              type: fc.constantFrom('HEADER', 'BODY', 'BUTTONS', 'x'),
              text: answer,
              format: answer,
              buttons: fc.oneof(
                answer,
                fc.array(
                  fc.record({ type: answer, text: answer, url: answer }),
                ),
              ),
            },
            { requiredKeys: ['type'] },
          ),
        ),
      ),
    }),
    { maxLength: 3 },
  ),
});

const state = () => ({ configuration: { ...configuration }, data: {} });
const MAY = { start: '2026-05-01', end: '2026-05-31' };

const operations: [string, () => Promise<unknown>][] = [
  ['listTemplates', () => listTemplates()(state())],
  ['getTemplate', () => getTemplate('hello_world')(state())],
  ['listPhoneNumbers', () => listPhoneNumbers()(state())],
  ['getPhoneNumber', () => getPhoneNumber()(state())],
  ['getBusinessProfile', () => getBusinessProfile()(state())],
  ['getAnalytics', () => getAnalytics('messaging', MAY)(state())],
  [
    'getAnalytics of templates',
    () => getAnalytics('template', { ...MAY, template_ids: ['1'] })(state()),
  ],
  ['blockUsers', () => blockUsers('+254712345678')(state())],
  ['unblockUsers', () => unblockUsers('+254712345678')(state())],
  ['listBlockedUsers', () => listBlockedUsers()(state())],
  ['metadata', () => metadata({ ...configuration })],
];

/** Every call gets this answer. */
function answerAll(status: number, body: unknown) {
  const api = mockApi();
  for (const method of ['GET', 'POST', 'DELETE'])
    api
      .intercept({ method, path: () => true })
      .reply(status, JSON.stringify(body))
      .persist();
  return api;
}

/** Done, or an error that says what happened: never a TypeError. */
async function check(run: () => Promise<unknown>) {
  const error = await run().then(
    () => undefined,
    reason => reason,
  );
  restore();
  if (error) expect(error).to.be.instanceOf(WhatsAppError);
}

describe('random responses', () => {
  for (const [name, run] of operations)
    it(`make ${name} succeed or throw a WhatsAppError`, () =>
      fc.assert(
        fc.asyncProperty(
          fc.oneof(answer, list, templates),
          fc.constantFrom(200, 400),
          async (body, status) => {
            skipWaits();
            answerAll(status, body);
            await check(run);
          },
        ),
        { numRuns: 150 },
      ));

  it('do not hide a template error if the definition is malformed', () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(list, templates), async definitions => {
        skipWaits();
        const api = mockApi();
        api
          .intercept({ method: 'POST', path: () => true })
          .reply(400, { error: { code: 132000, message: 'No.' } });
        api
          .intercept({ path: () => true })
          .reply(200, JSON.stringify(definitions))
          .persist();
        const error = await sendTemplate('+254712345678', {
          name: 'hello_world',
          body: ['a'],
        })(state()).catch(reason => reason);
        restore();
        expect(error.code).to.be.within(132000, 132016);
      }),
      { numRuns: 300 },
    ));
});
