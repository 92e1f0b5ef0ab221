import type { DiffHunk, FileChange } from '#lib/core/change.ts';

/** One checkpoint that changed a file, with the agent's own words for it. */
export type ChangeReason = { checkpointId: string; number: number; label: string; explanation: string; confidence?: number };

/** A file of a review; `hunks: null` are asked for when they come near. `id` is another one when the content is. */
export type ReviewFile = FileChange & {
  id: string;
  hunks: DiffHunk[] | null;
  lineCount: number;
  truncated: boolean;
  reasons: ChangeReason[];
};

/** The two sides, as the API takes them, and whether a part of what lies between can be reverted. */
export type ReviewRange = { threadId: string; from?: string; to?: string; canRevert: boolean };

export const changeWords: Record<FileChange['status'], string> = {
  added: 'new',
  modified: '',
  deleted: 'deleted',
  renamed: 'renamed',
  mode: 'mode changed',
  type: 'kind changed',
};

export function diffHref({ threadId, from, to }: ReviewRange, file?: Pick<FileChange, 'path' | 'oldPath'>): string {
  const asked = { from, to, path: file?.path, oldPath: file?.oldPath };
  const known = Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/api/threads/${encodeURIComponent(threadId)}/diff?${new URLSearchParams(known)}`;
}
