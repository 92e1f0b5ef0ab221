import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addAttachments } from '#lib/attachments/add-attachments.ts';
import { formatComment } from '#lib/core/comment.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { saveFile } from '#lib/files/save-file.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import { revertThread } from '#lib/threads/revert/revert-thread.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { testWorker } from '#tests/test-worker.ts';
import { findPoint } from './find-point.ts';
import { listComments } from './list-comments.ts';
import { revertPart } from './revert-part.ts';
import { reviewChanges } from './review-changes.ts';

const bench = await testWorker();

const create = (path: string, content: string): ToolCall => ({ tool: 'create_file', args: { path, content } });
const lines = (change: Record<number, string> = {}) =>
  Array.from({ length: 30 }, (_, index) => `${change[index + 1] ?? `line ${index + 1}`}\n`).join('');
const twoChanges = stepAgent([create('a.txt', lines()), create('a.txt', lines({ 5: 'five', 25: 'twenty-five' })), create('b.txt', 'b\n')]);

async function worked() {
  const thread = await bench.open(twoChanges);
  await thread.work();
  const { files } = await reviewChanges(bench.context, { threadId: thread.threadId, from: '1' });
  const [first, second] = files.find(({ path }) => path === 'a.txt')?.hunks ?? [];
  const part = { threadId: thread.threadId, path: 'a.txt', from: '1' };
  const text = (path = 'a.txt') => readFile(join(thread.tree, path), 'utf8');
  return { ...thread, part, first, second, text };
}

describe('reverting a part', () => {
  it('previews one hunk, takes it back as a checkpoint of the person, and can be undone', async () => {
    const { threadId, part, first, state, text } = await worked();
    const preview = await revertPart(bench.context, { ...part, hunk: first, dryRun: true });
    expect(preview.files[0]?.hunks[0]?.lines.filter(({ kind }) => kind !== 'context')).toEqual([
      { kind: 'delete', text: 'five' },
      { kind: 'add', text: 'line 5' },
    ]);
    expect(await text()).toBe(lines({ 5: 'five', 25: 'twenty-five' }));

    const done = await revertPart(bench.context, {
      ...part,
      hunk: first,
      expectedCurrent: preview.currentCheckpointId,
      reason: 'Not this.',
    });
    expect(await text()).toBe(lines({ 25: 'twenty-five' }));
    expect(await text('b.txt')).toBe('b\n');
    const { checkpoints, currentCheckpointId } = await state();
    expect(currentCheckpointId).toBe(done.checkpointId);
    expect(checkpoints.at(-1)).toMatchObject({
      actor: 'person',
      kind: 'person',
      label: 'Reverted a change in a.txt',
      takesBack: {
        path: 'a.txt',
        fromCheckpointId: checkpoints[1]?.checkpointId,
        hunk: { newStart: first?.newStart },
        reason: 'Not this.',
      },
    });

    await revertThread(bench.context, { threadId, checkpointId: done.currentCheckpointId, scope: 'code' });
    expect(await text()).toBe(lines({ 5: 'five', 25: 'twenty-five' }));
  });

  it('takes back once what is asked for twice, and says the same again', async () => {
    const { part, first, state, text } = await worked();
    const asked = {
      ...part,
      to: '3',
      hunk: first,
      expectedCurrent: (await state()).currentCheckpointId ?? '',
      requestId: 'rq-revert-part-1',
    };
    const [one, other] = await Promise.all([revertPart(bench.context, asked), revertPart(bench.context, asked)]);
    expect(other).toEqual(one);
    expect(await revertPart(bench.context, asked)).toEqual(one);
    expect(await text()).toBe(lines({ 25: 'twenty-five' }));
    expect((await state()).currentCheckpointId).toBe(one.checkpointId);
    await expect(revertPart(bench.context, { ...asked, requestId: 'rq-revert-part-2' })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('takes a whole file back, also one that was new, and keeps what was changed by hand', async () => {
    const { threadId, part, tree, text } = await worked();
    await writeFile(join(tree, 'mine.txt'), 'by hand\n');
    await revertPart(bench.context, part);
    expect(await text()).toBe(lines());
    await revertPart(bench.context, { threadId, path: 'b.txt', from: 'start' });
    expect((await readdir(tree)).sort()).toEqual(['a.txt', 'mine.txt']);
  });

  it('finds its hunk after a later change of the same file, and says it when its lines have changed', async () => {
    const { part, first, second, text, tree } = await worked();
    const to = '2';
    await revertPart(bench.context, { ...part, to, hunk: first });
    await revertPart(bench.context, { ...part, to, hunk: second });
    expect(await text()).toBe(lines());
    const again = revertPart(bench.context, { ...part, to, hunk: first });
    await expect(again).rejects.toMatchObject({ code: 'conflict', details: { reason: 'part-moved' } });
    await writeFile(join(tree, 'a.txt'), lines({ 5: 'FIVE' }));
    await expect(revertPart(bench.context, { ...part, to, hunk: first })).rejects.toMatchObject({ code: 'conflict' });
    expect(await text()).toBe(lines({ 5: 'FIVE' }));
  });

  it('stops a run that waits, and refuses what there is not, what moved on, and strangers', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', '1\n'), { tool: 'run_command', args: { command: 'rm a.txt', cwd: '.' } }]));
    await thread.work();
    const { threadId } = thread;
    expect((await thread.state()).run?.status).toBe('waiting');
    const unknown = revertPart(bench.context, { threadId, path: 'nothing.txt', from: 'start' });
    await expect(unknown).rejects.toMatchObject({ code: 'not-found' });
    const late = revertPart(bench.context, { threadId, path: 'a.txt', expectedCurrent: 'cp_before' });
    await expect(late).rejects.toMatchObject({ code: 'conflict', details: { reason: 'checkpoint-moved' } });
    expect((await thread.state()).run?.status).toBe('waiting');
    const stranger = { ...bench.context, actor: { kind: 'system' as const, name: 'worker' } };
    await expect(revertPart(stranger as never, { threadId, path: 'a.txt' })).rejects.toMatchObject({ name: 'DomainError' });
    await revertPart(bench.context, { threadId, path: 'a.txt' });
    expect((await thread.state()).run?.status).toBe('cancelled');
    expect(await readdir(thread.tree)).toEqual([]);
  });
});

describe('a review', () => {
  it('says of each file which checkpoints changed it and why, on the way that leads there', async () => {
    const { threadId } = await worked();
    await revertThread(bench.context, { threadId, checkpointId: '2', scope: 'code' });
    await addAttachments(bench.context, { threadId, attachments: [{ name: 'c.txt', source: new URL(import.meta.url).pathname }] });
    const { from, to, files } = await reviewChanges(bench.context, { threadId, from: 'start' });
    expect([from?.number, to?.number]).toEqual([0, 4]);
    expect(files.map(({ path, reasons }) => [path, reasons.map(({ number, kind }) => `${number} ${kind}`)])).toEqual([
      ['a.txt', ['2 step', '1 step']],
      ['attachments/c.txt', ['4 person']],
    ]);
    expect(files[0]?.reasons[0]?.explanation).not.toBe('');
    expect(await findPoint(bench.context, { threadId })).toEqual(to);
    expect(await findPoint(bench.context, { threadId, at: '2' })).toMatchObject({ number: 2 });
    await expect(findPoint(bench.context, { threadId, at: '9' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('says what a person took back since, until that is undone or the file changes again', async () => {
    const { threadId, part, first, second, state } = await worked();
    const taken = async () => {
      const { files } = await reviewChanges(bench.context, { threadId, from: '1', to: '3' });
      return files.map(({ path, takenBack }) => [path, takenBack]);
    };
    const { lines: _, ...place } = first ?? { lines: [] };
    const { currentCheckpointId } = await revertPart(bench.context, { ...part, to: '3', hunk: first });
    expect(await taken()).toEqual([
      ['a.txt', [place]],
      ['b.txt', undefined],
    ]);
    await revertPart(bench.context, { ...part, to: '3', hunk: second });
    expect(await taken()).toEqual([
      ['a.txt', 'whole'],
      ['b.txt', undefined],
    ]);
    await revertThread(bench.context, { threadId, checkpointId: currentCheckpointId, scope: 'code' });
    expect(await taken()).toEqual([
      ['a.txt', undefined],
      ['b.txt', undefined],
    ]);
    await revertPart(bench.context, { ...part, to: '3' });
    expect(await taken()).toEqual([
      ['a.txt', 'whole'],
      ['b.txt', undefined],
    ]);
    const baseCheckpointId = (await state()).currentCheckpointId ?? '';
    await saveFile(bench.context, { threadId, path: 'a.txt', text: 'anew\n', baseCheckpointId });
    expect(await taken()).toEqual([
      ['a.txt', undefined],
      ['b.txt', undefined],
    ]);
  });

  it('lists what persons said about lines', async () => {
    const { threadId } = await worked();
    const place = { path: 'a.txt', from: 5, to: 5, side: 'new' as const, checkpoint: 3 };
    await postMessage(bench.context, { threadId, text: formatComment({ place, quote: 'five', words: 'Write it as a number.' }) });
    await postMessage(bench.context, { threadId, text: 'About time.' });
    expect(await listComments(bench.context, { threadId })).toMatchObject([{ place, quote: 'five', words: 'Write it as a number.' }]);
  });
});
