import { WhatsAppError } from './errors';
import type { Call, Platform } from './platforms/platform';
import { send, type Answer } from './util';

const PAGE = 100;

/**
 * Where a list goes on, if it does: a last page has cursors too, but no `next`.
 * The address in `next` is never called: it may hold the token, or lead elsewhere.
 */
function cursorAfter(body: any): string | undefined {
  const { next, cursors } = body.paging ?? {};
  if (!next) return undefined;
  if (cursors?.after) return cursors.after;
  return URL.canParse(next)
    ? (new URL(next).searchParams.get('after') ?? undefined)
    : undefined;
}

function endless(url: string) {
  return new WhatsAppError('UNEXPECTED_ANSWER', {
    description: 'The list has more pages, and does not say where they are.',
    fix: 'Narrow the query, so that it fits into one page.',
    url,
  });
}

/** All pages of a list, as one answer. */
export async function sendAll(platform: Platform, call: Call): Promise<Answer> {
  const items: unknown[] = [];
  const seen = new Set<string | undefined>();
  let after: string | undefined;
  for (;;) {
    const answer = await send(platform, {
      ...call,
      query: { limit: PAGE, ...call.query, after },
      proves: body => Array.isArray(body?.data),
    });
    items.push(...answer.body.data);
    seen.add(after);
    after = cursorAfter(answer.body);
    if (!answer.body.paging?.next) return { ...answer, body: items };
    if (seen.has(after)) throw endless(answer.url);
  }
}
