import type { ChangeSummary } from '#lib/core/change.ts';

/** What came of a yes, for its receipt. `shown`: what the card had listed, where the person kept a part of it. */
export function keptWords({ fileCount }: ChangeSummary, shown?: ChangeSummary): string {
  if (shown) return `Kept ${fileCount} of ${shown.fileCount} files`;
  if (fileCount === 0) return 'Carried out: it changed no file';
  return `Kept ${fileCount} ${fileCount === 1 ? 'file' : 'files'}`;
}
