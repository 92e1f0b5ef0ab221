import type { Sql } from 'postgres';
import type { Database } from './connect-database.ts';

const heartbeatMs = 2_000;
const endSeconds = 1;
/** A server that says nothing for so many beats may have given the lock to somebody else: its end of the connection may be gone long before this one learns it. */
const silentBeats = 5;

export type SessionLock = {
  /** Aborts when the lock is lost with its connection: whoever holds it must stop touching what it guards. */
  signal: AbortSignal;
  release(): Promise<void>;
};

/**
 * Advisory locks on a connection of their own: they are gone with the process or connection that holds them, however that ended. `take` asks for
 * them; null when it says false, or when the session's `lock_timeout` ran out.
 */
export async function takeSessionLock(
  database: Database,
  take: (session: Sql) => Promise<boolean>,
  beatMs = heartbeatMs,
): Promise<SessionLock | null> {
  const lost = new AbortController();
  let released = false;
  const lose = () => {
    if (!released) lost.abort(new Error('The connection that held the lock is gone.'));
  };
  const session = database.openSession(lose);
  const end = () => session.end({ timeout: endSeconds });
  try {
    if (!(await take(session))) {
      await end();
      return null;
    }
  } catch (error) {
    await end();
    if ((error as { code?: string }).code === '55P03') return null;
    throw error;
  }
  let silent = 0;
  const heartbeat = setInterval(() => {
    if (lost.signal.aborted) return;
    silent += 1;
    if (silent > silentBeats) lose();
    else if (silent === 1)
      session`select 1`.then(() => {
        silent = 0;
      }, lose);
  }, beatMs);
  return {
    signal: lost.signal,
    async release() {
      released = true;
      clearInterval(heartbeat);
      // The server ends a connection a moment after the client: without this the next one would find the lock held.
      session`select pg_advisory_unlock_all()`.catch(() => {});
      await end();
    },
  };
}
