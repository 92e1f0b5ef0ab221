import { isOpenStep, type RunState } from '#lib/core/state.ts';
import type { AgentMove } from '../agent.ts';
import { type Answer, messagesOf, textOf } from './context/conversation.ts';

/** The moves after the model's last word: no step stays open, what failed is asked about once, and its words sum up the run. */
export function endRun(run: RunState, last: Answer): AgentMove {
  const open = run.steps.find(isOpenStep);
  if (open) return { type: 'finish-step', stepId: open.step_id, status: 'skipped', note: 'The agent ended without it.' };
  const failed = run.steps.find(({ status }) => status === 'failed');
  const asked = run.approvals.some(({ kind }) => kind === 'recovery');
  if (failed && !asked) {
    const why = failed.note ? ` (${failed.note})` : '';
    return {
      type: 'ask',
      stepId: failed.step_id,
      question: `"${failed.title}" failed${why}, and no other way was found. Try again? Reject ends the run.`,
    };
  }
  const summary = textOf(messagesOf(last)) || 'Done.';
  const nothingDone = failed && run.steps.every(({ status }) => status !== 'done');
  return nothingDone ? { type: 'fail', error: summary } : { type: 'complete', summary };
}
