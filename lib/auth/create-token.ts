import { z } from 'zod';
import { newId } from '#lib/core/new-id.ts';
import { RequestId } from '#lib/core/request-id.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { credentials } from '#lib/db/schema.ts';
import type { ChoirHome } from '#lib/home.ts';
import type { Actor } from './actor.ts';
import { type Credential, describeCredential } from './credential.ts';
import { requirePerson } from './require-person.ts';
import { hashSecret } from './secret.ts';
import { secretFor } from './secret-for.ts';

export const CreateTokenInput = z.object({
  name: z.string().trim().min(1).max(120),
  expiresInDays: z.number().int().min(1).max(3650).optional(),
  requestId: RequestId,
});

/**
 * A new API token of the person who asks, with all of their rights. `token` is returned this once; without `expiresInDays` it lasts until revoked. One that
 * was revoked before its request came again is not told again: the request makes another.
 */
export async function createToken(
  context: { database: Database; home: ChoirHome; actor: Actor },
  { requestId, ...asked }: z.infer<typeof CreateTokenInput>,
): Promise<{ token: string; credential: Credential }> {
  const { database, home, actor } = context;
  const { name, expiresInDays } = asked;
  const person = requirePerson(actor);
  const token = secretFor(home, 'token', { by: person.userId, for: person.userId, requestId });
  const expiresAt = expiresInDays === undefined ? null : new Date(Date.now() + expiresInDays * 86_400_000);
  const secretHash = hashSecret(token);
  const [row] = await database.db
    .insert(credentials)
    .values({ id: newId('tk'), kind: 'token', userId: person.userId, name, secretHash, expiresAt })
    .onConflictDoUpdate({ target: credentials.secretHash, set: { secretHash } })
    .returning();
  if (!row) throw new Error('PostgreSQL returned no row for an insert.');
  if (row.revokedAt) return createToken(context, asked);
  return { token, credential: describeCredential(row, person) };
}
