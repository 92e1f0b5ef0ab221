'use client';

import { useMemo } from 'react';
import type { DiffHunk, FileChange } from '#lib/core/change.ts';
import { type DiffPart, diffParts } from '../diff/diff-rows.ts';
import { useHunks } from '../review/use-hunks.ts';
import { useThreadActions } from '../thread/thread-context.tsx';

type HunkPart = Extract<DiffPart, { kind: 'hunk' }>;
type Parts = { parts: HunkPart[] | null; isChoice: boolean; failure: string | null };

/**
 * The hunks of a file that an approval would keep; null while they are on their way. `isChoice`: there are several and none is missing,
 * as of a very long diff, or they could not be read, and what opens says why.
 */
export function useParts(approvalId: string, file: FileChange): Parts {
  const { path, oldPath } = file;
  const { threadId } = useThreadActions();
  const { hunks, failure } = useHunks({ threadId, to: approvalId, canRevert: false }, { id: approvalId, path, oldPath, hunks: null });
  const parts = useMemo(() => hunks && diffParts(hunks, true).filter((part) => part.kind === 'hunk'), [hunks]);
  const hasSeveral = hunks !== null && hunks.length > 1 && isWhole(file, hunks);
  return { parts, isChoice: hasSeveral || failure !== null, failure };
}

function isWhole({ additions, deletions }: FileChange, hunks: readonly DiffHunk[]): boolean {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const count = (wanted: 'add' | 'delete') => lines.filter(({ kind }) => kind === wanted).length;
  return count('add') === additions && count('delete') === deletions;
}
