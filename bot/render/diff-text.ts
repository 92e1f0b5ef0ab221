import type { DiffLine, FileDiff } from '#lib/core/change.ts';
import { exactText } from './safe-text.ts';

export const diffSigns: Record<DiffLine['kind'], string> = { context: ' ', add: '+', delete: '-' };

/** A diff as lines for a chat: each file under its name, and of git's own lines none. */
export function diffText(files: FileDiff[]): string {
  return files.map(fileText).join('\n\n');
}

function fileText({ path, oldPath, status, binary, truncated, hunks }: FileDiff): string {
  const name = exactText(oldPath ? `${oldPath} → ${path}` : path);
  const body = hunks.map(({ lines }) => lines.map(({ kind, text }) => `${diffSigns[kind]}${exactText(text)}`).join('\n')).join('\n⋯\n');
  const marks = [status === 'modified' ? '' : status, binary ? 'binary' : ''].filter(Boolean).join(', ');
  return [marks ? `${name} (${marks})` : name, body, truncated && '(the rest is left out)'].filter(Boolean).join('\n');
}
