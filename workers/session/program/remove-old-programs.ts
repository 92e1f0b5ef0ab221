import { lstat, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { AgentProgram } from '#lib/agents/agent-program.ts';
import { programFolder } from '#lib/agents/program-folder.ts';
import type { ChoirHome } from '#lib/home.ts';

/** An installation that is cut off leaves a draft; none goes on for so long. */
const draftMs = 60 * 60_000;

/**
 * Removes the versions of terminal agents that Choir starts no more, unless a program of one still runs: whoever started it, its sandbox shows the folder.
 * Folders that are shared by a link are somebody else's. Gives what was removed.
 */
export async function removeOldPrograms(
  home: ChoirHome,
  programs: Readonly<Record<string, Pick<AgentProgram, 'packages'>>>,
): Promise<string[]> {
  if (process.platform !== 'linux' || !(await lstat(home.agents).catch(() => null))?.isDirectory()) return [];
  const old: string[] = [];
  for (const [agentId, program] of Object.entries(programs)) {
    const current = programFolder(home, agentId, program);
    if (!current) continue;
    const names = await readdir(dirname(current)).catch(() => []);
    for (const name of names.filter((one) => one !== basename(current))) {
      const folder = join(dirname(current), name);
      const { mtimeMs } = await lstat(folder);
      if (!name.includes('.partial-') || Date.now() - mtimeMs > draftMs) old.push(folder);
    }
  }
  const mounted = old.length > 0 ? await mountedFolders() : '';
  const unused = old.filter((folder) => !mounted.includes(`/${basename(dirname(folder))}/${basename(folder)} `));
  for (const folder of unused) {
    // Whole or not there, for whoever still wants it; another worker may have been faster.
    const gone = `${folder}.partial-${crypto.randomUUID().slice(0, 8)}`;
    const isOurs = await rename(folder, gone).then(
      () => true,
      () => false,
    );
    if (isOurs) await rm(gone, { recursive: true, force: true });
  }
  return unused;
}

/** What every process of this machine has mounted, as far as it may be seen. */
async function mountedFolders(): Promise<string> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const mounts = await Promise.all(processes.map((pid) => readFile(`/proc/${pid}/mountinfo`, 'utf8').catch(() => '')));
  return [...new Set(mounts)].join('\n');
}
