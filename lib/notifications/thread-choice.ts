import { and, eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { NotificationChoice } from '#lib/core/notification.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { notificationChoices } from '#lib/db/schema.ts';
import { requireThread } from '#lib/threads/require-thread.ts';

type Place = { userId: string; threadId: string };

/** What a person hears of a thread: all of it where they never chose. */
export async function readThreadChoice({ database }: { database: Database }, { userId, threadId }: Place): Promise<NotificationChoice> {
  const [row] = await database.db
    .select({ choice: notificationChoices.choice })
    .from(notificationChoices)
    .where(and(eq(notificationChoices.userId, userId), eq(notificationChoices.threadId, threadId)));
  return row?.choice ?? 'all';
}

/** What the person who asks hears of a thread. Throws `not-found`. */
export async function getThreadChoice(context: Context, { threadId }: { threadId: string }): Promise<NotificationChoice> {
  const { person } = await requireThread(context, threadId);
  return readThreadChoice(context, { userId: person.userId, threadId });
}

/** Chooses what the person who asks hears of a thread from now on, whoever gave its goal. Throws `not-found`. */
export async function setThreadChoice(
  context: Context,
  { threadId, choice }: { threadId: string; choice: NotificationChoice },
): Promise<void> {
  const { person } = await requireThread(context, threadId);
  await context.database.db
    .insert(notificationChoices)
    .values({ userId: person.userId, threadId, choice })
    .onConflictDoUpdate({ target: [notificationChoices.userId, notificationChoices.threadId], set: { choice } });
}
