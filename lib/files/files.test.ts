import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ToolCall } from '#lib/core/tool.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { testWorker } from '#tests/test-worker.ts';
import { listPaths } from './list-paths.ts';
import { readLineChanges } from './read-line-changes.ts';
import { editLimitBytes, saveFile } from './save-file.ts';

const bench = await testWorker();
const create = (path: string, content: string): ToolCall => ({ tool: 'create_file', args: { path, content } });

async function worked(...calls: ToolCall[]) {
  const thread = await bench.open(stepAgent(calls));
  await thread.work();
  const current = async () => (await thread.state()).currentCheckpointId ?? '';
  const text = (path: string) => readFile(join(thread.tree, path), 'utf8');
  return { ...thread, current, text, at: { threadId: thread.threadId, path: 'a.txt' } };
}

describe('saving a file', () => {
  it('makes a checkpoint of the person, keeps the mode, and does nothing for the same text', async () => {
    const { at, tree, current, text, state } = await worked(create('a.txt', 'one\n'));
    await chmod(join(tree, 'a.txt'), 0o755);
    const saved = await saveFile(bench.context, { ...at, text: 'one\r\ntwo', baseCheckpointId: await current() });
    expect(await text('a.txt')).toBe('one\r\ntwo');
    expect((await stat(join(tree, 'a.txt'))).mode & 0o777).toBe(0o755);
    expect((await state()).checkpoints.at(-1)).toMatchObject({ ...{ number: saved.number, actor: 'person', label: 'Edited a.txt' } });
    const again = await saveFile(bench.context, { ...at, text: 'one\r\ntwo', baseCheckpointId: saved.checkpointId });
    expect(again).toEqual({ ...saved, changed: false });
    expect(saved.seq).toBe((await state()).seq);
    const fresh = { ...at, path: 'new/b.txt', text: 'b', baseCheckpointId: saved.checkpointId };
    expect(await saveFile(bench.context, fresh)).toMatchObject({ changed: true });
    expect(await saveFile(bench.context, { ...fresh, isNew: true })).toMatchObject({ changed: false });
    expect(await text('new/b.txt')).toBe('b');
    for (const path of ['new/b.txt', 'new']) {
      const over = saveFile(bench.context, { ...fresh, path, text: '', isNew: true, baseCheckpointId: await current() });
      await expect(over).rejects.toMatchObject({ code: 'conflict' });
    }
    await saveFile(bench.context, { ...fresh, path: 'new/c.txt', text: '', isNew: true, baseCheckpointId: await current() });
    expect([await text('new/b.txt'), await text('new/c.txt')]).toEqual(['b', '']);
  });

  it('is a conflict when that file has changed since, by a checkpoint or by hand, and none when another did', async () => {
    const { at, tree, current, text } = await worked(create('a.txt', 'one\n'));
    const base = await current();
    await writeFile(join(tree, 'other.txt'), 'by hand');
    await saveFile(bench.context, { ...at, text: 'mine\n', baseCheckpointId: base });
    const late = saveFile(bench.context, { ...at, text: 'late\n', baseCheckpointId: base });
    await expect(late).rejects.toMatchObject({ code: 'conflict', details: { reason: 'file-moved', currentCheckpointId: await current() } });
    const next = await current();
    await writeFile(join(tree, 'a.txt'), 'by hand\n');
    await expect(saveFile(bench.context, { ...at, text: 'x', baseCheckpointId: next })).rejects.toMatchObject({ code: 'conflict' });
    expect(await text('a.txt')).toBe('by hand\n');
    const made = saveFile(bench.context, { ...at, path: 'other.txt', text: 'x', baseCheckpointId: base });
    await expect(made).rejects.toMatchObject({ code: 'conflict' });
  });

  it('refuses names that no tree may have', async () => {
    const { threadId, current } = await worked(create('a.txt', 'one\n'));
    const baseCheckpointId = await current();
    for (const path of ['../a', '/a', 'a//b', '.git/config', 'x/.GIT/hooks/pre-commit', 'a.txt/b', 'nul\0']) {
      const saving = saveFile(bench.context, { threadId, path, text: 'x', baseCheckpointId });
      await expect(saving, path).rejects.toMatchObject({ name: 'DomainError' });
    }
  });

  it('refuses what is too large, what is no file, and a run at work', async () => {
    const { at, current, threadId } = await worked(create('a.txt', 'one\n'), {
      tool: 'run_command',
      args: { command: 'ln -s a.txt link', cwd: '.' },
    });
    const baseCheckpointId = await current();
    const save = (edit: { path?: string; text?: string }) => saveFile(bench.context, { ...at, text: 'x', baseCheckpointId, ...edit });
    await expect(save({ text: 'x'.repeat(editLimitBytes + 1) })).rejects.toMatchObject({ code: 'too-large' });
    await expect(save({ path: 'link' })).rejects.toMatchObject({ code: 'conflict' });
    const queued = await bench.open(stepAgent([]));
    const busy = saveFile(bench.context, { threadId: queued.threadId, path: 'a.txt', text: 'x', baseCheckpointId: '0' });
    await expect(busy).rejects.toMatchObject({ code: 'conflict', details: { reason: 'run-active' } });
    expect(await listPaths(bench.context, { threadId })).toEqual({ paths: ['a.txt', 'link'], total: 2 });
  });
});

describe('the lines of a file', () => {
  it('say which checkpoint made them what they are', async () => {
    const { at, current } = await worked(create('a.txt', '1\n2\n3\n'), create('a.txt', '1\ntwo\n3\n'));
    await saveFile(bench.context, { ...at, text: '0\n1\ntwo\n3\n', baseCheckpointId: await current() });
    const lines = await readLineChanges(bench.context, at);
    expect(lines.map(({ from, to, number, kind }) => [from, to, number, kind])).toEqual([
      [1, 1, 3, 'person'],
      [2, 2, 1, 'step'],
      [3, 3, 2, 'step'],
      [4, 4, 1, 'step'],
    ]);
    expect(await readLineChanges(bench.context, { ...at, at: 'start' })).toEqual([]);
    await expect(readLineChanges(bench.context, { ...at, path: 'none' })).rejects.toMatchObject({ code: 'not-found' });
  });
});
