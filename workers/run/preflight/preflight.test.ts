import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ToolCall } from '#lib/core/tool.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { testWorker } from '#tests/test-worker.ts';

const bench = await testWorker();
const create: ToolCall = { tool: 'create_file', args: { path: 'a.txt', content: 'one\n' } };

test('a run on its own begins with its checks, says its limits, and ends with a report', async () => {
  const thread = await bench.open(stepAgent([create]), { mode: 'autonomous' });
  await thread.work();
  const { run, items } = await thread.state();
  expect(run).toMatchObject({ status: 'completed', preflighted: true, limits: { maxIterations: 200, timeMs: 7_200_000, budgetUsd: 5 } });
  const notices = items.filter((item) => item.kind === 'notice');
  expect(notices).toMatchObject([{ tone: 'info', text: 'Ready to work on its own' }]);
  expect(notices[0]?.details).toEqual([
    expect.stringMatching(/^✓ Checkpoint: #0 /),
    expect.stringMatching(/^✓ Disk: \d/),
    expect.stringMatching(/^✓ Sandbox: local, /),
    '✓ Limits: It asks after $5.00, 200 steps, 2 h',
    '✓ Model: Steps needs none',
    '✓ Cost: free',
    '✓ Tests: no command found: the run cannot test what it does',
    '✓ Who is told: Owner, on 0 devices, when it asks or ends',
  ]);
  expect(run?.outcome).toMatch(
    /^All steps are through\.\n\n- Steps: 1 of 1 done\n- Files: 1 changed in checkpoint #1: `a.txt`\n- Asked: nothing\n/,
  );
  expect(run?.outcome).toContain('- Cost: no model was called; ');
});

test('a check that fails ends the run before its first move, with the reason', async () => {
  const agent = stepAgent([create]);
  const thinker = { ...agent, description: { ...agent.description, providers: ['anthropic' as const] } };
  const thread = await bench.open(thinker, { mode: 'autonomous' });
  await thread.work();
  const { run, items } = await thread.state();
  expect(run).toMatchObject({ status: 'failed', outcome: 'Not started. No model of anthropic is set up here.', calls: [], steps: [] });
  expect(items.find((item) => item.kind === 'notice')).toMatchObject({ tone: 'warn', text: 'Not ready: Model' });
});

test('a run on its own reports also when it fails', async () => {
  const thread = await bench.open({ ...stepAgent([]), next: async () => ({ type: 'fail', error: 'No way.' }) }, { mode: 'autonomous' });
  await thread.work();
  expect((await thread.state()).run).toMatchObject({
    status: 'failed',
    outcome: expect.stringMatching(/^No way\.\n\n- Files: none changed/),
  });
});

test('what a person answers to is not checked beforehand', async () => {
  const thread = await bench.open(stepAgent([create]), { mode: 'assisted' });
  await thread.work();
  expect((await thread.state()).run).toMatchObject({ status: 'completed', preflighted: false, limits: {} });
});

test('what comes into the tree from elsewhere while the run works is saved by the clock', async () => {
  const steps = stepAgent([create]);
  const realNow = Date.now;
  const agent: typeof steps = {
    ...steps,
    async next(view, signal) {
      if (view.run.steps.length === 0) {
        await writeFile(join(thread.tree, 'mine.txt'), 'by hand\n');
        Date.now = () => realNow() + 11_000;
      }
      return steps.next(view, signal);
    },
  };
  const thread = await bench.open(agent, { limits: { checkpointEveryMs: 10_000 } });
  await thread.work().finally(() => {
    Date.now = realNow;
  });
  const { checkpoints } = await thread.state();
  expect(checkpoints.map(({ kind, label }) => `${kind}: ${label}`)).toEqual([
    expect.stringContaining('base: '),
    'timed: Saved by the clock while the run worked',
    'step: Do create_file',
  ]);
});
