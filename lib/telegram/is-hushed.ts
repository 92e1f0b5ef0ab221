import { eq } from 'drizzle-orm';
import type { Database } from '#lib/db/connect-database.ts';
import { telegramAccounts } from '#lib/db/schema.ts';
import { quietUntil } from '#lib/notifications/quiet-hours.ts';
import { readNotificationSettings } from '#lib/notifications/settings.ts';
import { readThreadChoice } from '#lib/notifications/thread-choice.ts';
import type { Place } from './places.ts';

/**
 * Whether a question or an ending comes to this place without a sound at `now`: in its person's quiet hours, and where they chose to hear less of the
 * thread. A group is not one person's to hush.
 */
export async function isHushed(
  { database }: { database: Database },
  { chatId, threadId, telegramId }: Place,
  { isQuestion, now = new Date() }: { isQuestion: boolean; now?: Date },
): Promise<boolean> {
  if (chatId < 0) return false;
  const [account] = await database.db.select().from(telegramAccounts).where(eq(telegramAccounts.telegramId, telegramId));
  if (!account) return true;
  const { userId } = account;
  const [{ quietHours }, choice] = await Promise.all([
    readNotificationSettings({ database }, userId),
    readThreadChoice({ database }, { userId, threadId }),
  ]);
  return choice === 'none' || (choice === 'questions' && !isQuestion) || quietUntil(quietHours, now) !== null;
}
