import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { createSignInLink } from '#lib/auth/create-sign-in-link.ts';
import { idFor } from '#lib/auth/id-for.ts';
import { requireOwner } from '#lib/auth/require-owner.ts';
import { secretFor } from '#lib/auth/secret-for.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { RequestId } from '#lib/core/request-id.ts';
import { users, workspaces } from '#lib/db/schema.ts';

export const InviteMember = z.object({ name: z.string().trim().min(1).max(80), requestId: RequestId });

const refusal = 'Only the owner of the workspace invites members.';

/**
 * Makes a member and the one-time code that signs their first device in; the same request again gives the same ones. Owner only. Throws `conflict` for a
 * name that a member has.
 */
export async function inviteMember(
  context: Context,
  { name, requestId }: z.infer<typeof InviteMember>,
): Promise<{ userId: string; code: string; expiresAt: Date }> {
  const { workspaceId, userId: owner } = requireOwner(context.actor, refusal);
  const userId = idFor('us', { by: owner, requestId });
  await context.database.db.transaction(async (transaction) => {
    // One at a time: the same name sent twice makes one member.
    await transaction.select().from(workspaces).where(eq(workspaces.id, workspaceId)).for('update');
    const [made] = await transaction.select().from(users).where(eq(users.id, userId));
    if (made?.name === name) return;
    if (made) throw new DomainError('conflict', 'This request id was used for something else.');
    const ofName = and(eq(users.workspaceId, workspaceId), isNull(users.removedAt), eq(sql`lower(${users.name})`, sql`lower(${name})`));
    if ((await transaction.$count(users, ofName)) > 0)
      throw new DomainError('conflict', 'There is a member of this name already. Make another link for them, or choose another name.');
    await transaction.insert(users).values({ id: userId, workspaceId, name, role: 'member' });
  });
  return { userId, ...(await linkMember(context, { userId, requestId })) };
}

/** Another one-time code for a member who is there already. Owner only. Throws `not-found`. */
export async function linkMember(
  context: Context,
  { userId, requestId }: { userId: string; requestId?: string },
): Promise<{ code: string; expiresAt: Date }> {
  const { workspaceId, userId: owner } = requireOwner(context.actor, refusal);
  const here = and(eq(users.id, userId), eq(users.workspaceId, workspaceId), isNull(users.removedAt));
  const [member] = await context.database.db.select({ id: users.id }).from(users).where(here);
  if (!member) throw new DomainError('not-found', 'There is no such member.');
  const code = secretFor(context.home, 'link', { by: owner, for: userId, requestId });
  return createSignInLink(context, { userId, code });
}
