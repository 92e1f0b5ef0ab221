import { z } from 'zod';
import { PlanStep, stepKinds } from '#lib/core/plan.ts';
import { isOpenStep, type RunState, type StepState } from '#lib/core/state.ts';

const stepsLimit = 100;

/** A step as a model writes it. Plain, with every field there: strict schemas know no lengths and no defaults. */
export const WrittenStep = z.object({
  step_id: z.string().describe('short and unique, like s1'),
  title: z.string().describe('what is done, in a few words'),
  kind: z.enum(stepKinds),
  depends_on: z.array(z.string()).describe('step_ids that must be done before'),
  notes: z.string().describe('what whoever does the step must know; may be empty'),
});
export type WrittenStep = z.infer<typeof WrittenStep>;

/** A written step cut to what a plan holds. */
export function toPlanStep({ step_id, title, kind, depends_on, notes }: WrittenStep): PlanStep {
  const id = (text: string) => text.trim().slice(0, 64) || 'step';
  return {
    step_id: id(step_id),
    title: title.trim().slice(0, 300) || id(step_id),
    kind,
    depends_on: depends_on.slice(0, 64).map(id),
    notes: notes.slice(0, 20_000),
  };
}

export const UpdatePlan = z.object({
  finished: z
    .array(
      z.object({
        step_id: z.string(),
        status: z.enum(['done', 'failed', 'skipped']),
        note: z.string().max(2_000).default('').describe('how it ended, in one sentence'),
      }),
    )
    .max(stepsLimit)
    .default([])
    .describe('steps that are over now'),
  replan: z
    .object({ reason: z.string().max(2_000), steps: z.array(WrittenStep).min(1).max(stepsLimit) })
    .optional()
    .describe('replaces all steps that are not over'),
});
export type UpdatePlan = z.infer<typeof UpdatePlan>;

export type FinishedStep = { stepId: string; status: 'done' | 'failed' | 'skipped'; note: string };
export type PlanUpdate = { finished: FinishedStep[]; plan?: { reason: string; steps: PlanStep[] } };

/** What an update comes to, with the sentence that the model hears; or why it cannot be. */
export function readPlanUpdate(
  run: RunState,
  { finished, replan }: UpdatePlan,
): { ok: true; update: PlanUpdate; steps: StepState[]; reply: string } | { ok: false; error: string } {
  const known = new Map(run.steps.map((step) => [step.step_id, step]));
  const unknown = finished.find(({ step_id }) => !known.has(step_id));
  if (unknown)
    return { ok: false, error: `The plan has no step "${unknown.step_id.slice(0, 64)}". Its steps: ${[...known.keys()].join(', ')}` };
  for (const { step_id, status, note } of finished) {
    const step = known.get(step_id);
    if (step) known.set(step_id, { ...step, status, note });
  }
  const update: PlanUpdate = { finished: finished.map(({ step_id, status, note }) => ({ stepId: step_id, status, note })) };
  let steps = [...known.values()];
  if (replan) {
    const over = steps.filter((step) => !isOpenStep(step));
    const written = replan.steps.map(toPlanStep);
    const problem = whyNoPlan(written, new Set(over.map(({ step_id }) => step_id)));
    if (problem) return { ok: false, error: problem };
    update.plan = { reason: replan.reason, steps: [...over.map((step) => PlanStep.parse(step)), ...written] };
    const fresh = written.map((step) => ({
      ...step,
      status: known.get(step.step_id)?.status ?? ('pending' as const),
      note: '',
      attempts: 0,
      marks: [],
    }));
    steps = [...over, ...fresh];
  }
  return { ok: true, update, steps, reply: replyTo(steps, finished.some(({ status }) => status === 'failed') && !replan) };
}

/** Why these steps are no plan: an id twice or already over, or a dependency that is not there or runs in a circle. */
export function whyNoPlan(
  steps: readonly { step_id: string; depends_on: string[] }[],
  over: ReadonlySet<string> = new Set(),
): string | null {
  const before = new Set(over);
  const waiting = [...steps];
  const ids = new Set(steps.map(({ step_id }) => step_id));
  if (ids.size < steps.length) return 'Two steps have the same step_id.';
  const repeated = steps.find(({ step_id }) => over.has(step_id));
  if (repeated) return `The step "${repeated.step_id}" is over: give what is to do again a new step_id.`;
  const missing = steps.flatMap(({ depends_on }) => depends_on).find((id) => !ids.has(id) && !over.has(id));
  if (missing !== undefined) return `A step depends on "${missing.slice(0, 64)}", which is not in the plan.`;
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ depends_on }) => depends_on.every((id) => before.has(id)));
    if (next < 0) return 'The dependencies of the steps run in a circle.';
    before.add(waiting.splice(next, 1)[0]?.step_id ?? '');
  }
  return null;
}

/** The step in work, or the first whose turn it is. */
export function stepInTurn(steps: readonly StepState[]): StepState | undefined {
  const done = new Set(steps.filter(({ status }) => status === 'done').map(({ step_id }) => step_id));
  const open = steps.filter(isOpenStep);
  return (
    open.find(({ status }) => status === 'running') ?? open.find(({ depends_on }) => depends_on.every((id) => done.has(id))) ?? open[0]
  );
}

function replyTo(steps: StepState[], failed: boolean): string {
  const next = stepInTurn(steps);
  const turn = next
    ? `The next step is ${next.step_id}: ${next.title}`
    : 'No step is open: end with a short summary for the person, without calling a tool.';
  return failed ? `Noted. Try another way with replan, or leave it failed when there is none. ${turn}` : `Noted. ${turn}`;
}
