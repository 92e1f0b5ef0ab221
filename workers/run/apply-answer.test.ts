import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diffThread } from '#lib/checkpoints/diff-thread.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { create, runBench, shell } from '#tests/run-bench.ts';

const bench = await runBench();
const { onlyApproval, answer, read } = bench;

describe('what a person is asked about a call', () => {
  it('shows the effect of a deletion before it happens, and keeps exactly that on approve', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n'), shell('date +%N > stamp; rm a.txt')]));
    await thread.work();
    const approval = await onlyApproval(thread);
    expect(approval).toMatchObject({ kind: 'effect', action: { network: false, effect: { changes: { deletedCount: 1, fileCount: 2 } } } });
    expect(await readdir(thread.tree)).toEqual(['a.txt']);
    const shown = await diffThread(bench.context, { threadId: thread.threadId, to: approval.approvalId });
    const stamp = /^\+(\d+)$/m.exec(shown)?.[1];

    await answer(approval.approvalId, 'approve');
    await thread.work();
    const { run } = await thread.state();
    expect(run?.status).toBe('completed');
    expect(run?.approvals[0]).toMatchObject({
      answer: { decision: 'approve', via: 'api' },
      deliveredAt: expect.any(String),
      executed: { outcome: 'Kept 2 files' },
    });
    expect(await readdir(thread.tree)).toEqual(['stamp']);
    expect((await read(thread, 'stamp')).trim()).toBe(stamp);
  });

  it('drops the effect on reject and goes on', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n'), shell('rm a.txt'), create('c.txt', 'three\n')]));
    await thread.work();
    await answer((await onlyApproval(thread)).approvalId, 'reject');
    await thread.work();
    expect((await thread.state()).run?.steps.map((step) => step.status)).toEqual(['done', 'skipped', 'done']);
    expect((await readdir(thread.tree)).sort()).toEqual(['a.txt', 'c.txt']);
  });

  it('asks again when the files changed between question and answer', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n'), shell('rm a.txt')]));
    await thread.work();
    const first = await onlyApproval(thread);
    await writeFile(join(thread.tree, 'mine.txt'), 'by hand\n');
    await answer(first.approvalId, 'approve');
    await thread.work();
    const second = await onlyApproval(thread);
    expect(second.approvalId).not.toBe(first.approvalId);
    expect((await thread.state()).checkpoints.map((checkpoint) => checkpoint.kind)).toEqual(['base', 'step', 'person']);
    expect((await readdir(thread.tree)).sort()).toEqual(['a.txt', 'mine.txt']);
    await answer(second.approvalId, 'approve');
    await thread.work();
    expect(await readdir(thread.tree)).toEqual(['mine.txt']);
  });

  it('asks before anything that reaches outside, and runs nothing of it until then', async () => {
    const thread = await bench.open(stepAgent([shell('touch ran; npm install left-pad')]));
    await thread.work();
    expect(await onlyApproval(thread)).toMatchObject({ kind: 'outside', action: { network: true } });
    expect(await readdir(thread.tree)).toEqual([]);
    await answer((await onlyApproval(thread)).approvalId, 'reject');
    await thread.work();
    expect(await readdir(thread.tree)).toEqual([]);
    expect((await thread.state()).run?.calls[0]?.result).toMatchObject({ status: 'rejected' });
  });

  it('asks for a deletion also where the project may use the network unasked', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n'), shell('npm view x --offline; rm a.txt')]));
    await bench.context.database.sql`update projects set network_allowed = true where id = ${thread.projectId}`;
    await thread.work();
    expect(await onlyApproval(thread)).toMatchObject({
      kind: 'effect',
      action: { network: true, effect: { changes: { deletedCount: 1 } } },
    });
    expect(await readdir(thread.tree)).toEqual(['a.txt']);
  });

  it('sends the words of a Modify to the agent and drops what was shown', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n'), shell('rm a.txt')]));
    await thread.work();
    const { approvalId } = await onlyApproval(thread);
    await answer(approvalId, 'modify', 'keep it');
    await thread.work();
    const state = await thread.state();
    expect(state.items.filter((item) => item.kind === 'message')).toMatchObject([{ text: 'Heard: keep it' }]);
    expect(state.run?.guidance).toMatchObject([{ text: 'keep it', approvalId, delivered: true }]);
    expect(await read(thread, 'a.txt')).toBe('one\n');
  });

  it('keeps the bytes that were shown, whatever became of the overlay meanwhile', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n'), shell('echo shown > b.txt; rm a.txt')]));
    await thread.work();
    const approval = await onlyApproval(thread);
    await rm(join(bench.home.overlays(thread.threadId), approval.callId ?? ''), { recursive: true });
    await answer(approval.approvalId, 'approve');
    await thread.work();
    expect(await readdir(thread.tree)).toEqual(['b.txt']);
    expect(await read(thread, 'b.txt')).toBe('shown\n');
  });

  it('keeps the bytes that were shown and no others when the overlay changed meanwhile', async () => {
    const thread = await bench.open(
      stepAgent([shell('echo one > a; echo one > b; echo one > c'), shell('echo shown > a; rm b; chmod 755 c')]),
    );
    await thread.work();
    const approval = await onlyApproval(thread);
    const upper = join(bench.home.overlays(thread.threadId), approval.callId ?? '', 'upper');
    for (const path of ['a', 'c', 'd']) await writeFile(join(upper, path), 'not shown\n');
    await answer(approval.approvalId, 'approve');
    await thread.work();
    expect((await readdir(thread.tree)).sort()).toEqual(['a', 'c']);
    expect([await read(thread, 'a'), await read(thread, 'c')]).toEqual(['shown\n', 'one\n']);
  });

  it('keeps what a call changed where git holds nothing, and asks before it takes such a thing away', async () => {
    const thread = await bench.open(
      stepAgent([
        shell('mkdir dist; head -c 22000000 /dev/zero > dist/a; git init -q .; echo one > a.txt'),
        shell('echo built > dist/b; echo mine > .git/mine'),
        shell('cat dist/b .git/mine'),
        shell('rm .git/mine'),
      ]),
    );
    await thread.work();
    const approval = await onlyApproval(thread);
    expect(approval).toMatchObject({ kind: 'effect', reason: expect.stringContaining('".git/mine"') });
    expect((await thread.state()).run?.calls[2]?.result).toMatchObject({ status: 'succeeded', stdout: 'built\nmine\n' });
    expect(await read(thread, '.git/mine')).toBe('mine\n');
    await answer(approval.approvalId, 'approve');
    await thread.work();
    expect(existsSync(join(thread.tree, '.git/mine'))).toBe(false);
    expect((await thread.state()).checkpoints.map((checkpoint) => checkpoint.kind)).toEqual(['base', 'step']);
  });
});
