import type { Row } from 'postgres';
import type { GraphCheckpoint } from '#lib/core/thread-graph.ts';
import type { Database } from '#lib/db/connect-database.ts';

type Stretch = { threadId: string; after: number; before: number; limit: number };

/** Newest first. What was current before each is what the checkpoint or revert before it made current. */
export async function readGraphCheckpoints(sql: Database['sql'], { threadId, after, before, limit }: Stretch): Promise<GraphCheckpoint[]> {
  const rows = await sql`
    with moves as (
      select seq, id as target, true as made from checkpoints where thread_id = ${threadId} and seq < ${before}
      union all
      select seq, data->>'checkpointId', false from events
      where thread_id = ${threadId} and type = 'thread.reverted' and data->>'scope' <> 'conversation' and seq < ${before}
    ), chain as (select seq, target, made, lag(target) over (order by seq) as parent_id from moves)
    select checkpoint.id, chain.parent_id, number, checkpoint.seq, at, kind, label, name, actor, run_id,
      (changes->>'fileCount')::int as file_count, (changes->>'additions')::int as additions, (changes->>'deletions')::int as deletions,
      jsonb_path_query_array(changes, '$.files[0 to 2].path') as paths
    from chain join checkpoints checkpoint on checkpoint.id = chain.target
    where chain.made and chain.seq > ${after} order by chain.seq desc limit ${limit}`;
  return rows.map(toGraphCheckpoint);
}

function toGraphCheckpoint(row: Row): GraphCheckpoint {
  return {
    checkpointId: row.id,
    parentId: row.parent_id,
    number: row.number,
    seq: row.seq,
    at: row.at.toISOString(),
    kind: row.kind,
    label: row.label,
    ...(row.name === null ? {} : { name: row.name }),
    actor: row.actor,
    ...(row.run_id === null ? {} : { runId: row.run_id }),
    fileCount: row.file_count,
    additions: row.additions,
    deletions: row.deletions,
    paths: row.paths,
  };
}
