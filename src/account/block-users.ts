import _ from 'lodash';
import { emptyValue, fromMeta, invalidRecipient, toRow } from '../errors/error';
import type { MetaError } from '../errors/catalogue';
import {
  mask,
  parseRecipients,
  type RecipientFields,
} from '../messages/recipient';
import { parameters, readQuery } from '../validation';
import { getAllPages } from '../util/pagination';
import { json } from '../util/call';
import type { Platform } from '../platforms/platform';
import { send } from '../util/client';
import type { ApiResponse } from '../util/call';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/block-users

const EDGE = 'block_users';
const SOME_FAILED = 139100;
const NOT_WRITTEN = 131047;

interface FailedUser {
  input?: string;
  wa_id?: string;
  errors?: any[];
}

const userOf = (recipient: RecipientFields) => {
  if ('recipient' in recipient) return { user_id: recipient.recipient };
  if (recipient.recipient_type === 'individual') return { user: recipient.to };
  throw invalidRecipient(
    "Groups can't be blocked.",
    'Pass phone numbers or business-scoped user IDs.',
  );
};

function checkUsers(given: unknown, users: unknown[]) {
  if (!_.isNil(given) && users.length) return;
  throw emptyValue(
    invalidRecipient,
    'users',
    given,
    "Example: blockUsers(['+254712345678']).",
  );
}

function readUsers(platform: Platform, given: unknown) {
  const { defaultCountry } = platform.connection;
  const users = _.castArray(given);
  checkUsers(given, users);
  return parseRecipients(users, 'users', defaultCountry).map(userOf);
}

const errorOf = (error: any): MetaError => ({
  code: Number(error?.code),
  details: [error?.error_data?.details, error?.message].find(_.isString),
});

/** For other operations this code is about sending, and so is its advice. */
const ADVICE = {
  description: 'This person has not written to you in the last 24 hours.',
  fix: 'Block the user within 24 hours of their next message.',
};

function explain(error: unknown) {
  const meta = errorOf(error);
  return toRow(fromMeta(meta, meta.code === NOT_WRITTEN ? ADVICE : {}));
}

type Done = 'added_users' | 'removed_users';

interface Report {
  block_users: { [list in Done]?: unknown[] } & { failed_users: FailedUser[] };
}

const failedOf = (body: unknown): FailedUser[] =>
  _.filter(
    _.get(body, 'block_users.failed_users'),
    _.isPlainObject,
  ) as FailedUser[];

/** Each failed user gets the same advice as a thrown error. Both lists are always present, even if empty. */
const reportOf = (done: Done) => (body: Partial<Report>) => ({
  ..._.omit(body, 'error'),
  block_users: {
    [done]: [],
    ...body.block_users,
    failed_users: failedOf(body).map(({ errors, ...user }) => ({
      ...user,
      errors: _.map(errors, explain),
    })),
  },
});

/** Throws only if it failed for every user; otherwise the response lists who succeeded. */
function refuse({ body, method, url, statusCode }: ApiResponse): never {
  const problems = failedOf(body).flatMap(({ input, wa_id, errors }) =>
    _.map(errors, error => `${mask({ to: input ?? wa_id })} ${error.message}`),
  );
  throw fromMeta(
    { code: SOME_FAILED, details: problems.join(' ') },
    {
      description: 'No user could be blocked or unblocked.',
      fix: 'See the details for the reason for each user.',
      ...{ method, url, statusCode, problems },
    },
  );
}

function change(method: string, operation: string, done: Done) {
  return async (platform: Platform, users: unknown): Promise<ApiResponse> => {
    const path = platform.graph(operation).number(EDGE);
    const list = readUsers(platform, users);
    const answer = await send(platform, {
      method,
      path,
      idempotency: 'safe',
      isPartialSuccess: body => failedOf(body).length > 0,
      isExpected: body => _.isPlainObject(body?.block_users),
      transform: reportOf(done),
      ...json({ messaging_product: 'whatsapp', block_users: list }),
    });
    const { failed_users: failed, [done]: changed } = (answer.body as Report)
      .block_users;
    return failed.length && !changed?.length ? refuse(answer) : answer;
  };
}

export const blockUsers = change('POST', 'blockUsers()', 'added_users');
export const unblockUsers = change('DELETE', 'unblockUsers()', 'removed_users');

/** For the log: how many users succeeded and how many failed. */
export function countUsers({ body }: { body: Report }): string {
  const { added_users, removed_users = [], failed_users } = body.block_users;
  const done = added_users
    ? `Blocked ${added_users.length}`
    : `Unblocked ${removed_users.length}`;
  return `${done} users, ${failed_users.length} failed`;
}

export async function listBlockedUsers(platform: Platform, given: unknown) {
  const answer = await getAllPages(platform, {
    method: 'GET',
    path: platform.graph('listBlockedUsers()').number(EDGE),
    query: readQuery(given, parameters('limit')),
    idempotency: 'safe',
  });
  // Sources disagree on whether the rows have an extra wrapper.
  const rows = _.flatMap(answer.body, row => row?.block_users ?? row);
  return { ...answer, body: rows };
}
