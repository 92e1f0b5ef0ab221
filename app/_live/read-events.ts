import type { LedgerEvent } from '#lib/core/event.ts';
import { readLines } from './read-lines.ts';
import { request } from './request.ts';
import { threadPath } from './thread-path.ts';

/** Events of a thread as NDJSON, each handed on as its line arrives. `query` is `after=` or `before=` with an optional limit. */
export async function* readEvents(threadId: string, query: string, signal?: AbortSignal): AsyncGenerator<LedgerEvent> {
  const response = await request(threadPath(threadId, `/events?${query}`), {
    headers: { accept: 'application/x-ndjson' },
    signal,
  });
  for await (const line of readLines(response)) yield JSON.parse(line) as LedgerEvent;
}
