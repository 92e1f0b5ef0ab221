import { PlanStep, planLimit } from '#lib/core/plan.ts';
import { isOpenStep, type RunState, type StepState } from '#lib/core/state.ts';
import type { AgentMove } from './agent.ts';
import { readTask } from './rules/actionizer/task.ts';
import type { Reading } from './rules/reasoner/reason.ts';
import { toSteps } from './rules/reasoner/to-steps.ts';

/** Steps whose notes hold no task of the rules are the model's. */
export function isForModel({ notes }: Pick<PlanStep, 'notes'>): boolean {
  return readTask(notes) === null;
}

/**
 * One plan for both: what the rules understand, and between it, each stretch that they do not as a step for the model. Null where the model does
 * better with the whole: when the rules understand less than half, or not every part is known.
 */
export function sharedPlan({ drafts, notUnderstood, problem }: Reading): PlanStep[] | null {
  const unclear = drafts.filter(({ task }) => task.do === 'answer').length;
  if (problem !== undefined || unclear === 0 || unclear !== notUnderstood.length || drafts.length > planLimit) return null;
  if (drafts.length - unclear < unclear) return null;
  const steps: PlanStep[] = [];
  const open: string[] = [];
  for (const [index, step] of toSteps(drafts).entries()) {
    const task = drafts[index]?.task;
    if (task?.do === 'answer') open.push(task.text);
    if (task?.do === 'answer' && drafts[index + 1]?.task.do === 'answer') continue;
    steps.push(task?.do === 'answer' ? forModel(step.step_id, open.splice(0)) : step);
  }
  return steps;
}

function forModel(step_id: string, words: string[]): PlanStep {
  const text = words.join('\n');
  const title = text.replaceAll(/\s+/g, ' ');
  const notes = `Do this part of the goal alone, the others are done without you:\n${text}`;
  return { step_id, title: title.length > 120 ? `${title.slice(0, 117)}...` : title, kind: 'edit', depends_on: [], notes };
}

/** The same plan with all that is to do as steps for the model. */
export function allForModel({ steps }: RunState): PlanStep[] {
  return steps.map((step) => PlanStep.parse(isOpenStep(step) && !isForModel(step) ? { ...step, notes: step.title } : step));
}

/** The run as the model sees it: up to the first step that the rules do. `hidden` is the rest. */
export function partForModel(run: RunState): { run: RunState; hidden: StepState[] } {
  const end = run.steps.findIndex((step) => isOpenStep(step) && !isForModel(step));
  if (end < 0) return { run, hidden: [] };
  const hidden = run.steps.slice(end).filter(isOpenStep);
  return { run: { ...run, steps: run.steps.filter((step) => !hidden.includes(step)) }, hidden };
}

/** A plan that the model changed keeps the steps that it did not see. */
export function withHidden(move: AgentMove, hidden: StepState[]): AgentMove {
  if (hidden.length === 0) return move;
  if (move.type === 'plan') return { ...move, steps: joined(move.steps, hidden) };
  return move.type === 'answer' && move.plan ? { ...move, plan: { ...move.plan, steps: joined(move.plan.steps, hidden) } } : move;
}

/** The model may have given its new steps the names of those that it did not see. */
function joined(steps: PlanStep[], hidden: StepState[]): PlanStep[] {
  const taken = new Set(steps.map(({ step_id }) => step_id));
  const names = new Map(hidden.map(({ step_id: id }) => [id, taken.has(id) ? `rules-${id}`.slice(0, 64) : id]));
  const there = new Set([...taken, ...names.values()]);
  const renamed = hidden.map((step) => {
    const depends_on = step.depends_on.map((id) => names.get(id) ?? id).filter((id) => there.has(id));
    return PlanStep.parse({ ...step, step_id: names.get(step.step_id), depends_on });
  });
  return [...steps, ...renamed];
}
