import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { followRevocation } from '#lib/bus/revocations.ts';
import { connectDatabase } from '#lib/db/connect-database.ts';
import { credentials } from '#lib/db/schema.ts';
import { signedIn, testWebServices } from '#tests/web-services.ts';
import { authenticate } from './authenticate.ts';
import { createToken } from './create-token.ts';
import { listCredentials } from './list-credentials.ts';
import { revokeCredential } from './revoke-credential.ts';

const services = await testWebServices();
const ask = (headers: Record<string, string>) => authenticate(services, new Headers(headers));

test('knows a device by its cookie and a token by its header', async () => {
  const { cookie, credentialId, token, tokenId } = await signedIn(services);
  expect(await ask({ cookie: `other=1; ${cookie}; last=2` })).toMatchObject({ method: 'cookie', actor: { credentialId, via: 'pwa' } });
  expect(await ask({ authorization: `Bearer ${token}` })).toMatchObject({ method: 'bearer', actor: { credentialId: tokenId, via: 'api' } });
  expect(await ask({ authorization: `Bearer ${token}`, 'choir-face': 'cli' })).toMatchObject({ actor: { via: 'cli' } });
});

test('refuses nothing, forged, cut, swapped and malformed secrets alike', async () => {
  const { cookie, token } = await signedIn(services);
  const secret = cookie.split('=')[1] ?? '';
  const refused: Record<string, string>[] = [
    {},
    { cookie: '' },
    { cookie: 'choir_session=' },
    { cookie: `choir_session=${secret.slice(0, -1)}` },
    { cookie: `choir_session=choir_device_${'A'.repeat(43)}` },
    { cookie: `choir_session=${token}` },
    { authorization: `Bearer ${secret}` },
    { authorization: token },
    { authorization: 'Bearer ' },
    { authorization: `Basic ${token}` },
    { cookie, authorization: 'Bearer nonsense' },
  ];
  for (const headers of refused) expect(await ask(headers), JSON.stringify(headers)).toBeNull();
});

test('refuses an expired and a revoked credential', async () => {
  const { actor, cookie, credentialId, token, tokenId } = await signedIn(services);
  await services.database.db
    .update(credentials)
    .set({ expiresAt: new Date(Date.now() - 1) })
    .where(eq(credentials.id, credentialId));
  expect(await ask({ cookie })).toBeNull();
  await revokeCredential({ ...services, actor }, { credentialId: tokenId });
  expect(await ask({ authorization: `Bearer ${token}` })).toBeNull();
});

test('does not wait for a database that takes connections and says nothing', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const database = connectDatabase(`postgres://choir@127.0.0.1:${(silent.address() as AddressInfo).port}/choir`);
  await expect(authenticate({ database }, new Headers())).rejects.toMatchObject({ code: 'unavailable' });
  silent.close();
});

test('notes when a credential was last used, but not at every use', async () => {
  const { token, tokenId } = await signedIn(services);
  const lastSeen = async () => (await services.database.db.select().from(credentials).where(eq(credentials.id, tokenId)))[0]?.lastSeenAt;
  expect(await lastSeen()).toBeNull();
  await ask({ authorization: `Bearer ${token}` });
  const before = await lastSeen();
  expect(before).toBeInstanceOf(Date);
  await ask({ authorization: `Bearer ${token}` });
  expect(await lastSeen()).toEqual(before);
  const old = new Date(Date.now() - 3_600_000);
  await services.database.db.update(credentials).set({ lastSeenAt: old }).where(eq(credentials.id, tokenId));
  await ask({ authorization: `Bearer ${token}` });
  expect((await lastSeen())?.getTime()).toBeGreaterThan(old.getTime());
});

test('a revocation is told to whoever holds a connection of the credential', async () => {
  const { actor, tokenId } = await signedIn(services);
  const told = Promise.withResolvers<void>();
  const subscription = followRevocation(services.bus, tokenId, told.resolve);
  await revokeCredential({ ...services, actor }, { credentialId: tokenId });
  await told.promise;
  subscription.close();
});

test('lists what still opens the door, without secrets, and marks the one that asks', async () => {
  const { actor, credentialId, token, tokenId } = await signedIn(services);
  const listed = await listCredentials({ ...services, actor });
  expect(listed.find(({ id }) => id === credentialId)).toMatchObject({ kind: 'device', current: true });
  expect(listed.find(({ id }) => id === tokenId)).toMatchObject({ kind: 'token', current: false, expiresAt: null });
  expect(JSON.stringify(listed)).not.toContain(token);
  await revokeCredential({ ...services, actor }, { credentialId: tokenId });
  expect((await listCredentials({ ...services, actor })).some(({ id }) => id === tokenId)).toBe(false);
});

test('rejects revoking what is unknown or of somebody else, and a worker who asks', async () => {
  const { actor, tokenId } = await signedIn(services);
  const stranger = { ...actor, userId: 'us_stranger' };
  await expect(revokeCredential({ ...services, actor }, { credentialId: 'tk_none' })).rejects.toMatchObject({ code: 'not-found' });
  await expect(revokeCredential({ ...services, actor: stranger }, { credentialId: tokenId })).rejects.toMatchObject({ code: 'not-found' });
  const worker = { kind: 'worker', workerId: 'w' } as const;
  await expect(createToken({ ...services, actor: worker }, { name: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
});
