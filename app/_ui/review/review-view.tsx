'use client';

import { ChevronDown, ChevronUp, List } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { formatCount } from '#lib/core/words/format.ts';
import type { RevertedPart } from '#lib/review/revert-part.ts';
import type { ReviewFile } from '#lib/review/review-changes.ts';
import { onceSettled } from '../../_live/once-settled.ts';
import { sendJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';
import { Button } from '../base/button.tsx';
import { LineCounts } from '../base/change-counts.tsx';
import { lazyPart } from '../base/lazy-part.ts';
import { Notice } from '../base/notice.tsx';
import { ShortName } from '../base/short-name.tsx';
import { untilLoaded } from '../base/until-loaded.ts';
import { useAction } from '../base/use-action.ts';
import type { PlacedComment } from '../diff/place-comments.ts';
import { useComments } from '../diff/use-comments.ts';
import { useThreadState } from '../thread/thread-context.tsx';
import { FileIndex } from './file-index.tsx';
import { ReviewAnswer } from './review-answer.tsx';
import type { ReviewRange } from './review-range.ts';
import { ReviewSection } from './review-section.tsx';
import { useCurrentFile } from './use-current-file.ts';
import type { Part } from './use-part-preview.ts';
import { useReviewKeys } from './use-review-keys.ts';
import { useReviewed } from './use-reviewed.ts';

function loadSheet() {
  return untilLoaded(() => import('../base/sheet.tsx'));
}

const Sheet = lazyPart(async () => (await loadSheet()).Sheet);
const RevertPartSheet = lazyPart(async () => (await import('./revert-part-sheet.tsx')).RevertPartSheet);

type ReviewViewProps = {
  files: ReviewFile[];
  range: ReviewRange;
  /** The checkpoint that the newer side is, and whether the thread may go past it while one reads. */
  to: { checkpointId: string; number: number } | null;
  follows: boolean;
  comments: PlacedComment[];
};

/** Changes to look through, file by file: with the agent's reasons, with room for words about any line, and the way to take a part back. */
export function ReviewView({ files, range, to, follows, comments: earlier }: ReviewViewProps) {
  const router = useRouter();
  const { currentCheckpointId } = useThreadState();
  const scroller = useRef<HTMLDivElement>(null);
  const { isReviewed, setReviewed } = useReviewed(range.threadId);
  const { current, go, hold } = useCurrentFile(scroller, files.length);
  const commentsOf = useComments(earlier);
  const [listed, setListed] = useState(false);
  const currentFile = files[current];
  const [part, setPart] = useState<Part | null>(null);
  const [reverted, setReverted] = useState<RevertedPart | null>(null);
  const sums = useMemo(() => sumOf(files), [files]);
  const done = files.filter(isReviewed).length;
  const isBehind = follows && to !== null && currentCheckpointId !== null && currentCheckpointId !== to.checkpointId;

  // Once the page stands, so that the list of files opens without a network too.
  useEffect(() => {
    if (files.length > 1) return onceSettled(() => void loadSheet());
  }, [files.length]);

  /** What is marked folds, and the page may move: the current file stays. */
  const mark = useCallback(
    (file: ReviewFile, done: boolean) => {
      hold();
      setReviewed(file, done);
    },
    [hold, setReviewed],
  );

  const onReverted = useCallback(
    (result: RevertedPart) => {
      setReverted(result);
      router.refresh();
    },
    [router],
  );

  useReviewKeys({
    onNext: () => go(current + 1),
    onPrevious: () => go(current - 1),
    onMark: () => currentFile && mark(currentFile, !isReviewed(currentFile)),
  });

  return (
    <div className="flex min-h-0 flex-1">
      <nav aria-label="Changed files" className="scrollbar-quiet hidden w-72 shrink-0 overflow-y-auto border-line border-r p-2 xl:block">
        <FileIndex files={files} current={current} isReviewed={isReviewed} onGo={go} />
      </nav>
      <div className="flex min-w-0 flex-1 flex-col">
        <div ref={scroller} data-scroller className="scrollbar-quiet relative min-h-0 flex-1 overflow-y-auto overscroll-contain">
          <div className="mx-auto max-w-wide space-y-3 px-2 pt-3 pb-safe sm:px-4">
            <p className="tabular flex items-center gap-2 px-2 text-sm">
              {formatCount(files.length, 'file')} <LineCounts {...sums} />
              <span className="flex-1" />
              <span className="text-ink-soft text-xs">
                {done} of {files.length} reviewed
              </span>
            </p>
            {files.map((file, index) => (
              <ReviewSection
                key={file.path}
                file={file}
                index={index}
                range={range}
                comments={commentsOf(file)}
                checkpoint={to?.number ?? null}
                reviewed={isReviewed(file)}
                onReviewed={mark}
                onRevert={setPart}
              />
            ))}
          </div>
        </div>
        {reverted && <Reverted key={reverted.checkpointId} threadId={range.threadId} result={reverted} onGone={() => setReverted(null)} />}
        {isBehind && !reverted && (
          <div className="flex items-center gap-3 border-line border-t bg-accent-soft px-4 py-1 text-sm">
            <p className="min-w-0 flex-1">There are newer changes.</p>
            <Button look="quiet" onClick={() => router.refresh()}>
              Show
            </Button>
          </div>
        )}
        {files.length > 1 && (
          <div className="flex items-center gap-1 border-line border-t bg-paper px-2 pb-[env(safe-area-inset-bottom)] xl:hidden">
            <Button
              look="quiet"
              aria-label="Previous file"
              title="Previous file (p)"
              disabled={current === 0}
              onClick={() => go(current - 1)}
              className="px-3"
            >
              <ChevronUp className="size-5" aria-hidden />
            </Button>
            <Button look="quiet" onClick={() => setListed(true)} className="min-w-0 flex-1 px-1">
              <List className="size-4" aria-hidden />
              <span className="contained min-w-0">
                <ShortName name={nameOf(currentFile)} />
              </span>
              <span className="tabular shrink-0 text-xs">
                {current + 1} of {files.length}
              </span>
            </Button>
            <Button
              look="quiet"
              aria-label="Next file"
              title="Next file (n)"
              disabled={current === files.length - 1}
              onClick={() => go(current + 1)}
              className="px-3"
            >
              <ChevronDown className="size-5" aria-hidden />
            </Button>
          </div>
        )}
        <ReviewAnswer approvalId={range.to} />
      </div>
      <Suspense>
        {listed && (
          <Sheet title="Changed files" description={`${done} of ${files.length} reviewed`} onClose={() => setListed(false)}>
            <FileIndex
              files={files}
              current={current}
              isReviewed={isReviewed}
              onGo={(index) => {
                setListed(false);
                requestAnimationFrame(() => go(index));
              }}
            />
          </Sheet>
        )}
        {part && <RevertPartSheet range={range} part={part} onDone={onReverted} onClose={() => setPart(null)} />}
      </Suspense>
    </div>
  );
}

function Reverted({ threadId, result, onGone }: { threadId: string; result: RevertedPart; onGone(): void }) {
  const router = useRouter();
  const { busy, failure, act } = useAction();
  const { currentCheckpointId: checkpointId, checkpointId: expectedCurrent } = result;

  async function undo(): Promise<void> {
    const revert = (requestId: string) =>
      sendJson(threadPath(threadId, '/revert'), { checkpointId, scope: 'code', expectedCurrent, requestId });
    if (!(await act(revert))) return;
    router.refresh();
    onGone();
  }

  return (
    <div role="status" className="space-y-2 border-line border-t bg-raised px-4 py-1 text-sm">
      {failure && <Notice>{failure}</Notice>}
      <div className="flex items-center gap-1">
        <p className="min-w-0 flex-1">Reverted.</p>
        <Button look="quiet" busy={busy} onClick={undo}>
          Undo
        </Button>
        <Button look="quiet" onClick={onGone}>
          Done
        </Button>
      </div>
    </div>
  );
}

function nameOf(file: ReviewFile | undefined): string {
  return file?.path.slice(file.path.lastIndexOf('/') + 1) ?? '';
}

function sumOf(files: readonly ReviewFile[]): { additions: number; deletions: number } {
  return files.reduce((sum, { additions, deletions }) => ({ additions: sum.additions + additions, deletions: sum.deletions + deletions }), {
    additions: 0,
    deletions: 0,
  });
}
