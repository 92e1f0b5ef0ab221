import { expect, test } from 'vitest';
import { speakingProgram } from '#tests/agents/speaking-program.ts';
import { talkWith } from '#tests/agents/talk-with.ts';
import { testWorker } from '#tests/test-worker.ts';

const bench = await testWorker({ respond: () => ({ content: 'Nobody asks it.' }) });
const { answer } = talkWith(bench);

/** Looks outside, and falls in the middle of that the first time. */
const agent = speakingProgram(`
  const fs = process.getBuiltinModule('node:fs');
  await ask('q', { toolCallId: 'look', kind: 'execute', rawInput: { command: 'curl -sm 1 https://example.invalid' } });
  if (!fs.existsSync('/home/agent/fell')) {
    fs.writeFileSync('/home/agent/fell', '');
    process.kill(process.pid, 'SIGKILL');
  }
  update('tool_call_update', { toolCallId: 'look', status: 'completed' });
  say('I tried.');`);

test('what may have reached outside before its process ended is asked for again', { timeout: 60_000 }, async () => {
  const thread = await bench.open(agent, { agent: 'claude-code' });
  await thread.work();
  await answer(thread, 'approve');
  expect((await thread.state()).run).toMatchObject({
    status: 'waiting',
    calls: [{ result: { status: 'interrupted', error: expect.stringContaining('happened outside') } }, { status: 'waiting' }],
    approvals: [{ executed: { outcome: 'Interrupted' } }, { kind: 'outside' }],
  });
  await answer(thread, 'approve');
  expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: 'I tried.' });
});
