import { isOpenStep, type RunState } from '#lib/core/state.ts';
import type { AgentMove } from '../agent.ts';
import { askToTryOn } from './ask-to-try-on.ts';
import { type Answer, messagesOf, textOf } from './context/conversation.ts';

/** The moves after the model's last word: no step stays open, what failed is asked about once, and its words sum up the run. */
export function endRun(run: RunState, last: Answer): AgentMove {
  const open = run.steps.find(isOpenStep);
  if (open) return { type: 'finish-step', stepId: open.step_id, status: 'skipped', note: 'The agent ended without it.' };
  const failed = run.steps.find(({ status }) => status === 'failed');
  const asked = run.approvals.some(({ kind }) => kind === 'recovery');
  if (failed && !asked) {
    const why = failed.note ? ` (${failed.note})` : '';
    return askToTryOn(`"${failed.title}" failed${why}, and no other way was found. Try again?`, failed.step_id);
  }
  const summary = textOf(messagesOf(last)) || 'Done.';
  const nothingDone = failed && run.steps.every(({ status }) => status !== 'done');
  return nothingDone ? { type: 'fail', error: summary } : { type: 'complete', summary };
}
