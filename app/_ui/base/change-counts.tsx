import type { ChangeSummary } from '#lib/core/change.ts';
import { formatCount } from '#lib/core/words/format.ts';

/** `+12 −3`, read out in words; of a side without lines the eye is told nothing. */
export function LineCounts({ additions, deletions }: { additions: number; deletions: number }) {
  return (
    <span className="tabular whitespace-nowrap font-medium text-xs">
      <span className="sr-only">{`${formatCount(additions, 'line')} added, ${deletions} removed`}</span>
      <span aria-hidden>
        {additions > 0 && <span className="text-good">+{additions}</span>}
        {additions > 0 && deletions > 0 && ' '}
        {deletions > 0 && <span className="text-bad">−{deletions}</span>}
      </span>
    </span>
  );
}

export function countFiles({ fileCount }: Pick<ChangeSummary, 'fileCount'>): string {
  return formatCount(fileCount, 'file');
}
