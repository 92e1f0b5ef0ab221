import type { StepState } from '#lib/core/state.ts';
import type { ToolResult } from '#lib/core/tool.ts';
import { excerpt } from '#lib/core/words/excerpt.ts';
import type { AgentMove, AgentView } from '../agent.ts';
import { describeCall } from './actionizer/describe-call.ts';
import { planCalls } from './actionizer/plan-calls.ts';
import { inlineCode, showResult } from './actionizer/show-result.ts';
import { readTask } from './actionizer/task.ts';
import { askAboutStep } from './ask-about-step.ts';
import { partNotUnderstood } from './help-text.ts';
import { progressOf, wasRefused } from './next-step.ts';

const interruptionLimit = 5;

/** The next move for a step: its next call, another try, a question, or its end. */
export async function workOnStep(view: AgentView, step: StepState): Promise<AgentMove> {
  const stepId = step.step_id;
  const finish = (status: 'done' | 'failed' | 'skipped', note: string, message?: string): AgentMove => ({
    type: 'finish-step',
    stepId,
    status,
    note,
    message,
  });
  const task = readTask(step.notes);
  if (!task) return finish('failed', 'The notes of this step cannot be read.');
  if (task.do === 'answer') return finish('skipped', 'No rule covers this.', partNotUnderstood(inlineCode(task.text)));

  const { last, succeeded, debts, permits, givenUp, attempts } = progressOf(view.run, stepId);
  if (last?.result && last.result.status !== 'succeeded') {
    const { result } = last;
    if (wasRefused(view.run, last)) return finish('skipped', 'It was rejected.');
    if (givenUp && result.status === 'rejected') return finish('skipped', 'Something else was asked for.');
    if (givenUp) return finish('failed', whyFailed(result), showResult(last.call, result));
    if (result.status === 'denied' || result.status === 'cancelled') return finish('failed', whyFailed(result));
    if (last.call.tool !== 'run_command' && namesWhatIsAbsent(result)) return finish('failed', textOf(result), textOf(result));
    if (attempts - succeeded.length > interruptionLimit + 3 * (permits + 1)) return finish('failed', 'It was cut off again and again.');
    if (debts > permits) return askAboutStep(stepId, questionAbout(step, result, last.network));
  }

  const planned = await planCalls(task, view.project);
  if ('impossible' in planned)
    return succeeded.length > 0 ? finish('done', 'Done') : finish('failed', planned.impossible, planned.impossible);
  const call = task.do === 'replace-everywhere' ? planned.calls[0] : planned.calls[succeeded.length];
  if (!call) {
    const shown = planned.show ? succeeded.flatMap(({ call: made, result }) => (result ? [showResult(made, result)] : [])) : [];
    return finish('done', noteOf(succeeded.length), shown.length > 0 ? shown.join('\n\n') : undefined);
  }
  return { type: 'call', stepId, call, explanation: describeCall(call), confidence: step.confidence };
}

function noteOf(calls: number): string {
  return calls === 1 ? 'Done' : `Done in ${calls} calls`;
}

/** A file that is not there is not there the next time either, so nobody need be asked. */
function namesWhatIsAbsent(result: ToolResult): boolean {
  return result.status === 'failed' && /^There is no \S[^\n]*$/.test(textOf(result));
}

function textOf(result: ToolResult): string {
  return result.error ?? (result.stderr.trim() || result.stdout.trim());
}

/** The reason of a failure on one line. */
export function whyFailed(result: ToolResult): string {
  const text = textOf(result);
  const last = text.split('\n').findLast((candidate) => candidate.trim() !== '') ?? '';
  const line = excerpt(last.trim(), 300).replaceAll('\n', ' ');
  const code = result.returncode ? `Exit code ${result.returncode}` : '';
  return [code, line].filter(Boolean).join(': ') || result.status;
}

function questionAbout(step: StepState, result: ToolResult, network: boolean): string {
  if (result.status === 'interrupted' && network)
    return `“${step.title}” was cut off while it could reach outside, so part of it may have happened. Try it again?`;
  if (result.status === 'rejected') return `I did not understand what to do instead of “${step.title}”. Do it as it was planned?`;
  return `“${step.title}” failed twice (${whyFailed(result)}). Try it again?`;
}
