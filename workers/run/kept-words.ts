import type { ChangeSummary } from '#lib/core/change.ts';
import { formatCount } from '#lib/core/words/format.ts';

/** What came of a yes to what no longer fits the files. */
export const filesChanged = 'Not used: the files had changed since it was asked. Asking again.';

type Choice = { shown: ChangeSummary; droppedCount: number };

/** What came of a yes, for its receipt. `choice`: what the card had listed and how many parts of files went, where the person kept only some. */
export function keptWords({ fileCount }: ChangeSummary, choice?: Choice): string {
  if (!choice) return fileCount === 0 ? 'Carried out: it changed no file' : `Kept ${formatCount(fileCount, 'file')}`;
  const { shown, droppedCount } = choice;
  const files = fileCount < shown.fileCount ? `${fileCount} of ${shown.fileCount} files` : formatCount(fileCount, 'file');
  return `Kept ${files}${droppedCount > 0 ? ` without ${formatCount(droppedCount, 'part')}` : ''}`;
}
