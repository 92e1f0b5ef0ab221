import { expect, test } from 'vitest';
import { claudeCode, claudeCodeProgram } from '#lib/agents/catalog/claude-code.ts';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { openApprovals } from '#lib/core/state.ts';
import { agentScript } from '#tests/agent-script.ts';
import { shareInstalledAgents } from '#tests/installed-agents.ts';
import { testWorker } from '#tests/test-worker.ts';

const falls = 'curl -sm 1 https://example.invalid; [ -e ~/fell ] || { touch ~/fell; kill -9 -1; }; echo tried > tried.txt';
const bench = await testWorker({
  respond: agentScript({
    falls: [
      { say: 'I look outside.', run: falls },
      { say: 'I tried.', end: true },
    ],
  }),
});
const agent = { description: claudeCode, program: claudeCodeProgram };
await shareInstalledAgents(bench.context, agent);

test('what may have reached outside before its process ended is asked for again', { timeout: 120_000 }, async () => {
  const thread = await bench.open(agent, { goal: '[[falls]] please', agent: 'claude-code' });
  const approve = async () => {
    const [approval] = openApprovals(await thread.state());
    await answerApproval(bench.context, { approvalId: approval?.approvalId ?? '', decision: 'approve' });
    await thread.work();
    return (await thread.state()).run;
  };
  await thread.work();
  expect(await approve()).toMatchObject({
    status: 'waiting',
    calls: [{ result: { status: 'interrupted', error: expect.stringContaining('happened outside') } }, { status: 'waiting' }],
    approvals: [{ executed: { outcome: 'Interrupted' } }, { kind: 'outside' }],
  });
  expect(await approve()).toMatchObject({ status: 'completed', outcome: 'I tried.' });
});
