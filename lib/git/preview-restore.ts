import type { ChangeSummary } from '#lib/core/change.ts';
import { readCommit } from './read-commit.ts';
import { summarizeChanges } from './summarize-changes.ts';
import { readTrailer } from './tree-trailer.ts';

/** What `restoreTree` from one commit to another would change, and (`leftOut`) what it would leave alone because no checkpoint holds it. */
export async function previewRestore({ store, from, to }: { store: string; from: string; to: string }): Promise<ChangeSummary> {
  const { leftOut } = readTrailer((await readCommit(store, from)).message);
  return summarizeChanges({ store, from, to, leftOut });
}
