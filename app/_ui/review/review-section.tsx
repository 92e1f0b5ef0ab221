'use client';

import { Check, ChevronRight, FileText, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { memo, useState } from 'react';
import type { FileChange } from '#lib/core/change.ts';
import type { ReviewFile } from '#lib/review/review-changes.ts';
import { LineCounts } from '../base/change-counts.tsx';
import { PathText } from '../base/hostile-text.tsx';
import { Notice } from '../base/notice.tsx';
import { Skeleton } from '../base/skeleton.tsx';
import { useUnfolded } from '../base/use-unfolded.ts';
import { NearViewport } from '../diff/near-viewport.tsx';
import type { PlacedComment } from '../diff/place-comments.ts';
import { filesHref } from '../files/file-place.ts';
import { NameFirst } from '../files/name-first.tsx';
import { mediaKindOf } from '../media/media-kind.ts';
import { ChangeReasons } from './change-reasons.tsx';
import { FileLines } from './file-lines.tsx';
import { ImageChange } from './image-change.tsx';
import { RevertedMark } from './reverted-mark.tsx';
import type { ReviewRange } from './review-range.ts';
import { useHunks } from './use-hunks.ts';
import type { Part } from './use-part-preview.ts';

type ReviewSectionProps = {
  file: ReviewFile;
  index: number;
  range: ReviewRange;
  comments: readonly PlacedComment[];
  checkpoint: number | null;
  reviewed: boolean;
  onReviewed(file: ReviewFile, done: boolean): void;
  onRevert(part: Part): void;
};

const changeWords: Record<FileChange['status'], string> = {
  added: 'new',
  modified: '',
  deleted: 'deleted',
  renamed: 'renamed from',
  mode: 'mode changed',
  type: 'kind changed',
};

/** Longer diffs stay folded until somebody asks. */
const openLines = 1_000;
const lineHeightPx = 21;
const headHeightPx = 110;

/** One file of a review: what it is, why it changed, its lines, and what a person can do about it. */
export const ReviewSection = memo(function ReviewSection(props: ReviewSectionProps) {
  const { file, index, range, reviewed, onReviewed } = props;
  const { path, oldPath, status, id, lineCount, binary } = file;
  const [unfolded, setUnfolded] = useUnfolded(`review:${range.threadId}:${path}:${id}`, lineCount <= openLines);
  const open = unfolded && !reviewed;
  const [held, setHeld] = useState(false);

  return (
    <section
      id={`file-${index}`}
      aria-label={path}
      data-review-file={index}
      className="overflow-clip rounded-card border border-line bg-raised"
    >
      <h3 className={`sticky top-0 z-10 flex items-center gap-1 bg-raised pl-1 ${open ? 'border-line border-b' : ''}`}>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => {
            if (reviewed) onReviewed(file, false);
            setUnfolded(!open);
          }}
          className="flex min-h-12 min-w-0 flex-1 items-center gap-1.5 px-1.5 py-1.5 text-left text-[0.8125rem] leading-5"
        >
          <ChevronRight
            className={`size-4 shrink-0 text-line-strong transition-transform duration-100 ${open ? 'rotate-90' : ''}`}
            aria-hidden
          />
          <span className="contained min-w-0 flex-1">
            <span className={reviewed ? 'text-ink-soft' : ''}>
              <NameFirst path={path} />
            </span>
            {changeWords[status] && (
              <span className="block truncate font-normal text-ink-soft text-xs">
                {changeWords[status]} {oldPath && <PathText path={oldPath} />}
              </span>
            )}
          </span>
          {binary ? <span className="text-ink-soft text-xs">binary</span> : <LineCounts {...file} />}
        </button>
        <label
          title="Reviewed (v)"
          className="group mr-1 inline-flex size-11 shrink-0 items-center justify-center rounded-control hover:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="checkbox"
            checked={reviewed}
            aria-label={`Reviewed ${path}`}
            onChange={(event) => onReviewed(file, event.target.checked)}
            className="sr-only"
          />
          <span className="inline-flex size-6 items-center justify-center rounded-md border border-line-strong text-transparent group-has-checked:border-good group-has-checked:bg-good-soft group-has-checked:text-good">
            <Check className="size-4" strokeWidth={2.5} aria-hidden />
          </span>
        </label>
      </h3>
      {open && (
        <NearViewport estimate={headHeightPx + lineCount * lineHeightPx} eager={index === 0} keep={held}>
          {() => <SectionBody {...props} onHold={setHeld} />}
        </NearViewport>
      )}
    </section>
  );
});

function SectionBody({ file, index, range, comments, checkpoint, onRevert, onHold }: ReviewSectionProps & { onHold(held: boolean): void }) {
  const { path, binary, status, truncated } = file;
  const { hunks, failure } = useHunks(range, file);
  const isPicture = mediaKindOf(path) === 'image' && (binary || /\.svg$/i.test(path));
  return (
    <>
      <div className="border-line border-b">
        <ChangeReasons reasons={file.reasons} />
        <div className="flex flex-wrap gap-1 px-1">
          {status !== 'deleted' && (
            <Link href={filesHref({ threadId: range.threadId, path, at: range.to })} prefetch={false} className={small}>
              <FileText className="size-3.5" aria-hidden />
              Open file
            </Link>
          )}
          {file.takenBack === 'whole' ? (
            <RevertedMark />
          ) : (
            range.canRevert && (
              <button type="button" onClick={() => onRevert({ path })} className={small}>
                <Undo2 className="size-3.5" aria-hidden />
                Revert file
              </button>
            )
          )}
        </div>
      </div>
      {isPicture && <ImageChange file={file} range={range} />}
      {failure && <Notice>{failure}</Notice>}
      {!hunks && !failure && <Skeleton label="Reading the lines" />}
      {hunks && hunks.length > 0 && (
        <FileLines
          file={file}
          range={range}
          hunks={hunks}
          comments={comments}
          checkpoint={checkpoint}
          eager={index === 0}
          onRevert={onRevert}
          onHold={onHold}
        />
      )}
      {hunks?.length === 0 && !isPicture && <p className="px-3 py-3 text-ink-soft text-sm">{noLines(file)}</p>}
      {truncated && (hunks?.length ?? 0) > 0 && (
        <p className="px-3 py-3 text-ink-soft text-sm">The rest of this file’s changes is too long to show here.</p>
      )}
    </>
  );
}

function noLines({ binary, truncated, status }: ReviewFile): string {
  if (binary) return 'Binary: no lines to show.';
  if (truncated) return 'Too long to show here.';
  return status === 'added' || status === 'deleted' ? 'An empty file.' : 'No line changed.';
}

const small = 'inline-flex min-h-11 items-center gap-1.5 rounded-control px-2.5 text-ink-soft text-xs hover:bg-sunken hover:text-ink';
