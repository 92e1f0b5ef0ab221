import { headers } from 'next/headers';
import { authenticate } from '#lib/auth/authenticate.ts';
import { readSessionCookie } from '#lib/auth/session-cookie.ts';
import { services } from '#lib/services.ts';

/** Whether this device comes with a session that counts no more: it was revoked elsewhere. One that signed out itself has none. */
export async function wasSignedOut(): Promise<boolean> {
  const sent = await headers();
  if (readSessionCookie(sent.get('cookie')) === null) return false;
  return (await authenticate(await services(), sent)) === null;
}
