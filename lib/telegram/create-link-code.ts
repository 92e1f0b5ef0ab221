import type { Actor } from '#lib/auth/actor.ts';
import { requirePerson } from '#lib/auth/require-person.ts';
import { hashSecret, newSecret } from '#lib/auth/secret.ts';
import { secretFor } from '#lib/auth/secret-for.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { telegramLinkCodes } from '#lib/db/schema.ts';
import type { ChoirHome } from '#lib/home.ts';
import { findBot } from './register-bot.ts';

export const linkCodeMinutes = 30;

/** `url` opens the bot with the code; null where no bot has run yet. The code works once, for whoever sends it to the bot. */
export type LinkCode = { code: string; url: string | null; expiresAt: Date };

/** A one-time code that lets one Telegram account speak for the person who asks. Only its hash is kept. */
export async function createLinkCode(
  { database, home, actor }: { database: Database; home: ChoirHome; actor: Actor },
  { requestId }: { requestId?: string } = {},
): Promise<LinkCode> {
  const { userId } = requirePerson(actor);
  return linkCodeFor(database, userId, secretFor(home, 'telegram', { by: userId, for: userId, requestId }));
}

/** The same for the launcher, which prints the owner's at first start. */
export async function linkCodeFor(database: Database, userId: string, code = newSecret('telegram')): Promise<LinkCode> {
  const expiresAt = new Date(Date.now() + linkCodeMinutes * 60_000);
  const codeHash = hashSecret(code);
  const [made] = await database.db
    .insert(telegramLinkCodes)
    .values({ codeHash, userId, expiresAt })
    .onConflictDoUpdate({ target: telegramLinkCodes.codeHash, set: { codeHash } })
    .returning({ expiresAt: telegramLinkCodes.expiresAt });
  const bot = await findBot({ database });
  return { code, url: bot ? `https://t.me/${bot}?start=${code}` : null, expiresAt: made?.expiresAt ?? expiresAt };
}
