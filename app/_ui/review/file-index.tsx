import { Check } from 'lucide-react';
import { memo } from 'react';
import type { ReviewFile } from '#lib/review/review-changes.ts';
import { LineCounts } from '../base/change-counts.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { ShortName } from '../base/short-name.tsx';

type FileIndexProps = { files: readonly ReviewFile[]; current: number; isReviewed(file: ReviewFile): boolean; onGo(index: number): void };

/** All files of a review with their counts and ticks, to go to one. */
export function FileIndex({ files, current, isReviewed, onGo }: FileIndexProps) {
  return (
    <ol>
      {files.map((file, index) => (
        <li key={file.path} className="[contain-intrinsic-size:auto_3rem] [content-visibility:auto]">
          <FileRow file={file} index={index} current={index === current} reviewed={isReviewed(file)} onGo={onGo} />
        </li>
      ))}
    </ol>
  );
}

type FileRowProps = { file: ReviewFile; index: number; current: boolean; reviewed: boolean; onGo(index: number): void };

const FileRow = memo(function FileRow({ file, index, current, reviewed, onGo }: FileRowProps) {
  const slash = file.path.lastIndexOf('/');
  return (
    <button
      type="button"
      onClick={() => onGo(index)}
      aria-current={current ? 'true' : undefined}
      className="flex min-h-12 w-full items-center gap-2 rounded-control px-2 py-1 text-left text-sm hover:bg-sunken aria-[current]:bg-accent-soft"
    >
      <span className="size-4 shrink-0">{reviewed && <Check className="size-4 text-good" strokeWidth={2.5} aria-label="Reviewed" />}</span>
      <span className="contained min-w-0 flex-1 text-[0.8125rem] leading-4.5">
        <ShortName name={file.path.slice(slash + 1)} />
        {slash > 0 && (
          <bdi dir="ltr" className="block truncate text-ink-soft text-xs">
            <HostileText text={file.path.slice(0, slash)} />
          </bdi>
        )}
      </span>
      {file.binary ? <span className="text-ink-soft text-xs">binary</span> : <LineCounts {...file} />}
    </button>
  );
});
