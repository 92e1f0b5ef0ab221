'use client';

import { ArrowDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { ownWords } from '#lib/core/comment.ts';
import type { LedgerEvent } from '#lib/core/event.ts';
import type { GraphRun } from '#lib/core/thread-graph.ts';
import { Button } from '../base/button.tsx';
import { EmptyState } from '../base/empty-state.tsx';
import { Notice } from '../base/notice.tsx';
import { useThreadState } from '../thread/thread-context.tsx';
import { begunBy } from './begun-by.ts';
import { EventRow } from './event-row.tsx';
import { JumpSheet } from './jump-sheet.tsx';
import type { LedgerIndex } from './ledger-pages.ts';
import { useLedger } from './use-ledger.ts';

const rowHeight = 44;
const nearPixels = 60;
/** Rows of the first picture, before the list can measure itself. */
const firstRows = 16;

type TimelineListProps = {
  /** What the ledger is narrowed to, as the query of an address. */
  query: string;
  index: LedgerIndex;
  first: LedgerEvent[];
  /** seq of the event to begin at; the newest without it. */
  at: number | null;
  runs: GraphRun[];
  isBusy: boolean;
  isJumping: boolean;
  onJumped(): void;
};

/** The ledger of a thread, every event a line, however many there are. */
export function TimelineList({ query, index, first, at, runs, isBusy, isJumping, onJumped }: TimelineListProps) {
  const { threadId, run, seq: liveSeq } = useThreadState();
  const { pages, ledger } = useLedger({ threadId, query, index, first, liveSeq });
  const { count } = ledger;
  const list = useRef<VirtualizerHandle>(null);
  const scroller = useRef<HTMLElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const [isMounted, setMounted] = useState(false);
  const [atEnd, setAtEnd] = useState(at === null);
  const [open, setOpen] = useState<ReadonlySet<number>>(() => new Set(at === null ? [] : [at]));

  const goals = useMemo(() => {
    const known = new Map(runs.map(({ runId, goal }) => [runId, goal]));
    if (run) known.set(run.runId, ownWords(run.goal));
    return known;
  }, [runs, run]);

  useEffect(() => setMounted(true), []);
  useEffect(() => {
    if (!end.current) return;
    const options = { root: scroller.current, rootMargin: `0px 0px ${nearPixels}px` };
    const sight = new IntersectionObserver((seen) => setAtEnd(seen.at(-1)?.isIntersecting ?? false), options);
    sight.observe(end.current);
    return () => sight.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where one comes in
  useLayoutEffect(() => {
    if (!isMounted) return;
    if (at === null) list.current?.scrollToIndex(count - 1, { align: 'end' });
    else list.current?.scrollToIndex(ledger.indexOf(at), { align: 'center' });
  }, [isMounted]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what grew at the end is read, and followed by whoever is there
  useEffect(() => {
    if (!isMounted) return;
    if (atEnd) list.current?.scrollToIndex(count - 1, { align: 'end' });
    showVisible();
  }, [isMounted, count]);

  function showVisible(): void {
    const handle = list.current;
    if (!handle) return;
    const from = handle.findItemIndex(handle.scrollOffset);
    const to = handle.findItemIndex(handle.scrollOffset + handle.viewportSize);
    pages.show(from - 1, to + 1);
  }

  function toggle(seq: number): void {
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(seq)) next.add(seq);
      return next;
    });
  }

  function row(position: number) {
    const event = ledger.eventAt(position);
    return (
      <EventRow
        key={position}
        event={event}
        above={ledger.eventAt(position - 1)}
        isFirst={position === 0}
        begun={event && begunBy(event, position, ledger)}
        goal={event?.runId === undefined ? undefined : goals.get(event.runId)}
        isOpen={event !== undefined && open.has(event.seq)}
        isTarget={event !== undefined && event.seq === at}
        onToggle={toggle}
      />
    );
  }

  const around = at === null ? count : Math.min(count, ledger.indexOf(at) + firstRows / 2);
  const firstShown = Array.from({ length: Math.min(firstRows, around) }, (_, place) => Math.max(0, around - firstRows) + place);
  return (
    <>
      <section ref={scroller} aria-label="Timeline" className="scrollbar-quiet relative min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div className={`mx-auto max-w-wide transition-opacity duration-100 ${isBusy ? 'opacity-50' : ''}`}>
          {count === 0 && <EmptyState title="Nothing in this thread is like that" />}
          {isMounted ? (
            <Virtualizer
              ref={list}
              scrollRef={scroller}
              data={{ length: count }}
              itemSize={rowHeight}
              onScroll={showVisible}
              onResize={showVisible}
            >
              {(_, position) => row(position)}
            </Virtualizer>
          ) : (
            firstShown.map(row)
          )}
          <div ref={end} />
        </div>
      </section>
      {ledger.failed && (
        <Notice>
          Choir cannot be reached, so these lines are missing.{' '}
          <button type="button" onClick={showVisible} className="min-h-11 font-medium underline underline-offset-2">
            Try again
          </button>
        </Notice>
      )}
      <footer className="border-line border-t bg-paper px-4 pt-1.5 pb-safe">
        <div className="mx-auto flex min-h-11 max-w-wide items-center gap-3">
          <p className="tabular min-w-0 flex-1 text-ink-soft text-xs">{countWords(count, index.seqs === null)}</p>
          {!atEnd && count > 0 && (
            <Button onClick={() => list.current?.scrollToIndex(count - 1, { align: 'end' })} className="animate-rise">
              <ArrowDown className="size-4" aria-hidden />
              To the newest
            </Button>
          )}
        </div>
      </footer>
      {isJumping && (
        <JumpSheet
          threadId={threadId}
          at={ledger.eventAt(list.current?.findItemIndex(list.current.scrollOffset) ?? 0)?.at}
          onJump={(seq) => list.current?.scrollToIndex(Math.min(ledger.indexOf(seq), count - 1), { align: 'start' })}
          onClose={onJumped}
        />
      )}
    </>
  );
}

function countWords(count: number, isWhole: boolean): string {
  const events = `${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'}`;
  return isWhole ? `${events} in all` : `${events} like that`;
}
