import _ from 'lodash';
import { isFilled } from '../validation';
import { json, type Call, type Idempotency } from '../util/call';

const isReadReceipt = (body: unknown) => _.get(body, 'status') === 'read';

/** What a call that a user writes would do, if it were made twice. */
function idempotencyOf(
  method: string,
  path: string,
  body: unknown,
): Idempotency {
  if (!/^(POST|PATCH)$/.test(method)) return 'safe';
  const edge = path.split('?')[0].replace(/\/+$/, '').split('/').pop() ?? '';
  if (!/^(marketing_)?messages(_encrypted)?$/.test(edge)) return 'create';
  return isReadReceipt(body) ? 'safe' : 'message';
}

/** A call that a user writes, after it is known where its path leads. */
export const userCall = (
  method: string,
  path: string,
  body: unknown,
): Call => ({
  method,
  path,
  idempotency: idempotencyOf(method, path, body),
  isUserPath: true,
  ...(isFilled(body) && json(body)),
});
