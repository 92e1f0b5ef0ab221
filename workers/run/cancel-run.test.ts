import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cancelRun } from '#lib/threads/cancel-run.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { programsIn } from '#tests/held-commands.ts';
import { testWorker } from '#tests/test-worker.ts';

const bench = await testWorker();

test('ends processes that hear no signal, left their session and have children of their own, before it answers', async () => {
  const mark = `choir-cancel-${crypto.randomUUID()}`;
  const stubborn = `trap "" TERM INT HUP; while :; do sleep 1; done # ${mark}`;
  const command = `setsid bash -c '${stubborn}' & (setsid bash -c '${stubborn}' &) ; trap '' TERM INT HUP; sleep 300 # ${mark}`;
  const thread = await bench.open(stepAgent([{ tool: 'run_command', args: { command, cwd: '.' } }]));
  const working = thread.work();
  await expect.poll(async () => (await programsIn(mark)).length).toBeGreaterThan(2);
  await cancelRun(bench.context, { threadId: thread.threadId });
  expect(await programsIn(mark)).toEqual([]);
  await working;
  expect((await thread.state()).run).toMatchObject({ status: 'cancelled', calls: [{ result: { status: 'cancelled' } }] });
});

test('does not wait until all that a command made is written down', async () => {
  const command = 'for i in $(seq 150); do truncate -s 250M $i; done';
  const thread = await bench.open(stepAgent([{ tool: 'run_command', args: { command, cwd: '.' } }]));
  const working = thread.work();
  const packs = join(bench.home.store((await thread.state()).projectId), 'objects/pack');
  await expect.poll(async () => (await readdir(packs)).some((name) => name.startsWith('tmp_pack'))).toBe(true);
  await cancelRun(bench.context, { threadId: thread.threadId });
  await working;
  expect((await thread.state()).run).toMatchObject({ status: 'cancelled', calls: [{ result: { status: 'cancelled' } }] });
});

test('does not wait for an agent that does not listen', async () => {
  const steps = stepAgent([]);
  const thread = await bench.open({ ...steps, next: () => new Promise(() => {}) });
  const working = thread.work();
  await expect.poll(async () => (await thread.state()).run?.status).toBe('running');
  await cancelRun(bench.context, { threadId: thread.threadId });
  await working;
  expect((await thread.state()).run?.status).toBe('cancelled');
});

test('a program that lives on while nobody works on its run is ended by a worker before the answer comes', async () => {
  const thread = await bench.open(stepAgent([]));
  const { threadId, runId } = thread;
  const session = { sessionId: 'se_1', agentSessionId: 'a', how: 'new' } as const;
  await bench.context.ledger.command(threadId, { actor: 'choir', take: 0 }, [{ type: 'start-session', runId, ...session }]);
  let answered = false;
  const cancelling = cancelRun(bench.context, { threadId }).then(() => {
    answered = true;
  });
  await expect.poll(async () => (await thread.state()).run?.status).toBe('cancelled');
  expect(answered).toBe(false);
  await thread.work();
  await cancelling;
});
