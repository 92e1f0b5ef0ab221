import type { Stats } from 'node:fs';
import { chmod, copyFile, lstat, mkdir, open, rename, rmdir, symlink, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ancestors } from './tree-path.ts';

/** Bytes of one name that every usual file system takes. */
const longestName = 255;

export type TreeWriter = {
  removeFile(path: string): Promise<void>;
  removeFolderIfEmpty(path: string): Promise<void>;
  /** Gives what lies at this path the name `<name>.kept`. */
  setAside(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  writeFile(path: string, mode: number, copy: (onChunk: (chunk: Buffer) => Promise<void>) => Promise<void>): Promise<void>;
  writeLink(path: string, target: Buffer): Promise<void>;
  /** false: there is no file at this path whose mode could change without another name of it changing too. */
  chmodFile(path: string, mode: number): Promise<boolean>;
  /** null: the plain mode of what lies there. */
  setMode(path: string, mode: number | null): Promise<void>;
  /** Folders that it made, or had to open for writing: their modes are to be set at the end. */
  touchedFolders(): string[];
};

/**
 * Changes paths inside `tree` and nowhere else: it goes through no symlink, makes each file whole in `staging` (same file system) before it takes its place,
 * and moves aside what `keep` names and whatever else is in the way. Nobody else may write to the tree meanwhile.
 */
export function createTreeWriter(options: { tree: string; staging: string; keep: Set<string> }): TreeWriter {
  const { tree, staging, keep } = options;
  const touched = new Set<string>();
  const checked = new Set<string>();
  let staged = 0;

  async function hasRealParents(path: string): Promise<boolean> {
    for (const folder of ancestors(path).reverse()) {
      const stats = await lstatOrNull(join(tree, folder));
      if (!stats?.isDirectory()) return false;
      await makeWritable(folder, stats);
    }
    return true;
  }

  async function makeWritable(folder: string, stats: Stats): Promise<void> {
    if ((stats.mode & 0o700) === 0o700) return;
    await chmod(join(tree, folder), (stats.mode & 0o1777) | 0o700);
    touched.add(folder);
  }

  async function makeFolder(path: string): Promise<void> {
    for (const folder of [...ancestors(path).reverse(), path]) {
      if (checked.has(folder)) continue;
      const at = join(tree, folder);
      let stats = await lstatOrNull(at);
      if (stats && !stats.isDirectory()) {
        await moveAside(folder);
        stats = null;
      }
      if (stats) await makeWritable(folder, stats);
      else {
        await mkdir(at, 0o755);
        touched.add(folder);
      }
      checked.add(folder);
    }
  }

  async function moveAside(path: string): Promise<void> {
    const slash = path.lastIndexOf('/') + 1;
    const named = (suffix: string) => path.slice(0, slash) + cutName(path.slice(slash), longestName - suffix.length) + suffix;
    let name = named('.kept');
    for (let count = 2; await lstatOrNull(join(tree, name)); count += 1) name = named(`.kept-${count}`);
    await rename(join(tree, path), join(tree, name));
  }

  async function place(from: string, path: string): Promise<void> {
    const [parent] = ancestors(path);
    if (parent) await makeFolder(parent);
    const stats = await lstatOrNull(join(tree, path));
    if (stats?.isDirectory() && !(await removeEmpty(join(tree, path)))) await moveAside(path);
    else if (stats && keep.has(path)) await moveAside(path);
    await rename(from, join(tree, path));
  }

  /** Hard links share their mode: this name gets a file of its own. */
  async function separate(path: string): Promise<void> {
    const draft = nextStaged();
    await copyFile(join(tree, path), draft);
    await rename(draft, join(tree, path));
  }

  function nextStaged(): string {
    staged += 1;
    return join(staging, String(staged));
  }

  return {
    makeFolder,
    touchedFolders: () => [...touched],
    async removeFile(path) {
      if (!(await hasRealParents(path))) return;
      const stats = await lstatOrNull(join(tree, path));
      if (stats && !stats.isDirectory()) await unlink(join(tree, path));
    },
    async setAside(path) {
      if ((await hasRealParents(path)) && (await lstatOrNull(join(tree, path)))) await moveAside(path);
    },
    async removeFolderIfEmpty(path) {
      if (!(await hasRealParents(path)) || !(await lstatOrNull(join(tree, path)))?.isDirectory()) return;
      if (await removeEmpty(join(tree, path))) touched.delete(path);
    },
    async writeFile(path, mode, copy) {
      const draft = nextStaged();
      {
        await using file = await open(draft, 'wx', 0o600);
        await copy(async (chunk) => void (await file.writeFile(chunk)));
        await file.chmod(mode);
      }
      await place(draft, path);
    },
    async writeLink(path, target) {
      const draft = nextStaged();
      await symlink(target, draft);
      await place(draft, path);
    },
    async chmodFile(path, mode) {
      if (!(await hasRealParents(path))) return false;
      const stats = await lstatOrNull(join(tree, path));
      if (!stats?.isFile() || stats.nlink > 1) return false;
      await chmod(join(tree, path), mode);
      return true;
    },
    async setMode(path, mode) {
      if (!(await hasRealParents(path))) return;
      const stats = await lstatOrNull(join(tree, path));
      if (!stats || stats.isSymbolicLink()) return;
      if (stats.isFile() && stats.nlink > 1) await separate(path);
      await chmod(join(tree, path), mode ?? (stats.isDirectory() || stats.mode & 0o100 ? 0o755 : 0o644));
    },
  };
}

/** Whole characters that fit into so many bytes. */
function cutName(name: string, bytes: number): string {
  let cut = name.slice(0, bytes);
  while (Buffer.byteLength(cut) > bytes) cut = cut.slice(0, -1);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

async function removeEmpty(folder: string): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw error;
  }
}

async function lstatOrNull(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}
