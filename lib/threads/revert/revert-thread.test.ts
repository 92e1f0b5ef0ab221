import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { nameCheckpoint } from '#lib/checkpoints/name-checkpoint.ts';
import { visibleItems } from '#lib/core/fold.ts';
import { openApprovals } from '#lib/core/state.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { testWorker } from '#tests/test-worker.ts';
import { revertThread } from './revert-thread.ts';
import { settleTree } from './settle-tree.ts';

const bench = await testWorker();

const shell = (command: string): ToolCall => ({ tool: 'run_command', args: { command, cwd: '.' } });
const create = (path: string, content: string): ToolCall => ({ tool: 'create_file', args: { path, content } });
const text = (thread: { tree: string }, path: string) => readFile(join(thread.tree, path), 'utf8');

describe('a revert', () => {
  it('takes the files back, parks what was changed by hand, and can itself be taken back', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n'), create('a.txt', 'two\n'), create('b.txt', 'two\n')]));
    await thread.work();
    await writeFile(join(thread.tree, 'mine.txt'), 'by hand\n');
    const preview = await revertThread(bench.context, { threadId: thread.threadId, checkpointId: '1', scope: 'code', dryRun: true });
    expect(preview).toMatchObject({ reverted: false, changes: { fileCount: 2, deletedCount: 1 } });
    expect((await readdir(thread.tree)).sort()).toEqual(['a.txt', 'b.txt', 'mine.txt']);

    const done = await revertThread(bench.context, { threadId: thread.threadId, checkpointId: '1', scope: 'code' });
    expect(done).toMatchObject({ reverted: true, parked: { fileCount: 1 } });
    expect(await readdir(thread.tree)).toEqual(['a.txt']);
    expect(await text(thread, 'a.txt')).toBe('one\n');
    const { seq } = await thread.state();
    expect(await revertThread(bench.context, { threadId: thread.threadId, checkpointId: '1', scope: 'code' })).toMatchObject({
      reverted: true,
    });
    expect((await thread.state()).seq).toBe(seq);

    const parked = (await thread.state()).checkpoints.findLast((checkpoint) => checkpoint.kind === 'parked');
    await revertThread(bench.context, { threadId: thread.threadId, checkpointId: parked?.checkpointId ?? '', scope: 'code' });
    expect((await readdir(thread.tree)).sort()).toEqual(['a.txt', 'b.txt', 'mine.txt']);
    expect(await text(thread, 'a.txt')).toBe('two\n');
  });

  it('refuses one that was confirmed on an older preview', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n')]));
    const expectedCurrent = (await thread.state()).currentCheckpointId ?? '';
    await thread.work();
    const late = revertThread(bench.context, { threadId: thread.threadId, checkpointId: '0', scope: 'both', expectedCurrent });
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
    expect(await readdir(thread.tree)).toEqual(['a.txt']);
  });

  it('is done once when two devices confirm the same preview', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', '1\n'), create('a.txt', '2\n'), create('a.txt', '3\n')]));
    await thread.work();
    const expectedCurrent = (await thread.state()).currentCheckpointId ?? '';
    const confirm = (checkpointId: string) =>
      revertThread(bench.context, { threadId: thread.threadId, checkpointId, scope: 'code', expectedCurrent });
    const both = await Promise.allSettled([confirm('1'), confirm('2')]);
    const done = both.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(done).toHaveLength(1);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
    expect(await text(thread, 'a.txt')).toBe(`${both[0]?.status === 'fulfilled' ? 1 : 2}\n`);
  });

  it('is done once when it is sent again, at once or later, which would undo one of the conversation alone', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', '1\n'), create('a.txt', '2\n')]));
    await thread.work();
    const current = (await thread.state()).currentCheckpointId ?? '';
    const asked = { threadId: thread.threadId, checkpointId: current, scope: 'conversation', requestId: 'rq-revert-001' } as const;
    const both = await Promise.all([revertThread(bench.context, asked), revertThread(bench.context, asked)]);
    expect(both).toMatchObject([{ reverted: true }, { reverted: true, currentCheckpointId: current }]);
    const { seq } = await thread.state();
    await revertThread(bench.context, asked);
    expect(await thread.state()).toMatchObject({ seq, lastRevert: { seq, scope: 'conversation' } });

    const code = { ...asked, checkpointId: '1', scope: 'code', expectedCurrent: current, requestId: 'rq-revert-002' } as const;
    const [first] = await Promise.all([revertThread(bench.context, code), revertThread(bench.context, code)]);
    expect(await revertThread(bench.context, code)).toEqual(first);
    await expect(revertThread(bench.context, { ...code, requestId: 'rq-revert-003' })).rejects.toMatchObject({ code: 'conflict' });
    const { runId } = await postMessage(bench.context, { threadId: thread.threadId, text: 'Go on' });
    await revertThread(bench.context, code);
    expect((await thread.state()).run).toMatchObject({ runId, status: 'queued' });
    await expect(
      revertThread(bench.context, { ...code, threadId: (await bench.open(stepAgent([]))).threadId, checkpointId: '0' }),
    ).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('leaves the tree to others when it loses the thread on the way, and the next one finishes it', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', '1\n'), create('a.txt', '2\n')]));
    await thread.work();
    const { database, ledger } = bench.context;
    const lost = Promise.withResolvers<void>();
    const openSession: typeof database.openSession = (onClose) =>
      database.openSession(() => {
        onClose();
        lost.resolve();
      });
    const command: typeof ledger.command = async (...args) => {
      const result = await ledger.command(...args);
      await database.sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'
        and database = (select oid from pg_database where datname = current_database())`;
      await lost.promise;
      return result;
    };
    const context = { ...bench.context, database: { ...database, openSession }, ledger: { ...ledger, command } };
    await expect(revertThread(context, { threadId: thread.threadId, checkpointId: '1', scope: 'code' })).rejects.toThrow('lock');
    expect(await text(thread, 'a.txt')).toBe('2\n');
    await settleTree(bench.context, { threadId: thread.threadId, kind: 'person' });
    expect(await text(thread, 'a.txt')).toBe('1\n');
  });

  it('to a number goes to the checkpoint of that number, whatever another one is called', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', '1\n'), create('a.txt', '2\n')]));
    await thread.work();
    const checkpointId = (await thread.state()).currentCheckpointId ?? '';
    await nameCheckpoint(bench.context, { threadId: thread.threadId, checkpointId, name: '1' });
    await revertThread(bench.context, { threadId: thread.threadId, checkpointId: '1', scope: 'code' });
    expect(await text(thread, 'a.txt')).toBe('1\n');
  });

  it('lists what reached outside and stays done', async () => {
    const thread = await bench.open(stepAgent([shell('curl -sS -m 1 http://example.invalid || touch tried')]));
    await thread.work();
    const [approval] = openApprovals(await thread.state());
    await answerApproval(bench.context, { approvalId: approval?.approvalId ?? '', decision: 'approve' });
    await thread.work();
    const preview = await revertThread(bench.context, { threadId: thread.threadId, checkpointId: '0', scope: 'both', dryRun: true });
    expect(preview.cannotUndo).toEqual(['Ran with the network open: curl -sS -m 1 http://example.invalid || touch tried.']);
  });

  it('leaves alone and names what no checkpoint holds, also after going back to before it was there', async () => {
    const install = 'mkdir node_modules; head -c 30000000 /dev/urandom > node_modules/big.bin; echo 1 > package.json';
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n'), shell(install)]));
    await thread.work();
    const { checkpoints } = await thread.state();
    expect(checkpoints.at(-1)?.changes).toMatchObject({ fileCount: 1, leftOut: [{ path: 'node_modules', reason: 'dependency-folder' }] });
    const preview = await revertThread(bench.context, { threadId: thread.threadId, checkpointId: '1', scope: 'code', dryRun: true });
    expect(preview.changes.leftOut).toMatchObject([{ path: 'node_modules' }]);
    await revertThread(bench.context, { threadId: thread.threadId, checkpointId: '1', scope: 'code' });
    await revertThread(bench.context, { threadId: thread.threadId, checkpointId: '2', scope: 'code' });
    expect((await readdir(thread.tree)).sort()).toEqual(['a.txt', 'node_modules', 'package.json']);
    expect((await thread.state()).checkpoints.map((checkpoint) => checkpoint.kind)).toEqual(['base', 'step', 'step']);
  });

  it('of the conversation hides what came after the checkpoint and leaves the files', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n')]));
    await thread.work();
    const before = await thread.state();
    await revertThread(bench.context, { threadId: thread.threadId, checkpointId: '0', scope: 'conversation' });
    const state = await thread.state();
    expect(state.hidden).toHaveLength(1);
    expect(await readdir(thread.tree)).toEqual(['a.txt']);
    expect(visibleItems(state).some((item) => item.kind === 'run-ended')).toBe(false);
    await revertThread(bench.context, { threadId: thread.threadId, checkpointId: '1', scope: 'conversation' });
    expect(visibleItems(await thread.state()).map((item) => item.kind)).toEqual([
      ...visibleItems(before).map((item) => item.kind),
      'revert',
    ]);
  });
});
