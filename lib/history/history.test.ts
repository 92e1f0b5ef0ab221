import { describe, expect, it } from 'vitest';
import { listCheckpoints } from '#lib/checkpoints/list-checkpoints.ts';
import { nameCheckpoint } from '#lib/checkpoints/name-checkpoint.ts';
import { formatComment } from '#lib/core/comment.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { listTree } from '#lib/map/list-tree.ts';
import { readSymbols } from '#lib/map/read-symbols.ts';
import { createThread } from '#lib/threads/create-thread.ts';
import { revertThread } from '#lib/threads/revert/revert-thread.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { testWorker } from '#tests/test-worker.ts';
import { listEventSeqs } from './list-event-seqs.ts';
import { openTimeline } from './open-timeline.ts';
import { readThreadGraph } from './read-thread-graph.ts';

const bench = await testWorker();
const { context } = bench;
const create = (path: string, content: string): ToolCall => ({ tool: 'create_file', args: { path, content } });

describe('the history of a thread', () => {
  it('says what each checkpoint stands on, over reverts, with its runs and the threads that began there', async () => {
    const goal = formatComment({ place: null, quote: 'long ago '.repeat(60), words: 'Write two files.' });
    const { threadId, work } = await bench.open(stepAgent([create('a.ts', 'export const a = 1;\n'), create('b.ts', 'function b() {}\n')]), {
      goal,
    });
    await work();
    const state = await context.ledger.load(threadId);
    const [, first, second] = state.checkpoints;
    await nameCheckpoint(context, { threadId, checkpointId: first?.checkpointId ?? '', name: 'Good' });
    const { threadId: branchId } = await createThread(context, { goal: 'Go on elsewhere', projectId: state.projectId });
    await revertThread(context, { threadId, checkpointId: '1', scope: 'code' });
    await revertThread(context, { threadId, checkpointId: '0', scope: 'conversation' });

    const graph = await readThreadGraph(context, { threadId });
    expect(graph).toMatchObject({ current: first?.checkpointId, origin: null, hasOlder: false });
    expect(graph.checkpoints.map(({ number, parentId, name, paths }) => [number, parentId, name, paths])).toEqual([
      [2, first?.checkpointId, undefined, ['b.ts']],
      [1, state.checkpoints[0]?.checkpointId, 'Good', ['a.ts']],
      [0, null, undefined, []],
    ]);
    expect(graph.reverts.map(({ scope, checkpointId }) => [scope, checkpointId])).toEqual([
      ['conversation', state.checkpoints[0]?.checkpointId],
      ['code', first?.checkpointId],
    ]);
    expect(graph.runs).toMatchObject([{ status: 'completed', extent: 'whole', runId: state.run?.runId, goal: 'Write two files.' }]);
    expect(graph.branches).toMatchObject([{ threadId: branchId, checkpointId: second?.checkpointId, checkpoints: 0 }]);
    expect((await readThreadGraph(context, { threadId: branchId })).origin).toMatchObject({ threadId, number: 2 });

    const newest = await readThreadGraph(context, { threadId, limit: 1 });
    expect(newest).toMatchObject({ hasOlder: true, checkpoints: [{ number: 2, parentId: first?.checkpointId }] });
    const older = await readThreadGraph(context, { threadId, before: newest.checkpoints[0]?.seq });
    expect(older.checkpoints.map(({ number }) => number)).toEqual([1, 0]);
    expect((await readThreadGraph(context, { threadId, after: newest.checkpoints[0]?.seq })).checkpoints).toEqual([]);
    expect((await listCheckpoints(context, { threadId, before: 2, limit: 1 })).checkpoints).toMatchObject([{ number: 1 }]);
  });

  it('says of a run how much of its plan it did', async () => {
    const { threadId, work } = await bench.open(stepAgent([create('a.ts', ''), { tool: 'read_file', args: { path: 'none.ts' } }]));
    await work();
    expect((await readThreadGraph(context, { threadId })).runs).toMatchObject([{ status: 'completed', extent: 'part' }]);
  });

  it('opens a timeline at its end, at an event, and through a filter', async () => {
    const { threadId, work } = await bench.open(stepAgent([create('a.ts', 'let zebra;\n')]));
    await work();
    const { seq, run } = await context.ledger.load(threadId);
    const end = await openTimeline(context, { threadId, filter: {}, at: null, pageSize: 4 });
    expect(end).toMatchObject({ seqs: null, through: seq, agents: expect.any(Array), runs: [{ runId: run?.runId }] });
    expect(end.first.at(-1)?.seq).toBe(seq);
    expect((await openTimeline(context, { threadId, filter: {}, at: 2, pageSize: 4 })).first.map((event) => event.seq)).toContain(2);
    const { seqs, through } = await listEventSeqs(context, { threadId, text: 'ZEBRA' });
    expect(through).toBe(seq);
    const found = await openTimeline(context, { threadId, filter: { text: 'ZEBRA' }, at: null, pageSize: 4 });
    expect([found.seqs, found.first.map((event) => event.type)]).toEqual([seqs, ['plan.proposed', 'tool.proposed']]);
    expect((await openTimeline(context, { threadId, filter: { text: 'nobody' }, at: 9, pageSize: 4 })).first).toEqual([]);
  });

  it('lists the tree with what changed, and what a file declares', async () => {
    const { threadId, work } = await bench.open(stepAgent([create('src/a.ts', 'export function zero() {}\n'), create('b.md', '# B\n')]));
    await work();
    expect(await listTree(context, { threadId })).toMatchObject({
      total: 2,
      files: ['b.md', 'src/a.ts'],
      changed: [{ path: 'b.md' }, { path: 'src/a.ts' }],
    });
    expect((await listTree(context, { threadId, since: 'before' })).changed.map(({ path, status }) => [path, status])).toEqual([
      ['b.md', 'added'],
    ]);
    expect((await listTree(context, { threadId, at: '1' })).files).toEqual(['src/a.ts']);
    expect(await readSymbols(context, { threadId, path: 'src/a.ts' })).toMatchObject({ known: true, symbols: [{ name: 'zero', line: 1 }] });
  });

  it('rejects a thread of another workspace', async () => {
    const { threadId } = await bench.open(stepAgent([]));
    const stranger = { ...context, actor: { ...context.actor, workspaceId: 'ws_other' } } as typeof context;
    const input = { threadId, filter: {}, at: null, pageSize: 4, path: 'a.ts' };
    for (const verb of [readThreadGraph, openTimeline, listEventSeqs, listTree, readSymbols])
      await expect(verb(stranger, input as never)).rejects.toBeInstanceOf(DomainError);
  });
});
