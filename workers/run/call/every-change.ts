import type { ChangeSummary, FileChange } from '#lib/core/change.ts';
import { listChanges } from '#lib/git/diff/list-changes.ts';

/** All that a commit changes, where its summary names only the first files. */
export async function everyChange(
  store: string,
  { from, commit, summary }: { from: string; commit: string; summary: ChangeSummary },
): Promise<FileChange[]> {
  if (summary.files.length === summary.fileCount) return summary.files;
  const named = new Set(summary.files.map(({ path }) => path));
  const listed = await listChanges({ store, from, to: commit });
  return [...summary.files, ...listed.filter(({ path }) => !named.has(path))];
}
