import { fileCapBytes } from '../commit/plan-changes.ts';
import { finished, spawnGit } from './run-git.ts';

export type TreeLimits = { files: number; bytes: number; fileBytes: number };

/** Of a project that comes from elsewhere. */
export const treeLimits: TreeLimits = { files: 500_000, bytes: 8 * 1024 ** 3, fileBytes: fileCapBytes };

/**
 * What of a commit's files goes past the limits, in words; null where nothing does. A few kilobytes of git objects may stand for any number of files of
 * any size, so no more is read than the limits allow.
 */
export async function findExcess(
  { store, commit, signal }: { store: string; commit: string; signal?: AbortSignal },
  limits = treeLimits,
): Promise<string | null> {
  const child = spawnGit({ store, args: ['ls-tree', '-r', '-z', '--format=%(objectsize)', commit], signal });
  const end = finished(child, 'ls-tree');
  end.catch(() => {});
  let files = 0;
  let bytes = 0;
  let rest = '';
  for await (const chunk of child.stdout) {
    const sizes = `${rest}${chunk}`.split('\0');
    rest = sizes.pop() ?? '';
    for (const size of sizes) {
      const fileBytes = Number(size) || 0;
      files += 1;
      bytes += fileBytes;
      const excess = excessOf({ files, bytes, fileBytes }, limits);
      if (!excess) continue;
      child.kill('SIGKILL');
      return excess;
    }
  }
  await end;
  return null;
}

function excessOf({ files, bytes, fileBytes }: TreeLimits, limits: TreeLimits): string | null {
  if (files > limits.files) return `more than ${limits.files.toLocaleString('en')} files`;
  if (fileBytes > limits.fileBytes) return `a file over ${limits.fileBytes / 1024 ** 2} MiB`;
  return bytes > limits.bytes ? `over ${limits.bytes / 1024 ** 3} GiB of files` : null;
}
