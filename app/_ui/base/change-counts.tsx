import type { ChangeSummary } from '#lib/core/change.ts';

/** `+12 −3`, read out in words. */
export function LineCounts({ additions, deletions }: { additions: number; deletions: number }) {
  return (
    <span className="tabular whitespace-nowrap font-medium text-xs">
      <span className="sr-only">{`${additions} ${additions === 1 ? 'line' : 'lines'} added, ${deletions} removed`}</span>
      <span aria-hidden>
        <span className="text-good">+{additions}</span> <span className="text-bad">−{deletions}</span>
      </span>
    </span>
  );
}

export function countFiles({ fileCount }: Pick<ChangeSummary, 'fileCount'>): string {
  return fileCount === 1 ? '1 file' : `${fileCount} files`;
}
