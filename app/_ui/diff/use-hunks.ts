'use client';

import { useEffect, useState } from 'react';
import type { DiffHunk } from '#lib/core/change.ts';
import { explainFailure, requestJson } from '../../_live/request.ts';
import { diffHref, type ReviewFile, type ReviewRange } from './review-file.ts';

/** The hunks of a file: those that came along, or read by themselves once `wanted`. */
export function useHunks(range: ReviewRange, file: ReviewFile, wanted: boolean): { hunks: DiffHunk[] | null; failure: string | null } {
  const [read, setRead] = useState<{ id: string; hunks: DiffHunk[] } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const missing = file.hunks === null && read?.id !== file.id && wanted;
  const href = diffHref(range, file);
  const { id, path } = file;

  useEffect(() => {
    if (!missing) return;
    const asking = new AbortController();
    setFailure(null);
    requestJson<{ files: { path: string; hunks: DiffHunk[] }[] }>(href, { signal: asking.signal }).then(
      ({ files }) => setRead({ id, hunks: files.find((found) => found.path === path)?.hunks ?? [] }),
      (error: unknown) => {
        if (!asking.signal.aborted) setFailure(explainFailure(error));
      },
    );
    return () => asking.abort();
  }, [missing, href, id, path]);

  return { hunks: file.hunks ?? (read?.id === id ? read.hunks : null), failure };
}
