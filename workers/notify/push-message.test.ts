import { expect, test } from 'vitest';
import { openApprovals } from '#lib/core/state.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { testWorker } from '#tests/test-worker.ts';
import { pushMessage } from './push-message.ts';

const bench = await testWorker();
const { actor } = bench.context;
const userId = actor.kind === 'person' ? actor.userId : '';
const shell = (command: string): ToolCall => ({ tool: 'run_command', args: { command, cwd: '.' } });

async function asked(command: string) {
  const thread = await bench.open(stepAgent([{ tool: 'create_file', args: { path: 'a.txt', content: 'one\n' } }, shell(command)]));
  await thread.work();
  const [approval] = openApprovals(await thread.state());
  if (!approval) throw new Error('Nothing is asked.');
  const { threadId, runId } = thread;
  const told = { id: 'no_1', userId, kind: 'approval', threadId, runId, approvalId: approval.approvalId, at: new Date() } as const;
  return { approval, payload: (await pushMessage(bench.context, told))?.payload };
}

test('a change of files is answered from the notification where it shows all of it, and by whom it was sent to', async () => {
  const { approval, payload } = await asked('rm a.txt; echo two > b.txt');
  expect(payload?.body).toContain('rm a.txt; echo two > b.txt\ndeleted a.txt\n− one\nadded b.txt\n+ two');
  expect(payload?.question).toEqual({ approvalId: approval.approvalId, actionHash: approval.action.hash, userId });
});

test('more of it than a notification shows is only opened', async () => {
  const { payload } = await asked('rm a.txt; seq 100 > b.txt');
  expect(payload?.body).toContain('It changed 2 files');
  expect(payload?.question).toBeUndefined();
});
