import { readServiceAddresses } from '#bin/start/environment.ts';
import { connectDatabase } from '#lib/db/connect-database.ts';
import type { Installation } from '#tests/installation.ts';

/** Rows of threads of long ago, "Old goal 1" the oldest: for a list that is longer than what comes at once. Nothing stands behind them. */
export async function fillInbox({ home }: Installation, count: number): Promise<void> {
  const { sql, close } = connectDatabase(readServiceAddresses(home)?.DATABASE_URL ?? '');
  try {
    await sql`
      insert into threads (id, workspace_id, project_id, title, seq, run_status, created_at, updated_at)
      select 'th_old_' || n, workspace_id, id, 'Old goal ' || n, 1, 'completed', now(), timestamptz '2020-01-01' + n * interval '1 hour'
      from generate_series(1, ${count}::int) n, (select id, workspace_id from projects limit 1) project`;
  } finally {
    await close();
  }
}
