import { openApprovals } from '#lib/core/state.ts';
import { sendAnswer } from '../answer.ts';
import { CliError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { findThreadId, readThread } from '../find-thread.ts';
import { followOptions, readFollowOptions } from '../follow-options.ts';
import { followRun } from '../follow-run.ts';
import { parseOptions } from '../parse-options.ts';

export const apply: Command = {
  usage: 'apply [THREAD] [options]',
  about: 'approve the plan that waits and follow its run',
  details: `  --yes, --yes-outside, --json   as for run`,
  async run({ client, terminal }, args) {
    const { values, positionals } = parseOptions(args, followOptions, 1);
    const threadId = await findThreadId(client, positionals[0]);
    const before = await readThread(client, threadId);
    const waiting = openApprovals(before).find(({ kind }) => kind === 'plan');
    if (!waiting || !before.run) throw new CliError('No plan waits in this thread. Make one: npx choir plan "your goal"');
    await sendAnswer(client, waiting.approvalId, 'approve');
    // From before the answer: a short run may have ended already.
    const { seq } = await readThread(client, threadId);
    return followRun(client, terminal, { threadId, runId: before.run.runId, from: before, historySeq: seq, ...readFollowOptions(values) });
  },
};
