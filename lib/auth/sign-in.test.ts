import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { connectDatabase } from '#lib/db/connect-database.ts';
import { credentials, signInLinks, users } from '#lib/db/schema.ts';
import { testDatabase, testHome } from '#tests/services.ts';
import { createSignInLink, signInUrl } from './create-sign-in-link.ts';
import { ensureOwner } from './ensure-owner.ts';
import { redeemSignInLink } from './redeem-sign-in-link.ts';
import { hashSecret } from './secret.ts';

const database = connectDatabase(await testDatabase());
afterAll(() => database.close());
const owner = await ensureOwner({ database });
const home = await testHome();
const redeem = (code: string, requestId?: string) => redeemSignInLink({ database, home }, { code, deviceName: 'Phone', requestId });

test('twenty first starts at once make one owner', async () => {
  const fresh = connectDatabase(await testDatabase());
  const made = await Promise.all(Array.from({ length: 20 }, () => ensureOwner({ database: fresh })));
  expect(new Set(made.map(({ userId }) => userId)).size).toBe(1);
  expect(await fresh.db.select().from(users)).toHaveLength(1);
  await fresh.close();
});

test('of many who redeem one code at once exactly one wins', async () => {
  const { code } = await createSignInLink({ database }, owner);
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => redeem(code)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'unauthenticated' });
});

test('refuses a code that is unknown, used or expired', async () => {
  const { code } = await createSignInLink({ database }, owner);
  await redeem(code);
  await expect(redeem(code)).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(redeem('choir_link_guess')).rejects.toMatchObject({ code: 'unauthenticated' });
  const late = await createSignInLink({ database }, owner);
  await database.db
    .update(signInLinks)
    .set({ expiresAt: new Date(Date.now() - 1) })
    .where(eq(signInLinks.codeHash, hashSecret(late.code)));
  await expect(redeem(late.code)).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('who heard no answer asks again and is the same device, while the link would be good and nobody signed it out', async () => {
  const { code } = await createSignInLink({ database }, owner);
  const asked = () => redeem(code, 'rq_same_request');
  const [first, ...others] = await Promise.all([asked(), asked(), asked()]);
  for (const other of [...others, await asked()]) expect(other).toMatchObject({ secret: first.secret, credentialId: first.credentialId });
  await expect(redeem(code, 'rq_other_request')).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(redeem(code)).rejects.toMatchObject({ code: 'unauthenticated' });
  const another = await createSignInLink({ database }, owner);
  expect((await redeem(another.code, 'rq_same_request')).secret).not.toBe(first.secret);
  await database.db.update(credentials).set({ revokedAt: new Date() }).where(eq(credentials.id, first.credentialId));
  await expect(asked()).rejects.toMatchObject({ code: 'unauthenticated' });
  await database.db.update(signInLinks).set({ expiresAt: new Date(Date.now() - 1) });
  await expect(redeem(another.code, 'rq_same_request')).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('keeps neither the code nor the secret, only their hashes', async () => {
  const { code } = await createSignInLink({ database }, owner);
  const { secret } = await redeem(code);
  const stored = JSON.stringify([await database.db.select().from(credentials), await database.db.select().from(signInLinks)]);
  for (const known of [code, secret]) {
    expect(stored).not.toContain(known);
    expect(stored).not.toContain(Buffer.from(known).toString('base64'));
  }
});

test('the code stands in the fragment of its link', () => {
  expect(signInUrl('https://choir.example/', 'choir_link_x')).toBe('https://choir.example/sign-in#choir_link_x');
});
