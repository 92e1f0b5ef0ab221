import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { openApprovals } from '#lib/core/state.ts';
import { testWorker } from '#tests/test-worker.ts';
import { rulesAgent } from './rules-agent.ts';

const bench = await testWorker();

async function work(goal: string) {
  const thread = await bench.open(rulesAgent, { goal });
  await thread.work();
  const said = async () => (await thread.state()).items.flatMap((item) => (item.kind === 'message' ? [item.text] : []));
  const answer = async (decision: 'approve' | 'reject' | 'modify', note = '') => {
    const approvalId = openApprovals(await thread.state())[0]?.approvalId ?? '';
    await answerApproval(bench.context, { approvalId, decision, note });
    await thread.work();
  };
  return { ...thread, said, answer, text: (path: string) => readFile(join(thread.tree, path), 'utf8') };
}

describe('the rules agent, with a real sandbox', () => {
  it('writes a script, runs it and shows what it printed', async () => {
    const thread = await work('Create a Python script that prints the first 5 Fibonacci numbers and run it');
    const { run } = await thread.state();
    expect(run).toMatchObject({ status: 'completed', steps: [{ status: 'done' }, { status: 'done' }] });
    expect((await thread.said()).join()).toContain('0\n1\n1\n2\n3');
  });

  it('carries out a chain of file changes', async () => {
    const thread = await work(
      '1. Create a folder called docs\n2. create docs/a.md with "one"\n3. append two to docs/a.md\n4. replace one with ONE in docs/a.md\n5. copy docs/a.md to b.md, then rename b.md to c.md',
    );
    expect(openApprovals(await thread.state())).toEqual([]);
    expect((await thread.state()).run?.status).toBe('completed');
    expect(await thread.text('c.md')).toBe('ONE\ntwo\n');
    expect(await readdir(thread.tree)).toEqual(['c.md', 'docs']);
  });

  it('begins a line of its own in a file that ends without one', async () => {
    const thread = await work('run `printf one > a.txt`, then append two to a.txt');
    expect(await thread.text('a.txt')).toBe('one\ntwo\n');
  });

  it('names a checkpoint and goes back to it', async () => {
    const thread = await work('create a.txt with one, then checkpoint as clean, then create a.txt with two, then go back to clean');
    expect((await thread.state()).run?.status).toBe('completed');
    expect(await thread.text('a.txt')).toBe('one\n');
  });

  it('skips a step that is refused, and what needs it, and does the rest', async () => {
    const thread = await work('create a.txt with a; create b.txt with b; delete a.txt; append x to a.txt; append y to b.txt');
    expect(openApprovals(await thread.state())).toHaveLength(1);
    await thread.answer('reject');
    const { run } = await thread.state();
    expect(run?.steps.map(({ status }) => status)).toEqual(['done', 'done', 'skipped', 'skipped', 'done']);
    expect(run?.outcome).toContain('It was rejected.');
    expect([await thread.text('a.txt'), await thread.text('b.txt')]).toEqual(['a\n', 'b\ny\n']);
  });

  it('replaces a step by the words of a Modify', async () => {
    const thread = await work('create a.txt with a; create b.txt with b; delete a.txt');
    await thread.answer('modify', 'delete b.txt instead');
    await thread.answer('approve');
    expect((await thread.state()).run?.status).toBe('completed');
    expect(await readdir(thread.tree)).toEqual(['a.txt']);
  });

  it('asks when it does not understand a Modify, and does as planned when told to', async () => {
    const thread = await work('create a.txt with a, then delete a.txt');
    await thread.answer('modify', 'hmm, something more purple');
    expect(openApprovals(await thread.state())).toMatchObject([{ kind: 'recovery' }]);
    await thread.answer('approve');
    await thread.answer('approve');
    expect((await thread.state()).run?.status).toBe('completed');
    expect(await readdir(thread.tree)).toEqual([]);
  });

  it('leaves out, without calling it failed, what the person wanted otherwise and then not at all', async () => {
    const thread = await work('create a.txt with a, then delete a.txt');
    await thread.answer('modify', 'hmm, something more purple');
    expect(openApprovals(await thread.state())[0]?.reason).toMatch(/as planned\? Reject goes on without this step and what needs it\.$/);
    await thread.answer('reject');
    const { run } = await thread.state();
    expect(run?.steps).toMatchObject([{ status: 'done' }, { status: 'skipped', note: 'Something else was asked for.' }]);
    expect(await thread.said()).not.toContain('Result:');
  });

  it('tries a failed step again once, then asks, and gives up when told to', async () => {
    const thread = await work('run `echo too bad >&2; exit 3`, then create a.txt with a');
    const before = await thread.state();
    expect(before.run?.calls).toHaveLength(2);
    expect(openApprovals(before)).toMatchObject([{ kind: 'recovery', reason: expect.stringContaining('(Exit code 3: too bad)') }]);
    await thread.answer('reject');
    const { run } = await thread.state();
    expect(run).toMatchObject({ status: 'completed', steps: [{ status: 'failed' }, { status: 'done' }] });
    expect(run?.outcome).toContain('failed. Exit code 3: too bad');
  });

  it('says at once that a file is not there, and asks nobody', async () => {
    const thread = await work('delete gone.txt, then create a.txt with a');
    const { run } = await thread.state();
    expect(run).toMatchObject({ status: 'completed', steps: [{ status: 'failed' }, { status: 'done' }] });
    expect(run?.calls).toHaveLength(2);
    expect(await thread.said()).toContain('There is no gone.txt.');
  });

  it.each([
    ['now rename it to b.txt', ['a.txt'], { type: 'plan', steps: [{ title: 'Move a.txt to b.txt' }] }],
    ['add butter to it', ['a.txt'], { type: 'plan', steps: [{ title: 'Append to a.txt' }] }],
    ['delete it', ['a.txt'], { type: 'plan', steps: [{ title: 'Delete a.txt' }] }],
    ['delete it', ['a.txt', 'c.txt'], { type: 'fail' }],
    ['delete it', [], { type: 'fail' }],
  ])('%s, after a checkpoint that changed %j', async (goal, changed, expected) => {
    const changes = { files: changed.map((path) => ({ path })), fileCount: changed.length };
    const view = {
      run: { goal, steps: [], calls: [], approvals: [], guidance: [] },
      project: { name: 'p', fileCount: 2, files: ['a.txt', 'c.txt'], readFile: async () => null },
      checkpoints: [{ checkpointId: 'cp_1', changes }],
      currentCheckpointId: 'cp_1',
      guidance: [],
    };
    expect(await rulesAgent.next(view as never, new AbortController().signal)).toMatchObject(expected);
  });

  it('says which part it does not understand and does the rest', async () => {
    const thread = await work('create a.txt with a and deploy it to the moon');
    const { run } = await thread.state();
    expect(run?.steps.map(({ status }) => status)).toEqual(['done', 'skipped']);
    expect((await thread.said()).join()).toContain('deploy it to the moon');
  });

  it('answers a greeting with what it can do', async () => {
    const thread = await work('Hello!');
    expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: expect.stringContaining('Things I can do:') });
  });

  it.each(['', '   ', '\0\0\0', 'do something clever with my life', '😀', 'x'.repeat(1_000_000), '`'.repeat(5_000)])(
    'does nothing and says so for %#',
    async (goal) => {
      const { next } = rulesAgent;
      const view = {
        run: { goal, steps: [], calls: [], approvals: [], guidance: [] },
        project: { name: 'p', fileCount: 0, files: [], readFile: async () => null },
        checkpoints: [],
        currentCheckpointId: 'cp_0',
        guidance: [],
      };
      const move = await next(view as never, new AbortController().signal);
      expect(move).toMatchObject({ type: 'fail', error: expect.stringContaining('create hello.txt with hello world') });
    },
  );
});
