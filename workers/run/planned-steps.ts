import { PlanStep } from '#lib/core/plan.ts';
import type { RunState } from '#lib/core/state.ts';

/** The steps as they were planned, without how far they are. */
export function plannedSteps(run: RunState): PlanStep[] {
  return run.steps.map((step) => PlanStep.parse(step));
}
