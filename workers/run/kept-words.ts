import type { ChangeSummary } from '#lib/core/change.ts';

/** What came of a yes to what no longer fits the files. */
export const filesChanged = 'Not used: the files had changed since it was asked. Asking again.';

type Choice = { shown: ChangeSummary; droppedCount: number };

/** What came of a yes, for its receipt. `choice`: what the card had listed and how many parts of files went, where the person kept only some. */
export function keptWords({ fileCount }: ChangeSummary, choice?: Choice): string {
  if (!choice) return fileCount === 0 ? 'Carried out: it changed no file' : `Kept ${counted(fileCount, 'file')}`;
  const { shown, droppedCount } = choice;
  const files = fileCount < shown.fileCount ? `${fileCount} of ${shown.fileCount} files` : counted(fileCount, 'file');
  return `Kept ${files}${droppedCount > 0 ? ` without ${counted(droppedCount, 'part')}` : ''}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
