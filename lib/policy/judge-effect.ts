import type { ChangeSummary, FileChange } from '#lib/core/change.ts';
import type { RunMode } from '#lib/core/event.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import type { Verdict } from '#lib/core/verdict.ts';
import { judgeCommand } from './judge-command.ts';

/** Changed files that one call may leave behind unasked. */
export const unaskedFilesLimit = 20;

/** `files`: every change, where the summary names only the first. `lost`: paths that it takes away and that no checkpoint holds. */
export type Effect = { call: ToolCall; mode: RunMode; changes: ChangeSummary; files?: FileChange[]; lost?: string[] };

/**
 * Whether what a call changed in its overlay may stay unasked. Reach is always `tree`: nothing of it has left the overlay.
 * Asks for every deletion of something that was there, for many files at once, and for commands that could not be judged beforehand.
 */
export function judgeEffect({ call, mode, changes, files = changes.files, lost = [] }: Effect): Verdict {
  const ask = (rule: string, reason: string): Verdict => ({ decision: 'ask', reach: 'tree', rule, reason });
  const keep = (rule: string, reason: string): Verdict => ({ decision: 'allow', reach: 'tree', rule, reason });

  const verdict = call.tool === 'run_command' ? judgeCommand(call.args.command, false) : null;
  if (verdict?.rule === 'command.unseen') return ask(verdict.rule, verdict.reason);
  if (mode === 'autonomous') return keep('effect.autonomous', 'It stayed inside the project, and this run may work on its own.');
  if (lost.length > 0) return ask('effect.lost', tellLost(lost));
  if (call.tool === 'revert_checkpoint') return keep('effect.revert', 'It goes back to a checkpoint, and that can be taken back.');

  const installs = verdict?.reach === 'outside';
  const installed = installs ? files.filter(isDependency) : [];
  const harmless = installed.filter(({ status }) => status === 'deleted').length + countFilledFolders(files);
  const deleted = call.tool === 'move_path' ? 0 : changes.deletedCount - harmless;
  if (deleted > 0) return ask('effect.deletes', deleted === 1 ? 'It deletes a file.' : `It deletes ${deleted} files.`);
  const count = changes.fileCount - installed.length;
  if (count > unaskedFilesLimit) return ask('effect.many-files', `It changes ${count} files at once.`);
  return keep('effect.small', 'It changes few files and deletes none.');
}

/** What a person must know before paths go that no checkpoint holds. */
export function tellLost(lost: string[]): string {
  const more = lost.length > 1 ? ` and ${lost.length - 1} more` : '';
  return `It takes away "${lost[0]}"${more}, and no checkpoint holds that: a revert will not bring it back.`;
}

/** A folder that was empty shows as deleted once it holds a file. A file in its place would show lines or bytes gone. */
function countFilledFolders(files: FileChange[]): number {
  const emptied = files.filter(({ status, deletions, binary }) => status === 'deleted' && deletions === 0 && !binary);
  if (emptied.length === 0) return 0;
  const filled = new Set(files.flatMap(({ path, status }) => (status === 'deleted' ? [] : foldersOf(path))));
  return emptied.filter(({ path }) => filled.has(path)).length;
}

function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** What an installer fills, and any installer fills again. */
function isDependency({ path }: FileChange): boolean {
  return /(^|\/)(node_modules|\.venv|venv|__pycache__|\.pytest_cache)\//.test(path);
}
