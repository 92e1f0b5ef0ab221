import { ne } from 'drizzle-orm';
import type { Database } from '#lib/db/connect-database.ts';
import {
  telegramBots,
  telegramButtons,
  telegramChats,
  telegramFiles,
  telegramMessages,
  telegramPlaces,
  telegramPrompts,
  telegramTicks,
  telegramUpdates,
} from '#lib/db/schema.ts';

const ofOneBot = [
  telegramUpdates,
  telegramChats,
  telegramPlaces,
  telegramMessages,
  telegramButtons,
  telegramPrompts,
  telegramFiles,
  telegramTicks,
];

/** Says which bot runs. What was kept of another bot's chats goes: its message ids and updates mean nothing to this one. */
export async function registerBot(
  { database }: { database: Database },
  { botId, username }: { botId: number; username: string },
): Promise<void> {
  await database.db.transaction(async (transaction) => {
    const others = await transaction.delete(telegramBots).where(ne(telegramBots.botId, botId)).returning();
    if (others.length > 0) for (const table of ofOneBot) await transaction.delete(table);
    await transaction
      .insert(telegramBots)
      .values({ botId, username })
      .onConflictDoUpdate({ target: telegramBots.botId, set: { username } });
  });
}

/** The username of the bot that ran last, or null. */
export async function findBot({ database }: { database: Database }): Promise<string | null> {
  const [bot] = await database.db.select({ username: telegramBots.username }).from(telegramBots);
  return bot?.username ?? null;
}
