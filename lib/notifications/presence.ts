import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { devicePresence } from '#lib/db/schema.ts';
import { hasThread } from '#lib/threads/has-thread.ts';

/** A device says what it shows every 20 s; one that is silent for longer than this shows nothing to anybody. */
const presenceSeconds = 45;

/** Notes which thread the device that asks shows to its person now, or that it shows none. Throws `not-found`. */
export async function markPresence(context: Pick<Context, 'database' | 'actor'>, { threadId }: { threadId: string | null }): Promise<void> {
  const { credentialId } = requirePerson(context.actor);
  if (threadId !== null && !(await hasThread(context, { threadId }))) throw new DomainError('not-found', 'There is no such thread.');
  const set = { threadId, seenAt: new Date() };
  await context.database.db
    .insert(devicePresence)
    .values({ credentialId, ...set })
    .onConflictDoUpdate({ target: devicePresence.credentialId, set });
}

/** Whether any device of `userId` shows the thread now. */
export async function isLookedAt({ sql }: Database, { userId, threadId }: { userId: string; threadId: string }): Promise<boolean> {
  const rows = await sql`
    select 1 from device_presence p join credentials c on c.id = p.credential_id
    where c.user_id = ${userId} and c.revoked_at is null and p.thread_id = ${threadId}
      and p.seen_at > now() - make_interval(secs => ${presenceSeconds}) limit 1`;
  return rows.length > 0;
}
