import { and, eq, isNotNull } from 'drizzle-orm';
import type { Database } from '#lib/db/connect-database.ts';
import { type TelegramChoices, telegramChats } from '#lib/db/schema.ts';

export type { TelegramChoices } from '#lib/db/schema.ts';
export type ChatSettings = { choices: TelegramChoices; currentThreadId: string | null };

/** What is kept of a chat; a chat that is new has chosen nothing. */
export async function readChat({ database }: { database: Database }, chatId: number): Promise<ChatSettings> {
  const [row] = await database.db.select().from(telegramChats).where(eq(telegramChats.chatId, chatId));
  return { choices: row?.choices ?? {}, currentThreadId: row?.currentThreadId ?? null };
}

/** Somebody is heard from it: what asks for an answer may come to it again. */
export async function reopenChat({ database }: { database: Database }, chatId: number): Promise<void> {
  const closed = and(eq(telegramChats.chatId, chatId), isNotNull(telegramChats.closedAt));
  await database.db.update(telegramChats).set({ closedAt: null }).where(closed);
}

export async function changeChat({ database }: { database: Database }, chatId: number, change: Partial<ChatSettings>): Promise<void> {
  const { choices = {}, currentThreadId = null } = change;
  await database.db
    .insert(telegramChats)
    .values({ chatId, choices, currentThreadId })
    .onConflictDoUpdate({ target: telegramChats.chatId, set: change });
}
