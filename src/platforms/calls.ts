// What calls of both platforms have in common.
import _ from 'lodash';
import { isFilled } from '../messages/checks';
import type { Call } from './platform';

export const MEDIA_TIMEOUT = 5 * 60_000;

export const json = (body: unknown) => ({
  headers: { 'content-type': 'application/json' },
  body: () => JSON.stringify(body),
});

const isReadReceipt = (body: unknown) => _.get(body, 'status') === 'read';

/** What a call that a user writes would do, if it were made twice. */
function effectOf(method: string, path: string, body: unknown): Call['effect'] {
  if (!/^(POST|PATCH)$/.test(method)) return 'none';
  const edge = path.split('?')[0].replace(/\/+$/, '').split('/').pop() ?? '';
  if (!/^(marketing_)?messages(_encrypted)?$/.test(edge)) return 'creates';
  return isReadReceipt(body) ? 'none' : 'sends';
}

/** A call that a user writes, after it is known where its path leads. */
export const userCall = (
  method: string,
  path: string,
  body: unknown,
): Call => ({
  method,
  path,
  effect: effectOf(method, path, body),
  isWritten: true,
  ...(isFilled(body) && json(body)),
});
