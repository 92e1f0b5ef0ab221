import type { CallState, RunState, StepState } from '#lib/core/state.ts';
import { circleOf, recentCalls, roundsBeforeAsk } from '../circle-of.ts';
import type { Answer } from './context/conversation.ts';

/** What stands in the way: `nudge` is told to the model, `ask` is asked of the person. */
export type Trouble = { nudge?: string; ask?: { question: string; stepId?: string } };

const roundsBeforeNudge = 3;
const failuresBeforeNudge = 3;
const failuresBeforeAsk = 6;
const idleBeforeAsk = 5;

/** Whether the agent goes round in circles. Each "try again" of a person allows as much again before they are asked the next time. */
export function troubleOf(run: RunState, answers: readonly Answer[], step: StepState | undefined): Trouble {
  const permits = run.approvals.filter(({ kind, answer }) => kind === 'recovery' && answer?.decision === 'approve').length + 1;
  const ask = (question: string): Trouble => ({ ask: { question, stepId: step?.step_id } });
  const calls = run.calls.filter(({ result }) => result).slice(-recentCalls * permits);
  const { length, rounds } = circleOf(calls);
  const circle = length === 1 ? `the same call ${rounds} times` : `the same ${length} calls ${rounds} times over`;
  if (rounds >= roundsBeforeAsk * permits) return ask(`The agent made ${circle}, with the same result. Let it go on?`);
  const failures = calls.length - 1 - calls.findLastIndex(({ result }) => !isFailure(result));
  if (failures >= failuresBeforeAsk * permits)
    return ask(`${failures} calls in a row did not go through${step ? ` in "${step.title}"` : ''}. Let the agent try on?`);
  const idle = answers.length - 1 - answers.findLastIndex(({ data }) => data.calls.length > 0);
  if (idle >= idleBeforeAsk * permits)
    return ask(`The model gave ${idle} answers in a row without a call that could be run. Let it try on?`);
  if (rounds === roundsBeforeNudge)
    return { nudge: `You made ${circle}, and the result was always the same. Do something else, or end and say what is in the way.` };
  if (failures === failuresBeforeNudge)
    return {
      nudge: `${failures} calls in a row did not go through. Find out why before you try again, or change the plan with update_plan.`,
    };
  return {};
}

function isFailure(result: CallState['result']): boolean {
  return result?.status === 'failed' || result?.status === 'timed-out' || result?.status === 'denied';
}
