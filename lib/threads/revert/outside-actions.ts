import type { Database } from '#lib/db/connect-database.ts';

const listed = 50;

/**
 * One line for each call after `seq` that ran with the network open: what a revert of the files cannot take back. A call's proposal is the nearest
 * one before its start and its end the nearest after, so each is found at the first or second row of the index by type.
 */
export async function outsideActions({ sql }: Database, threadId: string, seq: number): Promise<string[]> {
  const rows = await sql<{ tool: string; command: string | null; contacted: string[] | null }[]>`
    with started as (
      select seq, data->>'callId' as call from events
      where thread_id = ${threadId} and type = 'tool.started' and seq > ${seq} and (data->>'network')::boolean order by seq limit ${listed})
    select proposed.data->'call'->>'tool' as tool, proposed.data->'call'->'args'->>'command' as command,
      finished.data->'contacted' as contacted
    from started
    join lateral (select data from events where thread_id = ${threadId} and type = 'tool.proposed' and seq < started.seq
      and data->>'callId' = started.call order by seq desc limit 1) proposed on true
    left join lateral (select data from events where thread_id = ${threadId} and type = 'tool.finished' and seq > started.seq
      and data->>'callId' = started.call order by seq limit 1) finished on true
    order by started.seq`;
  return rows.map(({ tool, command, contacted }) => {
    const reached = contacted?.length ? ` It reached ${contacted.join(', ')}.` : '';
    return `Ran with the network open: ${command ?? tool}.${reached}`;
  });
}
