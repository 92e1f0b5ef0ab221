import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';

/** Somebody who may use this workspace. `devices` are signed in; `lastSeenAt` is an ISO instant, null for who never came. */
export type Member = { userId: string; name: string; role: 'owner' | 'member'; devices: number; lastSeenAt: string | null; you: boolean };

/** The members of the workspace, in the order in which they came. */
export async function listMembers(context: Context): Promise<Member[]> {
  const { workspaceId, userId } = requirePerson(context.actor);
  const rows = await context.database.sql<(Omit<Member, 'lastSeenAt' | 'you'> & { lastSeenAt: Date | null })[]>`
    select users.id as "userId", users.name, users.role, count(credentials.id)::int as devices, max(credentials.last_seen_at) as "lastSeenAt"
    from users left join credentials on credentials.user_id = users.id and credentials.kind = 'device' and credentials.revoked_at is null
      and (credentials.expires_at is null or credentials.expires_at > now())
    where users.workspace_id = ${workspaceId} and users.removed_at is null
    group by users.id order by users.created_at`;
  return rows.map((row) => ({ ...row, lastSeenAt: row.lastSeenAt?.toISOString() ?? null, you: row.userId === userId }));
}
