import type { ChangeSummary } from '#lib/core/change.ts';

/** `+12 −3`, read out in words; of a side without lines the eye is told nothing. */
export function LineCounts({ additions, deletions }: { additions: number; deletions: number }) {
  return (
    <span className="tabular whitespace-nowrap font-medium text-xs">
      <span className="sr-only">{`${additions} ${additions === 1 ? 'line' : 'lines'} added, ${deletions} removed`}</span>
      <span aria-hidden>
        {additions > 0 && <span className="text-good">+{additions}</span>}
        {additions > 0 && deletions > 0 && ' '}
        {deletions > 0 && <span className="text-bad">−{deletions}</span>}
      </span>
    </span>
  );
}

export function countFiles({ fileCount }: Pick<ChangeSummary, 'fileCount'>): string {
  return fileCount === 1 ? '1 file' : `${fileCount} files`;
}
