import type { Database } from '#lib/db/connect-database.ts';

const listed = 50;

/** One line for each call after `seq` that ran with the network open: what a revert of the files cannot take back. */
export async function outsideActions({ sql }: Database, threadId: string, seq: number): Promise<string[]> {
  const rows = await sql<{ tool: string; command: string | null; contacted: string[] | null }[]>`
    select proposed.data->'call'->>'tool' as tool, proposed.data->'call'->'args'->>'command' as command,
      finished.data->'contacted' as contacted
    from events started
    join events proposed on proposed.thread_id = started.thread_id and proposed.type = 'tool.proposed' and proposed.data->>'callId' = started.data->>'callId'
    left join events finished on finished.thread_id = started.thread_id and finished.type = 'tool.finished' and finished.data->>'callId' = started.data->>'callId'
    where started.thread_id = ${threadId} and started.type = 'tool.started' and started.seq > ${seq} and (started.data->>'network')::boolean
    order by started.seq limit ${listed}`;
  return rows.map(({ tool, command, contacted }) => {
    const reached = contacted?.length ? ` It reached ${contacted.join(', ')}.` : '';
    return `Ran with the network open: ${command ?? tool}.${reached}`;
  });
}
