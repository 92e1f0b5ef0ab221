import { and, count, eq, gt, isNull, or } from 'drizzle-orm';
import type { Database } from '#lib/db/connect-database.ts';
import { credentials, users } from '#lib/db/schema.ts';

/** Persons of a workspace who hear of its runs, and the signed-in devices that they hear on. */
export async function listListeners({ db }: Database, workspaceId: string): Promise<{ names: string[]; devices: number }> {
  const rows = await db
    .select({ name: users.name, devices: count(credentials.id) })
    .from(users)
    .leftJoin(
      credentials,
      and(
        eq(credentials.userId, users.id),
        eq(credentials.kind, 'device'),
        isNull(credentials.revokedAt),
        or(isNull(credentials.expiresAt), gt(credentials.expiresAt, new Date())),
      ),
    )
    .where(and(eq(users.workspaceId, workspaceId), isNull(users.removedAt)))
    .groupBy(users.id)
    .orderBy(users.createdAt);
  return { names: rows.map(({ name }) => name), devices: rows.reduce((total, { devices }) => total + devices, 0) };
}
