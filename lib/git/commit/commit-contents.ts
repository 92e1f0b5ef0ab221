import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PathContent } from '../diff/take-back-part.ts';
import { type CommitInput, commitChanges } from './commit-changes.ts';
import type { TreeChange } from './tree-change.ts';

/** `staging`: a folder on the host that is made for this and gone when it returns. */
type ContentsInput = Omit<CommitInput, 'changes' | 'baseCommit'> & { contents: PathContent[]; staging: string };

/** As `commitChanges`, for contents that Choir has in its hands. */
export async function commitContents({ contents, staging, ...input }: ContentsInput): ReturnType<typeof commitChanges> {
  await mkdir(staging, { recursive: true, mode: 0o700 });
  try {
    const changes: TreeChange[] = [];
    for (const [index, { path, bytes, kind, mode }] of contents.entries()) {
      const source = join(staging, String(index));
      if (bytes === null) changes.push({ path, kind: 'deleted' });
      else {
        if (kind === 'symlink') await symlink(bytes, source);
        else {
          await writeFile(source, bytes, { flag: 'wx' });
          await chmod(source, mode);
        }
        changes.push({ path, kind, source });
      }
    }
    return await commitChanges({ ...input, changes });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}
