import { and, eq, isNull } from 'drizzle-orm';
import type { Bus } from '#lib/bus/connect-bus.ts';
import { publishRevocation } from '#lib/bus/revocations.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { credentials } from '#lib/db/schema.ts';
import type { Actor } from './actor.ts';
import { requirePerson } from './require-person.ts';

/**
 * Ends a device or token of the person who asks, its open connections too. Signing out is revoking the current one.
 * Throws `not-found` for an unknown id and for somebody else's; one that was revoked before stays so.
 */
export async function revokeCredential(
  { database, bus, actor }: { database: Database; bus: Bus; actor: Actor },
  { credentialId }: { credentialId: string },
): Promise<void> {
  const person = requirePerson(actor);
  const own = and(eq(credentials.id, credentialId), eq(credentials.userId, person.userId));
  await database.db
    .update(credentials)
    .set({ revokedAt: new Date() })
    .where(and(own, isNull(credentials.revokedAt)));
  const [row] = await database.db.select({ id: credentials.id }).from(credentials).where(own);
  if (!row) throw new DomainError('not-found', 'There is no such device or token.');
  publishRevocation(bus, credentialId);
}
