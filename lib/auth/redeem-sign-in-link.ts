import { and, eq, gt, isNull } from 'drizzle-orm';
import { DomainError } from '#lib/core/domain-error.ts';
import { newId } from '#lib/core/new-id.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { credentials, signInLinks } from '#lib/db/schema.ts';
import { hashSecret, newSecret } from './secret.ts';

const deviceDays = 180;

/**
 * Trades a one-time code for a device credential; `secret` goes into the session cookie and is returned this once.
 * Of any number of attempts with one code exactly one wins. Throws `unauthenticated` for a code that is unknown, used or expired.
 */
export async function redeemSignInLink(
  { database }: { database: Database },
  { code, deviceName }: { code: string; deviceName: string },
): Promise<{ secret: string; credentialId: string; userId: string; expiresAt: Date }> {
  return database.db.transaction(async (transaction) => {
    const now = new Date();
    const [link] = await transaction
      .update(signInLinks)
      .set({ usedAt: now })
      .where(and(eq(signInLinks.codeHash, hashSecret(code)), isNull(signInLinks.usedAt), gt(signInLinks.expiresAt, now)))
      .returning({ userId: signInLinks.userId });
    if (!link) throw new DomainError('unauthenticated', 'This sign-in link was used already or has expired. Ask for a new one.');
    const secret = newSecret('device');
    const credentialId = newId('de');
    const expiresAt = new Date(now.getTime() + deviceDays * 86_400_000);
    await transaction.insert(credentials).values({
      ...{ id: credentialId, kind: 'device', userId: link.userId, name: deviceName },
      ...{ secretHash: hashSecret(secret), lastSeenAt: now, expiresAt },
    });
    return { secret, credentialId, userId: link.userId, expiresAt };
  });
}
