import { and, count, desc, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/auth/actor.ts';
import { type Person, requirePerson } from '#lib/auth/require-person.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { telegramAccounts, telegramButtons, telegramFiles, telegramPrompts, users } from '#lib/db/schema.ts';

type Asking = { database: Database; actor: Actor };
export type TelegramAccount = { telegramId: number; name: string; linkedAt: string };

/** Who a Telegram user speaks for, or null: asked anew for every update, so an unlinked account is out at once. */
export async function findLinkedPerson({ database }: { database: Database }, telegramId: number): Promise<Person | null> {
  const [found] = await database.db
    .select({ userId: users.id, workspaceId: users.workspaceId, role: users.role })
    .from(telegramAccounts)
    .innerJoin(users, eq(users.id, telegramAccounts.userId))
    .where(and(eq(telegramAccounts.telegramId, telegramId), isNull(users.removedAt)));
  return found ? { kind: 'person', ...found, via: 'telegram', credentialId: `tg_${telegramId}` } : null;
}

/** The Telegram accounts that speak for the person who asks, newest first. */
export async function listAccounts({ database, actor }: Asking): Promise<TelegramAccount[]> {
  const rows = await database.db
    .select()
    .from(telegramAccounts)
    .where(eq(telegramAccounts.userId, requirePerson(actor).userId))
    .orderBy(desc(telegramAccounts.linkedAt));
  return rows.map(({ telegramId, name, linkedAt }) => ({ telegramId, name, linkedAt: linkedAt.toISOString() }));
}

/** Ends it at once: the account's next word has no effect, and no thread shows in its chats any more. Throws `not-found`. */
export async function unlinkAccount({ database, actor }: Asking, { telegramId }: { telegramId: number }): Promise<void> {
  const { userId } = requirePerson(actor);
  await database.db.transaction(async (transaction) => {
    const gone = await transaction
      .delete(telegramAccounts)
      .where(and(eq(telegramAccounts.telegramId, telegramId), eq(telegramAccounts.userId, userId)))
      .returning({ telegramId: telegramAccounts.telegramId });
    if (gone.length === 0) throw new DomainError('not-found', 'There is no such Telegram account.');
    await transaction.delete(telegramButtons).where(eq(telegramButtons.telegramId, telegramId));
    await transaction.delete(telegramPrompts).where(eq(telegramPrompts.telegramId, telegramId));
    await transaction.delete(telegramFiles).where(eq(telegramFiles.telegramId, telegramId));
  });
}

/** Whether anybody is linked at all. */
export async function hasAccounts({ database }: { database: Database }): Promise<boolean> {
  const [row] = await database.db.select({ accounts: count() }).from(telegramAccounts);
  return (row?.accounts ?? 0) > 0;
}
