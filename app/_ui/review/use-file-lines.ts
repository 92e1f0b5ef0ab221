'use client';

import { useCallback, useState } from 'react';
import { request } from '../../_live/request.ts';
import { useAction } from '../base/use-action.ts';
import { rawHref } from '../files/file-place.ts';

/** The lines of a file at a point of the thread, read once they are asked for. */
export function useFileLines(place: { threadId: string; path: string; at?: string }) {
  const [lines, setLines] = useState<readonly string[] | null>(null);
  const { busy, failure, act } = useAction();
  const href = rawHref(place);
  const load = useCallback(
    () =>
      act(async () => {
        const text = await (await request(href)).text();
        setLines(text.replace(/\n$/, '').split('\n'));
      }),
    [act, href],
  );
  return { lines, busy, failure, load };
}
