import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type AnswerApproval, answerApproval } from '#lib/approvals/answer-approval.ts';
import { openApprovals } from '#lib/core/state.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { testWorker } from './test-worker.ts';

export const shell = (command: string): ToolCall => ({ tool: 'run_command', args: { command, cwd: '.' } });
export const create = (path: string, content: string): ToolCall => ({ tool: 'create_file', args: { path, content } });

type Thread = Awaited<ReturnType<Awaited<ReturnType<typeof testWorker>>['open']>>;

/** A worker for runs of agents that make moves, and a person who answers what they ask. */
export async function runBench() {
  const bench = await testWorker();
  return {
    ...bench,
    async onlyApproval(thread: Thread) {
      const [approval, ...others] = openApprovals(await thread.state());
      expect(others).toHaveLength(0);
      if (!approval) throw new Error('No approval is open.');
      return approval;
    },
    answer: (approvalId: string, decision: AnswerApproval['decision'], note = '') =>
      answerApproval(bench.context, { approvalId, decision, note }),
    read: (thread: Thread, path: string) => readFile(join(thread.tree, path), 'utf8'),
  };
}
