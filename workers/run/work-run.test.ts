import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { diffThread } from '#lib/checkpoints/diff-thread.ts';
import { currentCheckpoint, isActive, openApprovals } from '#lib/core/state.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { readFileAt } from '#lib/git/objects/read-commit-file.ts';
import { cancelRun } from '#lib/threads/cancel-run.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import { revertThread } from '#lib/threads/revert/revert-thread.ts';
import { stepAgent } from '#tests/step-agent.ts';
import { testWorker } from '#tests/test-worker.ts';
import type { MoveAgent } from '../agents/agent.ts';
import { fruitlessTakes } from './is-stuck.ts';
import { fateOf } from './recover-transactions.ts';

const bench = await testWorker();

const shell = (command: string): ToolCall => ({ tool: 'run_command', args: { command, cwd: '.' } });
const create = (path: string, content: string): ToolCall => ({ tool: 'create_file', args: { path, content } });

type Thread = Awaited<ReturnType<typeof bench.open>>;
async function onlyApproval(thread: Thread) {
  const [approval, ...others] = openApprovals(await thread.state());
  expect(others).toHaveLength(0);
  if (!approval) throw new Error('No approval is open.');
  return approval;
}
const answer = (approvalId: string, decision: 'approve' | 'reject' | 'modify', note = '') =>
  answerApproval(bench.context, { approvalId, decision, note });
const text = (thread: Thread, path: string) => readFile(join(thread.tree, path), 'utf8');

describe('a run', () => {
  it('carries out its steps, each change a checkpoint, and ends', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n'), shell('cat a.txt a.txt > b.txt')]));
    await thread.work();
    const state = await thread.state();
    expect(state.run?.status).toBe('completed');
    expect(state.run?.steps.map((step) => step.status)).toEqual(['done', 'done']);
    expect(state.checkpoints.map((checkpoint) => checkpoint.kind)).toEqual(['base', 'step', 'step']);
    expect(await text(thread, 'b.txt')).toBe('one\none\n');
    const commit = currentCheckpoint(state)?.commit ?? '';
    const kept = await readFileAt({ store: bench.home.store(state.projectId), commit, path: 'b.txt' });
    expect(Buffer.from(kept?.bytes ?? []).toString()).toBe('one\none\n');
  });

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
    expect((await text(thread, 'stamp')).trim()).toBe(stamp);
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
    expect(await text(thread, 'a.txt')).toBe('one\n');
    expect((await thread.state()).run?.status).toBe('running');
    await thread.work();
    const { run } = await thread.state();
    expect(run?.calls.map((call) => call.result?.status)).toEqual(['succeeded', 'interrupted', 'succeeded']);
    expect(run?.status).toBe('completed');
    expect(await text(thread, 'a.txt')).toBe('half\ndone\n');
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

  it('keeps the bytes that were shown, whatever became of the overlay meanwhile', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n'), shell('echo shown > b.txt; rm a.txt')]));
    await thread.work();
    const approval = await onlyApproval(thread);
    await rm(join(bench.home.overlays(thread.threadId), approval.callId ?? ''), { recursive: true });
    await answer(approval.approvalId, 'approve');
    await thread.work();
    expect(await readdir(thread.tree)).toEqual(['b.txt']);
    expect(await text(thread, 'b.txt')).toBe('shown\n');
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
    expect([await text(thread, 'a'), await text(thread, 'c')]).toEqual(['shown\n', 'one\n']);
  });

  it('sets aside what a person edits while a call works on the same files, and loses nothing of it', async () => {
    const thread = await bench.open(
      stepAgent([shell('mkdir d; for f in a b c d/x; do echo one > $f; done'), shell('echo agent > a; rm b; rm -r d; sleep 1')]),
      { mode: 'autonomous' },
    );
    const working = thread.work();
    await expect.poll(async () => (await thread.state()).run?.calls[1]?.status).toBe('running');
    for (const path of ['a', 'b', 'c', 'd/x', 'new']) await writeFile(join(thread.tree, path), 'by hand\n');
    await working;
    expect((await readdir(thread.tree)).sort()).toEqual(['a', 'a.kept', 'b.kept', 'c', 'd.kept', 'new']);
    expect(await text(thread, 'a')).toBe('agent\n');
    for (const path of ['a.kept', 'b.kept', 'c', 'd.kept/x', 'new']) expect(await text(thread, path)).toBe('by hand\n');
    const { parked } = await revertThread(bench.context, { threadId: thread.threadId, checkpointId: '1', scope: 'code' });
    expect(parked.fileCount).toBe(5);
    expect((await readdir(thread.tree)).sort()).toEqual(['a', 'b', 'c', 'd']);
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
    expect(await text(thread, '.git/mine')).toBe('mine\n');
    await answer(approval.approvalId, 'approve');
    await thread.work();
    expect(existsSync(join(thread.tree, '.git/mine'))).toBe(false);
    expect((await thread.state()).checkpoints.map((checkpoint) => checkpoint.kind)).toEqual(['base', 'step']);
  });

  it('finishes the keep of such a call when its worker died behind the append, and only then', async () => {
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

  it('sends the words of a Modify to the agent and drops what was shown', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n'), shell('rm a.txt')]));
    await thread.work();
    const { approvalId } = await onlyApproval(thread);
    await answer(approvalId, 'modify', 'keep it');
    await thread.work();
    const state = await thread.state();
    expect(state.items.filter((item) => item.kind === 'message')).toMatchObject([{ text: 'Heard: keep it' }]);
    expect(state.run?.guidance).toMatchObject([{ text: 'keep it', approvalId, delivered: true }]);
    expect(await text(thread, 'a.txt')).toBe('one\n');
  });

  it('waits for the plan to be agreed to in the mode plan', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n')]), { mode: 'plan' });
    await thread.work();
    const approval = await onlyApproval(thread);
    expect(approval).toMatchObject({ kind: 'plan', action: { steps: [{ step_id: 's1' }] } });
    expect(await readdir(thread.tree)).toEqual([]);
    await answer(approval.approvalId, 'approve');
    await thread.work();
    expect(await readdir(thread.tree)).toEqual(['a.txt']);
  });

  it('lets the agent plan again with the words of a Modify before it asks for the plan again', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n')]), { mode: 'plan' });
    await thread.work();
    const first = await onlyApproval(thread);
    await answer(first.approvalId, 'modify', 'call it b.txt');
    await thread.work();
    const second = await onlyApproval(thread);
    expect(second.approvalId).not.toBe(first.approvalId);
    const { items, run } = await thread.state();
    expect(items.filter((item) => item.kind === 'message')).toMatchObject([{ text: 'Heard: call it b.txt' }]);
    expect(run?.guidance).toMatchObject([{ delivered: true }]);
    expect(await readdir(thread.tree)).toEqual([]);
  });

  it('runs nothing of a plan that nobody agreed to, whatever an agent does with a Modify', async () => {
    const deaf: MoveAgent = {
      ...stepAgent([]),
      next: async ({ run }) =>
        run.steps.length === 0
          ? { type: 'plan', reason: 'One.', steps: [{ step_id: 's1', title: 'a', kind: 'command', depends_on: [], notes: '' }] }
          : { type: 'call', stepId: 's1', call: create('a.txt', 'one\n'), explanation: 'Anyway' },
    };
    const thread = await bench.open(deaf, { mode: 'plan' });
    await thread.work();
    await answer((await onlyApproval(thread)).approvalId, 'modify', 'not that');
    await thread.work();
    expect(await onlyApproval(thread)).toMatchObject({ kind: 'plan' });
    expect((await thread.state()).run?.calls).toEqual([]);
  });

  it('shows the whole effect of a dry run before anything happens, and keeps exactly that', async () => {
    const thread = await bench.open(
      stepAgent([create('a.txt', 'one\n'), shell('date +%N >> a.txt; mkdir empty'), shell('cat a.txt > b.txt')]),
      { dryRun: true },
    );
    await thread.work();
    const approval = await onlyApproval(thread);
    expect(approval).toMatchObject({ kind: 'plan', action: { effect: { changes: { fileCount: 3 } } } });
    expect(await readdir(thread.tree)).toEqual([]);
    const shown = await diffThread(bench.context, { threadId: thread.threadId, to: approval.approvalId });
    await answer(approval.approvalId, 'approve');
    await thread.work();
    const state = await thread.state();
    expect(state.run?.status).toBe('completed');
    expect((await readdir(thread.tree)).sort()).toEqual(['a.txt', 'b.txt', 'empty']);
    expect(await diffThread(bench.context, { threadId: thread.threadId, from: 'start' })).toBe(shown);
  });

  it('changes nothing when a dry run is rejected', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n')]), { dryRun: true });
    await thread.work();
    await answer((await onlyApproval(thread)).approvalId, 'reject');
    await thread.work();
    expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: 'The plan was rejected. Nothing was changed.' });
    expect(await readdir(thread.tree)).toEqual([]);
  });

  it('tells what a dry run did once, though its worker dies while it asks', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n')]), { dryRun: true });
    const { ledger } = bench.context;
    const { command } = ledger;
    ledger.command = (threadId, author, commands) => {
      const asks = Array.isArray(commands) && commands.some(({ type }) => type === 'request-approval');
      return asks ? Promise.reject(new Error('The database is away.')) : command(threadId, author, commands);
    };
    await expect(thread.work()).rejects.toThrow('away');
    ledger.command = command;
    await thread.work();
    await onlyApproval(thread);
    expect((await thread.state()).items.filter(({ kind }) => kind === 'message')).toHaveLength(1);
  });

  it('asks for what a dry run could not do, once its bytes are kept', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n'), shell('npm install left-pad')]), { dryRun: true });
    await thread.work();
    const planned = await onlyApproval(thread);
    await answer(planned.approvalId, 'approve');
    await thread.work();
    expect(await onlyApproval(thread)).toMatchObject({ kind: 'outside' });
    expect(await readdir(thread.tree)).toEqual(['a.txt']);
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
