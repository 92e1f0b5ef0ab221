import { and, eq, gt, isNotNull } from 'drizzle-orm';
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

/** Telegram wants nothing for this chat until then. */
export async function holdChat({ database }: { database: Database }, { chatId, until }: { chatId: number; until: Date }): Promise<void> {
  await database.db
    .insert(telegramChats)
    .values({ chatId, choices: {}, heldUntil: until })
    .onConflictDoUpdate({ target: telegramChats.chatId, set: { heldUntil: until } });
}

/** The chats that are held back still. */
export async function heldChats({ database }: { database: Database }): Promise<{ chatId: number; until: Date }[]> {
  const { chatId, heldUntil } = telegramChats;
  const held = await database.db.select({ chatId, until: heldUntil }).from(telegramChats).where(gt(heldUntil, new Date()));
  return held.flatMap(({ chatId: id, until }) => (until ? [{ chatId: id, until }] : []));
}

/** The thread that words of this chat go to from now on; null: the next ones open one. */
export async function changeCurrentThread(
  { database }: { database: Database },
  chatId: number,
  currentThreadId: string | null,
): Promise<void> {
  await database.db
    .insert(telegramChats)
    .values({ chatId, choices: {}, currentThreadId })
    .onConflictDoUpdate({ target: telegramChats.chatId, set: { currentThreadId } });
}

/** One change after the other: taps and words come side by side. */
export async function changeChoices(
  { database }: { database: Database },
  chatId: number,
  change: (before: TelegramChoices) => TelegramChoices,
): Promise<TelegramChoices> {
  return database.db.transaction(async (transaction) => {
    await transaction.insert(telegramChats).values({ chatId, choices: {} }).onConflictDoNothing();
    const isHere = eq(telegramChats.chatId, chatId);
    const [row] = await transaction.select({ choices: telegramChats.choices }).from(telegramChats).where(isHere).for('update');
    const choices = change(row?.choices ?? {});
    await transaction.update(telegramChats).set({ choices }).where(isHere);
    return choices;
  });
}
