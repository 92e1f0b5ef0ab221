import type { Database } from '#lib/db/connect-database.ts';
import { type SessionLock, takeSessionLock } from '#lib/db/session-lock.ts';

const lookEveryMs = 200;

/** The name of the lock on a project's store. */
export function storeLockKey(projectId: string): string {
  return `store ${projectId}`;
}

/**
 * The sole right to a project's git store; null while any of its threads is in somebody's hands. Its signal aborts as soon as somebody waits for
 * one of them, too: whoever tidies up gives way at once.
 */
export async function lockStore(database: Database, projectId: string): Promise<SessionLock | null> {
  const key = storeLockKey(projectId);
  const lock = await takeSessionLock(database, async (session) => {
    const [row] = await session<{ free: boolean }[]>`select pg_try_advisory_lock(hashtextextended(${key}, 0)) as free`;
    return row?.free ?? false;
  });
  if (!lock) return null;
  const wanted = new AbortController();
  const look = setInterval(async () => {
    const [row] = await database.sql<{ wanted: boolean }[]>`
      select exists (select 1 from pg_locks where locktype = 'advisory' and not granted and objsubid = 1
        and database = (select oid from pg_database where datname = current_database())
        and ((classid::bigint << 32) | objid::bigint) = hashtextextended(${key}, 0)) as wanted`.catch(() => []);
    if (row?.wanted) wanted.abort(new Error('Somebody needs the project.'));
  }, lookEveryMs);
  return {
    signal: AbortSignal.any([lock.signal, wanted.signal]),
    release() {
      clearInterval(look);
      return lock.release();
    },
  };
}
