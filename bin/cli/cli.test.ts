import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Command } from '#lib/core/decide.ts';
import { newId } from '#lib/core/new-id.ts';
import { commitContents } from '#lib/git/commit/commit-contents.ts';
import { personAuthor } from '#lib/git/commit/person-author.ts';
import { choirCli } from '#tests/choir-cli.ts';

const { services, startChoir } = await choirCli();
const agent = { actor: 'agent', agentId: 'rules' } as const;

type RunRow = { id: string; thread_id: string };

/** The hands of a worker, for the next run that is queued. */
async function takeRun() {
  const readRuns = () => services.database.sql<RunRow[]>`select id, thread_id from runs`;
  const known = new Set((await readRuns()).map(({ id }) => id));
  const newRun = async () => (await readRuns()).find(({ id }) => !known.has(id));
  return {
    async work() {
      await expect.poll(newRun, { interval: 20 }).toBeTruthy();
      const { id: runId, thread_id: threadId } = (await newRun())!;
      const command = (...commands: Command[]) => services.ledger.command(threadId, agent, commands);
      await command({ type: 'take-run', runId, workerId: 'wk', reason: 'retried' });
      return { runId, threadId, command };
    },
  };
}

test('run follows to the end and shows no escape code of the agent', async () => {
  const worker = await takeRun();
  const { ended } = startChoir(['run', 'say', 'hello']);
  const { runId, command } = await worker.work();
  await command(
    { type: 'post-message', runId, text: 'he\u001b[2J\u001b]0;owned\u0007llo\u202e' },
    { type: 'complete-run', runId, summary: 'Said it.' },
  );
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(stdout).toContain('Goal  say hello');
  expect(stdout).toContain('\nhello\n');
  expect(stdout).toContain('✓ Done  Said it.');
  expect(stdout).not.toMatch(/[\u001b\u0007\u202e]/);
});

test('a failed run exits with 1, and --json prints each event on a line', async () => {
  const worker = await takeRun();
  const { ended } = startChoir(['run', '-', '--json'], { input: 'a goal from stdin' });
  const { runId, command } = await worker.work();
  await command({ type: 'fail-run', runId, error: 'No way.' });
  const { code, stdout } = await ended;
  expect(code).toBe(1);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(events.at(-1)).toMatchObject({ type: 'run.failed' });
  expect(events[2]).toMatchObject({ type: 'goal.given', via: 'cli', data: { text: 'a goal from stdin' } });
});

test('--yes approves an effect but not what reaches outside; that is answered from another terminal', async () => {
  const worker = await takeRun();
  const { ended } = startChoir(['run', 'do both', '--yes']);
  const { runId, threadId, command } = await worker.work();
  const answered = async (approvalId: string) =>
    expect
      .poll(
        async () =>
          (await services.ledger.load(threadId)).run?.approvals.find((approval) => approval.approvalId === approvalId)?.answer?.decision,
        { interval: 20 },
      )
      .toBe('approve');
  const ask = async (kind: 'effect' | 'outside') => {
    const approvalId = newId('ap');
    const action = { cwd: '.', network: kind === 'outside', baseCheckpointId: 'cp_x', hash: 'h' };
    await command({ type: 'request-approval', runId, approvalId, kind, action, reason: 'because' });
    return approvalId;
  };
  await answered(await ask('effect'));
  const outside = await ask('outside');
  const status = await startChoir(['status']).ended;
  expect(status.stdout).toContain(outside);
  expect((await services.ledger.load(threadId)).run?.status).toBe('waiting');
  expect((await startChoir(['approve', outside]).ended).code).toBe(0);
  const again = await startChoir(['reject', outside]).ended;
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('answered already') });
  await answered(outside);
  await command({ type: 'complete-run', runId, summary: 'Both.' });
  const { code, stderr } = await ended;
  expect(code).toBe(0);
  expect(stderr).toContain(`choir approve ${outside}`);
});

test('approve --keep says whether that is a part of what was shown', async () => {
  const worker = await takeRun();
  const { ended } = startChoir(['run', 'make two files']);
  const { runId, threadId, command } = await worker.work();
  const { projectId, checkpoints } = await services.ledger.load(threadId);
  const { checkpointId: baseCheckpointId, commit: parentCommit } = checkpoints[0]!;
  const { commit, summary } = await commitContents({
    store: services.home.store(projectId),
    parentCommit,
    contents: ['a.txt', 'b.txt'].map((path) => ({ path, kind: 'file', mode: 0o644, bytes: Buffer.from(path) })),
    staging: join(services.home.root, newId('cp')),
    message: 'two',
    author: personAuthor,
    at: new Date(),
    leftOutBefore: [],
  });
  const approve = async (...paths: string[]) => {
    const approvalId = newId('ap');
    const action = { cwd: '.', network: false, baseCheckpointId, effect: { commit, changes: summary }, hash: 'h' };
    await command({ type: 'request-approval', runId, approvalId, kind: 'effect', action, reason: 'because' });
    return (await startChoir(['approve', approvalId, ...paths.flatMap((path) => ['--keep', path])]).ended).stdout;
  };
  expect([await approve('a.txt'), await approve('b.txt', 'a.txt')]).toEqual(['Approved in part.\n', 'Approved.\n']);
  await command({ type: 'complete-run', runId, summary: 'Made.' });
  expect((await ended).code).toBe(0);
});

test('run says within which bounds it works and what it cost; costs and budgets are listed', async () => {
  const worker = await takeRun();
  const { ended } = startChoir(['run', 'count', '--mode', 'autonomous', '--max-steps', '7', '--budget', '1.50', '--judge', 'turn']);
  const { runId, threadId, command } = await worker.work();
  const counted = { inputTokens: 900, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 100, costUsd: 0.25, durationMs: 1 };
  const call = { modelCallId: newId('mc'), provider: 'openai', model: 'gpt-x', outcome: 'ok', ...counted } as const;
  await command({ type: 'record-model-call', runId, call }, { type: 'complete-run', runId, summary: 'Counted.' });
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(stdout).toContain('Rules (the default: needs no model and no key) · autonomous · asks after $1.50, 7 steps, 2 h');
  expect(stdout).toContain('$0.25 for 1 model call, 1.0k tokens');
  const { run } = await services.ledger.load(threadId);
  expect(run).toMatchObject({ judgement: 'turn', limits: { maxIterations: 7, budgetUsd: 1.5, timeMs: 7_200_000 } });

  expect((await startChoir(['costs', '--by', 'model']).ended).stdout).toContain('$0.25  openai/gpt-x');
  expect((await startChoir(['budget', 'set', '20']).ended).stdout).toContain('The workspace may spend $20.00 a month.');
  expect((await startChoir(['budget']).ended).stdout).toContain('$0.25 of $20.00 this month');
  expect((await startChoir(['budget', 'remove']).ended).code).toBe(0);
});

test('words to a run that works change nothing else of it; those that come too late are said to be the next goal, which is followed, too', async () => {
  const worker = await takeRun();
  const { ended } = startChoir(['run', 'the first']);
  const { runId, threadId, command } = await worker.work();
  const next = await takeRun();
  for (const option of [['--budget', '1'], ['--dry-run']])
    expect(await startChoir(['run', 'and the second', '--thread', threadId, ...option]).ended).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('keeps its model, mode and limits'),
    });
  const other = startChoir(['run', 'and the second', '--thread', threadId]);
  await expect.poll(async () => (await services.ledger.load(threadId)).run?.guidance.length).toBe(1);
  await command({ type: 'complete-run', runId, summary: 'The first is done.' });
  const second = await next.work();
  await second.command({ type: 'fail-run', runId: second.runId, error: 'The second is not.' });
  const { code, stdout } = await ended;
  expect(code).toBe(1);
  expect((await startChoir(['status', threadId]).ended).stdout).toContain('✗ Failed  The second is not.');
  expect(stdout).toMatch(/The first is done\..*too late.*Goal {2}and the second.*The second is not\./s);
  expect((await other.ended).stdout).toContain('The second is not.');
});

test('Ctrl-C leaves the run going and says how to come back', async () => {
  const worker = await takeRun();
  const { child, ended, shown } = startChoir(['run', 'something long']);
  const { threadId } = await worker.work();
  await expect.poll(shown).toContain('Goal  something long');
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toContain(`choir follow ${threadId}`);
  expect((await services.ledger.load(threadId)).run?.status).toBe('running');
});

test('plan stops where its plan waits; apply carries it out and ticks each step as it ends', async () => {
  const worker = await takeRun();
  const planned = startChoir(['plan', 'tidy up']);
  const { runId, threadId, command } = await worker.work();
  const step = (step_id: string, title: string) => ({ step_id, title, kind: 'edit' as const, depends_on: [], notes: '' });
  const steps = [step('s1', 'Look around'), step('s2', 'Move the files')];
  const action = { steps, cwd: '.', network: false, baseCheckpointId: 'cp_x', hash: 'h' };
  await command(
    { type: 'propose-plan', runId, reason: '', steps },
    { type: 'request-approval', runId, approvalId: newId('ap'), kind: 'plan', action, reason: 'Nothing has run yet.' },
  );
  expect(await planned.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('  ○ 1. Look around\n  ○ 2. Move the files\n') });

  const applied = startChoir(['apply', threadId]);
  await expect
    .poll(async () => (await services.ledger.load(threadId)).run?.approvals[0]?.answer?.decision, { interval: 20 })
    .toBe('approve');
  await command(
    { type: 'start-step', runId, stepId: 's1' },
    { type: 'finish-step', runId, stepId: 's1', status: 'done', note: 'Done' },
    { type: 'start-step', runId, stepId: 's2' },
    { type: 'finish-step', runId, stepId: 's2', status: 'failed', note: 'No room.' },
    { type: 'complete-run', runId, summary: 'Half of it.' },
  );
  const { code, stdout } = await applied.ended;
  expect(code).toBe(0);
  expect(stdout.split('\n')).toEqual(
    expect.arrayContaining(['▸ 1/2 Look around', '✓ 1/2 Look around', '▸ 2/2 Move the files', '✗ 2/2 Move the files: No room.']),
  );
});
