import type { ChangeSummary } from '#lib/core/change.ts';
import { listChanges } from '../diff/list-changes.ts';
import { summarizeChanges } from '../diff/summarize-changes.ts';
import { readTrailers } from '../objects/read-commit.ts';

/** What `restoreTree` from one commit to another would change, and (`leftOut`) what it would leave alone because no checkpoint holds it. */
export async function previewRestore({ store, from, to }: { store: string; from: string; to: string }): Promise<ChangeSummary> {
  const [changes, [before, after]] = await Promise.all([listChanges({ store, from, to }), readTrailers(store, from, to)]);
  return summarizeChanges(changes, before, after, before.leftOut);
}
