import type { Database } from '#lib/db/connect-database.ts';
import { takeSessionLock } from '#lib/db/session-lock.ts';

/** Does `work` while nobody else changes the rules of the same workspace, project, thread or run: what it finds there is still so when it writes. */
export async function holdRules<Result>(database: Database, scopeId: string, work: () => Promise<Result>): Promise<Result> {
  const lock = await takeSessionLock(database, async (session) => {
    await session`select pg_advisory_lock(hashtextextended(${`rules ${scopeId}`}, 0))`;
    return true;
  });
  try {
    return await work();
  } finally {
    await lock?.release();
  }
}
