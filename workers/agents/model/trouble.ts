import { isDeepStrictEqual } from 'node:util';
import type { CallState, RunState, StepState } from '#lib/core/state.ts';
import type { Answer } from './context/conversation.ts';

/** What stands in the way: `nudge` is told to the model, `ask` is asked of the person. */
export type Trouble = { nudge?: string; ask?: { question: string; stepId?: string } };

const recentCalls = 20;
const sameBeforeNudge = 3;
const sameBeforeAsk = 5;
const failuresBeforeNudge = 3;
const failuresBeforeAsk = 6;
const idleBeforeAsk = 5;

/** Whether the agent goes round in circles. Each "try again" of a person allows as much again before they are asked the next time. */
export function troubleOf(run: RunState, answers: readonly Answer[], step: StepState | undefined): Trouble {
  const permits = run.approvals.filter(({ kind, answer }) => kind === 'recovery' && answer?.decision === 'approve').length + 1;
  const stepId = step?.step_id;
  const calls = run.calls.filter(({ result }) => result).slice(-recentCalls);
  const last = calls.at(-1);
  const same = last ? calls.filter((call) => isSame(call, last)).length : 0;
  if (same >= sameBeforeAsk * permits)
    return { ask: { question: `The agent made the same call ${same} times, with the same result. Let it go on?`, stepId } };
  const failures = calls.length - 1 - calls.findLastIndex(({ result }) => !isFailure(result));
  if (failures >= failuresBeforeAsk * permits)
    return { ask: { question: `${failures} calls in a row failed${step ? ` in "${step.title}"` : ''}. Let the agent try on?`, stepId } };
  const idle = answers.length - 1 - answers.findLastIndex(({ data }) => data.calls.length > 0);
  if (idle >= idleBeforeAsk * permits)
    return { ask: { question: `The model gave ${idle} answers in a row without a call that could be run. Let it try on?`, stepId } };
  if (same === sameBeforeNudge)
    return {
      nudge: `You made the same call ${same} times, and its result was always the same. Do something else, or end and say what is in the way.`,
    };
  if (failures === failuresBeforeNudge)
    return { nudge: `${failures} calls in a row failed. Find out why before you try again, or change the plan with update_plan.` };
  return {};
}

function isSame(a: CallState, b: CallState): boolean {
  const end = ({ result }: CallState) => [result?.status, result?.returncode, result?.stdout, result?.stderr, result?.error];
  return isDeepStrictEqual(a.call, b.call) && isDeepStrictEqual(end(a), end(b));
}

function isFailure(result: CallState['result']): boolean {
  return result?.status === 'failed' || result?.status === 'timed-out';
}
