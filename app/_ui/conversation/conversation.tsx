'use client';

import {
  type KeyboardEvent,
  type ReactNode,
  Suspense,
  startTransition,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { VirtualizerHandle } from 'virtua';
import { isActive, openApprovals, type ThreadState } from '#lib/core/state.ts';
import { onceSettled } from '../../_live/once-settled.ts';
import { readEvents } from '../../_live/read-events.ts';
import { useReading } from '../../_live/reading/use-reading.ts';
import { sleep } from '../../_live/sleep.ts';
import { lazyPart } from '../base/lazy-part.ts';
import { OnceSettled } from '../base/once-settled.tsx';
import { untilLoaded } from '../base/until-loaded.ts';
import { proseOf } from '../items/prose-of.ts';
import { plainParagraphs } from '../markdown/plain-paragraphs.ts';
import { loadMarkdown } from '../markdown/prose.tsx';
import { openQuestions } from './find-row.ts';
import { groupItems, type Row } from './group-items.ts';
import { RowList } from './row-list.tsx';
import { RunLine } from './run-line.tsx';
import { StillTail } from './still-tail.tsx';
import { TypedMessage } from './typed-message.tsx';
import { useAskedPlace } from './use-asked-place.ts';
import { useEnd } from './use-end.ts';
import { useFindKey } from './use-find-key.ts';
import { useGoTo } from './use-go-to.ts';
import { useReadOn } from './use-read-on.ts';

const PlaceBar = lazyPart(async () => (await import('./place-bar.tsx')).PlaceBar);
const ReadingState = lazyPart(async () => (await import('./reading-state.tsx')).ReadingState);
const ToEnd = lazyPart(async () => (await loadToEnd()).ToEnd);
const GoToSheet = lazyPart(async () => (await import('./go-to-sheet.tsx')).GoToSheet);

function loadToEnd() {
  return untilLoaded(() => import('./to-end.tsx'));
}

/** Height of the space above the first row. */
const abovePixels = 16;
/** So few are all in the page, where the browser finds them itself. */
const wholeRows = 20;
/** As many of the newest rows as a window shows. */
const rowsInSight = 12;
/** So long the first rows stay as the server sent them, where what draws their words does not come. */
const markdownMs = 2_000;

/** A conversation of any length as one scrolling page that stays at its end, reads what is older on the way up, and can be entered anywhere. */
export function Conversation({ thread, children }: { thread: ThreadState; children: ReactNode }) {
  const reading = useReading(thread);
  const rows = useMemo(() => groupItems(reading.items, thread.hidden), [reading.items, thread.hidden]);
  const scroller = useRef<HTMLElement>(null);
  const tail = useRef<HTMLDivElement>(null);
  const still = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const [rowPixels, setRowPixels] = useState<number>();
  const ahead = useRef(rows.slice(-rowsInSight).flatMap(markdownIn));
  const [phase, setPhase] = useState<'still' | 'measuring' | 'live'>('still');
  const [choosing, setChoosing] = useState(false);
  const choose = useCallback(() => setChoosing(true), []);
  const { atEnd, stuck, toEnd, stay, leave } = useEnd(scroller, tail);
  const { goTo, targetKey, forgetTarget } = useGoTo({ reading, rows, list, isListed: phase !== 'still', leaveEnd: leave });
  useAskedPlace(thread, goTo);
  useFindKey(!choosing && (rows.length > wholeRows || !reading.isWhole.above), choose);
  const { below } = reading.isWhole;

  // The rows are made anew by the list: before their words can look as they will, they would change their height under the reader.
  useEffect(() => {
    let isHere = true;
    const ready = ahead.current.length > 0 ? Promise.race([loadMarkdown(ahead.current), sleep(markdownMs)]) : Promise.resolve();
    void ready.then(() => {
      if (!isHere) return;
      const drawn = still.current;
      startTransition(() => {
        if (drawn && drawn.childElementCount > 0) setRowPixels(Math.round(drawn.offsetHeight / drawn.childElementCount));
        setPhase((known) => (known === 'still' ? 'measuring' : known));
      });
    });
    return () => {
      isHere = false;
    };
  }, []);
  useEffect(() => {
    if (phase !== 'live') return;
    return onceSettled(() => {
      void loadMarkdown();
      void loadToEnd();
    });
  }, [phase]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another part of the conversation begins at its end where the person wants to be there
  useLayoutEffect(stay, [stay, phase, reading.place]);

  useReadOn({ scroller, reading, rowCount: rows.length, isReady: phase === 'live', isAtEnd: stuck });

  function onMeasured(): void {
    stay();
    if (phase === 'measuring' && (rows.length === 0 || scroller.current?.querySelector('[data-row]')))
      startTransition(() => setPhase('live'));
  }

  function newest(): void {
    forgetTarget();
    reading.readNewest();
    toEnd();
  }

  function question(): void {
    const index = openQuestions(rows)[0];
    if (!below || index === undefined) {
      newest();
      return;
    }
    reading.readNewest();
    leave();
    list.current?.scrollToIndex(index, { align: 'end', smooth: true });
    scroller.current?.querySelector<HTMLElement>('[data-approval=open] h2')?.focus({ preventScroll: true });
  }

  async function toPlan(): Promise<void> {
    const known = reading.items.findLast(({ kind }) => kind === 'plan');
    const seq = known?.seq ?? (await newestPlan(thread).catch(() => null));
    if (seq !== null) goTo(seq);
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.target !== event.currentTarget || event.altKey || event.shiftKey) return;
    if (event.key === 'Home') goTo(1);
    else if (event.key === 'End') newest();
    else return;
    event.preventDefault();
  }

  const isHere = atEnd && below;
  return (
    <>
      <div className="relative min-h-0 flex-1">
        <section
          ref={scroller}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label="What happened"
          onKeyDown={onKeyDown}
          className="scrollbar-quiet h-full overflow-y-auto overscroll-contain outline-offset-[-2px]"
        >
          <div className={`mx-auto max-w-reading px-safe py-4 ${phase === 'live' ? '' : 'invisible'}`}>
            {phase !== 'still' && (
              <RowList
                key={reading.place}
                ref={list}
                rows={rows}
                scroller={scroller}
                above={abovePixels}
                rowPixels={rowPixels}
                begin={reading.begin}
                target={targetKey}
                isFirst={phase === 'measuring'}
                isBusy={reading.busy !== null}
                onMeasured={onMeasured}
              />
            )}
            <div ref={tail} className="flow-root">
              {below && isActive(thread.run) && <TypedMessage runId={thread.run.runId} />}
            </div>
          </div>
        </section>
        {phase !== 'live' && <StillTail ref={still} rows={rows} />}
        <OnceSettled>
          <ReadingState reading={reading} />
        </OnceSettled>
        <Suspense>
          {!isHere && phase === 'live' && (
            <PlaceBar scroller={scroller} list={list} rows={rows} isFromStart={reading.isWhole.above} onChoose={choose} />
          )}
        </Suspense>
      </div>
      <footer className="relative border-line border-t bg-paper">
        <Suspense>
          {!isHere && phase === 'live' && <ToEnd questions={openApprovals(thread).length} onEnd={newest} onQuestion={question} />}
        </Suspense>
        <div className="mx-auto max-w-reading px-safe pt-2 pb-safe">
          {isActive(thread.run) && <RunLine run={thread.run} onPlan={toPlan} />}
          {children}
        </div>
      </footer>
      <Suspense>
        {choosing && <GoToSheet threadId={thread.threadId} onGo={goTo} onNewest={newest} onClose={() => setChoosing(false)} />}
      </Suspense>
    </>
  );
}

/** What of a row is more than plain paragraphs. */
function markdownIn(row: Row): string[] {
  const text = row.kind === 'item' ? proseOf(row.item) : null;
  return text !== null && plainParagraphs(text) === null ? [text] : [];
}

async function newestPlan({ threadId, seq }: ThreadState): Promise<number | null> {
  for await (const event of readEvents(threadId, `before=${seq + 1}&type=plan.proposed&limit=1`)) return event.seq;
  return null;
}
