'use client';

import { useEffect, useState } from 'react';
import type { DiffHunk } from '#lib/core/change.ts';
import type { ReviewFile } from '#lib/review/review-changes.ts';
import { explainFailure, requestJson } from '../../_live/request.ts';
import { diffHref, type ReviewRange } from './review-range.ts';

/** Hunks that were read by themselves, by the address and the content that they are of: a file leaves the page and comes back. */
const known = new Map<string, DiffHunk[]>();
const knownLimit = 200;
const settleMs = 120;

type ReadFile = Pick<ReviewFile, 'id' | 'path' | 'oldPath' | 'hunks'>;

/** The hunks of a file: those that came along, or read by themselves. */
export function useHunks(range: ReviewRange, file: ReadFile): { hunks: DiffHunk[] | null; failure: string | null } {
  const href = diffHref(range, file);
  const { id, path } = file;
  const key = `${id} ${href}`;
  const [read, setRead] = useState<{ key: string; hunks: DiffHunk[] } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const hunks = file.hunks ?? known.get(key) ?? (read?.key === key ? read.hunks : null);
  const missing = hunks === null;

  useEffect(() => {
    if (!missing) return;
    const asking = new AbortController();
    setFailure(null);
    // Whoever flies past a file does not read it.
    const timer = setTimeout(() => {
      requestJson<{ files: { path: string; hunks: DiffHunk[] }[] }>(href, { signal: asking.signal }).then(
        ({ files }) => {
          const found = files.find((candidate) => candidate.path === path)?.hunks ?? [];
          remember(key, found);
          setRead({ key, hunks: found });
        },
        (error: unknown) => {
          if (!asking.signal.aborted) setFailure(explainFailure(error));
        },
      );
    }, settleMs);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [missing, href, key, path]);

  return { hunks, failure };
}

function remember(key: string, hunks: DiffHunk[]): void {
  known.set(key, hunks);
  const oldest = known.keys().next().value;
  if (known.size > knownLimit && oldest !== undefined) known.delete(oldest);
}
