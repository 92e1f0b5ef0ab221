import type { ChangeSummary, FileChange } from '#lib/core/change.ts';
import { formatCount } from '#lib/core/words/format.ts';
import { code, lines, type RichText, rich } from './rich-text.ts';
import { exactLine } from './safe-text.ts';

const signs: Record<FileChange['status'], string> = { added: '＋', modified: '✎', deleted: '－', renamed: '→', mode: '⚙', type: '✎' };

export function countChanges({ fileCount, additions, deletions }: Pick<ChangeSummary, 'fileCount' | 'additions' | 'deletions'>): string {
  const counts = [additions > 0 ? `+${additions}` : '', deletions > 0 ? `−${deletions}` : ''].filter(Boolean).join(' ');
  return `${formatCount(fileCount, 'file')}${counts ? ` · ${counts}` : ''}`;
}

/** The files that changed, one on a line, up to `shown`. */
export function listChanges({ files, fileCount, leftOut }: Pick<ChangeSummary, 'files' | 'fileCount' | 'leftOut'>, shown = 8): RichText {
  const listed = files.slice(0, shown).map((file) => changeLine(file));
  const more = fileCount - listed.length;
  const kept = leftOut.slice(0, 3).map(({ path }) => rich('⚠ in no checkpoint: ', code(exactLine(path, 80))));
  return lines(...listed, more > 0 && `and ${more} more`, ...kept);
}

/** One file that changed; of its path so many characters. */
export function changeLine({ status, path, oldPath, additions, deletions }: FileChange, pathLimit = 80): RichText {
  const counts = [additions > 0 ? `+${additions}` : '', deletions > 0 ? `−${deletions}` : ''].filter(Boolean).join(' ');
  const from = oldPath ? rich(code(exactLine(oldPath, pathLimit)), ' → ') : '';
  return rich(`${signs[status]} `, from, code(exactLine(path, pathLimit)), counts && ` ${counts}`);
}
