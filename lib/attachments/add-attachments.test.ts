import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readThreadFile } from '#lib/checkpoints/read-thread-file.ts';
import { lockThread } from '#lib/threads/lock-thread.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { testWorker } from '#tests/test-worker.ts';
import { addAttachments } from './add-attachments.ts';
import { attachmentName } from './attachments.ts';

const bench = await testWorker();
const folder = await mkdtemp(join(tmpdir(), 'choir-test-attach-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(content: string) {
  const source = join(folder, crypto.randomUUID());
  await writeFile(source, content);
  return source;
}
async function workedThread() {
  const thread = await bench.open(stepAgent([{ tool: 'create_file', args: { path: 'a.txt', content: 'one\n' } }]));
  await thread.work();
  return thread;
}

describe('attachments', () => {
  it('become a checkpoint of the person and lie in the tree; the same bytes again change nothing', async () => {
    const { threadId, tree, state } = await workedThread();
    const attachments = [{ name: 'notes.txt', source: await file('mine') }];
    expect(await addAttachments(bench.context, { threadId, attachments })).toEqual(['attachments/notes.txt']);
    expect(await addAttachments(bench.context, { threadId, attachments })).toEqual(['attachments/notes.txt']);
    const other = [{ name: 'notes.txt', source: await file('other') }];
    expect(await addAttachments(bench.context, { threadId, attachments: other })).toEqual(['attachments/notes-2.txt']);
    expect((await state()).checkpoints.map(({ kind, label }) => `${kind} ${label}`).slice(-2)).toEqual([
      'person Attached notes.txt',
      'person Attached notes-2.txt',
    ]);
    expect(await readFile(join(tree, 'attachments/notes-2.txt'), 'utf8')).toBe('other');
  });

  it('come by hand while a run holds the tree, over nothing that is there and through no link', async () => {
    const { threadId, tree } = await workedThread();
    const lock = await lockThread(bench.context.database, threadId, 1_000);
    try {
      const add = async (name: string) => addAttachments(bench.context, { threadId, attachments: [{ name, source: await file(name) }] });
      expect([await add('b.txt'), await add('b.txt')].flat()).toEqual(['attachments/b.txt', 'attachments/b-2.txt']);
      const read = async (path: string) => String((await readThreadFile(bench.context, { threadId, path })).bytes);
      expect(await read('attachments/b.txt')).toBe('b.txt');
      await writeFile(join(folder, 'secret.txt'), 'secret');
      await symlink(join(folder, 'secret.txt'), join(tree, 'attachments/link.txt'));
      for (const path of ['attachments/link.txt', 'attachments', 'attachments/none.txt', 'attachments/../a.txt'])
        await expect(read(path)).rejects.toMatchObject({ code: 'not-found' });
      await rm(join(tree, 'attachments'), { recursive: true });
      await symlink(folder, join(tree, 'attachments'));
      await expect(add('leak.txt')).rejects.toMatchObject({ code: 'conflict' });
      await expect(read('attachments/secret.txt')).rejects.toMatchObject({ code: 'not-found' });
      expect(await readdir(folder)).not.toContain('leak.txt');
    } finally {
      await lock?.release();
    }
  });

  it('rejects a thread that there is not', async () => {
    await expect(addAttachments(bench.context, { threadId: 'th_none', attachments: [] })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('get a name that leads nowhere and hides nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
        const safe = attachmentName(name);
        expect(safe).toMatch(/^[\p{L}\p{N}_][\p{L}\p{N}._-]*$/u);
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(100);
        expect(attachmentName(safe)).toBe(safe);
      }),
    );
    expect(attachmentName('..\\..\\.git')).toBe('git');
    expect(attachmentName('😀🎉.png')).toBe('file.png');
  });
});
