import { signInUrl } from '#lib/auth/create-sign-in-link.ts';
import type { Settings } from '#lib/settings.ts';

/** A sign-in link as this request's sender would open it. */
export function linkAnswer({ CHOIR_PUBLIC_URL }: Settings, { headers }: Request, { code, expiresAt }: { code: string; expiresAt: Date }) {
  const publicUrl = CHOIR_PUBLIC_URL ?? headers.get('origin') ?? `http://${headers.get('host')}`;
  return { url: signInUrl(publicUrl, code), expiresAt: expiresAt.toISOString() };
}
