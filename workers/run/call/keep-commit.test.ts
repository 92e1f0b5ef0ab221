import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isActive } from '#lib/core/state.ts';
import { revertThread } from '#lib/threads/revert/revert-thread.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { runBench, shell } from '#tests/run-bench.ts';
import { fateOf } from '../recover-transactions.ts';

const bench = await runBench();
const { onlyApproval, read } = bench;

describe('keeping what a call changed', () => {
  it('sets aside what a person edited while the call worked on the same files, and loses nothing of it', async () => {
    const thread = await bench.open(
      stepAgent([shell('mkdir d; for f in a b c d/x; do echo one > $f; done'), shell('echo agent > a; rm b; rm -r d; sleep 1')]),
      { mode: 'autonomous' },
    );
    const working = thread.work();
    await expect.poll(async () => (await thread.state()).run?.calls[1]?.status).toBe('running');
    for (const path of ['a', 'b', 'c', 'd/x', 'new']) await writeFile(join(thread.tree, path), 'by hand\n');
    await working;
    expect((await readdir(thread.tree)).sort()).toEqual(['a', 'a.kept', 'b.kept', 'c', 'd.kept', 'new']);
    expect(await read(thread, 'a')).toBe('agent\n');
    for (const path of ['a.kept', 'b.kept', 'c', 'd.kept/x', 'new']) expect(await read(thread, path)).toBe('by hand\n');
    const { parked } = await revertThread(bench.context, { threadId: thread.threadId, checkpointId: '1', scope: 'code' });
    expect(parked.fileCount).toBe(5);
    expect((await readdir(thread.tree)).sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is finished also where git holds nothing of it, when its worker died behind the append, and only then', async () => {
    const thread = await bench.open(
      stepAgent([shell('git init -q .; echo one > a'), shell('echo mine > .git/mine'), shell('npm install x')]),
    );
    await thread.work();
    await onlyApproval(thread);
    const state = await thread.state();
    if (!isActive(state.run)) throw new Error('The run does not wait.');
    const calls = state.run.calls.slice(0, 2);
    const callId = calls[1]?.callId ?? '';
    expect(fateOf({ ...state, run: { ...state.run, calls } }, callId)).toBe('keep');
    expect(fateOf(state, callId)).toBe('drop');
    expect(fateOf({ ...state, run: { ...state.run, calls, status: 'cancelled' } }, callId)).toBe('drop');
  });
});
