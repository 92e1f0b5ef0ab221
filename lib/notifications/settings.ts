import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/auth/actor.ts';
import { requirePerson } from '#lib/auth/require-person.ts';
import { NotificationSettings } from '#lib/core/notification.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { notificationSettings } from '#lib/db/schema.ts';

type Asking = { database: Database; actor: Actor };

/** How `userId` wants to be told; the defaults for who never said. */
export async function readNotificationSettings({ database }: { database: Database }, userId: string): Promise<NotificationSettings> {
  const [row] = await database.db.select().from(notificationSettings).where(eq(notificationSettings.userId, userId));
  if (!row) return NotificationSettings.parse({});
  const { quietHours, graceSeconds, escalateMinutes } = row;
  return { quietHours, graceSeconds, escalateMinutes };
}

/** Replaces all of the person's own settings. */
export async function setNotificationSettings({ database, actor }: Asking, input: NotificationSettings): Promise<NotificationSettings> {
  const { userId } = requirePerson(actor);
  const set = NotificationSettings.parse(input);
  await database.db
    .insert(notificationSettings)
    .values({ userId, ...set })
    .onConflictDoUpdate({ target: notificationSettings.userId, set });
  return set;
}
