import { afterAll } from 'vitest';
import { createSignInLink } from '#lib/auth/create-sign-in-link.ts';
import { createToken } from '#lib/auth/create-token.ts';
import { ensureOwner } from '#lib/auth/ensure-owner.ts';
import { redeemSignInLink } from '#lib/auth/redeem-sign-in-link.ts';
import type { Person } from '#lib/auth/require-person.ts';
import { openServices } from '#lib/open-services.ts';
import { provideServices, type WebServices } from '#lib/services.ts';
import { readSettings } from '#lib/settings.ts';
import { testDatabase, testHome, testNats } from './services.ts';

/** A web process of its own for one test file, on real PostgreSQL and NATS: what the routes get from `services()`. */
export async function testWebServices(environment: Record<string, string> = {}): Promise<WebServices> {
  const [databaseUrl, nats, home] = await Promise.all([testDatabase(), testNats(), testHome()]);
  const settings = readSettings({
    CHOIR_HOME: home.root,
    DATABASE_URL: databaseUrl,
    NATS_URL: nats.url,
    NATS_CREDS: nats.credsFile,
    NATS_ACCOUNT_SEED: nats.accountSeed,
    NATS_WEBSOCKET_URL: nats.websocketUrl,
    NODE_ENV: 'test',
    ...environment,
  });
  const opened = await openServices(settings, 'test');
  afterAll(() => opened.close());
  const provided = { ...opened, settings };
  provideServices(provided);
  return provided;
}

/** A person of `services` who has signed in on one device and holds one token. */
export async function signedIn(services: WebServices) {
  const { userId, workspaceId } = await ensureOwner(services);
  const { code } = await createSignInLink(services, { userId });
  const { secret, credentialId } = await redeemSignInLink(services, { code, deviceName: 'Test' });
  const actor: Person = { kind: 'person', userId, workspaceId, role: 'owner', via: 'pwa', credentialId };
  const { token, credential } = await createToken({ ...services, actor }, { name: 'Test' });
  return { actor, cookie: `choir_session=${secret}`, credentialId, token, tokenId: credential.id, workspaceId, userId };
}
