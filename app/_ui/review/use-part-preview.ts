'use client';

import { useCallback } from 'react';
import type { HunkPlace } from '#lib/core/change.ts';
import type { RevertedPart } from '#lib/review/revert-part.ts';
import { sendJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';
import { usePreview } from '../sheets/use-preview.ts';
import type { ReviewRange } from './review-range.ts';

export type Part = { path: string; hunk?: HunkPlace };

type More = { dryRun: true } | { expectedCurrent: string; requestId: string };

export function revertPart({ threadId, from, to }: ReviewRange, part: Part, more: More, signal?: AbortSignal): Promise<RevertedPart> {
  return sendJson<RevertedPart>(threadPath(threadId, '/diff/revert'), { from, to, ...part, ...more }, 'POST', { signal });
}

/** What reverting a part would change. */
export function usePartPreview(range: ReviewRange, part: Part) {
  return usePreview(useCallback((signal: AbortSignal) => revertPart(range, part, { dryRun: true }, signal), [range, part]));
}
