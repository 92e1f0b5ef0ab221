import type { LedgerEvent } from '#lib/core/event.ts';
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

async function* readLines(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return;
  let rest = '';
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const lines = (rest + chunk.value).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line) yield line;
    }
    if (rest) yield rest;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
