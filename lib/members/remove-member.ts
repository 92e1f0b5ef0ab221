import { and, eq, isNull, ne } from 'drizzle-orm';
import { requireOwner } from '#lib/auth/require-owner.ts';
import { publishRevocation } from '#lib/bus/revocations.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { credentials, signInLinks, telegramAccounts, users } from '#lib/db/schema.ts';

/**
 * Takes a member out: their devices, tokens, links and Telegram accounts end at once, with every open connection. What they did keeps their name. Owner
 * only, and not the owner. Throws `not-found`.
 */
export async function removeMember(context: Context, { userId }: { userId: string }): Promise<void> {
  const { workspaceId } = requireOwner(context.actor, 'Only the owner of the workspace removes members.');
  const ended = await context.database.db.transaction(async (transaction) => {
    const gone = await transaction
      .update(users)
      .set({ removedAt: new Date() })
      .where(and(eq(users.id, userId), eq(users.workspaceId, workspaceId), ne(users.role, 'owner'), isNull(users.removedAt)))
      .returning({ id: users.id });
    if (gone.length === 0) throw new DomainError('not-found', 'There is no such member, or it is the owner, who stays.');
    await transaction.delete(signInLinks).where(eq(signInLinks.userId, userId));
    await transaction.delete(telegramAccounts).where(eq(telegramAccounts.userId, userId));
    return transaction
      .update(credentials)
      .set({ revokedAt: new Date() })
      .where(and(eq(credentials.userId, userId), isNull(credentials.revokedAt)))
      .returning({ id: credentials.id });
  });
  for (const { id } of ended) publishRevocation(context.bus, id);
}
