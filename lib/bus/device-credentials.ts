import { randomUUID } from 'node:crypto';
import { encodeUser } from '@nats-io/jwt';
import { createUser, fromSeed } from '@nats-io/nkeys';
import { subjects } from './streams.ts';

const deviceCredentialSeconds = 300;

/**
 * A bearer JWT with which a device listens to its own workspace over the WebSocket and does nothing else. It holds no seed, works for five
 * minutes and only through `/nats`, which checks the session. `expiresAt` is when to have fetched the next one; `goodForSeconds` says it to a device whose
 * clock is off.
 * An empty `pub.allow` would allow everything, and the default inbox shows other users' replies: hence the explicit lists.
 */
export async function createDeviceCredential({ accountSeed, workspaceId }: { accountSeed: string; workspaceId: string }) {
  const expiresAt = Math.floor(Date.now() / 1000) + deviceCredentialSeconds;
  const jwt = await encodeUser(
    `device-${randomUUID()}`,
    createUser(),
    fromSeed(new TextEncoder().encode(accountSeed)),
    {
      bearer_token: true,
      allowed_connection_types: ['WEBSOCKET'],
      pub: { deny: ['>'] },
      sub: { allow: [subjects.live(workspaceId, '>'), subjects.typing(workspaceId, '>')] },
    },
    { exp: expiresAt },
  );
  return { jwt, expiresAt: new Date(expiresAt * 1000).toISOString(), goodForSeconds: deviceCredentialSeconds };
}
