import { networkInterfaces } from 'node:os';
import { renderUnicodeCompact } from 'uqr';
import { waitUntil } from '#bin/services/wait-until.ts';
import { createSignInLink, signInLinkHours, signInUrl } from '#lib/auth/create-sign-in-link.ts';
import { ensureCliToken } from '#lib/auth/ensure-cli-token.ts';
import { ensureOwner } from '#lib/auth/ensure-owner.ts';
import { connectDatabase } from '#lib/db/connect-database.ts';
import type { ChoirHome } from '#lib/home.ts';
import { hasAccounts } from '#lib/telegram/accounts.ts';
import { linkCodeFor, linkCodeMinutes } from '#lib/telegram/create-link-code.ts';
import { findBot } from '#lib/telegram/register-bot.ts';

const botWaitMs = 5_000;
const everyAddress = ['0.0.0.0', '::'];

/** The address to hand out: the public one, else the first of this machine in its network, else loopback. */
export function publicUrl(host: string, port: number, configured: string | undefined): string {
  if (configured) return configured;
  return `http://${everyAddress.includes(host) ? (networkAddress() ?? '127.0.0.1') : host}:${port}`;
}

function networkAddress(): string | undefined {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find((address) => address.family === 'IPv4' && !address.internal)?.address;
}

/** A fresh sign-in link for the owner; the CLI's token is left in the data folder on the way. */
export async function ownerSignInUrl(databaseUrl: string, home: ChoirHome, base: string): Promise<string> {
  const database = connectDatabase(databaseUrl, { connections: 1 });
  try {
    const { userId } = await ensureOwner({ database });
    await ensureCliToken({ database, home });
    const { code } = await createSignInLink({ database }, { userId });
    return signInUrl(base, code);
  } finally {
    await database.close();
  }
}

/** How the owner links Telegram, while nobody is linked; null once somebody is. Waits a moment for a bot that starts for the first time. */
export async function telegramLine(databaseUrl: string): Promise<string | null> {
  const database = connectDatabase(databaseUrl, { connections: 1 });
  try {
    if (await hasAccounts({ database })) return null;
    const { userId } = await ensureOwner({ database });
    const known = async () => (await findBot({ database })) !== null;
    await waitUntil(known, { what: 'the bot did not start', timeoutMs: botWaitMs, everyMs: 200 }).catch(() => {});
    const { code, url } = await linkCodeFor(database, userId);
    return url ? `Telegram: open ${url}` : `Telegram: send your bot  /start ${code}`;
  } finally {
    await database.close();
  }
}

/** What a person reads once everything is up. */
export function welcome(input: {
  url: string;
  host: string;
  publicUrl: string | undefined;
  home: ChoirHome;
  missing: string[];
  telegram: string | null;
}): string {
  const indent = (text: string) => text.replace(/^(?=.)/gm, '  ');
  const reachable = input.publicUrl || everyAddress.includes(input.host);
  const lines = [
    '',
    'Sign in:',
    '',
    `  ${input.url}`,
    '',
    renderUnicodeCompact(input.url, { border: 1 }),
    '',
    `The link works once, within ${signInLinkHours} hours.`,
    ...(input.telegram ? [`${input.telegram}   (within ${linkCodeMinutes} minutes)`] : []),
    ...(reachable ? [] : ['From a phone in the same network: CHOIR_HOST=0.0.0.0 npm start']),
    ...input.missing.map((sentence) => `Note: ${sentence}`),
    `Data: ${input.home.root}   Logs: ${input.home.logs}`,
    'Ctrl-C stops everything.',
    '',
  ];
  return indent(lines.join('\n'));
}
