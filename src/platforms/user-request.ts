import _ from 'lodash';
import { isFilled } from '../validation';
import { json, type Call, type Idempotency } from '../util/call';

const isReadReceipt = (body: unknown) =>
  _.get(body, 'status') === 'read' && !_.has(body, 'to');

/** The idempotency of a user-defined request. */
function idempotencyOf(
  method: string,
  path: string,
  body: unknown,
): Idempotency {
  if (!/^(POST|PATCH)$/.test(method)) return 'safe';
  const edge = _.trimEnd(path.split('?')[0], '/').split('/').pop() ?? '';
  if (!/^(marketing_)?messages(_encrypted)?$/.test(edge)) return 'create';
  return isReadReceipt(body) ? 'safe' : 'message';
}

/** Builds a user-defined request whose path is resolved. */
export function userCall(method: string, path: string, body: unknown): Call {
  const idempotency = idempotencyOf(method, path, body);
  return {
    method,
    path,
    idempotency,
    isUserPath: true,
    ...(isFilled(body) && json(body)),
  };
}
