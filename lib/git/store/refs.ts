import { GitError, runGit } from './run-git.ts';

export const mainBranch = 'refs/heads/main';

/** Branch of a thread, as a clone sees it. */
export function threadBranch(threadId: string): string {
  return `refs/heads/choir/${threadId}`;
}

/** Hidden ref that keeps one checkpoint of a thread alive. */
export function checkpointRef(threadId: string, number: number): string {
  return `refs/choir/${threadId}/${number}`;
}

/** Hidden ref that keeps the bytes alive which an approval shows. */
export function proposalRef(threadId: string, approvalId: string): string {
  return `refs/choir/${threadId}/proposed/${approvalId}`;
}

/** Hidden ref that keeps a change alive which a rule kept out of the tree; `id` is the call or session that made it. */
export function parkedRef(threadId: string, id: string): string {
  return `refs/choir/${threadId}/parked/${id}`;
}

/** Points the refs at their commits, all or none, synced to disk before it returns. `null` removes a ref. */
export async function setRefs({ store, refs }: { store: string; refs: Record<string, string | null> }): Promise<void> {
  const lines = Object.entries(refs).map(([ref, commit]) => (commit ? `update ${ref}\0${commit}\0\0` : `delete ${ref}\0\0`));
  if (lines.length > 0) await runGit({ store, args: ['update-ref', '-z', '--stdin'], input: lines.join('') });
}

/** The commit that a ref points at, or null when there is no such ref. */
export async function readRef({ store, ref }: { store: string; ref: string }): Promise<string | null> {
  try {
    const name = await runGit({ store, args: ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`] });
    return name.toString().trim();
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1) return null;
    throw error;
  }
}

/** Points one ref at a commit unless it does already. */
export async function ensureRef({ store, ref, commit }: { store: string; ref: string; commit: string }): Promise<void> {
  if ((await readRef({ store, ref })) !== commit) await setRefs({ store, refs: { [ref]: commit } });
}

export type Ref = { ref: string; commit: string; committedAt: Date };

/** The hidden refs of all threads of a store. */
export async function listHiddenRefs(store: string): Promise<Ref[]> {
  const format = '%(objectname) %(committerdate:unix) %(refname)';
  const output = await runGit({ store, args: ['for-each-ref', `--format=${format}`, 'refs/choir/'] });
  return output
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [commit = '', seconds = '', ref = ''] = line.split(' ');
      return { ref, commit, committedAt: new Date(Number(seconds) * 1_000) };
    });
}
