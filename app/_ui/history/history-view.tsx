'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { GraphCheckpoint, GraphRevert, ThreadGraph } from '#lib/core/thread-graph.ts';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { useThreadActions, useThreadState } from '../thread/thread-context.tsx';
import { CompareBar } from './compare-bar.tsx';
import { type HistoryRow, rowsOf } from './graph-rows.ts';
import { HistoryRowView, type RowActions } from './history-row.tsx';
import { layoutGraph } from './layout-graph.ts';
import { ScrubBar } from './scrub-bar.tsx';
import { useGraph } from './use-graph.ts';
import { readCheckpoint, useMoment } from './use-moment.ts';
import { useRowList } from './use-row-list.ts';

const rowHeight = 58;
/** Rows before the oldest one that is here when the next stretch is asked for. */
const ahead = 40;
/** Rows of the first picture. Not by virtua's `ssrCount`: with it no other row is drawn before somebody scrolls, also where rows come at the top. */
const firstRows = 16;

/** How a thread came to where it is: its checkpoints as a graph, a slider through time, and the ways to look back and to go back. */
export function HistoryView({ initial }: { initial: ThreadGraph }) {
  const thread = useThreadState();
  const { threadId } = thread;
  const { openCheckpoint, openRevert } = useThreadActions();
  const { graph, loadOlder } = useGraph(initial, thread);
  const { failure, act } = useAction();
  const list = useRef<VirtualizerHandle>(null);
  const scroller = useRef<HTMLElement>(null);
  const [isMounted, setMounted] = useState(false);
  const [scrubbed, setScrubbed] = useState<number | null>(null);
  const [picks, setPicks] = useState<readonly number[] | null>(null);

  const rows = useMemo(() => rowsOf(graph), [graph]);
  const layout = useMemo(() => layoutGraph(rows, graph.current), [rows, graph.current]);
  const agents = useMemo(() => new Map(graph.runs.map(({ runId, agent }) => [runId, agent])), [graph.runs]);
  const numbers = useMemo(() => new Map(graph.checkpoints.map(({ checkpointId, number }) => [checkpointId, number])), [graph.checkpoints]);

  const newest = Math.max(0, thread.checkpointCount - 1);
  const currentNumber = (graph.current === null ? undefined : numbers.get(graph.current)) ?? newest;
  const number = Math.min(scrubbed ?? currentNumber, newest);
  const moment = useMoment(threadId, number, thread.checkpoints);

  const readOlder = useCallback(() => act(loadOlder), [act, loadOlder]);
  const { keepsPlace } = useRowList(list, { rows, hasOlder: graph.hasOlder, wanted: scrubbed, loadOlder: readOlder });

  useEffect(() => setMounted(true), []);

  function readOn(): void {
    const handle = list.current;
    if (!handle || !graph.hasOlder) return;
    if (handle.findItemIndex(handle.scrollOffset + handle.viewportSize) > rows.length - ahead) void readOlder();
  }

  function pick(checkpoint: GraphCheckpoint): void {
    if (picks) setPicks(nextPicks(picks, checkpoint.number));
    else void act(() => openWhole(checkpoint));
  }

  async function openWhole({ checkpointId, number: wanted }: GraphCheckpoint): Promise<void> {
    const held = thread.checkpoints.find((checkpoint) => checkpoint.checkpointId === checkpointId);
    const whole = held ?? (await readCheckpoint(threadId, wanted));
    if (whole) openCheckpoint(whole);
  }

  const undoable = undoableRevert(thread.lastRevert?.seq, graph);
  const actions: RowActions = {
    threadId,
    agents,
    numbers,
    current: graph.current,
    currentLine: layout.currentLine,
    undoable: undoable?.seq ?? null,
    selected: scrubbed,
    picks: picks ?? [],
    onCheckpoint: pick,
    onUndo: openRevert,
    onShow: (checkpointId) => setScrubbed(numbers.get(checkpointId) ?? null),
  };

  const rowAt = (row: HistoryRow, index: number) => (
    <HistoryRowView key={row.key} row={row} index={index} layout={layout} actions={actions} />
  );
  return (
    <>
      <section
        ref={scroller}
        aria-label="History"
        className="scrollbar-quiet relative min-h-0 flex-1 overflow-y-auto overscroll-contain focus-visible:-outline-offset-2"
      >
        <div className="mx-auto max-w-wide">
          {isMounted ? (
            <Virtualizer ref={list} scrollRef={scroller} shift={keepsPlace} data={rows} itemSize={rowHeight} onScroll={readOn}>
              {rowAt}
            </Virtualizer>
          ) : (
            rows.slice(0, firstRows).map(rowAt)
          )}
        </div>
      </section>
      <footer className="border-line border-t bg-paper">
        {failure && <Notice>{failure}</Notice>}
        {picks ? (
          <CompareBar threadId={threadId} picks={picks} onCancel={() => setPicks(null)} />
        ) : (
          <ScrubBar
            threadId={threadId}
            number={number}
            newest={newest}
            isCurrent={number === currentNumber}
            moment={moment}
            undo={undoable?.fromCheckpointId}
            onMove={setScrubbed}
            onCompare={() => setPicks(scrubbed === null ? [] : [scrubbed])}
            onRevert={openRevert}
          />
        )}
      </footer>
    </>
  );
}

/** The newest revert, as long as nothing was made since. */
function undoableRevert(seq: number | undefined, { checkpoints, reverts }: ThreadGraph): GraphRevert | undefined {
  return reverts.find((revert) => revert.seq === seq && revert.seq > (checkpoints[0]?.seq ?? 0));
}

/** At most two: the third takes the place of the second, and one that is picked again is let go. */
function nextPicks(picks: readonly number[], number: number): number[] {
  if (picks.includes(number)) return picks.filter((picked) => picked !== number);
  return [...picks.slice(0, 1), number];
}
