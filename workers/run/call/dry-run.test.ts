import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diffThread } from '#lib/checkpoints/diff-thread.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { create, runBench, shell } from '#tests/run-bench.ts';
import { rulesAgent } from '#workers/agents/rules/rules-agent.ts';

const bench = await runBench();
const { onlyApproval, answer } = bench;

describe('a dry run', () => {
  it('shows its whole effect before anything happens, and keeps exactly that', async () => {
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

  it('tells what it did once, though its worker dies while it asks', async () => {
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

  it('asks for what it could not do, once its bytes are kept', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n'), shell('npm install left-pad')]), { dryRun: true });
    await thread.work();
    const planned = await onlyApproval(thread);
    await answer(planned.approvalId, 'approve');
    await thread.work();
    expect(await onlyApproval(thread)).toMatchObject({ kind: 'outside' });
    expect(await readdir(thread.tree)).toEqual(['a.txt']);
  });

  it('says what it takes away for good', async () => {
    const script = 'if [ -e .git ]; then rm .git/mine; echo x > a.txt; else mkdir .git; echo mine > .git/mine; fi';
    const thread = await bench.open(stepAgent([shell(script)]));
    await thread.work();
    await postMessage(bench.context, { threadId: thread.threadId, text: 'Again', dryRun: true });
    await thread.work();
    const { approvalId, reason } = await onlyApproval(thread);
    expect(reason).toContain('It takes away ".git/mine", and no checkpoint holds that');
    expect(await readdir(join(thread.tree, '.git'))).toEqual(['mine']);
    await answer(approvalId, 'approve');
    await thread.work();
    expect(await readdir(join(thread.tree, '.git'))).toEqual([]);
  });

  it('that is sent back starts over with all of its plan, changed as the words say', async () => {
    const goal = 'create a.txt with one, then create b.txt with two';
    const thread = await bench.open(rulesAgent, { dryRun: true, goal });
    const shown = async () => {
      await thread.work();
      const { approvalId, action } = await onlyApproval(thread);
      return { approvalId, paths: action.effect?.changes.files.map(({ path }) => path) };
    };
    for (const [words, paths] of [
      ['also create c.txt with three', ['a.txt', 'b.txt', 'c.txt']],
      ['sing a song', ['a.txt', 'b.txt', 'c.txt']],
      ['leave out 1', ['b.txt', 'c.txt']],
    ] as const) {
      await answer((await shown()).approvalId, 'modify', words);
      expect((await shown()).paths, words).toEqual(paths);
    }
    await answer((await shown()).approvalId, 'approve');
    await thread.work();
    expect((await thread.state()).run?.status).toBe('completed');
    expect((await readdir(thread.tree)).sort()).toEqual(['b.txt', 'c.txt']);
  });

  it('that starts over runs each step again, however alike their ids are', async () => {
    const long = 'the-same-fifty-letters-at-the-beginning-of-every-one';
    const step = (id: string, path: string) => ({
      ...{ step_id: `${long}${id}`, title: path, kind: 'edit' as const, depends_on: [], notes: JSON.stringify(create(path, 'x\n')) },
    });
    const agent = stepAgent([]);
    const steps = [step('a', 'a.txt'), step('b', 'b.txt')];
    const planner: typeof agent = {
      ...agent,
      next: async (view, signal) => (view.run.planRevision === 0 ? { type: 'plan', reason: '', steps } : agent.next(view, signal)),
    };
    const thread = await bench.open(planner, { dryRun: true });
    await thread.work();
    await answer((await onlyApproval(thread)).approvalId, 'modify', 'again');
    await thread.work();
    expect((await onlyApproval(thread)).action.effect?.changes.fileCount).toBe(2);
  });

  it('that is rejected changed nothing, and no step of it counts as done', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n')]), { dryRun: true });
    await thread.work();
    await answer((await onlyApproval(thread)).approvalId, 'reject');
    await thread.work();
    const { run, items } = await thread.state();
    expect(run).toMatchObject({
      status: 'completed',
      outcome: 'The plan was rejected. Nothing was changed.',
      steps: [{ status: 'skipped', note: 'Nothing of it was kept.' }],
    });
    expect(items.find((item) => item.kind === 'plan')).toMatchObject({ steps: [{ status: 'skipped' }] });
    expect(await readdir(thread.tree)).toEqual([]);
  });
});
