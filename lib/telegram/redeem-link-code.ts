import { and, eq, gt, isNull, ne } from 'drizzle-orm';
import { hashSecret } from '#lib/auth/secret.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { telegramAccounts, telegramLinkCodes, users } from '#lib/db/schema.ts';

/** Others may have read the code: it works no more. False when it did not work anyway. */
export async function voidLinkCode({ database }: { database: Database }, { code }: { code: string }): Promise<boolean> {
  const voided = await database.db
    .update(telegramLinkCodes)
    .set({ usedAt: new Date() })
    .where(and(eq(telegramLinkCodes.codeHash, hashSecret(code)), isNull(telegramLinkCodes.usedAt)))
    .returning({ userId: telegramLinkCodes.userId });
  return voided.length > 0;
}

/**
 * Lets the Telegram user with this numeric id speak for the person who made the code, and says whom that is, and for whom else they spoke before. Of any
 * number of attempts with one code exactly one wins.
 * Throws `unauthenticated` for a code that is unknown, used or expired, or whose person is no member any more.
 */
export async function redeemLinkCode(
  { database }: { database: Database },
  { code, telegramId, name }: { code: string; telegramId: number; name: string },
): Promise<{ name: string; before: string | null }> {
  return database.db.transaction(async (transaction) => {
    const now = new Date();
    const [link] = await transaction
      .update(telegramLinkCodes)
      .set({ usedAt: now })
      .where(and(eq(telegramLinkCodes.codeHash, hashSecret(code)), isNull(telegramLinkCodes.usedAt), gt(telegramLinkCodes.expiresAt, now)))
      .returning({ userId: telegramLinkCodes.userId });
    // Held until this is written: whoever takes the member out meanwhile takes this account out too.
    const [person] = link
      ? await transaction
          .select({ name: users.name })
          .from(users)
          .where(and(eq(users.id, link.userId), isNull(users.removedAt)))
          .for('share')
      : [];
    if (!link || !person) throw new DomainError('unauthenticated', 'This code was used already or has expired. Make a new one in Choir.');
    const elsewhere = and(eq(telegramAccounts.telegramId, telegramId), ne(telegramAccounts.userId, link.userId));
    const [moved] = await transaction.delete(telegramAccounts).where(elsewhere).returning({ userId: telegramAccounts.userId });
    const [before] = moved ? await transaction.select({ name: users.name }).from(users).where(eq(users.id, moved.userId)) : [];
    const account = { telegramId, userId: link.userId, name, linkedAt: now };
    await transaction.insert(telegramAccounts).values(account).onConflictDoUpdate({ target: telegramAccounts.telegramId, set: account });
    return { name: person.name, before: before?.name ?? null };
  });
}
