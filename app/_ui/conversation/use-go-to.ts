'use client';

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { Reading } from '../../_live/reading/use-reading.ts';
import { findRow } from './find-row.ts';
import type { Row } from './group-items.ts';

type GoToParts = {
  reading: Reading;
  rows: readonly Row[];
  list: RefObject<VirtualizerHandle | null>;
  /** Whether the list is in the page; until then one waits. */
  isListed: boolean;
  leaveEnd(): void;
};
type Target = { seq: number; key: string | null };

/** Goes to the event `seq`, wherever in the thread it is, and marks its row. */
export function useGoTo({ reading, rows, list, isListed, leaveEnd }: GoToParts) {
  const [target, setTarget] = useState<Target | null>(null);
  const reached = useRef<Target | null>(null);
  const { readAround, begin, busy } = reading;

  const goTo = useCallback(
    (seq: number) => {
      const wanted = Math.max(1, seq);
      leaveEnd();
      readAround(wanted, () => setTarget({ seq: wanted, key: null }));
    },
    [leaveEnd, readAround],
  );

  useEffect(() => {
    if (!isListed || !target || reached.current === target || busy !== null || begin > target.seq) return;
    const index = findRow(rows, target.seq);
    const row = rows[index];
    if (!row) return;
    reached.current = { seq: target.seq, key: row.key };
    setTarget(reached.current);
    // The list may be a new one, which looks at its box after this.
    requestAnimationFrame(() => list.current?.scrollToIndex(index, { align: target.seq === 1 ? 'start' : 'center' }));
  }, [isListed, target, rows, begin, busy, list]);

  return { goTo, targetKey: target?.seq === 1 ? null : (target?.key ?? null), forgetTarget: useCallback(() => setTarget(null), []) };
}
