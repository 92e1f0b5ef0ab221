import { eq } from 'drizzle-orm';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { newId } from '#lib/core/new-id.ts';
import { notifications, pushSubscriptions } from '#lib/db/schema.ts';

/** Sends a notification to the device that asks, by the same way as every other. Throws `conflict` when it takes none. */
export async function requestTest({ database, actor }: Pick<Context, 'database' | 'actor'>): Promise<{ notificationId: string }> {
  const { userId, credentialId } = requirePerson(actor);
  const subscriptions = await database.db.$count(pushSubscriptions, eq(pushSubscriptions.credentialId, credentialId));
  if (subscriptions === 0) throw new DomainError('conflict', 'This device takes no notifications yet. Turn them on first.');
  const id = newId('no');
  const now = new Date();
  await database.db.insert(notifications).values({ id, userId, eventId: id, kind: 'test', credentialId, at: now, dueAt: now });
  return { notificationId: id };
}
