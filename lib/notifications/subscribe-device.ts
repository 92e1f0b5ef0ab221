import { eq, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Actor } from '#lib/auth/actor.ts';
import { type Person, requirePerson } from '#lib/auth/require-person.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { newId } from '#lib/core/new-id.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { credentials, pushSubscriptions } from '#lib/db/schema.ts';
import { checkPushEndpoint } from './push-endpoint.ts';

const base64url = (bytes: number) =>
  z
    .string()
    .refine((text) => /^[\w-]+$/.test(text) && Buffer.from(text, 'base64url').length === bytes, `Expected ${bytes} bytes in base64url.`);

/** `PushSubscription.toJSON()` of the browser. */
export const PushSubscriptionInput = z.object({
  endpoint: z.string().min(1).max(2_000),
  keys: z.object({ p256dh: base64url(65), auth: base64url(16) }),
});
export type PushSubscriptionInput = z.infer<typeof PushSubscriptionInput>;

type Asking = { database: Database; actor: Actor };

/** From now on the device that asks is told by push, at this address alone. Throws `invalid`, and `forbidden` for what is no signed-in device. */
export async function subscribeDevice(
  { database, actor, testOrigin }: Asking & { testOrigin?: string },
  input: PushSubscriptionInput,
): Promise<{ subscriptionId: string }> {
  const { credentialId } = await requireDevice(database, requirePerson(actor));
  const { endpoint, keys } = PushSubscriptionInput.parse(input);
  checkPushEndpoint(endpoint, testOrigin);
  const id = newId('ps');
  await database.db.transaction(async (transaction) => {
    // One at a time: two pages of one device say the same at once.
    await transaction.execute(sql`lock table ${pushSubscriptions} in share row exclusive mode`);
    // The same browser, signed in again: the address goes with the session that is open now.
    await transaction
      .delete(pushSubscriptions)
      .where(or(eq(pushSubscriptions.credentialId, credentialId), eq(pushSubscriptions.endpoint, endpoint)));
    await transaction.insert(pushSubscriptions).values({ id, credentialId, endpoint, ...keys });
  });
  return { subscriptionId: id };
}

/** The device that asks is told nothing more; one that never was stays so. */
export async function unsubscribeDevice({ database, actor }: Asking): Promise<void> {
  const { credentialId } = requirePerson(actor);
  await database.db.delete(pushSubscriptions).where(eq(pushSubscriptions.credentialId, credentialId));
}

async function requireDevice(database: Database, { credentialId }: Person): Promise<{ credentialId: string }> {
  const [row] = await database.db.select({ kind: credentials.kind }).from(credentials).where(eq(credentials.id, credentialId));
  if (row?.kind !== 'device') throw new DomainError('forbidden', 'Only a signed-in device takes notifications.');
  return { credentialId };
}
