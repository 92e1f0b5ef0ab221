import { inArray } from 'drizzle-orm';
import type { Database } from '#lib/db/connect-database.ts';
import { users } from '#lib/db/schema.ts';

/** The names of these people by their ids. */
export async function userNames({ database }: { database: Database }, userIds: string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map();
  const rows = await database.db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, userIds));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
