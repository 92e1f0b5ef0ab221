import type { LedgerEvent } from '#lib/core/event.ts';
import { readThreadEvents } from '#lib/threads/read-thread-events.ts';
import { readEventsOperation } from '../../../_contract/thread-history.ts';
import { handle } from '../../../_server/handle.ts';
import { liveEvents } from '../../../_server/live-events.ts';
import { streamResponse } from '../../../_server/stream-response.ts';

export const GET = handle(readEventsOperation, async (context, input, request) => {
  if (request.headers.get('accept')?.includes('text/event-stream')) {
    const resumed = /^\d{1,10}$/.exec(request.headers.get('last-event-id') ?? '')?.[0];
    return liveEvents(context, { ...input, after: resumed === undefined ? input.after : Number(resumed) }, request);
  }
  return streamResponse(lines(await readThreadEvents(context, input)), 'application/x-ndjson; charset=utf-8');
});

async function* lines(batches: AsyncGenerator<LedgerEvent[]>): AsyncGenerator<string> {
  for await (const batch of batches) yield batch.map((event) => `${JSON.stringify(event)}\n`).join('');
}
