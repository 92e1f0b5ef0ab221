import { networkInterfaces } from 'node:os';
import { renderUnicodeCompact } from 'uqr';
import { createSignInLink, signInLinkHours, signInUrl } from '#lib/auth/create-sign-in-link.ts';
import { ensureCliToken } from '#lib/auth/ensure-cli-token.ts';
import { ensureOwner } from '#lib/auth/ensure-owner.ts';
import { connectDatabase } from '#lib/db/connect-database.ts';
import type { ChoirHome } from '#lib/home.ts';

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

/** What a person reads once everything is up. */
export function welcome(input: { url: string; host: string; publicUrl: string | undefined; home: ChoirHome; missing: string[] }): string {
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
    ...(reachable ? [] : ['From a phone in the same network: CHOIR_HOST=0.0.0.0 npm start']),
    ...input.missing.map((sentence) => `Note: ${sentence}`),
    `Data: ${input.home.root}   Logs: ${input.home.logs}`,
    'Ctrl-C stops everything.',
    '',
  ];
  return indent(lines.join('\n'));
}
