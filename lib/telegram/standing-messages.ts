import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '#lib/db/connect-database.ts';
import { telegramMessages } from '#lib/db/schema.ts';

type With = { database: Database };

/** A message that stands in a chat. `key` names what it shows, `hash` is of how it shows it. */
export type StandingMessage = { chatId: number; key: string; threadId: string; messageId: number; hash: string };

/** The messages of a thread that stand in a chat. */
export async function listStanding(
  { database }: With,
  { chatId, threadId }: { chatId: number; threadId: string },
): Promise<StandingMessage[]> {
  return database.db
    .select()
    .from(telegramMessages)
    .where(and(eq(telegramMessages.chatId, chatId), eq(telegramMessages.threadId, threadId)));
}

/** It stands there from now on, in place of what showed the same. */
export async function recordStanding({ database }: With, message: StandingMessage): Promise<void> {
  await database.db
    .insert(telegramMessages)
    .values(message)
    .onConflictDoUpdate({ target: [telegramMessages.chatId, telegramMessages.key], set: { ...message, sentAt: new Date() } });
}

/** They stand there no more. */
export async function forgetStanding({ database }: With, { chatId, keys }: { chatId: number; keys: string[] }): Promise<void> {
  await database.db.delete(telegramMessages).where(and(eq(telegramMessages.chatId, chatId), inArray(telegramMessages.key, keys)));
}

/** What a message is about, the bot's own or a person's, so that a reply to it reaches its thread. */
export async function findStanding(
  { database }: With,
  { chatId, messageId }: { chatId: number; messageId: number },
): Promise<StandingMessage | null> {
  const [found] = await database.db
    .select()
    .from(telegramMessages)
    .where(and(eq(telegramMessages.chatId, chatId), eq(telegramMessages.messageId, messageId)));
  return found ?? null;
}
