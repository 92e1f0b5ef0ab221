import type { Context } from '#lib/context.ts';
import type { LedgerEvent } from '#lib/core/event.ts';
import { type EventRange, readEvents } from '#lib/ledger/read-events.ts';
import { requireThread } from './require-thread.ts';

/** Events of a thread in order, in batches. Throws `not-found` before the first batch. */
export async function readThreadEvents(
  context: Context,
  { threadId, ...filter }: { threadId: string } & EventRange,
): Promise<AsyncGenerator<LedgerEvent[]>> {
  await requireThread(context, threadId);
  return readEvents(context.database, threadId, filter);
}
