import type { Context } from '#lib/context.ts';
import type { LedgerEvent } from '#lib/core/event.ts';
import type { GraphRun } from '#lib/core/thread-graph.ts';
import type { EventFilter } from '#lib/ledger/event-filter.ts';
import { listSeqs } from '#lib/ledger/list-seqs.ts';
import { readEvents } from '#lib/ledger/read-events.ts';
import { requireThread } from '#lib/threads/require-thread.ts';
import { readGraphRuns } from './read-graph-runs.ts';

type OpenTimeline = { threadId: string; filter: EventFilter; at: number | null; pageSize: number };

/**
 * A ledger through a filter as a face begins with it: where its events stand (`seqs` null: everywhere up to `through`), the page of `pageSize` events
 * that holds `at` or the end, with the one before it, and which runs and agents there are.
 */
export async function openTimeline(
  context: Context,
  { threadId, filter, at, pageSize }: OpenTimeline,
): Promise<{ seqs: number[] | null; through: number; first: LedgerEvent[]; runs: GraphRun[]; agents: string[] }> {
  const { state } = await requireThread(context, threadId);
  const { database } = context;
  const through = state.seq;
  const isWhole = Object.values(filter).every((value) => value === undefined);
  const seqs = isWhole ? null : await listSeqs(database, threadId, filter);
  const count = seqs?.length ?? through;
  const seqAt = (index: number) => (seqs ? (seqs[index] ?? 0) : index + 1);
  const found = at === null ? count : seqs ? seqs.findIndex((seq) => seq >= at) : at - 1;
  const asked = found < 0 ? count : Math.min(found, count);
  const begin = Math.max(0, Math.floor(Math.max(0, asked - 1) / pageSize) * pageSize - (asked === count ? pageSize : 0));
  const wanted = Array.from({ length: Math.min(count - begin, 2 * pageSize) }, (_, index) => seqAt(begin + index));
  const [batches, runs, agents] = await Promise.all([
    Array.fromAsync(readEvents(database, threadId, { seqs: wanted })),
    readGraphRuns(database.sql, { threadId, from: 1, before: through + 1 }),
    listAgentsOf(context, threadId),
  ]);
  return { seqs, through, first: batches.flat(), runs, agents };
}

async function listAgentsOf({ database }: Context, threadId: string): Promise<string[]> {
  const rows = await database.sql<{ agent: string }[]>`
    select distinct agent_id as agent from events where thread_id = ${threadId} and agent_id is not null order by 1`;
  return rows.map(({ agent }) => agent);
}
