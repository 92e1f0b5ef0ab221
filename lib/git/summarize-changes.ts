import { type ChangeSummary, type FileChange, type LeftOut, listedFilesLimit } from '#lib/core/change.ts';
import { emptyTree } from './commit-importer.ts';
import { readCommit } from './read-commit.ts';
import { runGit } from './run-git.ts';
import { modesByPath, readTrailer } from './tree-trailer.ts';

/** Larger files count as binary: nobody reads their lines, and comparing them would cost more than the checkpoint. */
export const diffLimit = ['-c', 'core.bigFileThreshold=4m'];
export const diffArguments = ['--no-ext-diff', '--no-textconv', '-M', '-l1000', '-r'];

/** What lies between two commits (`from: null` is the empty tree); counts are whole, files are listed up to `listedFilesLimit`. */
export async function summarizeChanges(input: {
  store: string;
  from: string | null;
  to: string;
  leftOut: LeftOut[];
}): Promise<ChangeSummary> {
  const { store, from, to, leftOut } = input;
  const changes = from === to ? [] : [...(await listChanges(store, from, to)), ...(await listTrailerChanges(store, from, to))];
  const files = new Map<string, FileChange>();
  for (const change of changes) if (!files.has(change.path)) files.set(change.path, change);
  const all = [...files.values()];
  return {
    files: all.slice(0, listedFilesLimit),
    fileCount: all.length,
    deletedCount: all.filter(({ status }) => status === 'deleted').length,
    additions: all.reduce((sum, { additions }) => sum + additions, 0),
    deletions: all.reduce((sum, { deletions }) => sum + deletions, 0),
    leftOut,
  };
}

async function listChanges(store: string, from: string | null, to: string): Promise<FileChange[]> {
  const output = await runGit({
    store,
    args: [...diffLimit, 'diff-tree', ...diffArguments, '-z', '--raw', '--numstat', from ?? emptyTree, to],
  });
  return parseChanges(output.toString());
}

/** `output` is `--raw --numstat -z`: all raw entries, then all counts, in the same order. */
export function parseChanges(output: string): FileChange[] {
  const fields = output.split('\0');
  const changes: FileChange[] = [];
  let at = 0;
  for (; fields[at]?.startsWith(':'); ) {
    const [oldMode = '', newMode = '', , , letter = ''] = (fields[at] ?? '').slice(1).split(' ');
    const renamed = letter.startsWith('R');
    const oldPath = renamed ? fields[at + 1] : undefined;
    const path = fields[at + (renamed ? 2 : 1)] ?? '';
    const status = statusOf(letter, oldMode !== newMode);
    changes.push({ path, ...(oldPath === undefined ? {} : { oldPath }), status, additions: 0, deletions: 0, binary: false });
    at += renamed ? 3 : 2;
  }
  for (const change of changes) {
    const [additions = '', deletions = '', path] = (fields[at] ?? '').split('\t');
    at += path === '' ? 3 : 1;
    Object.assign(change, { additions: Number(additions) || 0, deletions: Number(deletions) || 0, binary: additions === '-' });
    const onlyMode = change.status === 'mode' && (change.binary || change.additions + change.deletions > 0);
    if (onlyMode) change.status = 'modified';
  }
  return changes;
}

function statusOf(letter: string, modeChanged: boolean): FileChange['status'] {
  const status = ({ A: 'added', D: 'deleted', R: 'renamed', T: 'type' } as const)[letter[0] ?? ''];
  return status ?? (modeChanged ? 'mode' : 'modified');
}

/** Empty folders and modes that git does not hold. */
async function listTrailerChanges(store: string, from: string | null, to: string): Promise<FileChange[]> {
  const [before, after] = await Promise.all(
    [from, to].map(async (commit) => readTrailer(commit ? (await readCommit(store, commit)).message : '')),
  );
  if (!before || !after) return [];
  const change = (path: string, status: FileChange['status']): FileChange => ({ path, status, additions: 0, deletions: 0, binary: false });
  const [oldModes, newModes] = [modesByPath(before), modesByPath(after)];
  const paths = [...new Set([...oldModes.keys(), ...newModes.keys()])];
  return [
    ...after.empty.filter((path) => !before.empty.includes(path)).map((path) => change(path, 'added')),
    ...before.empty.filter((path) => !after.empty.includes(path)).map((path) => change(path, 'deleted')),
    ...paths.filter((path) => oldModes.get(path) !== newModes.get(path)).map((path) => change(path, 'mode')),
  ];
}
