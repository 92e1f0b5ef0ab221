import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeftOut } from '#lib/core/change.ts';
import type { TreeChange } from '../commit/tree-change.ts';
import { hashEntry } from '../objects/hash-source.ts';
import { openPathIndex, type PathIndex } from '../objects/path-index.ts';
import { isWithin } from '../objects/tree-path.ts';
import { createTreeWriter } from '../objects/tree-writer.ts';

export type SetAsideInput = { store: string; commit: string; tree: string; changes: TreeChange[]; leftOut: LeftOut[] };

/**
 * Makes way for changes that were made on top of `commit`: what somebody edited by hand meanwhile, where a change replaces or deletes it, gets the
 * name `<name>.kept`; a folder that holds such an edit goes aside as a whole. Gives the paths.
 */
export async function setAsideEdits({ store, commit, tree, changes, leftOut }: SetAsideInput): Promise<string[]> {
  const passed = new Set(leftOut.map(({ path }) => path));
  const replacing = changes.filter((change) => change.kind !== 'unstorable' && !isWithin(change.path, passed));
  if (replacing.length === 0) return [];
  await using index = await openPathIndex(store, commit);
  const writer = createTreeWriter({ tree, staging: `${tree}.restoring`, keep: new Set() });
  const aside: string[] = [];
  for (const change of replacing) {
    const { path } = change;
    const merges = change.kind === 'folder' && !change.cleared;
    if (!(await isEdited(index, tree, path, passed, merges))) continue;
    await writer.setAside(path);
    aside.push(path);
  }
  return aside;
}

/** Whether something lies at a path, or below it unless the folder stays, that the commit does not have just so. */
async function isEdited(index: PathIndex, tree: string, path: string, passed: Set<string>, folderStays: boolean): Promise<boolean> {
  if (path.includes('\ufffd') || isWithin(path, passed)) return false;
  const found = await hashEntry(join(tree, path));
  if (found !== null) return found !== (await index.entry(path))?.oid;
  if (folderStays) return false;
  const names = await readdir(join(tree, path)).catch(() => []);
  for (const name of names) if (await isEdited(index, tree, `${path}/${name}`, passed, false)) return true;
  return false;
}
