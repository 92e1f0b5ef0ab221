import type { Database } from '#lib/db/connect-database.ts';
import { signInLinks } from '#lib/db/schema.ts';
import { hashSecret, newSecret } from './secret.ts';

export const signInLinkHours = 24;

/** A one-time code that signs one device in as `userId`. Only its hash is kept; the code is returned this once, unless it is made again (`secretFor`). */
export async function createSignInLink(
  { database }: { database: Database },
  { userId, code = newSecret('link') }: { userId: string; code?: string },
): Promise<{ code: string; expiresAt: Date }> {
  const expiresAt = new Date(Date.now() + signInLinkHours * 3_600_000);
  const codeHash = hashSecret(code);
  const [link] = await database.db
    .insert(signInLinks)
    .values({ codeHash, userId, expiresAt })
    .onConflictDoUpdate({ target: signInLinks.codeHash, set: { codeHash } })
    .returning({ expiresAt: signInLinks.expiresAt });
  return { code, expiresAt: link?.expiresAt ?? expiresAt };
}

/** Where a person opens the code. It stands in the fragment, which no server log, proxy or referrer ever sees. */
export function signInUrl(publicUrl: string, code: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/sign-in#${code}`;
}
