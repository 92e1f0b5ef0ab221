import type { Database } from '#lib/db/connect-database.ts';
import { signInLinks } from '#lib/db/schema.ts';
import { hashSecret, newSecret } from './secret.ts';

export const signInLinkHours = 24;

/** A one-time code that signs one device in as `userId`. Only its hash is kept; the code is returned this once. */
export async function createSignInLink(
  { database }: { database: Database },
  { userId }: { userId: string },
): Promise<{ code: string; expiresAt: Date }> {
  const code = newSecret('link');
  const expiresAt = new Date(Date.now() + signInLinkHours * 3_600_000);
  await database.db.insert(signInLinks).values({ codeHash: hashSecret(code), userId, expiresAt });
  return { code, expiresAt };
}

/** Where a person opens the code. It stands in the fragment, which no server log, proxy or referrer ever sees. */
export function signInUrl(publicUrl: string, code: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/sign-in#${code}`;
}
