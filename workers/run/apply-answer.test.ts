import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { diffThread, diffThreadFiles } from '#lib/checkpoints/diff-thread.ts';
import { newId } from '#lib/core/new-id.ts';
import { addRules } from '#lib/rules/add-rules.ts';
import { revertThread } from '#lib/threads/revert/revert-thread.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { create, runBench, shell } from '#tests/run-bench.ts';
import { fateOf } from './recover-transactions.ts';

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
      executed: { outcome: 'Kept 2 files, 1 of them deleted' },
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

const approve = (approvalId: string, more: object = {}) => answerApproval(bench.context, { approvalId, decision: 'approve', ...more });

it('does nothing of an approval whose hash is that of another action', async () => {
  const thread = await bench.open(stepAgent([create('a.txt', 'a\n'), shell('curl http://example.org/')]));
  await thread.work();
  const { action, callId } = await onlyApproval(thread);
  const approvalId = newId('ap');
  const forged = { ...action, call: create('b.txt', 'b\n') };
  const asked = await bench.context.ledger.command(thread.threadId, { actor: 'choir' }, [
    { type: 'request-approval', runId: thread.runId, approvalId, kind: 'outside', callId, action: forged, reason: '' },
  ]);
  expect(asked.ok).toBe(true);
  await approve(approvalId);
  await expect(thread.work()).rejects.toThrow(/does not match its hash/);
  expect((await thread.state()).run?.calls.at(-1)?.status).toBe('waiting');
  expect(await readdir(thread.tree)).toEqual(['a.txt']);
});

describe('a part of an effect', () => {
  const work = [
    'rm old.txt; mv moved.txt new.txt; mkdir -p empty two; echo 2 > two/in.txt; echo > .git/unheld',
    'printf "#!/bin/sh\\n" > run.sh; chmod 700 run.sh; rm -r gone; seq 9 > gone',
  ].join(';');

  async function asked() {
    const thread = await bench.open(
      stepAgent([shell('mkdir gone .git; echo > .git/unheld; seq 50 > moved.txt; echo | tee old.txt > gone/in.txt'), shell(work)]),
    );
    await thread.work();
    return { thread, approval: await onlyApproval(thread) };
  }

  it('is kept byte for byte, and the rest is not', async () => {
    const { thread, approval } = await asked();
    const shown = approval.action.effect?.changes.files.map(({ path }) => path);
    expect(shown?.toSorted()).toEqual(['empty', 'gone', 'gone/in.txt', 'new.txt', 'old.txt', 'run.sh', 'two/in.txt']);
    // What is not kept breaks no rule.
    await addRules(bench.context, { text: 'never touch .git', scope: 'thread', scopeId: thread.threadId });
    await approve(approval.approvalId, { keepPaths: ['new.txt', 'run.sh'] });
    await thread.work();
    const { run, checkpoints } = await thread.state();
    expect(run?.approvals[0]?.executed?.outcome).toBe('Kept 2 of 7 files');
    expect((await readdir(thread.tree)).sort()).toEqual(['.git', 'gone', 'new.txt', 'old.txt', 'run.sh']);
    expect((await stat(join(thread.tree, 'run.sh'))).mode & 0o777).toBe(0o700);
    expect(checkpoints.map(({ kind }) => kind)).toEqual(['base', 'step', 'step']);
    // A worker that died before it dropped the overlay must not bring the rest of it back.
    expect(fateOf(await thread.state(), `${approval.callId}`)).toBe('drop');
    await revertThread(bench.context, { threadId: thread.threadId, checkpointId: '1', scope: 'code' });
    expect((await readdir(thread.tree)).sort()).toEqual(['.git', 'gone', 'moved.txt', 'old.txt']);
  });

  it('is refused when it names a file that is not shown, takes the place of one that stays, or comes with a no', async () => {
    const { approval } = await asked();
    await expect(approve(approval.approvalId, { keepPaths: ['moved.txt'] })).rejects.toThrow(/not among the files/);
    await expect(approve(approval.approvalId, { keepPaths: ['gone'] })).rejects.toThrow(/“gone” takes the place of “gone\/in.txt”/);
    const rejected = answerApproval(bench.context, { approvalId: approval.approvalId, decision: 'reject', keepPaths: ['new.txt'] });
    await expect(rejected).rejects.toThrow(/Only a yes keeps/);
  });

  const numbered = (changed: Record<number, string> = {}) =>
    Array.from({ length: 40 }, (_, at) => `${changed[at + 1] ?? at + 1}\n`).join('');

  /** The parts that its diff shows, by the path of their file. */
  async function askedInParts() {
    const edit = 'rm old.txt; sed -i "3s/.*/THREE/; 20s/.*/TWENTY/; 38s/.*/LAST/" long.txt; printf "\\0" > raw; ln -sf raw link';
    const before = [create('old.txt', 'old\n'), create('long.txt', numbered()), create('link', numbered())];
    const thread = await bench.open(stepAgent([...before, shell(edit)]));
    await thread.work();
    const approval = await onlyApproval(thread);
    const files = await diffThreadFiles(bench.context, { threadId: thread.threadId, to: approval.approvalId });
    const parts = (path: string) => {
      const { hunks = [] } = files.find((file) => file.path === path) ?? {};
      return hunks.map(({ lines: _lines, ...hunk }) => ({ path, hunk }));
    };
    return { thread, approval, parts };
  }

  it('is a file without some of its hunks, and without a file that loses them all', async () => {
    const { thread, approval, parts } = await askedInParts();
    const dropHunks = [...parts('long.txt').slice(1, 2), ...parts('old.txt'), ...parts('link')];
    await approve(approval.approvalId, { dropHunks });
    await thread.work();
    const state = await thread.state();
    expect(state.run?.approvals[0]).toMatchObject({
      answer: { keepPaths: ['long.txt', 'raw'], dropHunks: dropHunks.slice(0, 1) },
      executed: { outcome: 'Kept 2 of 4 files without 1 part' },
    });
    expect((await readdir(thread.tree)).toSorted()).toEqual(['link', 'long.txt', 'old.txt', 'raw']);
    expect(await readFile(join(thread.tree, 'long.txt'), 'utf8')).toBe(numbered({ 3: 'THREE', 38: 'LAST' }));
    expect(await readFile(join(thread.tree, 'link'), 'utf8')).toBe(numbered());
    expect(fateOf(state, `${approval.callId}`)).toBe('drop');
  });

  it('is refused where there is no such part of what is kept, or nothing is left', async () => {
    const { thread, approval, parts } = await askedInParts();
    const refusal = (answer: object) => approve(approval.approvalId, answer).catch(String);
    const [part] = parts('long.txt');
    const hunk = { oldStart: 1, oldLines: 1, newStart: 1, newLines: 1 };
    for (const path of ['long.txt', 'raw', 'none\u0000'])
      expect(await refusal({ dropHunks: [{ path, hunk }] })).toMatch(/no such part|not among/);
    expect(await refusal({ dropHunks: parts('link').slice(1) })).toMatch(/“link” has no such part/);
    expect(await refusal({ keepPaths: ['raw'], dropHunks: [part] })).toMatch(/“long.txt” is not among the files that are kept/);
    expect(await refusal({ keepPaths: ['long.txt'], dropHunks: parts('long.txt') })).toMatch(/keeps nothing/);
    const rejected = answerApproval(bench.context, { approvalId: approval.approvalId, decision: 'reject', dropHunks: part && [part] });
    await expect(rejected).rejects.toThrow(/Only a yes keeps/);
    expect((await onlyApproval(thread)).approvalId).toBe(approval.approvalId);
  });
});
