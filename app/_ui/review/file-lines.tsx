'use client';

import { Undo2 } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { DiffHunk } from '#lib/core/change.ts';
import { isSamePlace } from '#lib/core/hunk-place.ts';
import type { ReviewFile } from '#lib/review/review-changes.ts';
import { Notice } from '../base/notice.tsx';
import { type DiffPart, type DiffRow, diffParts, openedRows } from '../diff/diff-rows.ts';
import { FoldBar } from '../diff/fold-bar.tsx';
import { HunkLines } from '../diff/hunk-lines.tsx';
import { LineComments } from '../diff/line-comments.tsx';
import type { PlacedComment } from '../diff/place-comments.ts';
import { useLineTalk } from '../diff/use-line-talk.tsx';
import { RevertedMark } from './reverted-mark.tsx';
import type { ReviewRange } from './review-range.ts';
import { useFileLines } from './use-file-lines.ts';
import type { Part } from './use-part-preview.ts';

type FileLinesProps = {
  file: ReviewFile;
  range: ReviewRange;
  hunks: DiffHunk[];
  comments: readonly PlacedComment[];
  checkpoint: number | null;
  eager: boolean;
  onRevert(part: Part): void;
  /** Whether something is open here that must not go when it is scrolled away. */
  onHold(held: boolean): void;
};

/** Lines opened in a fold, after what is above and before what is below. */
type Opened = { above: number; below: number };

/** The lines of one file's diff, with what is folded between them and what is said about them. */
export function FileLines({ file, range, hunks, comments, checkpoint, eager, onRevert, onHold }: FileLinesProps) {
  const { path, oldPath, status, takenBack } = file;
  const isWhole = status === 'added' || status === 'deleted';
  const parts = useMemo(() => diffParts(hunks, isWhole), [hunks, isWhole]);
  const [opened, setOpened] = useState<Readonly<Record<string, Opened>>>({});
  const source = useFileLines({ threadId: range.threadId, path, at: range.to });
  const shown = useMemo(() => parts.map((part) => withOpened(part, opened, source.lines)), [parts, opened, source.lines]);
  const rows = useMemo(() => shown.flatMap(({ above, below, part }) => (part.kind === 'hunk' ? part.rows : [...above, ...below])), [shown]);
  // One hunk is the whole file's change: that is reverted above it.
  const canRevertParts = range.canRevert && !isWhole && hunks.length > 1 && takenBack !== 'whole';
  const revertOf = (part: Hunk) =>
    takenBack !== 'whole' && takenBack?.some((place) => isSamePlace(place, part.place)) ? (
      <RevertedMark />
    ) : (
      <RevertHunk part={part} path={path} onRevert={onRevert} />
    );
  const { talk, isTalking, lost, onClick, onKeyDown } = useLineTalk({ path, oldPath, rows, comments, checkpoint });

  const isHeld = isTalking || source.lines !== null;
  useEffect(() => onHold(isHeld), [onHold, isHeld]);

  async function open(key: string, from: keyof Opened, lines: number): Promise<void> {
    if (!source.lines && !(await source.load())) return;
    setOpened((before) => {
      const known = before[key] ?? { above: 0, below: 0 };
      return { ...before, [key]: { ...known, [from]: known[from] + lines } };
    });
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the buttons of its lines, however many there are
    <div onClick={onClick} onKeyDown={onKeyDown} data-quote-path={path} data-quote-checkpoint={checkpoint ?? undefined}>
      {source.failure && <Notice>{source.failure}</Notice>}
      {lost.length > 0 && <LineComments comments={lost} />}
      {shown.map(({ part, above, below, left }, index) => {
        const next = shown[index + 1]?.part;
        if (part.kind === 'hunk') {
          return (
            <div key={part.key}>
              {index === 0 && canRevertParts && (
                <div className="relative flex h-7 items-center justify-end bg-sunken px-1">{revertOf(part)}</div>
              )}
              <HunkLines path={path} rows={part.rows} talk={talk} eager={eager} />
            </div>
          );
        }
        return (
          <div key={part.key}>
            {above.length > 0 && <HunkLines path={path} rows={above} talk={talk} eager={false} />}
            {(left !== 0 || (next && canRevertParts)) && (
              <FoldBar
                count={left}
                isFirst={index === 0}
                isLast={!next}
                busy={source.busy}
                onOpen={(from, lines) => void open(part.key, from, lines)}
              >
                {next?.kind === 'hunk' && canRevertParts && revertOf(next)}
              </FoldBar>
            )}
            {below.length > 0 && <HunkLines path={path} rows={below} talk={talk} eager={false} />}
          </div>
        );
      })}
    </div>
  );
}

type Hunk = Extract<DiffPart, { kind: 'hunk' }>;

function RevertHunk({ part, path, onRevert }: { part: Hunk; path: string; onRevert(part: Part): void }) {
  return (
    <button
      type="button"
      onClick={() => onRevert({ path, hunk: part.place })}
      className="inline-flex min-h-11 items-center gap-1.5 rounded-control px-2.5 text-ink-soft text-xs hover:bg-line/60 hover:text-ink"
    >
      <Undo2 className="size-3.5" aria-hidden />
      Revert
      <span className="sr-only"> the change at line {part.place.newStart}</span>
    </button>
  );
}

type Shown = { part: DiffPart; above: DiffRow[]; below: DiffRow[]; left: number | null };

function withOpened(part: DiffPart, opened: Readonly<Record<string, Opened>>, lines: readonly string[] | null): Shown {
  if (part.kind === 'hunk') return { part, above: [], below: [], left: 0 };
  const { fold } = part;
  const asked = opened[part.key];
  if (!lines || !asked) return { part, above: [], below: [], left: fold.count };
  const count = fold.count ?? Math.max(0, lines.length - fold.newStart + 1);
  const above = Math.min(asked.above, count);
  const below = Math.min(asked.below, count - above);
  return {
    part,
    above: openedRows(fold, lines, 0, above),
    below: openedRows(fold, lines, count - below, below),
    left: count - above - below,
  };
}
