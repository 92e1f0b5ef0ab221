import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { Database } from '#lib/db/connect-database.ts';
import { credentials } from '#lib/db/schema.ts';
import type { Actor } from './actor.ts';
import { type Credential, describeCredential } from './credential.ts';
import { requirePerson } from './require-person.ts';

/** The devices and tokens of the person who asks that still open the door, last used (or made) first. */
export async function listCredentials({ database, actor }: { database: Database; actor: Actor }): Promise<Credential[]> {
  const person = requirePerson(actor);
  const rows = await database.db
    .select()
    .from(credentials)
    .where(
      and(
        eq(credentials.userId, person.userId),
        isNull(credentials.revokedAt),
        or(isNull(credentials.expiresAt), gt(credentials.expiresAt, new Date())),
      ),
    )
    .orderBy(sql`coalesce(${credentials.lastSeenAt}, ${credentials.createdAt}) desc`, credentials.id);
  return rows.map((row) => describeCredential(row, person));
}
