import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { listApprovals } from '#lib/approvals/list-approvals.ts';
import { requirePerson } from '#lib/auth/require-person.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { modelCall } from '#tests/builders/model-call.ts';
import { testWorker } from '#tests/test-worker.ts';
import { getActivity } from './get-activity.ts';
import { measureGoalCosts } from './measure-goal-costs.ts';
import { measureRuns } from './measure-runs.ts';
import { listLogs, readLog } from './read-log.ts';

const bench = await testWorker();
const { context } = bench;

const done = await bench.open(stepAgent([{ tool: 'create_file', args: { path: 'a.txt', content: 'a' } }]), { goal: 'Write' });
await done.work();
const asking = await bench.open(
  stepAgent([
    { tool: 'run_command', args: { command: 'rm -r docs; mkdir b; date > b/c', cwd: '.' } },
    { tool: 'delete_path', args: { path: 'b' } },
  ]),
  {
    goal: 'Tidy',
  },
);
await asking.work();
const queued = await bench.open(stepAgent([]), { goal: 'Later' });

test('says who works on what, the oldest first, and counts what ended', async () => {
  const { working, metrics, health } = await getActivity(context);
  expect(working.map(({ threadId, status, openApprovals }) => ({ threadId, status, openApprovals }))).toEqual([
    { threadId: asking.threadId, status: 'waiting', openApprovals: 1 },
    { threadId: queued.threadId, status: 'queued', openApprovals: 0 },
  ]);
  expect(metrics).toMatchObject({ runs: 1, completed: 1, failed: 0, cancelled: 0, costUsd: 0, unpricedCalls: 0, answerMs: null });
  expect(metrics.medianMs).toBeGreaterThan(0);
  expect(health).toMatchObject({ nats: true, workerPresent: false, telegramBot: null });
});

test('autonomy is the share of calls that nobody was asked about; an answer has its time', async () => {
  const [question] = await listApprovals(context);
  const before = (await measureRuns(context)).autonomy ?? 1;
  expect(before).toBeLessThan(1);
  await answerApproval(context, { approvalId: question?.approvalId ?? '', decision: 'reject' });
  expect((await measureRuns(context)).answerMs).toBeGreaterThan(0);
});

test('every day of the range is there, and agents are told apart', async () => {
  const { byDay, byAgent } = await measureRuns(context, { days: 30 });
  expect(byDay).toHaveLength(30);
  expect(byDay.at(-1)).toMatchObject({ day: new Date().toISOString().slice(0, 10), runs: 1 });
  expect(byAgent).toMatchObject([{ agent: 'rules', runs: 1 }]);
});

test('says what models cost, and that the price of a call is not known', async () => {
  const commands = [0.5, null].map((costUsd) => ({
    type: 'record-model-call' as const,
    runId: done.runId,
    call: modelCall({ costUsd }),
  }));
  await context.ledger.command(done.threadId, { actor: 'choir' }, commands);
  const metrics = await measureRuns(context);
  expect(metrics).toMatchObject({ costUsd: 0.5, unpricedCalls: 1, byAgent: [{ costUsd: 0.5, unpricedCalls: 1 }] });
  expect(metrics.byDay.at(-1)).toMatchObject({ costUsd: 0.5 });
});

test('says what completed goals cost with each agent and model, and leaves out what has no price', async () => {
  const { sql } = context.database;
  const workspaceId = requirePerson(context.actor).workspaceId;
  const addGoal = async (index: number, costs: (number | null)[], status = 'completed') => {
    const [runId, at] = [`ru_cost_${index}`, new Date()];
    await sql`insert into runs (id, thread_id, workspace_id, status, updated_at) values (${runId}, 'th_gone', ${workspaceId}, ${status}, ${at})`;
    const calls = costs.map((costUsd, call) => ({
      ...{ id: `mc_cost_${index}_${call}`, workspace_id: workspaceId, project_id: '', thread_id: 'th_gone', run_id: runId, agent: 'codex' },
      ...{ provider: 'openai', model: call === 0 ? 'gpt-large' : 'gpt-small', input_tokens: call === 0 ? 9_000 : 100 },
      ...{ cache_read_tokens: 0, cache_write_tokens: 0, output_tokens: 1, cost_usd: costUsd, outcome: 'ok', at },
    }));
    await sql`insert into model_calls ${sql(calls)}`;
  };
  for (const [index, usd] of [0.25, 1, 0.5, 0.75].entries()) await addGoal(index, [usd, 0.125, 0.125]);
  await addGoal(10, [7, null]);
  await addGoal(11, [8], 'failed');
  expect(await measureGoalCosts(context, workspaceId)).toEqual([
    { agent: 'codex', model: 'openai/gpt-large', goals: 4, usualUsd: 0.75, highUsd: 1.25 },
  ]);
  expect(await measureGoalCosts(context, 'ws_other')).toEqual([]);
});

test('a log gives its last lines, to the owner alone, and is never a path', async () => {
  await mkdir(context.home.logs, { recursive: true });
  await writeFile(
    join(context.home.logs, 'worker.log'),
    `${'x'.repeat(70_000)}\n${Array.from({ length: 300 }, (_, at) => `line ${at}`).join('\n')}\n`,
  );
  const lines = await readLog(context, { part: 'worker' });
  expect([lines.length, lines[0], lines.at(-1)]).toEqual([200, 'line 100', 'line 299']);
  await expect(readLog(context, { part: '../postgres' })).rejects.toThrow();
  await expect(readLog(context, { part: 'web' })).rejects.toMatchObject({ code: 'not-found' });
  const member = { ...context, actor: { ...context.actor, role: 'member' } as never };
  await expect(listLogs(member)).rejects.toMatchObject({ code: 'forbidden' });
});

test('shows nothing of another workspace', async () => {
  const other = { ...context, actor: { ...context.actor, workspaceId: 'ws_other' } as never };
  expect(await getActivity(other)).toMatchObject({ working: [], metrics: { runs: 0, autonomy: null, medianMs: null } });
});
