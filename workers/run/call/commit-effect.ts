import type { CallState, CheckpointState } from '#lib/core/state.ts';
import { commitChanges } from '#lib/git/commit/commit-changes.ts';
import { haveSameFiles } from '#lib/git/objects/read-commit.ts';
import { readMarker } from '#lib/git/tree/tree-marker.ts';
import type { RunContext } from '#workers/run/run-context.ts';
import type { Transaction } from '#workers/sandbox/sandbox.ts';

/** What a transaction changed, as a commit that nothing points at yet; null when it changed nothing at all. */
export async function commitEffect(
  context: RunContext,
  projectId: string,
  current: CheckpointState,
  call: Pick<CallState, 'call' | 'explanation'>,
  transaction: Transaction,
) {
  const changes = await transaction.changes();
  if (changes.length === 0) return null;
  const marker = await readMarker(context.home.treeMarker(context.threadId));
  return commitChanges({
    store: context.home.store(projectId),
    parentCommit: current.commit,
    changes,
    message: call.explanation || call.call.tool,
    author: agentAuthor(context),
    at: new Date(),
    leftOutBefore: marker?.leftOut ?? [],
    signal: context.signal,
  });
}

export function agentAuthor({ agent }: RunContext): { name: string; email: string } {
  return { name: agent.description.name, email: `${agent.description.id}@choir.invalid` };
}

/** Whether an overlay that lay open while a person decided still holds what was shown, and nothing else. */
export async function stillHolds(
  context: RunContext,
  projectId: string,
  current: CheckpointState,
  transaction: Transaction,
  commit: string,
): Promise<boolean> {
  try {
    const now = await commitEffect(context, projectId, current, { call: { tool: 'git_diff', args: {} }, explanation: '' }, transaction);
    return await haveSameFiles(context.home.store(projectId), now?.commit ?? current.commit, commit);
  } catch {
    context.signal.throwIfAborted();
    return false;
  }
}
