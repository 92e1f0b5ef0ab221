import { DomainError } from '#lib/core/domain-error.ts';
import type { Database } from '#lib/db/connect-database.ts';

const heartbeatMs = 2_000;

export type ThreadLock = {
  /** Aborts when the lock is lost with its connection: whoever holds it must stop touching the tree. */
  signal: AbortSignal;
  release(): Promise<void>;
};

/**
 * Takes the right to touch a thread's working tree, or null when somebody holds it for longer than `waitMs`.
 * A PostgreSQL advisory lock: it is gone with the process or connection that holds it, however that ended.
 */
export async function lockThread({ locks }: Database, threadId: string, waitMs: number): Promise<ThreadLock | null> {
  const connection = await locks.reserve();
  const lost = new AbortController();
  try {
    await connection`select set_config('lock_timeout', ${String(Math.max(1, waitMs))}, false)`;
    await connection`select pg_advisory_lock(hashtextextended(${threadId}, 0))`;
    await connection`select set_config('lock_timeout', '0', false)`;
  } catch (error) {
    connection.release();
    if ((error as { code?: string }).code === '55P03') return null;
    throw error;
  }
  const heartbeat = setInterval(() => {
    connection`select 1`.catch(() => lost.abort(new Error('The connection that held the lock of this thread is gone.')));
  }, heartbeatMs);
  return {
    signal: lost.signal,
    async release() {
      clearInterval(heartbeat);
      await connection`select pg_advisory_unlock(hashtextextended(${threadId}, 0))`.catch(() => {});
      connection.release();
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
