'use client';

import { type ComponentProps, type Ref, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type CustomItemComponent, Virtualizer, type VirtualizerHandle } from 'virtua';
import { findRowKey, openQuestions } from './find-row.ts';
import type { Row } from './group-items.ts';
import { RowView } from './row-view.tsx';

/** Rows in the page beyond the window's edges, so that a quick thumb meets no blank and the page's own search finds what is near. */
const aheadPixels = 1_200;

type RowListProps = {
  ref: Ref<VirtualizerHandle>;
  rows: readonly Row[];
  scroller: RefObject<HTMLElement | null>;
  /** Height of what stands above the rows in the scrolling box. */
  above: number;
  /** Height of a row that was not measured yet, where it is known better than by the first ones. */
  rowPixels: number | undefined;
  /** The first seq in hand: when it changes, rows came or went at the start. */
  begin: number;
  target: string | null;
  /** Only what is in sight is drawn at first: the list draws that in one go, and a slow phone would feel the rest. */
  isFirst: boolean;
  isBusy: boolean;
  onMeasured(): void;
};

/** The rows of a conversation of any length, of which only those in sight and near it are in the page. */
export function RowList({ ref, rows, scroller, above, rowPixels, begin, target, isFirst, isBusy, onMeasured }: RowListProps) {
  const box = useRef<HTMLDivElement>(null);
  const focused = useFocusedRow(box);
  const begun = useRef(begin);
  const shift = begun.current !== begin;
  useLayoutEffect(() => {
    begun.current = begin;
  }, [begin]);
  // What a person writes in, or has the keyboard on, stays while they look elsewhere.
  const kept = openQuestions(rows);
  const focusedIndex = focused === null ? -1 : findRowKey(rows, focused);
  if (focusedIndex >= 0) kept.push(focusedIndex);

  return (
    <div ref={box} role="feed" aria-label="Conversation" aria-busy={isBusy}>
      <Virtualizer
        ref={ref}
        data={rows}
        scrollRef={scroller}
        startMargin={above}
        itemSize={rowPixels}
        shift={shift}
        bufferSize={isFirst ? 0 : aheadPixels}
        keepMounted={kept}
        item={FeedRow}
        onResize={onMeasured}
      >
        {(row) => <RowView key={row.key} row={row} isTarget={row.key === target} />}
      </Virtualizer>
    </div>
  );
}

/** The list takes the pointer from its rows for a moment after a scroll; a tap must reach them then too. */
const FeedRow: CustomItemComponent = ({ index, ...rest }) => (
  <article aria-posinset={index + 1} aria-setsize={-1} className="pointer-events-auto" {...(rest as ComponentProps<'article'>)} />
);

/** Key of the row that has the keyboard. */
function useFocusedRow(box: RefObject<HTMLElement | null>): string | null {
  const [key, setKey] = useState<string | null>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const onFocus = ({ target }: FocusEvent) =>
      setKey(target instanceof Element ? (target.closest('[data-row]')?.getAttribute('data-row') ?? null) : null);
    const onBlur = ({ relatedTarget }: FocusEvent) => {
      if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) setKey(null);
    };
    element.addEventListener('focusin', onFocus);
    element.addEventListener('focusout', onBlur);
    return () => {
      element.removeEventListener('focusin', onFocus);
      element.removeEventListener('focusout', onBlur);
    };
  }, [box]);
  return key;
}
