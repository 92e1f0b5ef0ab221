import { readServiceAddresses } from '#bin/start/environment.ts';
import { openServices } from '#lib/open-services.ts';
import { readSettings } from '#lib/settings.ts';
import type { Installation } from '#tests/installation.ts';

/** Rows of threads of long ago, "Old goal 1" the oldest: for a list that is longer than what comes at once. Nothing stands behind them. */
export async function fillInbox({ home }: Installation, count: number): Promise<void> {
  const services = await openServices(readSettings({ ...process.env, ...readServiceAddresses(home), CHOIR_HOME: home.root }), 'test');
  try {
    await services.database.sql`
      insert into threads (id, workspace_id, project_id, title, seq, run_status, created_at, updated_at)
      select 'th_old_' || n, workspace_id, id, 'Old goal ' || n, 1, 'completed', now(), timestamptz '2020-01-01' + n * interval '1 hour'
      from generate_series(1, ${count}::int) n, (select id, workspace_id from projects limit 1) project`;
  } finally {
    await services.close();
  }
}
