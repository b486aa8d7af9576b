import { requireMessageId } from './messages/message';
import { readNumberOptions } from './options';
import type { Platform } from './platforms/platform';
import { send } from './util/client';

/** Tells the sender of a message that it was read. */
export async function markAsRead(
  platform: Platform,
  id: unknown,
  given: unknown,
) {
  const { typing } = readNumberOptions(given, ['typing']);
  const messageId = requireMessageId(id, 'messageId');
  return send(platform, platform.markAsRead(messageId, { typing }));
}
