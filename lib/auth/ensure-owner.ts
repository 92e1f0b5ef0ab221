import { eq, sql } from 'drizzle-orm';
import { newId } from '#lib/core/new-id.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { users, workspaces } from '#lib/db/schema.ts';

const ownerLock = 0x43_48_4f_57;

/** The installation's workspace and its owner, made at first start. Any number of processes may call it at once: all get the same one. */
export async function ensureOwner({ database }: { database: Database }): Promise<{ workspaceId: string; userId: string }> {
  return database.db.transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${ownerLock})`);
    const [owner] = await transaction
      .select({ workspaceId: users.workspaceId, userId: users.id })
      .from(users)
      .where(eq(users.role, 'owner'))
      .orderBy(users.createdAt)
      .limit(1);
    if (owner) return owner;
    const made = { workspaceId: newId('ws'), userId: newId('us') };
    await transaction.insert(workspaces).values({ id: made.workspaceId, name: 'Choir' });
    await transaction.insert(users).values({ id: made.userId, workspaceId: made.workspaceId, name: 'Owner', role: 'owner' });
    return made;
  });
}
