import { and, eq, gt, isNull } from 'drizzle-orm';
import { DomainError } from '#lib/core/domain-error.ts';
import { newId } from '#lib/core/new-id.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { credentials, signInLinks } from '#lib/db/schema.ts';
import type { ChoirHome } from '#lib/home.ts';
import { hashSecret } from './secret.ts';
import { secretFor } from './secret-for.ts';

const deviceDays = 180;

/**
 * Trades a one-time code for a device credential; `secret` goes into the session cookie and is returned this once, again only to the same request while
 * the code would be good: who heard no answer has no other way in. Of any number of attempts with one code exactly one wins. Throws `unauthenticated` for
 * a code that is unknown, used or expired.
 */
export async function redeemSignInLink(
  { database, home }: { database: Database; home: ChoirHome },
  { code, deviceName, requestId }: { code: string; deviceName: string; requestId?: string },
): Promise<{ secret: string; credentialId: string; userId: string; expiresAt: Date }> {
  const codeHash = hashSecret(code);
  const secret = secretFor(home, 'device', { by: codeHash.toString('base64url'), for: 'sign-in', requestId });
  return database.db.transaction(async (transaction) => {
    const now = new Date();
    const known = and(eq(signInLinks.codeHash, codeHash), gt(signInLinks.expiresAt, now));
    const [link] = await transaction
      .update(signInLinks)
      .set({ usedAt: now })
      .where(and(known, isNull(signInLinks.usedAt)))
      .returning({ userId: signInLinks.userId });
    const expiresAt = new Date(now.getTime() + deviceDays * 86_400_000);
    const secretHash = hashSecret(secret);
    const device = { credentialId: credentials.id, userId: credentials.userId };
    const [made] = link
      ? await transaction
          .insert(credentials)
          .values({ id: newId('de'), kind: 'device', userId: link.userId, name: deviceName, secretHash, lastSeenAt: now, expiresAt })
          .returning(device)
      : await transaction
          .select(device)
          .from(credentials)
          .innerJoin(signInLinks, known)
          .where(and(eq(credentials.secretHash, secretHash), isNull(credentials.revokedAt)));
    if (!made) throw new DomainError('unauthenticated', 'This sign-in link was used already or has expired. Ask for a new one.');
    return { secret, expiresAt, ...made };
  });
}
