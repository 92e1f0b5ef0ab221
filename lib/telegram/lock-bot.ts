import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '#lib/core/domain-error.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { type SessionLock, takeSessionLock } from '#lib/db/session-lock.ts';

const lookEveryMs = 200;

/**
 * The right to be the bot of this database: a second one would take up the same updates and send each message again. Waits `patienceMs` for one that is
 * ending, or was killed a moment ago; throws `conflict` behind that.
 */
export async function lockBot(database: Database, patienceMs: number): Promise<SessionLock> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const lock = await takeSessionLock(database, async (session) => {
      const [row] = await session<{ free: boolean }[]>`select pg_try_advisory_lock(hashtextextended('telegram bot', 0)) as free`;
      return row?.free ?? false;
    });
    if (lock) return lock;
    if (performance.now() > until) throw new DomainError('conflict', 'Another Telegram bot of this installation runs already.');
    await sleep(lookEveryMs);
  }
}
