import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeAccount, encodeOperator, encodeUser, fmtCreds } from '@nats-io/jwt';
import { createAccount, createOperator, createUser } from '@nats-io/nkeys';
import { z } from 'zod';

const NatsKeys = z.object({
  operatorJwt: z.string(),
  systemAccount: z.string(),
  systemJwt: z.string(),
  account: z.string(),
  accountJwt: z.string(),
  /** Signs user credentials of Choir's account. */
  accountSeed: z.string(),
  /** Credentials file of Choir's own user. */
  creds: z.string(),
});
export type NatsKeys = z.infer<typeof NatsKeys>;

/** Reads the identities of this installation's NATS, or makes them once. The operator's own key is thrown away: nothing needs it again. */
export async function natsKeys(folder: string): Promise<NatsKeys> {
  const path = join(folder, 'keys.json');
  const stored = await readFile(path, 'utf8').catch(() => undefined);
  if (stored !== undefined) return parseKeys(path, stored);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const keys = await createKeys();
  await writeFile(`${path}.new`, JSON.stringify(keys), { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  return keys;
}

function parseKeys(path: string, text: string): NatsKeys {
  try {
    return NatsKeys.parse(JSON.parse(text));
  } catch {
    throw new Error(`${path} is damaged. Restore it from a backup, or delete it to get new NATS identities.`);
  }
}

async function createKeys(): Promise<NatsKeys> {
  const [operator, system, account, user] = [createOperator(), createAccount(), createAccount(), createUser()];
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const unlimited = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };
  const stored = { mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 };
  const systemAccount = system.getPublicKey();
  return {
    operatorJwt: await encodeOperator('choir', operator, { system_account: systemAccount }),
    systemAccount,
    systemJwt: await encodeAccount('SYS', system, { limits: unlimited }, { signer: operator }),
    account: account.getPublicKey(),
    accountJwt: await encodeAccount('CHOIR', account, { limits: { ...unlimited, ...stored } }, { signer: operator }),
    accountSeed: text(account.getSeed()),
    creds: text(fmtCreds(await encodeUser('choir', user, account), user)),
  };
}
