import type { FileChange } from '#lib/core/change.ts';
import { emptyTree } from '../store/commit-importer.ts';
import { runGit } from '../store/run-git.ts';

/** A change between two commits with git's modes (octal text, `000000` for absent) and blob ids. */
export type CommitChange = FileChange & { oldMode: string; mode: string; oldOid: string; oid: string };

export type ListChanges = { store: string; from: string | null; to: string; paths?: string[] };

/** Larger files count as binary: nobody reads their lines, and comparing them would cost more than the checkpoint. */
const sizeLimit = ['-c', 'core.bigFileThreshold=4m'];
const comparison = ['--no-ext-diff', '--no-textconv', '-M', '-l1000', '-r'];

/** Every path that differs between two commits (`from: null` is the empty tree), renames detected, of these paths and folders when some are given. */
export async function listChanges(input: ListChanges): Promise<CommitChange[]> {
  if (input.from === input.to) return [];
  return parseChanges((await diffTree(input, ['--raw', '--numstat', '-z', '--no-abbrev'])).toString());
}

/** What git says of a change in this format; with `keepBytes` cut off soon after so many. */
export async function diffTree({ store, from, to, paths = [] }: ListChanges, format: string[], keepBytes?: number): Promise<Buffer> {
  const args = [...sizeLimit, 'diff-tree', ...comparison, ...format, from ?? emptyTree, to, '--', ...paths];
  return runGit({ store, args, env: { GIT_LITERAL_PATHSPECS: '1' }, keepBytes });
}

/** `output` is `--raw --numstat -z`: all raw entries, then all counts, in the same order. */
function parseChanges(output: string): CommitChange[] {
  const fields = output.split('\0');
  const changes: CommitChange[] = [];
  let at = 0;
  while (fields[at]?.startsWith(':')) {
    const [oldMode = '', mode = '', oldOid = '', oid = '', letter = ''] = (fields[at] ?? '').slice(1).split(' ');
    const renamed = letter.startsWith('R');
    const oldPath = renamed ? { oldPath: fields[at + 1] } : {};
    const path = fields[at + (renamed ? 2 : 1)] ?? '';
    const status = statusOf(letter, oldMode !== mode && oldOid === oid);
    changes.push({ path, ...oldPath, status, additions: 0, deletions: 0, binary: false, oldMode, mode, oldOid, oid });
    at += renamed ? 3 : 2;
  }
  for (const change of changes) {
    const [additions = '', deletions = '', path] = (fields[at] ?? '').split('\t');
    at += path === '' ? 3 : 1;
    Object.assign(change, { additions: Number(additions) || 0, deletions: Number(deletions) || 0, binary: additions === '-' });
  }
  return changes;
}

function statusOf(letter: string, onlyMode: boolean): FileChange['status'] {
  const status = ({ A: 'added', D: 'deleted', R: 'renamed', T: 'type' } as const)[letter[0] ?? ''];
  return status ?? (onlyMode ? 'mode' : 'modified');
}
