import type { ChangeSummary, FileChange } from '#lib/core/change.ts';
import { readCommit } from '../objects/read-commit.ts';
import { readTrailer } from '../objects/tree-trailer.ts';
import { listChanges } from './list-changes.ts';
import { withTrailers } from './summarize-changes.ts';

/** All that a commit changes, where its summary names only the first files. */
export async function everyChange(
  store: string,
  { from, commit, summary }: { from: string; commit: string; summary: ChangeSummary },
): Promise<FileChange[]> {
  if (summary.files.length === summary.fileCount) return summary.files;
  const [before, after, changes] = await Promise.all([
    readCommit(store, from),
    readCommit(store, commit),
    listChanges({ store, from, to: commit }),
  ]);
  return withTrailers(changes, readTrailer(before.message), readTrailer(after.message));
}
