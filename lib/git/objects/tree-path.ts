/** `a/b/c` -> `a/b`, `a`. Nearest first; the root is not among them. */
export function ancestors(path: string): string[] {
  const found: string[] = [];
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) found.push(path.slice(0, end));
  return found;
}

/** Whether the path or a folder above it is in the set. */
export function isWithin(path: string, set: { has(path: string): boolean }): boolean {
  return set.has(path) || ancestors(path).some((folder) => set.has(folder));
}

export type PathFault = { path: string; reason: 'nested-git' | 'unstorable' };

const ignoredByHfs = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

function isGitFolder(name: string): boolean {
  const plain = name.replaceAll(ignoredByHfs, '').toLowerCase();
  return plain.split('\\').some((part) => /^(\.git|git~1)[ .]*(:.*)?$/.test(part));
}

/**
 * Why git must not hold this path, and the topmost part of it that says so; null when it may. A `.git` counts in every spelling that some
 * file system takes for one. Throws on what is no path inside a tree at all (absolute, `..`, empty parts, NUL).
 */
export function findPathFault(path: string): PathFault | null {
  const names = path.split('/');
  if (path.includes('\0') || names.some((name) => name === '' || name === '.' || name === '..')) {
    throw new Error(`Not a path inside a tree: ${JSON.stringify(path)}`);
  }
  const at = names.findIndex(isGitFolder);
  if (at >= 0) return { path: names.slice(0, at + 1).join('/'), reason: 'nested-git' };
  return Buffer.byteLength(path) > 4_096 || !path.isWellFormed() ? { path, reason: 'unstorable' } : null;
}

/** The bits of a mode that a checkpoint holds: no set-id bit, which a tree has no use for. */
export const permissionBits = 0o1777;

/** git refuses these names as symlinks: it reads the files of that name as configuration. */
export function isReservedLink(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).replaceAll(ignoredByHfs, '');
  return /^(\.gitmodules|gitmod~\d|gi7eba~\d|gi[0-9a-f]{4}~\d)[ .]*(:.*)?$/i.test(name);
}
