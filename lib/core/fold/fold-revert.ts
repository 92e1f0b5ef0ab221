import type { EventData, RevertScope } from '#lib/core/event.ts';
import { type CheckpointState, isHidden, type SeqRange, type StepMark, type StepState, type ThreadState } from '#lib/core/state.ts';
import { replacePlans } from './replace-plans.ts';

/** What `revert` decides on: the hidden ranges of the conversation from then on. */
export function hiddenAfterRevert(state: ThreadState, target: CheckpointState, scope: RevertScope): SeqRange[] {
  const { seq, hidden, lastRevert } = state;
  const undone = lastRevert?.fromCheckpointId === target.checkpointId ? lastRevert : null;
  // The card of what is undone goes, so that one card is left to tell of both.
  const cards: SeqRange[] = undone?.scope === scope ? [undone.seq, ...undone.undoes].map((card) => [card, card]) : [];
  if (scope === 'code') return [...hidden, ...cards];
  // Going back to where the newest revert came from undoes it: what stood in the conversation just before it stands there again.
  const [before, from] = undone ? [undone.hiddenBefore, undone.seq + 1] : [target.hidden, target.seq + 1];
  return [...before, ...cards, ...(from > seq ? [] : [[from, seq] satisfies SeqRange])];
}

/** The newest revert, as the next one sees it. */
export function foldLastRevert(
  { lastRevert, hidden }: ThreadState,
  seq: number,
  { checkpointId, fromCheckpointId, scope }: EventData<'thread.reverted'>,
): NonNullable<ThreadState['lastRevert']> {
  const undone = lastRevert?.fromCheckpointId === checkpointId && lastRevert.scope === scope ? lastRevert : null;
  const undoes = undone ? [undone.seq, ...undone.undoes] : [];
  return { seq, scope, fromCheckpointId, hiddenBefore: hidden, undoes };
}

/** Plans as far as they had come at what the conversation holds now. Only for a thread that no run works in. */
export function takeBackSteps(next: ThreadState): void {
  const { run, hidden } = next;
  const newest = next.items.findLast((item) => item.kind === 'plan' && item.runId === run?.runId);
  const items = next.items.map((item) => {
    if (item.kind !== 'plan') return item;
    const known = item === newest && run ? run.steps : item.steps;
    return { ...item, steps: known.map((step) => stepAt(step, hidden)) };
  });
  next.items = replacePlans(items, hidden);
  if (!run) return;
  const shown = next.items.findLast((item) => item.kind === 'plan' && item.runId === run.runId && !isHidden(hidden, item.seq));
  next.run = { ...run, steps: shown?.kind === 'plan' ? shown.steps : run.steps.map((step) => stepAt(step, hidden)) };
}

function stepAt(step: StepState, hidden: SeqRange[]): StepState {
  const index = step.marks.findLastIndex(({ seq }) => !isHidden(hidden, seq));
  const { status, note } = markThatHolds(step.marks, index);
  return { ...step, status, note };
}

/** Of a step in work nothing was taken back when its end came next; else it is open again, as nobody works on it. */
function markThatHolds(marks: StepMark[], index: number): Pick<StepMark, 'status' | 'note'> {
  const [mark, following] = [marks[index], marks[index + 1]];
  if (mark && mark.status !== 'running') return mark;
  return mark && following && following.status !== 'running' ? following : { status: 'pending', note: '' };
}
