import { findCheckpoint } from '#lib/checkpoints/find-checkpoint.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { ThreadState } from '#lib/core/state.ts';
import type { ToolCall, ToolResult } from '#lib/core/tool.ts';
import { commitLog } from '#lib/git/diff/commit-log.ts';
import { diffCommits } from '#lib/git/diff/diff-commits.ts';
import { requireCurrent } from '#lib/threads/revert/require-current.ts';
import { applyRevert } from '#lib/threads/revert/revert-thread.ts';
import { authorIn, type RunContext, record } from '#workers/run/run-context.ts';
import { toolResult } from './tool-result.ts';

type HostTool = (context: RunContext, state: ThreadState) => Promise<ToolResult>;

/** Tools about the history: they read and write Choir's own store, which no sandbox ever sees. Null for every other tool. */
export function hostTool(call: ToolCall): HostTool | null {
  switch (call.tool) {
    case 'git_diff':
      return timed(async (context, state) => {
        const current = await requireCurrent(context.database, state);
        const from = call.args.from
          ? (await findCheckpoint(context, state.threadId, call.args.from)).commit
          : (await findCheckpoint(context, state.threadId, '0')).commit;
        return diffCommits({ store: context.home.store(state.projectId), from, to: current.commit, path: call.args.path });
      });
    case 'git_log':
      return timed(async (context, state) => {
        const current = await requireCurrent(context.database, state);
        const commits = await commitLog({ store: context.home.store(state.projectId), commit: current.commit, limit: call.args.limit });
        return commits.map(({ commit, at, author, subject }) => `${commit.slice(0, 9)}  ${at}  ${author}  ${subject}`).join('\n');
      });
    case 'create_checkpoint':
      return timed(async (context, state) => {
        const { checkpointId, number } = await requireCurrent(context.database, state);
        await record(context, 'agent', [{ type: 'name-checkpoint', checkpointId, name: call.args.name }]);
        return `Checkpoint #${number} is now called "${call.args.name}".`;
      });
    case 'revert_checkpoint':
      return timed(async (context, state) => {
        const target = await wantedCheckpoint(context, state, call.args.checkpoint);
        const { changes } = await applyRevert(context, {
          state: await context.ledger.load(state.threadId),
          target,
          scope: 'code',
          reason: 'Asked for in the goal',
          author: authorIn(context, 'agent'),
          signal: context.signal,
        });
        return `The files are as they were at checkpoint #${target.number}: ${changes.fileCount} changed.`;
      });
    default:
      return null;
  }
}

async function wantedCheckpoint(context: RunContext, state: ThreadState, wanted: string) {
  if (wanted !== 'previous') return findCheckpoint(context, state.threadId, wanted);
  const current = await requireCurrent(context.database, state);
  return findCheckpoint(context, state.threadId, String(Math.max(0, current.number - 1)));
}

function timed(work: (context: RunContext, state: ThreadState) => Promise<string>): HostTool {
  return async (context, state) => {
    const startedAt = performance.now();
    const duration = () => Math.round(performance.now() - startedAt);
    try {
      const stdout = await work(context, state);
      return toolResult({ status: 'succeeded', stdout, returncode: 0, duration_ms: duration() });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return toolResult({ status: 'failed', error: error.message, duration_ms: duration() });
    }
  };
}
