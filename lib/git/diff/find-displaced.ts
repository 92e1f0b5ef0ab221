import type { FileChange } from '#lib/core/change.ts';
import { ancestors } from '../objects/tree-path.ts';

/**
 * A file that cannot stay, though the change that takes it away is not among the `kept`: one of those comes in its place, as a folder where
 * it is a file or as a file where it lies in a folder. Null when there is none.
 */
export function findDisplaced(changes: readonly FileChange[], kept: ReadonlySet<string>): { path: string; by: string } | null {
  const stays = changes.flatMap(({ path, oldPath, status }) => (kept.has(path) ? [] : status === 'deleted' ? [path] : (oldPath ?? [])));
  const comes = changes.flatMap(({ path, status }) => (kept.has(path) && status !== 'deleted' ? [path] : []));
  const [staying, coming] = [new Set(stays), new Set(comes)];
  const above = comes.map((by) => ({ path: ancestors(by).find((folder) => staying.has(folder)), by }));
  const below = stays.map((path) => ({ path, by: ancestors(path).find((folder) => coming.has(folder)) }));
  for (const { path, by } of [...above, ...below]) if (path !== undefined && by !== undefined) return { path, by };
  return null;
}
