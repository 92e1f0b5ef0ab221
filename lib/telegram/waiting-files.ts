import { and, eq, gt, inArray, lt } from 'drizzle-orm';
import type { Database } from '#lib/db/connect-database.ts';
import { telegramFiles } from '#lib/db/schema.ts';

type With = { database: Database };
type Sent = { chatId: number; topicId: number; telegramId: number };

/** A file in Telegram. `threadId` and `path`: where it lies in the working tree already, or null. */
export type WaitingFile = { messageId: number; fileId: string; name: string; threadId: string | null; path: string | null };

const keptHours = 24;
const oldest = () => new Date(Date.now() - keptHours * 3_600_000);

/** Files of this person that wait for their next words in this place, in the order in which they were sent; none from longer than a day ago. */
export async function listWaitingFiles({ database }: With, { chatId, topicId, telegramId }: Sent): Promise<WaitingFile[]> {
  const { messageId, fileId, name, threadId, path, ...of } = telegramFiles;
  return database.db
    .select({ messageId, fileId, name, threadId, path })
    .from(telegramFiles)
    .where(and(eq(of.chatId, chatId), eq(of.topicId, topicId), eq(of.telegramId, telegramId), gt(of.sentAt, oldest())))
    .orderBy(messageId);
}

/** Files wait for this person's next words in this place; one that is known already changes nothing. */
export async function addWaitingFiles({ database }: With, sent: Sent, files: WaitingFile[]): Promise<void> {
  if (files.length === 0) return;
  await database.db
    .insert(telegramFiles)
    .values(files.map((file) => ({ ...sent, ...file })))
    .onConflictDoNothing();
}

/** They went along with words, or were sent too long ago. */
export async function forgetWaitingFiles({ database }: With, { chatId }: Pick<Sent, 'chatId'>, messageIds: number[]): Promise<void> {
  if (messageIds.length > 0)
    await database.db.delete(telegramFiles).where(and(eq(telegramFiles.chatId, chatId), inArray(telegramFiles.messageId, messageIds)));
  await database.db.delete(telegramFiles).where(lt(telegramFiles.sentAt, oldest()));
}
