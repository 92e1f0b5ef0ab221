'use client';

import { useCallback, useMemo } from 'react';
import type { FileChange } from '#lib/core/change.ts';
import { parseComment } from '#lib/core/comment.ts';
import { visibleItems } from '#lib/core/fold.ts';
import { useOutbox } from '../../_live/outbox/use-outbox.ts';
import { useThreadState } from '../thread/thread-context.tsx';
import type { PlacedComment } from './place-comments.ts';

const none: PlacedComment[] = [];

/** The comments on a file: those that were there when the page was made, those that the thread has got since, and those on their way from this device. */
export function useComments(earlier: readonly PlacedComment[]): (file: Pick<FileChange, 'path' | 'oldPath'>) => readonly PlacedComment[] {
  const thread = useThreadState();
  const { entries } = useOutbox();
  const byPath = useMemo(() => {
    const all = new Map(earlier.map((comment) => [comment.seq, comment]));
    for (const item of visibleItems(thread)) {
      const comment = item.kind === 'goal' || item.kind === 'guidance' ? parseComment(item.text) : null;
      if (comment?.place) all.set(item.seq, { seq: item.seq, at: item.at, ...comment, place: comment.place });
    }
    const waiting = entries.flatMap((entry): PlacedComment[] => {
      const { about, at, words } = entry;
      const comment = about.kind === 'message' && about.threadId === thread.threadId ? parseComment(words) : null;
      return comment?.place ? [{ seq: 0, at, ...comment, place: comment.place, entry }] : [];
    });
    return Map.groupBy([...all.values(), ...waiting], ({ place }) => place.path);
  }, [thread, earlier, entries]);

  return useCallback(
    ({ path, oldPath }) => {
      const own = byPath.get(path) ?? none;
      const old = oldPath === undefined ? none : (byPath.get(oldPath) ?? none);
      return old.length === 0 ? own : [...old, ...own];
    },
    [byPath],
  );
}
