import type { Effect } from '#lib/core/approval.ts';
import type { ChangeSummary } from '#lib/core/change.ts';
import { keepsPart } from '#lib/core/keep-part.ts';
import type { ApprovalState, CheckpointState } from '#lib/core/state.ts';
import { commitPart } from '#lib/git/commit/commit-part.ts';
import { agentAuthor } from './call/commit-effect.ts';
import { keptWords } from './kept-words.ts';
import type { RunContext, RunSnapshot } from './run-context.ts';

type Chosen = { approval: ApprovalState; effect: Effect; current: CheckpointState; message: string };

/** What a yes keeps of an effect on the current checkpoint, and the words for its receipt. `inPart`: not all that the overlay holds. */
export async function commitChosen(
  context: RunContext,
  { state }: RunSnapshot,
  { approval, effect, current, message }: Chosen,
): Promise<{ commit: string; summary: ChangeSummary; inPart: boolean; outcome: string }> {
  const { keepPaths, dropHunks } = approval.answer ?? {};
  if (!keepsPart(approval)) return { commit: effect.commit, summary: effect.changes, inPart: false, outcome: keptWords(effect.changes) };
  const part = await commitPart({
    store: context.home.store(state.projectId),
    parentCommit: current.commit,
    commit: effect.commit,
    paths: keepPaths,
    dropHunks,
    message,
    author: agentAuthor(context),
    at: new Date(),
  });
  const outcome = keptWords(part.summary, { shown: effect.changes, droppedCount: dropHunks?.length ?? 0 });
  return { ...part, inPart: true, outcome };
}
