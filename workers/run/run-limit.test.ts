import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import type { Person } from '#lib/auth/require-person.ts';
import { removeBudget } from '#lib/budgets/remove-budget.ts';
import { setBudget } from '#lib/budgets/set-budget.ts';
import type { ModelCall } from '#lib/core/model-call.ts';
import { newId } from '#lib/core/new-id.ts';
import { openApprovals } from '#lib/core/state.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import { idleAgent } from '#tests/agents/idle-agent.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import type { Respond } from '#tests/models/model-services.ts';
import { call, calls, hasty, scripted, step } from '#tests/models/scripted-model.ts';
import { testWorker } from '#tests/test-worker.ts';
import type { MoveAgent } from '../agents/agent.ts';
import { createModelAgent } from '../agents/model/model-agent.ts';

let respond: Respond = () => ({ content: 'Done.' });
const bench = await testWorker({ respond: (request) => respond(request) });

type Thread = Awaited<ReturnType<typeof bench.open>>;
const create = (path: string): ToolCall => ({ tool: 'create_file', args: { path, content: 'x\n' } });
const three = () => stepAgent([create('a.txt'), create('b.txt'), create('c.txt')]);

async function answer(thread: Thread, decision: 'approve' | 'reject' | 'modify', note = '') {
  const [approval] = openApprovals(await thread.state());
  if (!approval) throw new Error('No approval is open.');
  await answerApproval(bench.context, { approvalId: approval.approvalId, decision, note });
  await thread.work();
  return approval;
}

test('asks at its limit of steps; approve lets it go on for as many again', async () => {
  const thread = await bench.open(three(), { limits: { maxIterations: 2 } });
  await thread.work();
  expect(await readdir(thread.tree)).toEqual(['a.txt']);
  const approval = await answer(thread, 'approve');
  expect(approval).toMatchObject({
    kind: 'budget',
    reason: 'The run has come to its limit of steps. Reject ends the run, and what it did stays.',
    action: { budget: { limit: 'maxIterations', used: 2, allowed: 2, next: 4 } },
  });
  const { run } = await thread.state();
  expect(run).toMatchObject({ status: 'completed', iterations: 4, limits: { maxIterations: 4 } });
  expect(run?.approvals[0]?.executed?.outcome).toBe('It goes on up to 4 steps');
  expect(await readdir(thread.tree)).toEqual(['a.txt', 'b.txt', 'c.txt']);
});

test('reject ends the run with a report of what it did, and the next goal begins with the limits as they were given', async () => {
  const thread = await bench.open(three(), { limits: { maxIterations: 1 } });
  await thread.work();
  await answer(thread, 'approve');
  await answer(thread, 'reject');
  const { run } = await thread.state();
  expect(run).toMatchObject({ status: 'completed', limits: { maxIterations: 2 } });
  expect(run?.outcome).toContain('Stopped at its limit.');
  expect(run?.outcome).toContain('- Files: 1 changed in checkpoint #1: `a.txt`');
  expect(run?.outcome).toContain('- Asked: 2 (1 approved, 1 rejected)');
  await postMessage(bench.context, { threadId: thread.threadId, text: 'go on' });
  expect((await thread.state()).run?.limits).toEqual({ maxIterations: 1 });
});

test('words instead of an answer let it go on and reach the agent', async () => {
  const thread = await bench.open(three(), { limits: { timeMs: 1 } });
  await thread.work();
  const asked = await answer(thread, 'modify', 'hurry');
  expect(asked.action.budget).toMatchObject({ limit: 'timeMs', allowed: 1 });
  const { items } = await thread.state();
  expect(items.some((item) => item.kind === 'message' && item.text === 'Heard: hurry')).toBe(true);
});

const onePlan = () => scripted({ plan: [step('s1', 'Write a.txt')], answers: [{ content: 'Nothing to do.' }] });

test('a call that the budget of the run does not allow becomes a question, and approve raises that budget', async () => {
  respond = onePlan();
  const model = { agent: 'model', model: 'anthropic/claude-sonnet-5-5' };
  const thread = await bench.open(createModelAgent({ patience: hasty }), { ...model, limits: { budgetUsd: 0.0001 } });
  await thread.work();
  const [approval] = openApprovals(await thread.state());
  expect(approval).toMatchObject({ kind: 'budget', action: { budget: { limit: 'budgetUsd', used: 0, allowed: 0.0001 } } });
  expect(approval?.reason).toContain('does not allow this call');
  expect((await thread.state()).run).toMatchObject({ status: 'waiting', cost: { costUsd: 0 } });
  await answer(thread, 'approve');
  const { run } = await thread.state();
  expect(run?.cost.costUsd).toBeGreaterThan(0);
  expect(run?.limits.budgetUsd).toBe(approval?.action.budget?.next);
});

test('a model without a known price works under a budget once a person lets it go on uncounted, and that is the owner’s to say for all', async () => {
  const gaveUp: MoveAgent = {
    ...idleAgent,
    next: async ({ run }) => (run.isUnpricedAllowed ? { type: 'complete', summary: 'Done.' } : { type: 'fail', error: 'No answer.' }),
  };
  const thread = await bench.open(gaveUp);
  const call: ModelCall = {
    ...{ modelCallId: newId('mc'), provider: 'openai', model: 'unheard-of', inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
    ...{ outputTokens: 0, costUsd: 0, durationMs: 0, outcome: 'refused', error: 'What it costs is not known.', leastUsd: null },
  };
  await bench.context.ledger.command(thread.threadId, { actor: 'choir' }, [{ type: 'record-model-call', runId: thread.runId, call }]);
  await setBudget(bench.context, { scope: 'workspace', limitUsd: 5 });
  await thread.work();
  const [approval] = openApprovals(await thread.state());
  expect(approval).toMatchObject({ kind: 'budget', action: { budget: { limit: 'price' } } });
  expect(approval?.reason).toContain('CHOIR_MODEL_PRICES');
  const member = { ...bench.context, actor: { ...(bench.context.actor as Person), role: 'member' as const } };
  await expect(answerApproval(member, { approvalId: approval!.approvalId, decision: 'approve' })).rejects.toThrow('only its owner');
  await answer(thread, 'approve');
  expect((await thread.state()).run).toMatchObject({ status: 'completed', isUnpricedAllowed: true });
  await removeBudget(bench.context, { scope: 'workspace' });
});

test('a budget above the run is named, and holds until the person raises it', async () => {
  respond = scripted({
    plan: [step('s1', 'Write a.txt')],
    answers: [
      calls('', call('create_file', { path: 'a.txt', content: 'a\n' })),
      calls('', call('update_plan', { finished: [{ step_id: 's1', status: 'done', note: '' }] })),
      { content: 'Done.' },
    ],
  });
  const thread = await bench.open(createModelAgent({ patience: hasty }), { agent: 'model', model: 'anthropic/claude-sonnet-5-5' });
  await setBudget(bench.context, { scope: 'thread', scopeId: thread.threadId, limitUsd: 0.0001, period: 'ever' });
  await thread.work();
  const approval = openApprovals(await thread.state())[0];
  expect(approval).toMatchObject({ kind: 'budget', action: { budget: { limit: 'scope', allowed: 0.0001, next: 0.0001 } } });
  expect(approval?.reason).toMatch(/Raise the budget of this thread to \$0\.\d\d or more/);
  await answer(thread, 'approve');
  expect(openApprovals(await thread.state())).toHaveLength(1);
  await setBudget(bench.context, { scope: 'thread', scopeId: thread.threadId, limitUsd: 50, period: 'ever' });
  await answer(thread, 'approve');
  const { run } = await thread.state();
  expect(run).toMatchObject({ status: 'completed', refusal: null });
  expect(run?.cost.costUsd).toBeGreaterThan(0);
});
