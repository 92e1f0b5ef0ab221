import type { ChangeSummary } from '#lib/core/change.ts';
import { type RevertScope, revertScopes } from '#lib/core/event.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { findThreadId } from '../find-thread.ts';
import { onlyWord, parseOptions } from '../parse-options.ts';
import { cleanLine } from '../render/clean-text.ts';
import { describeChanges } from '../render/describe-changes.ts';
import type { Terminal } from '../terminal.ts';

type Preview = { currentCheckpointId: string; changes: ChangeSummary; cannotUndo: string[]; unchanged: boolean };

export const revert: Command = {
  usage: 'revert CHECKPOINT [--thread T] [options]',
  about: 'go back to a checkpoint: files, conversation or both',
  details: `  CHECKPOINT      id, number (#3) or name
  --thread T      the newest thread without it
  --scope S       code (default), conversation, both
  --reason "..."  kept with the revert
  --dry-run       only show what would change
  --yes           do not ask
A revert can be reverted.`,
  async run({ client, terminal }, args) {
    const { values, positionals } = parseOptions(args, {
      thread: { type: 'string' },
      scope: { type: 'string', default: 'code' },
      reason: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      yes: { type: 'boolean', short: 'y', default: false },
    });
    const checkpointId = onlyWord(positionals, revert.usage);
    const scope = parseScope(values.scope);
    const threadId = await findThreadId(client, values.thread);
    const path = `/api/threads/${encodeURIComponent(threadId)}/revert`;
    const preview = await client.send<Preview>(path, { checkpointId, scope, dryRun: true });
    printPreview(terminal, preview);
    if (values['dry-run']) return exitCodes.completed;
    if (!values.yes) {
      if (!terminal.interactive) throw new CliError('Nothing was changed. Add --yes to revert without being asked.');
      if (!/^y(es)?$/i.test(await terminal.ask('Revert? [y/N] > '))) return exitCodes.completed;
    }
    await client.send(path, { checkpointId, scope, reason: values.reason ?? '', expectedCurrent: preview.currentCheckpointId });
    terminal.print(`Reverted. Undo it: npx choir revert ${preview.currentCheckpointId} --thread ${threadId}`);
    return exitCodes.completed;
  },
};

function parseScope(scope: string): RevertScope {
  const known = revertScopes.find((candidate) => candidate === scope);
  if (!known) throw new CliError(`--scope is one of ${revertScopes.join(', ')}.`);
  return known;
}

function printPreview({ print, style }: Terminal, { changes, cannotUndo, unchanged }: Preview): void {
  for (const line of describeChanges(changes, style)) print(line);
  if (unchanged) print('The files are already as they were there.');
  for (const line of cannotUndo) print(style.yellow(`stays done: ${cleanLine(line)}`));
}
