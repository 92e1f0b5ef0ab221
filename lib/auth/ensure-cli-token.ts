import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Database } from '#lib/db/connect-database.ts';
import type { ChoirHome } from '#lib/home.ts';
import { authenticate } from './authenticate.ts';
import { cliTokenPath } from './cli-token-path.ts';
import { createToken } from './create-token.ts';
import { ensureOwner } from './ensure-owner.ts';

/**
 * Leaves a working API token of the owner in `CHOIR_HOME/cli-token`, readable by this machine's user alone, and returns its path.
 * One that works stays; a missing, expired or revoked one is replaced whole or not at all.
 */
export async function ensureCliToken({ database, home }: { database: Database; home: ChoirHome }): Promise<string> {
  const path = cliTokenPath(home.root);
  const present = (await readFile(path, 'utf8').catch(() => '')).trim();
  const legible = /^[\w-]+$/.test(present);
  if (legible && (await authenticate({ database }, new Headers({ authorization: `Bearer ${present}` })))) return path;
  const { userId, workspaceId } = await ensureOwner({ database });
  const actor = { kind: 'person', userId, workspaceId, role: 'owner', via: 'cli', credentialId: '' } as const;
  const { token } = await createToken({ database, home, actor }, { name: 'CLI on this machine' });
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, `${token}\n`, { mode: 0o600, flag: 'wx' });
  await rename(draft, path);
  return path;
}
