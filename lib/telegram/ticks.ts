import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '#lib/db/connect-database.ts';
import { approvals, type TelegramDropped, type TelegramTicksView, telegramTicks } from '#lib/db/schema.ts';

export type { TelegramDropped, TelegramTicksView } from '#lib/db/schema.ts';

type With = { database: Database };
/** One action, as a card in a chat asks about it. */
type Card = { chatId: number; approvalId: string; actionHash: string };
export type Ticks = { dropped: TelegramDropped; view: TelegramTicksView | null };

export const untouchedTicks: Ticks = { dropped: { files: [], hunks: [] }, view: null };

/** What is ticked on these cards of a chat, by approval; what was ticked on another action counts for nothing. */
export async function readTicks({ database }: With, chatId: number, cards: Omit<Card, 'chatId'>[]): Promise<Map<string, Ticks>> {
  const ids = cards.map(({ approvalId }) => approvalId);
  const here = and(eq(telegramTicks.chatId, chatId), inArray(telegramTicks.approvalId, ids));
  const rows = ids.length > 0 ? await database.db.select().from(telegramTicks).where(here) : [];
  const found = new Map(rows.map((row) => [`${row.approvalId} ${row.actionHash}`, row]));
  return new Map(cards.map(({ approvalId, actionHash }) => [approvalId, found.get(`${approvalId} ${actionHash}`) ?? untouchedTicks]));
}

/** One change after the other, whoever taps at once. What `change` throws leaves all as it was. */
export async function changeTicks({ database }: With, card: Card, change: (ticks: Ticks) => Ticks): Promise<void> {
  const { chatId, approvalId, actionHash } = card;
  const here = and(eq(telegramTicks.chatId, chatId), eq(telegramTicks.approvalId, approvalId));
  await database.db.transaction(async (transaction) => {
    await transaction
      .insert(telegramTicks)
      .values({ ...card, ...untouchedTicks })
      .onConflictDoNothing();
    const [row] = await transaction.select().from(telegramTicks).where(here).for('update');
    const { dropped, view } = change(row?.actionHash === actionHash ? row : untouchedTicks);
    await transaction.update(telegramTicks).set({ actionHash, dropped, view }).where(here);
  });
}

/** Of what is not asked any more. */
export async function forgetTicks({ database }: With): Promise<void> {
  const open = sql`select 1 from ${approvals} where ${approvals.id} = ${telegramTicks.approvalId} and ${approvals.status} = 'open'`;
  await database.db.delete(telegramTicks).where(sql`not exists (${open})`);
}
