import { createHash, randomBytes } from 'node:crypto';
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { Database } from '#lib/db/connect-database.ts';
import { telegramButtons } from '#lib/db/schema.ts';
import { canonicalJson } from '#lib/policy/canonical-json.ts';

type With = { database: Database };
type ButtonRow = typeof telegramButtons.$inferSelect;

/** `telegramId`: who alone may tap it; without it any linked person in the chat. */
export type NewButtons = { chatId: number; telegramId?: number; epoch: string; lifeMs: number; actions: unknown[] };

/**
 * Ids for buttons in a chat, one for each action, in the same order: 128 random bits, all that Telegram ever gets. The same action in the same chat and
 * epoch keeps its id until it is used or over; then it gets another one.
 */
export async function issueButtons({ database }: With, { chatId, telegramId, epoch, lifeMs, actions }: NewButtons): Promise<string[]> {
  if (actions.length === 0) return [];
  const expiresAt = new Date(Date.now() + lifeMs);
  const rows = actions.map((action) => ({
    id: randomBytes(16).toString('base64url'),
    chatId,
    telegramId: telegramId ?? null,
    action,
    // Of one length: a path that an agent made would be longer than an index takes.
    actionKey: createHash('sha256').update(canonicalJson({ action, telegramId })).digest('base64url'),
    epoch,
    expiresAt,
  }));
  // In one order: two that issue the same ones must not wait for each other.
  const unique = [...new Map(rows.map((row) => [row.actionKey, row])).values()].toSorted((left, right) =>
    left.actionKey < right.actionKey ? -1 : 1,
  );
  const { id, actionKey, usedBy, expiresAt: over } = telegramButtons;
  const issued = await database.db
    .insert(telegramButtons)
    .values(unique)
    .onConflictDoUpdate({
      target: [telegramButtons.chatId, actionKey, telegramButtons.epoch],
      set: {
        id: sql`case when ${usedBy} is null and ${over} > now() then ${id} else excluded.id end`,
        usedBy: null,
        expiresAt: sql`excluded.expires_at`,
      },
    })
    .returning({ id, actionKey });
  const idOf = new Map(issued.map((button) => [button.actionKey, button.id]));
  return rows.map((row) => idOf.get(row.actionKey) ?? '');
}

/** A button of this chat; null when there is none, or it was forgotten. */
export async function findButton({ database }: With, { id, chatId }: { id: string; chatId: number }): Promise<ButtonRow | null> {
  const here = and(eq(telegramButtons.id, id), eq(telegramButtons.chatId, chatId));
  const [button] = await database.db.select().from(telegramButtons).where(here);
  return button ?? null;
}

/** Uses a button up for one update. False when another update has used it; the same update may come twice over a crash. */
export async function takeButton({ database }: With, { id, updateId }: { id: string; updateId: number }): Promise<boolean> {
  const unused = or(isNull(telegramButtons.usedBy), eq(telegramButtons.usedBy, updateId));
  const used = await database.db
    .update(telegramButtons)
    .set({ usedBy: updateId })
    .where(and(eq(telegramButtons.id, id), unused))
    .returning({ id: telegramButtons.id });
  return used.length > 0;
}

/** What the button was used for did not happen: it may be tapped again. */
export async function freeButton({ database }: With, { id, updateId }: { id: string; updateId: number }): Promise<void> {
  await database.db
    .update(telegramButtons)
    .set({ usedBy: null })
    .where(and(eq(telegramButtons.id, id), eq(telegramButtons.usedBy, updateId)));
}

/** Buttons whose time is over are not kept. */
export async function forgetButtons({ database }: With): Promise<void> {
  await database.db.delete(telegramButtons).where(lt(telegramButtons.expiresAt, new Date()));
}
