import { runGit } from '../store/run-git.ts';

/** Lines `from` to `to` (counted from 1, both included) as `commit` left them. */
export type BlamedLines = { from: number; to: number; commit: string };

const header = /^([0-9a-f]{40}) \d+ (\d+)/;

/**
 * Which commit after `base` each line of a file of `commit` comes from, neighbours together; lines as old as `base` are left out. Throws GitError
 * when there is no such file.
 */
export async function blameFile(input: { store: string; base: string; commit: string; path: string }): Promise<BlamedLines[]> {
  const { store, base, commit, path } = input;
  if (base === commit) return [];
  const args = ['blame', '--porcelain', '--no-textconv', commit, `^${base}`, '--', path];
  const output = (await runGit({ store, args, env: { GIT_LITERAL_PATHSPECS: '1' } })).toString('latin1');
  const old = new Set<string>();
  const found: BlamedLines[] = [];
  let open: BlamedLines | null = null;
  for (const line of output.split('\n')) {
    // A line of the file itself begins with a tab.
    const [, from, number] = header.exec(line) ?? [];
    if (from !== undefined) open = { from: Number(number), to: Number(number), commit: from };
    else if (line === 'boundary' && open) old.add(open.commit);
    else if (line.startsWith('\t') && open) {
      addLine(found, open);
      open = null;
    }
  }
  return found.filter((lines) => !old.has(lines.commit));
}

function addLine(found: BlamedLines[], line: BlamedLines): void {
  const last = found.at(-1);
  if (last?.commit === line.commit && last.to === line.from - 1) last.to = line.to;
  else found.push(line);
}
