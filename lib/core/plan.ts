import { z } from 'zod';

export const stepKinds = ['inspect', 'edit', 'command', 'scaffold', 'install', 'checkpoint', 'revert', 'answer'] as const;

/** One step of a plan. `depends_on` holds step ids of the same plan; `notes` is what the actionizer needs, in the agent's words. */
export const PlanStep = z.object({
  step_id: z.string().min(1).max(64),
  title: z.string().min(1).max(300),
  kind: z.enum(stepKinds),
  depends_on: z.array(z.string()).max(64).default([]),
  notes: z.string().max(200_000).default(''),
  confidence: z.number().min(0).max(1).optional(),
});
export type PlanStep = z.infer<typeof PlanStep>;

/** Steps that one plan holds. */
export const planLimit = 200;

/** A plan as an event holds it: of too many steps the newest, which depend on nothing that fell out. */
export function fitPlan(steps: PlanStep[]): PlanStep[] {
  if (steps.length <= planLimit) return steps;
  const kept = steps.slice(-planLimit);
  const ids = new Set(kept.map(({ step_id }) => step_id));
  return kept.map((step) => ({ ...step, depends_on: step.depends_on.filter((id) => ids.has(id)) }));
}
