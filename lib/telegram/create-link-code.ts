import type { Actor } from '#lib/auth/actor.ts';
import { requirePerson } from '#lib/auth/require-person.ts';
import { hashSecret, newSecret } from '#lib/auth/secret.ts';
import type { Database } from '#lib/db/connect-database.ts';
import { telegramLinkCodes } from '#lib/db/schema.ts';
import { findBot } from './register-bot.ts';

export const linkCodeMinutes = 30;

/** `url` opens the bot with the code; null where no bot has run yet. The code works once, for whoever sends it to the bot. */
export type LinkCode = { code: string; url: string | null; expiresAt: Date };

/** A one-time code that lets one Telegram account speak for the person who asks. Only its hash is kept. */
export async function createLinkCode({ database, actor }: { database: Database; actor: Actor }): Promise<LinkCode> {
  return linkCodeFor(database, requirePerson(actor).userId);
}

/** The same for the launcher, which prints the owner's at first start. */
export async function linkCodeFor(database: Database, userId: string): Promise<LinkCode> {
  const code = newSecret('telegram');
  const expiresAt = new Date(Date.now() + linkCodeMinutes * 60_000);
  await database.db.insert(telegramLinkCodes).values({ codeHash: hashSecret(code), userId, expiresAt });
  const bot = await findBot({ database });
  return { code, url: bot ? `https://t.me/${bot}?start=${code}` : null, expiresAt };
}
