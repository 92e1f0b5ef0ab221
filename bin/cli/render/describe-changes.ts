import type { ChangeSummary, FileChange } from '#lib/core/change.ts';
import { formatCount } from '#lib/core/words/format.ts';
import type { Style } from '../terminal.ts';
import { cleanLine } from './clean-text.ts';

const marks: Record<FileChange['status'], string> = { added: '+', modified: '~', deleted: '-', renamed: '>', mode: 'm', type: 't' };
const shownFiles = 12;

/** A diff stat: one line per file, then what was left out of the checkpoint and why. */
export function describeChanges(changes: ChangeSummary, style: Style): string[] {
  const lines = changes.files.slice(0, shownFiles).map((file) => {
    const name = file.oldPath ? `${cleanLine(file.oldPath)} → ${cleanLine(file.path)}` : cleanLine(file.path);
    const paint = file.status === 'added' ? style.green : file.status === 'deleted' ? style.red : style.yellow;
    return `${paint(`${marks[file.status]} ${name}`)}${describeLines(file, style)}`;
  });
  const hidden = changes.fileCount - Math.min(changes.files.length, shownFiles);
  if (hidden > 0) lines.push(style.dim(`… and ${formatCount(hidden, 'more file')}`));
  for (const left of changes.leftOut.slice(0, shownFiles)) lines.push(style.dim(`not kept: ${cleanLine(left.path)} (${left.reason})`));
  return lines;
}

function describeLines({ additions, deletions, binary }: FileChange, style: Style): string {
  if (binary) return style.dim(' (binary)');
  const parts = [...(additions ? [style.green(`+${additions}`)] : []), ...(deletions ? [style.red(`-${deletions}`)] : [])];
  return parts.length > 0 ? ` ${parts.join(' ')}` : '';
}
