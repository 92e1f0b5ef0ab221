import { mkdir, readdir, readFile, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { foldAll } from '#lib/core/fold.ts';
import { mostUploadBytes } from '#lib/core/limits/upload-size.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { testWorker } from '#tests/test-worker.ts';
import { createUpload } from './create-upload.ts';
import { findUploads } from './find-uploads.ts';

const bench = await testWorker();
const { context } = bench;
const upload = (name: string, content: string) => createUpload(context, { name, content: one(Buffer.from(content)) });

async function* one(chunk: Uint8Array) {
  yield chunk;
}

describe('an upload', () => {
  it('waits under a safe name, and comes along with the words that it is sent with', async () => {
    const thread = await bench.open(stepAgent([{ tool: 'create_file', args: { path: 'a.txt', content: 'one\n' } }]));
    await thread.work();
    const { uploadId, name, bytes } = await upload('../my photo.png', 'pixels');
    expect({ name, bytes }).toEqual({ name: 'my-photo.png', bytes: 6 });
    const attachments = await findUploads(context, [uploadId, uploadId]);
    const { threadId } = thread;
    await postMessage(context, { threadId, text: 'look at it' }, { attachments, nextGoal: { mode: 'plan' } });
    const state = await thread.state();
    expect(state.run).toMatchObject({ status: 'queued', mode: 'plan' });
    expect(state.items.findLast(({ kind }) => kind === 'goal')).toMatchObject({ attachments: ['attachments/my-photo.png'] });
    expect(await readFile(join(thread.tree, 'attachments/my-photo.png'), 'utf8')).toBe('pixels');
    expect(foldAll([], state)).toBe(state);
    const more = await findUploads(context, [(await upload('more.txt', 'more')).uploadId]);
    const other = postMessage(context, { threadId, text: 'look again', mode: 'assisted' }, { attachments: more });
    await expect(other).rejects.toMatchObject({ code: 'conflict' });
    expect(await readdir(join(thread.tree, 'attachments'))).toEqual(['my-photo.png']);
    const nextGoal = { mode: 'assisted' } as const;
    expect(await postMessage(context, { threadId, text: 'look again' }, { attachments: more, nextGoal })).toMatchObject({ as: 'guidance' });
    expect(await readdir(join(thread.tree, 'attachments'))).toEqual(['more.txt', 'my-photo.png']);
  });

  it('that arrived is told again where no more may wait', async () => {
    const full = { ...context, actor: { ...context.actor, userId: 'us_with_many' } } as typeof context;
    const send = (requestId: string) => createUpload(full, { name: 'a.txt', content: Readable.from([Buffer.from('x')]), requestId });
    const first = await send('up_of_many_000');
    const others = Array.from({ length: 199 }, (_, at) => mkdir(join(context.home.uploads('us_with_many'), `up_${at}`)));
    await Promise.all(others);
    await expect(send('up_of_many_001')).rejects.toMatchObject({ code: 'rate-limited' });
    expect(await send('up_of_many_000')).toEqual(first);
  });

  it('is one however often it is sent again, and is there whole or not at all', async () => {
    const again = (content: AsyncIterable<Uint8Array>) => createUpload(context, { name: 'a b.txt', content, requestId: 'up_of_one_file' });
    async function* broken() {
      yield Buffer.from('on');
      throw new Error('The phone is gone.');
    }
    await expect(again(broken())).rejects.toThrow('The phone is gone.');
    const both = await Promise.all([again(one(Buffer.from('one'))), again(one(Buffer.from('one')))]);
    expect([...both, await again(broken())]).toEqual(Array(3).fill({ uploadId: both[0].uploadId, name: 'a-b.txt', bytes: 3 }));
    const [found] = await findUploads(context, [both[0].uploadId]);
    expect(await readFile(found?.source ?? '', 'utf8')).toBe('one');
    const other = { ...context, actor: { ...context.actor, userId: 'us_another' } } as typeof context;
    await expect(findUploads(other, [both[0].uploadId])).rejects.toMatchObject({ code: 'not-found' });
  });

  it('rejects one that is empty or too large, and leaves nothing of it', async () => {
    await expect(upload('empty.txt', '')).rejects.toMatchObject({ code: 'invalid' });
    const chunk = Buffer.alloc(8 * 1024 * 1024);
    async function* endless() {
      for (let sent = 0; sent <= mostUploadBytes; sent += chunk.length) yield chunk;
    }
    await expect(createUpload(context, { name: 'huge.bin', content: endless() })).rejects.toMatchObject({ code: 'too-large' });
  });

  it('is nobody else’s, and gone after a week', async () => {
    const { uploadId } = await upload('mine.txt', 'secret');
    const [found] = await findUploads(context, [uploadId]);
    const stranger = { ...context, actor: { ...context.actor, userId: 'us_other' } } as typeof context;
    await expect(findUploads(stranger, [uploadId])).rejects.toMatchObject({ code: 'not-found' });
    const longAgo = new Date(Date.now() - 8 * 24 * 3_600_000);
    await utimes(dirname(found?.source ?? ''), longAgo, longAgo);
    await upload('next.txt', 'more');
    await expect(findUploads(context, [uploadId])).rejects.toMatchObject({ code: 'not-found' });
  });
});
