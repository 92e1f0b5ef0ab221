'use client';

import { useEffect, useState } from 'react';
import type { LineChange } from '#lib/files/read-line-changes.ts';
import { requestJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';
import type { FilePlace } from './file-place.ts';

const none: LineChange[] = [];

/** Which checkpoint made each line; nothing where it cannot be had, for the text can be read without. */
export function useLineChanges({ threadId, path, at }: FilePlace, base: string | undefined): readonly LineChange[] {
  const [changes, setChanges] = useState<readonly LineChange[]>(none);
  const point = at ?? base;
  useEffect(() => {
    const asking = new AbortController();
    const query = new URLSearchParams({ path, ...(point === undefined ? {} : { at: point }) });
    requestJson<{ lines: LineChange[] }>(threadPath(threadId, `/files/lines?${query}`), {
      signal: asking.signal,
    }).then(
      ({ lines }) => setChanges(lines),
      () => {
        if (!asking.signal.aborted) setChanges(none);
      },
    );
    return () => asking.abort();
  }, [threadId, path, point]);
  return changes;
}
