import { DomainError } from '#lib/core/domain-error.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { type SessionLock, takeSessionLock } from '#lib/db/session-lock.ts';
import { storeLockKey } from '#lib/projects/lock-store.ts';

/** How long what a person does waits for the thread, where nothing but other short work should hold it. */
export const personWaitMs = 10_000;

/**
 * Takes the right to touch a thread's working tree, or null when somebody holds it for longer than `waitMs`. Shares the project's store with the
 * holders of its other threads: while one of them writes commits that nothing points at yet, nobody tidies up there.
 */
export async function lockThread(database: Database, threadId: string, waitMs: number, beatMs?: number): Promise<SessionLock | null> {
  const take: Parameters<typeof takeSessionLock>[1] = async (session) => {
    await session`select set_config('lock_timeout', ${String(Math.max(1, waitMs))}, false)`;
    await session`select pg_advisory_lock(hashtextextended(${threadId}, 0))`;
    const [thread] = await session<{ project_id: string }[]>`select project_id from threads where id = ${threadId}`;
    if (thread) await session`select pg_advisory_lock_shared(hashtextextended(${storeLockKey(thread.project_id)}, 0))`;
    return true;
  };
  return takeSessionLock(database, take, beatMs);
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
