import type { ThreadRow } from '#lib/threads/list-threads.ts';
import { exitCodes } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { listThreadRows } from '../find-thread.ts';
import { parseOptions } from '../parse-options.ts';
import { cleanLine } from '../render/clean-text.ts';
import { describeTime } from '../render/describe-time.ts';
import type { Style } from '../terminal.ts';

export const threads: Command = {
  usage: 'threads [--json]',
  about: 'list threads, those that wait for you first',
  async run({ client, terminal: { print, style } }, args) {
    const { values } = parseOptions(args, { json: { type: 'boolean', default: false } }, 0);
    const rows = await listThreadRows(client);
    if (values.json) print(JSON.stringify(rows));
    else if (rows.length === 0) print('No thread yet. Begin one: npx choir run "your goal"');
    else {
      for (const row of rows) {
        print(
          `${style.bold(cleanLine(row.title))}  ${describeState(row, style)}\n  ${style.dim(`${row.id} · ${cleanLine(row.projectName)} · ${describeTime(row.updatedAt)}`)}`,
        );
      }
    }
    return exitCodes.completed;
  },
};

function describeState({ openApprovals, runStatus, runExtent }: ThreadRow, style: Style): string {
  if (openApprovals > 0) return style.yellow('waits for you');
  if (runStatus !== 'completed') return style.dim(runStatus ?? 'idle');
  return { whole: style.dim('done'), part: 'done in part', nothing: 'nothing was done' }[runExtent ?? 'whole'];
}
