import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { currentCheckpoint } from '#lib/core/state.ts';
import { readFileAt } from '#lib/git/objects/read-commit-file.ts';
import { cancelRun } from '#lib/threads/cancel-run.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import { revertThread } from '#lib/threads/revert/revert-thread.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { create, runBench, shell } from '#tests/run-bench.ts';
import type { MoveAgent } from '../agents/agent.ts';
import { fruitlessTakes } from './is-stuck.ts';

const bench = await runBench();
const { read } = bench;

describe('a run', () => {
  it('carries out its steps, each change a checkpoint, and ends', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n'), shell('cat a.txt a.txt > b.txt')]));
    await thread.work();
    const state = await thread.state();
    expect(state.run?.status).toBe('completed');
    expect(state.run?.steps.map((step) => step.status)).toEqual(['done', 'done']);
    expect(state.checkpoints.map((checkpoint) => checkpoint.kind)).toEqual(['base', 'step', 'step']);
    expect(await read(thread, 'b.txt')).toBe('one\none\n');
    const commit = currentCheckpoint(state)?.commit ?? '';
    const kept = await readFileAt({ store: bench.home.store(state.projectId), commit, path: 'b.txt' });
    expect(Buffer.from(kept?.bytes ?? []).toString()).toBe('one\none\n');
  });

  it('never runs what the policy denies', async () => {
    const thread = await bench.open(stepAgent([shell('touch ran; sudo rm -rf /')]));
    await thread.work();
    const { run } = await thread.state();
    expect(run?.calls[0]?.result?.status).toBe('denied');
    expect(await readdir(thread.tree)).toEqual([]);
  });

  it('leaves the tree as it was when its worker stops in the middle of a command, and goes on in the next one', async () => {
    const thread = await bench.open(
      stepAgent([create('a.txt', 'one\n'), shell('echo half > a.txt; echo started > /tmp/x; sleep 1; echo done >> a.txt')], {
        retryInterrupted: true,
      }),
    );
    const stop = new AbortController();
    const working = thread.work(stop.signal);
    await expect.poll(async () => (await thread.state()).run?.calls[1]?.status).toBe('running');
    stop.abort();
    await working;
    expect(await read(thread, 'a.txt')).toBe('one\n');
    expect((await thread.state()).run?.status).toBe('running');
    await thread.work();
    const { run } = await thread.state();
    expect(run?.calls.map((call) => call.result?.status)).toEqual(['succeeded', 'interrupted', 'succeeded']);
    expect(run?.status).toBe('completed');
    expect(await read(thread, 'a.txt')).toBe('half\ndone\n');
  });

  it('is cancelled in the middle of a command: every process is gone before the answer comes, and nothing is kept', async () => {
    const thread = await bench.open(stepAgent([shell('echo $$ > pid; sleep 300')]));
    const working = thread.work();
    await expect.poll(async () => (await thread.state()).run?.calls[0]?.status).toBe('running');
    await cancelRun(bench.context, { threadId: thread.threadId });
    await working;
    const state = await thread.state();
    expect(state.run).toMatchObject({ status: 'cancelled', calls: [{ result: { status: 'cancelled' } }] });
    expect(await readdir(thread.tree)).toEqual([]);
    expect(existsSync(join(bench.home.overlays(thread.threadId), state.run?.calls[0]?.callId ?? ''))).toBe(false);
  });

  it('hands words of the person to the agent once, at its next step', async () => {
    const thread = await bench.open(stepAgent([shell('true')]));
    await postMessage(bench.context, { threadId: thread.threadId, text: 'mind the gap' });
    await thread.work();
    const heard = (await thread.state()).items.filter((item) => item.kind === 'message');
    expect(heard).toMatchObject([{ text: 'Heard: mind the gap' }]);
    expect((await thread.state()).run?.guidance).toMatchObject([{ delivered: true }]);
  });
});

describe('a worker that another one replaced', () => {
  it('writes nothing more, though it never learned that it lost the thread', async () => {
    const steps = stepAgent([create('a.txt', 'one\n')]);
    let takenOver = false;
    const thread = await bench.open({
      ...steps,
      async next(view, signal) {
        const move = await steps.next(view, signal);
        if (move.type !== 'call' || takenOver) return move;
        takenOver = true;
        const { runId } = view.run;
        await bench.context.ledger.command(thread.threadId, { actor: 'choir' }, [
          { type: 'take-run', runId, workerId: 'wk_other', reason: 'recovered' },
        ]);
        return move;
      },
    });
    await thread.work();
    const { seq, run } = await thread.state();
    expect(run).toMatchObject({ status: 'running', take: seq, calls: [] });
    await thread.work();
    expect((await thread.state()).run?.status).toBe('completed');
    expect(await readdir(thread.tree)).toEqual(['a.txt']);
  });
});

describe('a worker that fails', () => {
  it('lets go of the thread', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n')]));
    const { ledger } = bench.context;
    const { load } = ledger;
    ledger.load = () => Promise.reject(new Error('The database is away.'));
    await expect(thread.work()).rejects.toThrow('away');
    ledger.load = load;
    await thread.work();
    expect((await thread.state()).run?.status).toBe('completed');
  });

  it('gives a run up that fails at the same place again and again', async () => {
    const broken: MoveAgent = { ...stepAgent([]), next: () => Promise.reject(new Error('Broken for good.')) };
    const thread = await bench.open(broken);
    for (let attempt = 0; attempt <= fruitlessTakes; attempt += 1) await expect(thread.work()).rejects.toThrow('Broken for good.');
    await thread.work();
    expect((await thread.state()).run).toMatchObject({ status: 'failed', outcome: expect.stringContaining('the same place') });
  });
});

describe('a project', () => {
  it('stands where its newest completed thread left it, so the next thread builds on that', async () => {
    const first = await bench.open(stepAgent([create('a.txt', 'one\n')]));
    await first.work();
    const second = await bench.open(stepAgent([shell('cp a.txt b.txt')]), { projectId: first.projectId });
    await second.work();
    expect((await readdir(second.tree)).sort()).toEqual(['a.txt', 'b.txt']);
    await revertThread(bench.context, { threadId: second.threadId, checkpointId: '0', scope: 'code' });
    const third = await bench.open(stepAgent([shell('true')]), { projectId: first.projectId });
    await third.work();
    expect(await readdir(third.tree)).toEqual(['a.txt']);
  });

  it('is not moved by a thread that began before another one moved it', async () => {
    const slow = await bench.open(stepAgent([create('slow.txt', 's\n')]));
    const quick = await bench.open(stepAgent([create('quick.txt', 'q\n')]), { projectId: slow.projectId });
    await quick.work();
    await slow.work();
    const next = await bench.open(stepAgent([shell('true')]), { projectId: quick.projectId });
    await next.work();
    expect(await readdir(next.tree)).toEqual(['quick.txt']);
    expect(await readdir(slow.tree)).toEqual(['slow.txt']);
  });
});
