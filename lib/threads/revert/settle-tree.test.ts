import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { testWorker } from '#tests/test-worker.ts';
import { settleTree } from './settle-tree.ts';

const bench = await testWorker();

it('goes on with a tree whose marker a crash prevented', async () => {
  const thread = await bench.open(stepAgent([]));
  const before = await bench.open(stepAgent([{ tool: 'create_file', args: { path: 'a.txt', content: 'one\n' } }]), {
    projectId: thread.projectId,
  });
  await before.work();
  const next = await bench.open(stepAgent([]), { projectId: thread.projectId });
  const { current } = await settleTree(bench.context, { threadId: next.threadId, kind: 'person' });
  await rm(bench.home.treeMarker(next.threadId));
  expect((await settleTree(bench.context, { threadId: next.threadId, kind: 'person' })).current.checkpointId).toBe(current.checkpointId);
  expect(await readdir(next.tree)).toEqual(['a.txt']);
});

it('makes what lies in a tree without a marker a checkpoint of its own', async () => {
  const thread = await bench.open(stepAgent([]));
  await settleTree(bench.context, { threadId: thread.threadId, kind: 'person' });
  await rm(bench.home.treeMarker(thread.threadId));
  await writeFile(join(thread.tree, 'mine.txt'), 'by hand\n');
  const { current } = await settleTree(bench.context, { threadId: thread.threadId, kind: 'person' });
  expect(current).toMatchObject({ kind: 'person', changes: { fileCount: 1 } });
  expect(await readdir(thread.tree)).toEqual(['mine.txt']);
});
