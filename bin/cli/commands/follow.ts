import { CliError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { findThreadId, readThread } from '../find-thread.ts';
import { followOptions, readFollowOptions } from '../follow-options.ts';
import { followRun } from '../follow-run.ts';
import { parseOptions } from '../parse-options.ts';

export const follow: Command = {
  usage: 'follow [THREAD] [options]',
  about: 'follow the newest run of a thread again, from its first event',
  details: `  --yes, --yes-outside, --json   as for run`,
  async run({ client, terminal }, args) {
    const { values, positionals } = parseOptions(args, followOptions, 1);
    const threadId = await findThreadId(client, positionals[0]);
    const { run, seq } = await readThread(client, threadId);
    if (!run) throw new CliError('This thread has no run.');
    return followRun(client, terminal, { threadId, runId: run.runId, historySeq: seq, ...readFollowOptions(values) });
  },
};
