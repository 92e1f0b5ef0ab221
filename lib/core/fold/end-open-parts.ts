import type { Make } from '#lib/core/decide/decision.ts';
import type { NewEvent } from '#lib/core/event.ts';
import { openApprovals, type RunState, type ThreadState } from '#lib/core/state.ts';

/** Nothing of an ended run stays open: its approvals are withdrawn, its calls and the step in work finished. */
export function endOpenParts(
  state: ThreadState,
  run: RunState,
  status: 'cancelled' | 'interrupted',
  reason: string,
  make: Make,
): NewEvent[] {
  const withdrawn = openApprovals(state).map(({ approvalId }) => make('approval.withdrawn', { approvalId, reason }, run.runId));
  const finished = run.calls
    .filter((call) => call.status !== 'finished')
    .map(({ callId }) =>
      make(
        'tool.finished',
        { callId, result: { status, stdout: '', stderr: '', returncode: null, error: reason, artifacts: [], duration_ms: 0 } },
        run.runId,
      ),
    );
  const left = run.steps
    .filter((step) => step.status === 'running')
    .map(({ step_id, title }) => make('step.finished', { stepId: step_id, title, status: 'skipped', note: reason }, run.runId));
  return [...withdrawn, ...finished, ...left];
}
