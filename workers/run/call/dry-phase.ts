import type { ActiveRun } from '#lib/core/state.ts';

/** A dry run carries out the whole plan in one overlay, shows all of its effect, and keeps or drops it as a whole. */
export function isDryPhase(run: ActiveRun): boolean {
  return run.dryRun && !run.approvals.some((approval) => approval.kind === 'plan' && approval.answer?.decision === 'approve');
}

/** Names the overlay of a dry run. */
export function dryRunId(runId: string): string {
  return `dry-${runId}`;
}
