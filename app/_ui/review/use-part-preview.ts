'use client';

import { useCallback, useEffect, useState } from 'react';
import type { HunkPlace } from '#lib/core/change.ts';
import type { RevertedPart } from '#lib/review/revert-part.ts';
import { explainFailure, sendJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';
import type { ReviewRange } from './review-range.ts';

export type Part = { path: string; hunk?: HunkPlace };

export function revertPart(range: ReviewRange, part: Part, more: { dryRun: true } | { expectedCurrent: string }): Promise<RevertedPart> {
  const { threadId, from, to } = range;
  return sendJson<RevertedPart>(threadPath(threadId, '/diff/revert'), { from, to, ...part, ...more });
}

/** What reverting a part would change, asked again by `reload`. */
export function usePartPreview(range: ReviewRange, part: Part) {
  const [result, setResult] = useState<RevertedPart | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const load = useCallback(() => {
    let gone = false;
    setFailure(null);
    revertPart(range, part, { dryRun: true }).then(
      (found) => !gone && setResult(found),
      (error: unknown) => !gone && setFailure(explainFailure(error)),
    );
    return () => {
      gone = true;
    };
  }, [range, part]);
  useEffect(load, [load]);
  return { result, failure, reload: load };
}
