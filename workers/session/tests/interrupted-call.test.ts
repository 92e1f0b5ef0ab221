import { expect, test } from 'vitest';
import { speakingProgram } from '#tests/agents/speaking-program.ts';
import { talkWith } from '#tests/agents/talk-with.ts';
import { testWorker } from '#tests/test-worker.ts';

const bench = await testWorker({ respond: () => ({ content: 'Nobody asks it.' }) });
const { answer, eventsOf } = talkWith(bench);

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

/** Leaves a process behind that stands still for no signal the first time: it waits for a child that never becomes a program. */
const restless = speakingProgram(`
  const fs = process.getBuiltinModule('node:fs');
  await ask('q', { toolCallId: 'make', kind: 'execute', rawInput: { command: 'make' } });
  fs.writeFileSync('made.txt', '');
  if (!fs.existsSync('/home/agent/begun')) {
    const number = process.arch === 'arm64' ? 220 : 56;
    const script = "import ctypes, time; print('up', flush=True); ctypes.CDLL(None).syscall(" + number + ", 0x4011, 0, 0, 0, 0); time.sleep(86400)";
    const child = process.getBuiltinModule('node:child_process').spawn('python3', ['-c', script]);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const stat = () => fs.readFileSync('/proc/' + child.pid + '/stat', 'latin1');
    while (!stat().includes(') D ')) await new Promise((resolve) => setTimeout(resolve, 10));
    fs.writeFileSync('/home/agent/begun', '');
  }
  update('tool_call_update', { toolCallId: 'make', status: 'completed' });
  say('Made.');`);

test('a program that cannot be paused is ended and started again, and what it made is kept', { timeout: 60_000 }, async () => {
  const thread = await bench.open(restless, { agent: 'claude-code' });
  await thread.work();
  const { run, checkpoints } = await thread.state();
  expect(run).toMatchObject({ status: 'completed', outcome: expect.stringContaining('Made.'), session: { restarts: 1 } });
  expect(run?.calls).toMatchObject([{ result: { status: 'interrupted' } }, { result: { status: 'succeeded' } }]);
  expect(checkpoints.at(-1)).toMatchObject({ changes: { files: [{ path: 'made.txt' }] } });
});

test('plans of before the next worker came stand in the ledger once', { timeout: 60_000 }, async () => {
  const planner = speakingProgram(`
    const [one, two] = ['one', 'two'].map((content) => ({ content, status: 'completed' }));
    update('plan', { entries: [one] });
    update('plan', { entries: [one, two] });
    await ask('q', { toolCallId: 'look', kind: 'execute', rawInput: { command: 'curl https://example.invalid' } });
    say('No.');`);
  const thread = await bench.open(planner, { agent: 'claude-code' });
  await thread.work();
  await answer(thread, 'reject');
  expect((await thread.state()).run).toMatchObject({ status: 'completed', iterations: 3, steps: [{ status: 'done' }, { status: 'done' }] });
  expect(await eventsOf(thread, 'plan.proposed')).toHaveLength(2);
  expect(await eventsOf(thread, 'step.finished')).toHaveLength(2);
});
