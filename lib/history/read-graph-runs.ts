import { ownWords } from '#lib/core/comment.ts';
import type { GraphRevert, GraphRun } from '#lib/core/thread-graph.ts';
import type { Database } from '#lib/db/connect-database.ts';

/** `from` inclusive, `before` exclusive; both `seq`. */
type Stretch = { threadId: string; from: number; before: number };

const goalLength = 300;
/** What a comment quotes stands before its words. */
const quotedLength = 10_000;

/** The reverts of a stretch, newest first. */
export async function readGraphReverts(sql: Database['sql'], { threadId, from, before }: Stretch): Promise<GraphRevert[]> {
  const rows = await sql`
    select seq, at, data->>'checkpointId' as target, data->>'fromCheckpointId' as origin, data->>'scope' as scope from events
    where thread_id = ${threadId} and type = 'thread.reverted' and seq >= ${from} and seq < ${before} order by seq desc`;
  return rows.map(({ seq, at, target, origin, scope }) => ({
    seq,
    at: at.toISOString(),
    checkpointId: target,
    fromCheckpointId: origin,
    scope,
  }));
}

/** The runs that stand over any part of a stretch, newest first. */
export async function readGraphRuns(sql: Database['sql'], { threadId, from, before }: Stretch): Promise<GraphRun[]> {
  const rows = await sql`
    with ended as (
      select run_id, seq, data->>'extent' as extent from events where thread_id = ${threadId} and type in ('run.completed', 'run.failed', 'run.cancelled')
    )
    select queued.run_id, left(queued.data->>'goal', ${quotedLength}) as goal, queued.data->>'agent' as agent, runs.status, queued.seq as from_seq,
      ended.seq as to_seq, ended.extent, queued.at
    from events queued join runs on runs.id = queued.run_id left join ended on ended.run_id = queued.run_id
    where queued.thread_id = ${threadId} and queued.type = 'run.queued' and queued.seq < ${before} and (ended.seq is null or ended.seq >= ${from})
    order by queued.seq desc`;
  return rows.map((row) => ({
    runId: row.run_id,
    goal: ownWords(row.goal).slice(0, goalLength).toWellFormed(),
    agent: row.agent,
    status: row.status,
    ...(row.extent === null ? {} : { extent: row.extent }),
    fromSeq: row.from_seq,
    ...(row.to_seq === null ? {} : { toSeq: row.to_seq }),
    at: row.at.toISOString(),
  }));
}
