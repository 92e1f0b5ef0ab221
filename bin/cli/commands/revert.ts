import type { ChangeSummary } from '#lib/core/change.ts';
import { type RevertScope, revertScopes } from '#lib/core/event.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { findThreadId } from '../find-thread.ts';
import { onlyWord, parseOptions } from '../parse-options.ts';
import { cleanLine } from '../render/clean-text.ts';
import { describeChanges } from '../render/describe-changes.ts';
import type { Terminal } from '../terminal.ts';

type Preview = { currentCheckpointId: string; changes: ChangeSummary; cannotUndo?: string[]; unchanged?: boolean };

export const revert: Command = {
  usage: 'revert CHECKPOINT [--thread T] [options]',
  about: 'go back to a checkpoint: files, conversation or both',
  details: `  CHECKPOINT      id, number (#3) or name
  --thread T      the newest thread without it
  --scope S       code (default), conversation, both
  --file PATH     only this file, as it was at CHECKPOINT; all else stays
  --reason "..."  kept with the revert
  --dry-run       only show what would change
  --yes           do not ask
A revert can be reverted.`,
  async run({ client, terminal }, args) {
    const { values, positionals } = parseOptions(args, {
      thread: { type: 'string' },
      scope: { type: 'string', default: 'code' },
      file: { type: 'string' },
      reason: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      yes: { type: 'boolean', short: 'y', default: false },
    });
    const checkpointId = onlyWord(positionals, revert.usage);
    const scope = parseScope(values.scope);
    const threadId = await findThreadId(client, values.thread);
    const { path, body } = requestFor(threadId, checkpointId, scope, values.file);
    const preview = await client.send<Preview>(path, { ...body, dryRun: true });
    printPreview(terminal, preview);
    if (values['dry-run'] || preview.unchanged) return exitCodes.completed;
    if (!values.yes) {
      if (!terminal.interactive) throw new CliError('Nothing was changed. Add --yes to revert without being asked.');
      if (!/^y(es)?$/i.test(await terminal.ask('Revert? [y/N] > '))) return exitCodes.completed;
    }
    await client.send(path, { ...body, reason: values.reason ?? '', expectedCurrent: preview.currentCheckpointId });
    terminal.print(`Reverted. Undo it: npx choir revert ${preview.currentCheckpointId} --thread ${threadId}`);
    return exitCodes.completed;
  },
};

function requestFor(threadId: string, checkpointId: string, scope: RevertScope, file: string | undefined) {
  const thread = `/api/threads/${encodeURIComponent(threadId)}`;
  if (file === undefined) return { path: `${thread}/revert`, body: { checkpointId, scope } };
  if (scope !== 'code') throw new CliError('--file goes with the code alone: leave --scope out.');
  return { path: `${thread}/diff/revert`, body: { from: checkpointId, path: file } };
}

function parseScope(scope: string): RevertScope {
  const known = revertScopes.find((candidate) => candidate === scope);
  if (!known) throw new CliError(`--scope is one of ${revertScopes.join(', ')}.`);
  return known;
}

function printPreview({ print, style }: Terminal, { changes, cannotUndo = [], unchanged = false }: Preview): void {
  for (const line of describeChanges(changes, style)) print(line);
  if (unchanged) print('The files are already as they were there.');
  for (const line of cannotUndo) print(style.yellow(`stays done: ${cleanLine(line)}`));
}
