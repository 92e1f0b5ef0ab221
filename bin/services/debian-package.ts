import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { aptSources, readAptSources } from './apt-sources.ts';

const run = promisify(execFile);
const timeoutMs = 180_000;

export type DebianPackage = {
  name: string;
  /** Take it from this release of Debian instead of the machine's own. */
  release?: string;
  /** Bring the packages that it needs and this machine lacks, too. */
  withDependencies?: true;
};

/** Whether this machine has what `unpackDebianPackage` needs. */
export function hasApt(): boolean {
  return process.platform === 'linux' && existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg-deb');
}

/**
 * Unpacks a Debian package into `<tools>/<name>` and gives that folder; at once when it lies there already.
 * apt works in folders of its own with the mirror and the keys of the machine's own sources: no root is needed, signatures are
 * checked, and nothing of the system changes. Throws with apt's own words when it fails.
 */
export async function unpackDebianPackage(tools: string, wanted: DebianPackage): Promise<string> {
  const folder = join(tools, wanted.name);
  if (existsSync(folder)) return folder;
  await mkdir(tools, { recursive: true });
  const work = await mkdtemp(join(tools, '.apt-'));
  try {
    const configuration = await writeConfiguration(work, wanted.release);
    const apt = (...args: string[]) => run('apt-get', ['-c', configuration, '-qq', ...args], { cwd: work, timeout: timeoutMs });
    await apt('update');
    if (wanted.withDependencies) await apt(...installMissing, wanted.name);
    else await apt('download', wanted.name);
    const archives = [work, join(work, 'archives')];
    const found = (await Promise.all(archives.map(packagesIn))).flat();
    if (found.length === 0) throw new Error(`apt-get gave no package ${wanted.name}.`);
    const unpacked = join(work, 'unpacked');
    for (const archive of found) await run('dpkg-deb', ['-x', archive, unpacked]);
    await rename(unpacked, folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Against the machine's own list of what is installed, which is only read. */
const installMissing = [
  ...['-o', 'Dir::State::status=/var/lib/dpkg/status', '-o', 'Debug::NoLocking=1'],
  ...['--download-only', '--yes', '--no-install-recommends', 'install'],
];

async function packagesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((file) => file.endsWith('.deb')).map((file) => join(folder, file));
}

async function writeConfiguration(work: string, release: string | undefined): Promise<string> {
  for (const folder of ['lists/partial', 'archives/partial', 'sources.d']) await mkdir(join(work, folder), { recursive: true });
  await writeFile(join(work, 'status'), '');
  await writeFile(join(work, 'sources.d', 'choir.sources'), aptSources(await readAptSources(), release));
  const path = join(work, 'apt.conf');
  const text = `#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
APT::Sandbox::User "${process.getuid?.() === 0 ? 'root' : ''}";
APT::Install-Recommends "false";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
Dir::State::lists "${work}/lists";
Dir::State::status "${work}/status";
Dir::Cache "${work}";
Dir::Cache::archives "${work}/archives";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "${work}/sources.d";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
`;
  await writeFile(path, text);
  return path;
}
