import type { FileChange } from '#lib/core/change.ts';
import { threadPath } from '../../_live/thread-path.ts';

/** The two sides, as the API takes them, and whether a part of what lies between can be reverted. */
export type ReviewRange = { threadId: string; from?: string; to?: string; canRevert: boolean };

export function diffHref({ threadId, from, to }: ReviewRange, file?: Pick<FileChange, 'path' | 'oldPath'>): string {
  const asked = { from, to, path: file?.path, oldPath: file?.oldPath };
  const known = Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return threadPath(threadId, `/diff?${new URLSearchParams(known)}`);
}
