import { expect, test } from 'vitest';
import type { Context } from '#lib/context.ts';
import { createThread } from '#lib/threads/create-thread.ts';
import { modelCall } from '#tests/builders/model-call.ts';
import { signedIn, testWebServices } from '#tests/web-services.ts';
import { listBudgets } from './list-budgets.ts';
import { listCosts } from './list-costs.ts';
import { removeBudget } from './remove-budget.ts';
import { setBudget } from './set-budget.ts';

const services = await testWebServices();
const { actor } = await signedIn(services);
const context: Context = { ...services, actor };
const member: Context = { ...services, actor: { ...actor, role: 'member' } };

/** A call as the gateway records it. */
async function bill({ threadId, runId }: { threadId: string; runId: string }, costUsd: number | null, model = 'm1') {
  const call = modelCall({ model, inputTokens: 100, outputTokens: 10, costUsd });
  const result = await services.ledger.command(threadId, { actor: 'choir' }, [{ type: 'record-model-call', runId, call }]);
  if (!result.ok) throw new Error(result.message);
}

const first = await createThread(context, { goal: 'First' });
const second = await createThread(context, { goal: 'Second' });
await bill(first, 0.5);
await bill(first, null, 'unknown');
await bill(second, 2);

test('a budget is shown with what was spent of it, the widest scope first', async () => {
  await setBudget(context, { scope: 'thread', scopeId: first.threadId, limitUsd: 1, period: 'ever' });
  await setBudget(context, { scope: 'project', scopeId: 'scratch', limitUsd: 5 });
  await setBudget(context, { scope: 'workspace', limitUsd: 50 });
  expect(await listBudgets(context)).toEqual([
    expect.objectContaining({ scope: 'workspace', limitUsd: 50, period: 'month', spentUsd: 2.5, setBy: 'Owner' }),
    expect.objectContaining({ scope: 'project', name: 'scratch', limitUsd: 5, spentUsd: 2.5 }),
    expect.objectContaining({ scope: 'thread', name: 'First', limitUsd: 1, period: 'ever', spentUsd: 0.5 }),
  ]);
});

test('set again takes the place of what was set, and removed it is gone', async () => {
  await setBudget(context, { scope: 'workspace', limitUsd: 70, period: 'ever' });
  expect((await listBudgets(context)).filter(({ scope }) => scope === 'workspace')).toMatchObject([{ limitUsd: 70, period: 'ever' }]);
  await removeBudget(context, { scope: 'workspace' });
  expect((await listBudgets(context)).some(({ scope }) => scope === 'workspace')).toBe(false);
  await expect(removeBudget(context, { scope: 'workspace' })).rejects.toMatchObject({ code: 'not-found' });
});

test('rejects what a member may not, and what is not there', async () => {
  await expect(setBudget(member, { scope: 'workspace', limitUsd: 1 })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(removeBudget(member, { scope: 'workspace' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(setBudget(context, { scope: 'thread', scopeId: 'th_other', limitUsd: 1 })).rejects.toMatchObject({ code: 'not-found' });
  await expect(setBudget(context, { scope: 'project', scopeId: 'other', limitUsd: 1 })).rejects.toMatchObject({ code: 'not-found' });
  await expect(setBudget(context, { scope: 'project', limitUsd: 1 })).rejects.toMatchObject({ code: 'invalid' });
  await expect(setBudget(context, { scope: 'workspace', limitUsd: 0 })).rejects.toThrow();
  const worker: Context = { ...services, actor: { kind: 'worker', workerId: 'wk' } };
  await expect(setBudget(worker, { scope: 'workspace', limitUsd: 1 })).rejects.toMatchObject({ code: 'forbidden' });
});

test('costs are added up by agent, model, thread and day', async () => {
  const total = { calls: 3, inputTokens: 300, outputTokens: 30, costUsd: 2.5, unpricedCalls: 1 };
  expect(await listCosts(context)).toEqual([{ key: 'rules', name: 'Rules, for what no rule covers', ...total }]);
  expect(await listCosts(context, { by: 'model' })).toMatchObject([
    { key: 'openai/m1', calls: 2, costUsd: 2.5 },
    { key: 'openai/unknown', calls: 1, costUsd: 0, unpricedCalls: 1 },
  ]);
  expect(await listCosts(context, { by: 'thread' })).toMatchObject([
    { key: second.threadId, name: 'Second', costUsd: 2 },
    { key: first.threadId, name: 'First', costUsd: 0.5 },
  ]);
  expect(await listCosts(context, { by: 'day' })).toEqual([
    { key: new Date().toISOString().slice(0, 10), name: new Date().toISOString().slice(0, 10), ...total },
  ]);
});

test('days that are too far back and other projects do not count', async () => {
  await services.database.sql`update model_calls set at = now() - interval '3 days' where thread_id = ${second.threadId}`;
  expect(await listCosts(context, { days: 3 })).toMatchObject([{ costUsd: 0.5 }]);
  expect(await listCosts(context, { days: 4 })).toMatchObject([{ costUsd: 2.5 }]);
  expect(await listCosts(context, { projectId: 'pr_other' })).toEqual([]);
});
