import type { Context } from '#lib/context.ts';
import type { EventFilter } from '#lib/ledger/event-filter.ts';
import { listSeqs } from '#lib/ledger/list-seqs.ts';
import { requireThread } from '#lib/threads/require-thread.ts';

/** Where in a thread's ledger the events of a filter stand. `through` is how far the ledger went: ask again with it as `after` for what came since. */
export async function listEventSeqs(
  context: Context,
  { threadId, ...filter }: { threadId: string; after?: number } & EventFilter,
): Promise<{ seqs: number[]; through: number }> {
  const { state } = await requireThread(context, threadId);
  const seqs = await listSeqs(context.database, threadId, filter);
  return { seqs, through: Math.max(state.seq, seqs.at(-1) ?? 0) };
}
