import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TypingFrame } from '#lib/bus/connect-bus.ts';
import { followTyping } from '#lib/bus/follow-typing.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import { speakingProgram } from '#tests/agents/speaking-program.ts';
import { talkWith } from '#tests/agents/talk-with.ts';
import { modelCall } from '#tests/builders/model-call.ts';
import { testWorker } from '#tests/test-worker.ts';

const bench = await testWorker({ respond: () => ({ content: 'Nobody asks it.' }) });
const { answer, onlyApproval } = talkWith(bench);
const timeout = 60_000;

const begin = `await ask('q', { toolCallId: 'act', kind: 'execute', rawInput: { command: 'touch made.txt' } });
  process.getBuiltinModule('node:fs').writeFileSync('made.txt', '');`;

test('a call is heard as it writes; one whose end the agent never told ends with its turn, and what came of it is kept', {
  timeout,
}, async () => {
  const piece = `update('tool_call_update', { toolCallId: 'act', _meta: { terminal_output_delta: { data: 'half way' } } });`;
  const thread = await bench.open(speakingProgram(`${begin} ${piece} say('Done.');`), { agent: 'claude-code' });
  const typed: TypingFrame[] = [];
  const { workspaceId } = await thread.state();
  const typing = followTyping(bench.context.bus, workspaceId, thread.threadId, (frame) => typed.push(frame));
  await thread.work();
  const { run, checkpoints } = await thread.state();
  await expect.poll(() => typed, { timeout }).toContainEqual(expect.objectContaining({ callId: run?.calls[0]?.callId, text: 'half way' }));
  typing.close();
  expect(run).toMatchObject({
    status: 'completed',
    outcome: expect.stringContaining('Done.'),
    calls: [{ status: 'finished', result: { status: 'interrupted', error: 'The agent ended its turn and never said how this ended.' } }],
  });
  expect(checkpoints.at(-1)).toMatchObject({ callId: run?.calls[0]?.callId, changes: { files: [{ path: 'made.txt' }] } });
});

test('what a helper of the agent was let do is no call that was cut off, though the agent tells no more of it', { timeout }, async () => {
  const started = `update('tool_call', { toolCallId: 'start', kind: 'other', title: 'Start subagent painter', status: 'completed' });`;
  const { description, program } = speakingProgram(`${started} ${begin} say('Painted.');`);
  if (program.protocol.kind !== 'acp') throw new Error('It speaks the protocol.');
  const protocol = { ...program.protocol, helperCall: /^Start subagent / };
  const thread = await bench.open({ description, program: { ...program, protocol } }, { agent: 'claude-code' });
  await thread.work();
  const { run, checkpoints } = await thread.state();
  expect(run).toMatchObject({ status: 'completed', calls: [{}, { result: { status: 'succeeded', error: null } }] });
  expect(run?.calls[1]?.result?.stdout).toContain('sub-agent');
  expect(checkpoints.at(-1)).toMatchObject({ callId: run?.calls[1]?.callId, changes: { files: [{ path: 'made.txt' }] } });
});

test('a call that goes on past the limit of time is cut off, though the agent does not stop when it is told to', { timeout }, async () => {
  const agent = speakingProgram(`if (text.includes('How is')) return say('Gone on.'); ${begin} await new Promise(() => {});`);
  const thread = await bench.open(agent, { agent: 'claude-code', mode: 'autonomous', limits: { timeMs: 5 * 60_000 } });
  const working = thread.work();
  await expect.poll(async () => (await thread.state()).run?.calls[0]?.status, { timeout }).toBe('running');
  const log = join(bench.home.overlays(thread.threadId), `${(await thread.state()).run?.session?.sessionId}`, 'session', 'log');
  const realNow = Date.now;
  const lookAfter = (minutes: number) => {
    Date.now = () => realNow() + minutes * 60_000;
    return postMessage(bench.context, { threadId: thread.threadId, text: 'How is it going?' });
  };
  try {
    await lookAfter(11);
    await expect.poll(() => readFile(log, 'utf8'), { timeout }).toContain('session/cancel');
    await lookAfter(13);
    await working;
  } finally {
    Date.now = realNow;
  }
  expect((await thread.state()).run?.calls).toMatchObject([{ result: { status: 'interrupted' } }]);
  expect(await onlyApproval(thread)).toMatchObject({ kind: 'budget', action: { budget: { limit: 'timeMs' } } });
  await answer(thread, 'approve');
  expect((await thread.state()).run).toMatchObject({ status: 'completed', session: { restarts: 1 } });
});

test('an agent that no model answered has not done its work, whatever it says: the person hears what to mend', { timeout }, async () => {
  const thread = await bench.open(speakingProgram(`say('That model is not there.');`), { agent: 'claude-code' });
  const call = modelCall({
    provider: 'anthropic',
    model: 'gone',
    inputTokens: 0,
    outputTokens: 0,
    outcome: 'failed',
    error: '404: not found',
  });
  const modelCalled = { type: 'record-model-call' as const, runId: thread.runId, call };
  expect(await bench.context.ledger.command(thread.threadId, { actor: 'choir' }, [modelCalled])).toMatchObject({ ok: true });
  await thread.work();
  expect((await thread.state()).run).toMatchObject({ status: 'failed', outcome: expect.stringContaining('no model called "gone"') });
});
