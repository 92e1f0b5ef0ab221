import { describe, expect, it } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { diffThread } from '#lib/checkpoints/diff-thread.ts';
import { openApprovals } from '#lib/core/state.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { checkpointRef, listHiddenRefs, parkedRef, proposalRef, setRefs, threadBranch } from '#lib/git/store/refs.ts';
import { lockThread } from '#lib/threads/lock-thread.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { testWorker } from '#tests/test-worker.ts';
import { lockStore } from './lock-store.ts';
import { tidyProject } from './tidy-project.ts';

const bench = await testWorker();
const { database } = bench.context;
const create: ToolCall = { tool: 'create_file', args: { path: 'a.txt', content: 'one\n' } };
const remove: ToolCall = { tool: 'run_command', args: { command: 'rm a.txt', cwd: '.' } };

const tidy = (projectId: string) => tidyProject(bench.context, { projectId, stop: new AbortController().signal });

/** A thread that asks before it removes a file, in the project of `like`. */
async function asking(like?: { projectId: string }) {
  const thread = await bench.open(stepAgent([create, remove]), like && { projectId: like.projectId });
  await thread.work();
  const [approval] = openApprovals(await thread.state());
  const approvalId = approval?.approvalId ?? '';
  return { ...thread, approvalId, commit: approval?.action.effect?.commit ?? '', proposal: proposalRef(thread.threadId, approvalId) };
}

async function end(thread: Awaited<ReturnType<typeof asking>>, daysAgo: number) {
  await answerApproval(bench.context, { approvalId: thread.approvalId, decision: 'reject' });
  await thread.work();
  await database.sql`update runs set updated_at = now() - make_interval(days => ${daysAgo}) where id = ${thread.runId}`;
}

describe('housekeeping in a project', () => {
  it('lets go of the proposals of runs that ended a week ago, and of nothing that anybody may still want', async () => {
    const open = await asking();
    const [ended, recent] = [await asking(open), await asking(open)];
    await end(ended, 8);
    await end(recent, 6);
    const store = bench.home.store(open.projectId);
    const parked = parkedRef(ended.threadId, 'ca_1');
    const orphan = proposalRef(ended.threadId, 'ap_never_named');
    // A crash came between a checkpoint and its refs.
    const made = (await ended.state()).checkpoints.at(-1);
    const lost = checkpointRef(ended.threadId, made?.number ?? -1);
    await setRefs({ store, refs: { [parked]: ended.commit, [orphan]: recent.commit, [lost]: null, [threadBranch(ended.threadId)]: null } });

    expect(await tidy(open.projectId)).toBe(true);
    const refs = new Map((await listHiddenRefs(store)).map(({ ref, commit }) => [ref, commit]));
    expect([...refs.keys()]).toEqual(expect.arrayContaining([open.proposal, recent.proposal, parked, orphan]));
    expect(refs.has(ended.proposal)).toBe(false);
    expect(refs.get(lost)).toBe(made?.commit);
    expect(await diffThread(bench.context, { threadId: open.threadId, to: open.approvalId })).toContain('deleted file');
  });

  it('waits until no thread of the project is in somebody’s hands, and gives way at once', async () => {
    const { threadId, projectId } = await asking();
    const held = await lockThread(database, threadId, 1_000);
    expect(await tidy(projectId)).toBe(false);
    await held?.release();
    const tidying = await lockStore(database, projectId);
    const wanting = lockThread(database, threadId, 10_000);
    await expect.poll(() => tidying?.signal.aborted).toBe(true);
    await tidying?.release();
    await (await wanting)?.release();
    expect(await tidy(projectId)).toBe(true);
  });
});
