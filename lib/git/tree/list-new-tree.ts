import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TreeChange } from '../commit/tree-change.ts';

/** Everything in a folder, as the changes that make it from nothing. For folders that Choir made itself, such as an unpacked upload. */
export async function listNewTree(folder: string): Promise<TreeChange[]> {
  const changes: TreeChange[] = [];
  const visit = async (path: string): Promise<void> => {
    for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
      const inner = path === '' ? entry.name : `${path}/${entry.name}`;
      const kind = entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'symlink' : 'file';
      changes.push({ path: inner, kind, source: join(folder, inner) });
      if (kind === 'folder') await visit(inner);
    }
  };
  await visit('');
  return changes;
}
