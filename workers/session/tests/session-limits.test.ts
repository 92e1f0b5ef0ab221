import { expect, test } from 'vitest';
import { describeAgent } from '#lib/agents/agent-catalog.ts';
import { agentPrograms } from '#lib/agents/agent-programs.ts';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { setBudget } from '#lib/budgets/set-budget.ts';
import { diffThread } from '#lib/checkpoints/diff-thread.ts';
import { openApprovals } from '#lib/core/state.ts';
import { cancelRun } from '#lib/threads/cancel-run.ts';
import type { CreateThread } from '#lib/threads/create-thread.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import { agentScript } from '#tests/agents/agent-script.ts';
import { shareInstalledAgents } from '#tests/agents/installed-agents.ts';
import { programsIn } from '#tests/held-commands.ts';
import { testWorker } from '#tests/test-worker.ts';

const mark = `choir-long-${crypto.randomUUID()}`;
const bench = await testWorker({
  respond: agentScript({
    write: [
      { say: 'Writing.', write: 'note.txt', content: 'hello\n' },
      { say: 'All done.', end: true },
    ],
    long: [
      { say: 'Building.', run: `echo part > part.txt; sleep 300 # ${mark}` },
      { say: 'Built.', end: true },
    ],
  }),
});

const description = describeAgent('claude-code')!;
const program = agentPrograms['claude-code']!;
await shareInstalledAgents(bench.context, { description, program });
const open = (options: Partial<CreateThread>) => bench.open({ description, program }, { agent: 'claude-code', ...options });

test('a call that no budget allows becomes a question, and with more money the agent goes on', { timeout: 120_000 }, async () => {
  const thread = await open({ goal: '[[write]] a note', mode: 'autonomous' });
  await setBudget(bench.context, { scope: 'thread', scopeId: thread.threadId, limitUsd: 0.000001, period: 'ever' });
  await thread.work();
  const [approval] = openApprovals(await thread.state());
  expect(approval).toMatchObject({ kind: 'budget', reason: expect.stringContaining('Raise the budget of this thread') });
  await setBudget(bench.context, { scope: 'thread', scopeId: thread.threadId, limitUsd: 50, period: 'ever' });
  await answerApproval(bench.context, { approvalId: approval!.approvalId, decision: 'approve' });
  await thread.work();
  const { run, items } = await thread.state();
  expect(run).toMatchObject({ status: 'completed', refusal: null, preflighted: true });
  expect(items.find((item) => item.kind === 'notice')).toMatchObject({
    tone: 'warn',
    text: 'Ready to work on its own, but look at: Cost',
    details: expect.arrayContaining([
      expect.stringMatching(/^⚠ Cost: about .*\. The budget of this thread has .* left, less than this may cost\.$/),
    ]),
  });
  expect(run?.outcome).toMatch(/^All done\.\n\n- Files: 1 changed in checkpoint #1: `note\.txt`\n- Asked: 1 \(1 approved\)\n- Cost: \$/);
});

test('a long command is saved by the clock, and cancelled with all it started', { timeout: 120_000 }, async () => {
  const thread = await open({ goal: '[[long]] build', mode: 'autonomous', limits: { checkpointEveryMs: 60_000 } });
  const working = thread.work();
  await expect.poll(() => programsIn(mark), { timeout: 60_000 }).not.toEqual([]);
  const realNow = Date.now;
  Date.now = () => realNow() + 61_000;
  try {
    await postMessage(bench.context, { threadId: thread.threadId, text: 'How is it going?' });
    const newest = async () => (await thread.state()).checkpoints.at(-1);
    await expect.poll(async () => (await newest())?.kind).toBe('timed');
  } finally {
    Date.now = realNow;
  }
  expect(await diffThread(bench.context, { threadId: thread.threadId })).toContain('+part');
  await cancelRun(bench.context, { threadId: thread.threadId });
  expect(await programsIn(mark)).toEqual([]);
  await working;
  expect((await thread.state()).run?.status).toBe('cancelled');
});
