import type { LeftOut } from '#lib/core/change.ts';
import type { TreeChange } from '#lib/git/commit/tree-change.ts';
import { isWithin } from '#lib/git/objects/tree-path.ts';
import { readMarker } from '#lib/git/tree/tree-marker.ts';
import type { RunContext } from '#workers/run/run-context.ts';

/** What no installer brings back. */
export const isIrreplaceable = ({ reason }: LeftOut): boolean => reason !== 'dependency-folder';

/** What changes take away for good: it lay in the tree and in no checkpoint. `counts` says which of that to look for. */
export async function findLost(
  { home, threadId }: RunContext,
  changes: TreeChange[],
  counts: (leftOut: LeftOut) => boolean = () => true,
): Promise<string[]> {
  const marker = await readMarker(home.treeMarker(threadId));
  const unheld = (marker?.leftOut ?? []).filter(counts).map(({ path }) => path);
  if (unheld.length === 0) return [];
  const [gone, inside] = [new Set<string>(), new Set(unheld)];
  for (const change of changes) if (change.kind === 'deleted' || ('cleared' in change && change.cleared)) gone.add(change.path);
  const replaced = changes.filter((change) => change.kind !== 'folder' && inside.has(change.path)).map(({ path }) => path);
  return [
    ...new Set([...unheld.filter((path) => isWithin(path, gone)), ...[...gone].filter((path) => isWithin(path, inside)), ...replaced]),
  ];
}
