import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { openApprovals } from '#lib/core/state.ts';
import { stepAgent } from '#tests/step-agent.ts';
import { testWorker } from '#tests/test-worker.ts';

const bench = await testWorker();

test('no step of a rejected dry run counts as done', async () => {
  const thread = await bench.open(stepAgent([{ tool: 'create_file', args: { path: 'a.txt', content: 'one\n' } }]), { dryRun: true });
  await thread.work();
  const [approval] = openApprovals(await thread.state());
  await answerApproval(bench.context, { approvalId: approval?.approvalId ?? '', decision: 'reject' });
  await thread.work();
  const { run, items } = await thread.state();
  expect(run).toMatchObject({ status: 'completed', steps: [{ status: 'skipped', note: 'Nothing of it was kept.' }] });
  expect(items.find((item) => item.kind === 'plan')).toMatchObject({ steps: [{ status: 'skipped' }] });
  expect(await readdir(thread.tree)).toEqual([]);
});
