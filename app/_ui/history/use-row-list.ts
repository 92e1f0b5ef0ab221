'use client';

import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { HistoryRow } from './graph-rows.ts';

/** Older rows are asked for when the thumb rests where they belong. */
const restMs = 200;
const nearPixels = 60;

type UseRowList = { rows: readonly HistoryRow[]; hasOlder: boolean; wanted: number | null; loadOlder(): unknown };

/**
 * Moves a list of rows: to the checkpoint number `wanted` as soon as it is there, and not at all where one reads while new rows come at the top.
 * `keepsPlace` is the list's `shift`.
 */
export function useRowList(list: RefObject<VirtualizerHandle | null>, { rows, hasOlder, wanted, loadOlder }: UseRowList) {
  const wantedRow = useMemo(() => rows.findIndex((row) => row.kind === 'checkpoint' && row.checkpoint.number === wanted), [rows, wanted]);
  const shownFor = useRef<number | null>(null);
  useEffect(() => {
    if (wanted === null || wanted === shownFor.current) return;
    if (wantedRow >= 0) {
      shownFor.current = wanted;
      list.current?.scrollToIndex(wantedRow, { align: 'center' });
      return;
    }
    if (!hasOlder) return;
    const timer = setTimeout(loadOlder, restMs);
    return () => clearTimeout(timer);
  }, [list, wanted, wantedRow, hasOlder, loadOlder]);

  const laidOut = useRef(rows);
  const hasGrownAtTop = rows.length > laidOut.current.length && rows.at(-1)?.key === laidOut.current.at(-1)?.key;
  const keepsPlace = hasGrownAtTop && (list.current?.scrollOffset ?? 0) > nearPixels;
  useLayoutEffect(() => {
    laidOut.current = rows;
  }, [rows]);
  return { keepsPlace };
}
