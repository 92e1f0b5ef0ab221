import { type CallState, isOpenStep, type RunState, type StepState } from '#lib/core/state.ts';

/** What stands between a step and its next call. `debts`: times that a person must have said "try again" for it to go on. */
export type StepProgress = {
  succeeded: CallState[];
  last: CallState | undefined;
  debts: number;
  permits: number;
  givenUp: boolean;
  attempts: number;
};

const retries = 1;

/** How far a step has come, from the calls and the approvals of the run alone. */
export function progressOf(run: RunState, stepId: string): StepProgress {
  const calls = run.calls.filter((call) => call.stepId === stepId && call.result);
  const status = (wanted: string) => calls.filter(({ result }) => result?.status === wanted);
  const failures = status('failed').length + status('timed-out').length;
  const interruptedOutside = status('interrupted').filter(({ network }) => network).length;
  const changedByPerson = status('rejected').length;
  const recoveries = run.approvals.filter((approval) => approval.kind === 'recovery' && approval.stepId === stepId && approval.answer);
  return {
    succeeded: status('succeeded'),
    last: calls.at(-1),
    debts: Math.max(0, failures - retries) + interruptedOutside + changedByPerson,
    permits: recoveries.filter(({ answer }) => answer?.decision === 'approve').length,
    givenUp: recoveries.some(({ answer }) => answer?.decision === 'reject'),
    attempts: calls.length,
  };
}

/** Whether a person said no to this call, and did not ask for something else instead. */
export function wasRefused(run: RunState, call: CallState): boolean {
  const approval = run.approvals.findLast(({ callId }) => callId === call.callId);
  return call.result?.status === 'rejected' && approval?.answer?.decision !== 'modify';
}

/** The first step that is not finished and whose turn it is, with the step that it cannot go without when that one was not done. */
export function currentStep(run: RunState): { step: StepState; blockedBy?: StepState } | null {
  const byId = new Map(run.steps.map((step) => [step.step_id, step]));
  const open = run.steps.filter(isOpenStep);
  for (const step of open) {
    const before = step.depends_on.flatMap((id) => byId.get(id) ?? []);
    const blockedBy = before.find(({ status }) => status === 'failed' || status === 'skipped');
    if (blockedBy) return { step, blockedBy };
    if (before.every(({ status }) => status === 'done')) return { step };
  }
  return open[0] ? { step: open[0] } : null;
}
