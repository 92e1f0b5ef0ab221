import type { ChangeSummary } from '#lib/core/change.ts';
import { formatCount } from '#lib/core/words/format.ts';

/** What came of a yes to what no longer fits the files. */
export const filesChanged = 'Not used: the files had changed since it was asked. Asking again.';

type Choice = { shown: ChangeSummary; droppedCount: number };

/** What came of a yes, for its receipt. `choice`: what the card had listed and how many parts of files went, where the person kept only some. */
export function keptWords({ fileCount, deletedCount }: ChangeSummary, choice?: Choice): string {
  if (fileCount === 0) return 'Carried out: it changed no file';
  const { shown, droppedCount } = choice ?? { shown: { fileCount }, droppedCount: 0 };
  const files = fileCount < shown.fileCount ? `${fileCount} of ${shown.fileCount} files` : formatCount(fileCount, 'file');
  if (deletedCount === fileCount) return `Kept the deletion of ${files}`;
  const deleted = deletedCount > 0 ? `, ${deletedCount} of them deleted` : '';
  return `Kept ${files}${droppedCount > 0 ? ` without ${formatCount(droppedCount, 'part')}` : ''}${deleted}`;
}
