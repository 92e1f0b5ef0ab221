import { DomainError } from '#lib/core/domain-error.ts';
import type { Database } from '#lib/db/connect-database.ts';

const heartbeatMs = 2_000;
const endSeconds = 1;
/** A server that says nothing for so many beats may have given the lock to somebody else: its end of the connection may be gone long before this one learns it. */
const silentBeats = 5;

export type ThreadLock = {
  /** Aborts when the lock is lost with its connection: whoever holds it must stop touching the tree. */
  signal: AbortSignal;
  release(): Promise<void>;
};

/**
 * Takes the right to touch a thread's working tree, or null when somebody holds it for longer than `waitMs`.
 * A PostgreSQL advisory lock: it is gone with the process or connection that holds it, however that ended.
 */
export async function lockThread(database: Database, threadId: string, waitMs: number, beatMs = heartbeatMs): Promise<ThreadLock | null> {
  const lost = new AbortController();
  let released = false;
  const lose = () => {
    if (!released) lost.abort(new Error('The connection that held the lock of this thread is gone.'));
  };
  const session = database.openSession(lose);
  const end = () => session.end({ timeout: endSeconds });
  try {
    await session`select set_config('lock_timeout', ${String(Math.max(1, waitMs))}, false)`;
    await session`select pg_advisory_lock(hashtextextended(${threadId}, 0))`;
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
      // The server ends a connection a moment after the client: without this the next one would find the thread busy.
      session`select pg_advisory_unlock(hashtextextended(${threadId}, 0))`.catch(() => {});
      await end();
    },
  };
}

/** Runs `work` while holding the lock. Throws `conflict` when the thread stays busy for longer than `waitMs`. */
export async function withThreadLock<Result>(
  database: Database,
  threadId: string,
  waitMs: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const lock = await lockThread(database, threadId, waitMs);
  if (!lock) throw new DomainError('conflict', 'The thread is busy: its run has not let go of the working tree. Try again in a moment.');
  try {
    return await work(lock.signal);
  } finally {
    await lock.release();
  }
}
