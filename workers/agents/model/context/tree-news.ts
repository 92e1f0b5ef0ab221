import type { HistoryEvent } from '#lib/threads/read-history.ts';
import { treeChanges } from '#workers/agents/tree-changes.ts';
import { answersOf } from './conversation.ts';

/** What became of the files without the model since it spoke last, in any run. */
export function treeNews(history: readonly HistoryEvent[]): string[] {
  const answers = answersOf(history);
  const last = answers.at(-1);
  if (!last) return [];
  const runs = new Set(answers.map(({ runId }) => runId));
  const calls = new Set(answers.flatMap(({ data }) => data.calls.map(({ callId }) => callId)));
  return treeChanges(
    history.filter(({ seq }) => seq > last.seq),
    ({ runId, data: { kind, callId } }) => kind === 'step' && runs.has(runId) && (!callId || calls.has(callId)),
  );
}
