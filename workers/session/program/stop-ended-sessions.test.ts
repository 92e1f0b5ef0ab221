import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { describeAgent } from '#lib/agents/agent-catalog.ts';
import { agentPrograms } from '#lib/agents/agent-programs.ts';
import { openApprovals } from '#lib/core/state.ts';
import { testWorker } from '#tests/test-worker.ts';
import { stopEndedSessions } from './stop-ended-sessions.ts';

const bench = await testWorker();
const agent = { description: describeAgent('terminal')!, program: agentPrograms.terminal! };

test('ends the program of a run that was cancelled while no worker lived, and leaves those that wait alone', async () => {
  const sweep = () => stopEndedSessions({ ...bench.context, sandbox: bench.sandbox });
  const thread = await bench.open(agent, { goal: 'touch begun; read -p "Go on? (y/n) "', agent: 'terminal' });
  const overlays = () => readdir(bench.home.overlays(thread.threadId));
  await thread.work();
  expect(openApprovals(await thread.state())).toHaveLength(1);
  expect(await sweep()).toBe(0);
  expect(await overlays()).toHaveLength(1);
  const { userId } = bench.context.actor as { userId: string };
  await bench.context.ledger.command(thread.threadId, { actor: 'person', userId, via: 'api' }, [{ type: 'cancel-run', reason: 'Enough.' }]);
  expect(await sweep()).toBe(1);
  expect(await overlays()).toEqual([]);
  expect(await readdir(thread.tree)).toEqual([]);
  expect(await sweep()).toBe(0);
});
