import { keepsPart } from '#lib/core/keep-part.ts';
import type { CallState, RunExtent, RunState } from '#lib/core/state.ts';

type Worked = Pick<RunState, 'steps' | 'calls' | 'approvals' | 'isLeftOut'>;

/**
 * A run that ended well may have done less than its plan, and what came of it last, of a turn or of a call, may have been dropped, all or in part. Not every
 * agent says how far its plan is: one that acted is believed.
 */
export function extentOfRun(run: Worked): RunExtent {
  const { steps, calls, approvals, isLeftOut = false } = run;
  const turns = approvals.flatMap(({ kind, answer }) => (kind === 'turn' && answer ? [answer.decision] : []));
  if (turns.at(-1) === 'reject') return turns.includes('approve') ? 'part' : 'nothing';
  const done = steps.filter(({ status }) => status === 'done').length;
  const isUntold = calls.length > 0 && steps.every(({ status }) => status === 'pending');
  if (isUntold && isDropped(run)) return calls.some(didSomething) ? 'part' : 'nothing';
  if (done === steps.length || isUntold) return isLeftOut || isKeptInPart(approvals) ? 'part' : 'whole';
  return done === 0 && !calls.some(didSomething) ? 'nothing' : 'part';
}

/** What a call made, and whoever was asked wanted otherwise or not at all; what was done after it counts instead. */
function isDropped({ approvals, calls }: Worked): boolean {
  const last = approvals.findLast(({ kind, answer }) => kind === 'effect' && answer);
  if (!last?.answer || last.answer.decision === 'approve') return false;
  return !calls.slice(calls.findIndex(({ callId }) => callId === last.callId) + 1).some(didSomething);
}

/** Of a call that was asked for again the last answer counts. */
function isKeptInPart(approvals: RunState['approvals']): boolean {
  return [...new Map(approvals.map((approval) => [approval.callId ?? approval.approvalId, approval])).values()].some(keepsPart);
}

/** A change that was kept, or a command that ran: an agent may end without a word about its steps. */
function didSomething({ call, result, checkpointId }: CallState): boolean {
  return checkpointId !== undefined || (call.tool === 'run_command' && result?.status === 'succeeded');
}
