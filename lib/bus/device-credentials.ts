import { randomUUID } from 'node:crypto';
import { encodeUser } from '@nats-io/jwt';
import { createUser, fromSeed } from '@nats-io/nkeys';
import { subjects } from './streams.ts';

const goodForSeconds = 300;
/** To sign one takes 25 ms of the web server's only thread, as a page opens: the devices of a workspace share what was signed in so many seconds. */
const sharedForSeconds = 60;

type Signed = { jwt: Promise<string>; signedAt: number };
const signed = new Map<string, Signed>();

/**
 * A bearer JWT with which a device listens to its own workspace over the WebSocket and does nothing else. It holds no seed, works for four to five
 * minutes and only through `/nats`, which checks the session. `expiresAt` is when to have fetched the next one; `goodForSeconds` says it to a device whose
 * clock is off.
 */
export async function createDeviceCredential({ accountSeed, workspaceId }: { accountSeed: string; workspaceId: string }) {
  const now = Math.floor(Date.now() / 1000);
  const key = `${accountSeed} ${workspaceId}`;
  let shared = signed.get(key);
  // One of the future was signed before the clock was set back.
  if (!shared || now < shared.signedAt || now >= shared.signedAt + sharedForSeconds) {
    shared = { jwt: sign(accountSeed, workspaceId, now + goodForSeconds), signedAt: now };
    signed.set(key, shared);
  }
  const { jwt, signedAt } = shared;
  const expiresAt = signedAt + goodForSeconds;
  return { jwt: await jwt, expiresAt: new Date(expiresAt * 1000).toISOString(), goodForSeconds: expiresAt - now };
}

/** An empty `pub.allow` would allow everything, and the default inbox shows other users' replies: hence the explicit lists. */
function sign(accountSeed: string, workspaceId: string, expiresAt: number): Promise<string> {
  return encodeUser(
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
}
