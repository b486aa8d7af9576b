import { WhatsAppError } from '../errors/error';
import type { ApiResponse, Call, Transport } from './call';
import { send } from './client';

const PAGE = 100;
/** Pages may be empty where others can't be seen, but not this many in a row. */
const MAX_EMPTY_PAGES = 10;
const MAX_PAGES = 10_000;

interface Paging {
  next: string;
  cursors?: { after?: unknown };
}

/** Reads the cursor; the URL in `next` is never called, since it may contain the token or another host. */
function cursorAfter({ next, cursors }: Paging): string | undefined {
  if (typeof cursors?.after === 'string') return cursors.after;
  return URL.canParse(next)
    ? (new URL(next).searchParams.get('after') ?? undefined)
    : undefined;
}

function endless(url: string) {
  return new WhatsAppError('UNEXPECTED_ANSWER', {
    description:
      'The list has more pages, but the response is missing the cursor.',
    fix: 'Narrow the query to get a single page.',
    url,
  });
}

/** Reads all pages of a list as one response. The last page has cursors but no `next`. */
export async function getAllPages(
  transport: Transport,
  call: Call,
): Promise<ApiResponse> {
  const items: unknown[] = [];
  const seen = new Set<string>();
  let after: string | undefined;
  let emptyPages = 0;
  for (;;) {
    const answer = await send(transport, {
      ...call,
      query: { limit: PAGE, ...call.query, after },
      isExpected: body => Array.isArray(body?.data),
    });
    const { data, paging } = answer.body;
    for (const item of data) items.push(item);
    emptyPages = data.length ? 0 : emptyPages + 1;
    if (!paging?.next) return { ...answer, body: items };
    after = cursorAfter(paging);
    const isEndless = emptyPages > MAX_EMPTY_PAGES || seen.size >= MAX_PAGES;
    if (!after || seen.has(after) || isEndless) throw endless(answer.url);
    seen.add(after);
  }
}
