import { NoObjectGeneratedError, Output } from 'ai';
import { z } from 'zod';
import { PlanStep } from '#lib/core/plan.ts';
import { isOpenStep, type RunState } from '#lib/core/state.ts';
import { storable } from '#lib/core/storable.ts';
import type { HistoryEvent } from '#lib/threads/read-history.ts';
import type { AgentMove, AgentView } from '../agent.ts';
import { takePlanWords } from '../edit-plan.ts';
import { callModel, type Thinker } from './call-model.ts';
import { collectContext } from './context/collect-context.ts';
import { plannerInstructions } from './context/instructions.ts';
import { markData } from './context/mark-data.ts';
import { planText } from './context/plan-text.ts';
import { ModelError } from './model-error.ts';
import { toPlanStep, WrittenStep, whyNoPlan } from './update-plan.ts';

const WrittenPlan = z.object({ steps: z.array(WrittenStep) });

/** A plan has at most this many steps. */
const stepsLimit = 50;
const tries = 2;

export type Planning = { view: AgentView; history: readonly HistoryEvent[]; thinker: Thinker };

/** The plan as a move, or null when the goal needs none. Words of the person that came meanwhile are taken into it; a plan in their own words is theirs. */
export async function makePlan(planning: Planning, signal: AbortSignal): Promise<AgentMove | null> {
  const { run, guidance } = planning.view;
  const own = takeOwnPlan(planning.view);
  if (own) return own;
  const written = await writePlan(planning, signal);
  const steps = freshIds(
    written.length > 0 ? written.slice(0, stepsLimit) : run.mode === 'plan' ? [wholeGoal(run.goal)] : [],
    planning.view,
  );
  if (steps.length === 0) return null;
  const reason = run.planRevision === 0 ? '' : 'Changed as you said.';
  return { type: 'plan', reason, steps: [...stepsOver(run), ...steps], takes: guidance.map(({ guidanceId }) => guidanceId) };
}

/** What a person wrote step by step, no model writes anew. A dry run's plan starts over as a whole. */
function takeOwnPlan({ run, guidance: [words, ...more] }: AgentView): AgentMove | null {
  if (!words || more.length > 0 || run.dryRun) return null;
  let number = 0;
  return takePlanWords(run, words, (instruction) => {
    number += 1;
    const step = { step_id: `r${run.planRevision + 1}-${number}`, title: instruction, kind: 'edit' as const, depends_on: [] };
    return [toPlanStep({ ...step, notes: instruction })];
  });
}

/** A model that twice gives no readable plan works without one. */
async function writePlan({ view, history, thinker }: Planning, signal: AbortSignal): Promise<PlanStep[]> {
  const { run, guidance } = view;
  const parts = await collectContext(view, history, { isPlanning: true });
  const before =
    run.steps.length > 0
      ? [`The plan so far, which the person wants changed. Write the steps that are still to do:\n${markData('plan', planText(run.steps))}`]
      : [];
  const words = guidance.map(({ text }) => `The person says: ${text}`);
  const asked = [...parts.map(({ text }) => text), `Goal: ${run.goal}`, ...before, ...words].join('\n\n');
  const request = { ...thinker, instructions: plannerInstructions, output: Output.object({ schema: WrittenPlan }) };
  let content = asked;
  for (let tried = 0; tried < tries; tried += 1) {
    let problem: string | null;
    try {
      const { output } = await callModel({ ...request, messages: [{ role: 'user', content }] }, signal);
      const steps = storable(output.steps).map(toPlanStep);
      problem = whyNoPlan(steps);
      if (problem === null) return steps;
    } catch (error) {
      if (!NoObjectGeneratedError.isInstance(error)) throw error;
      problem = 'It was not the JSON that was asked for.';
    }
    content = `${asked}\n\nYour last plan cannot be used: ${problem} Write it again.`;
  }
  if (run.steps.length > 0) throw new ModelError('transient', 'The model gave no plan that can be read.');
  return [];
}

/** What is done stays in the plan. Of a dry run nothing is: its copy is gone. */
function stepsOver(run: RunState): PlanStep[] {
  return run.dryRun ? [] : run.steps.filter((step) => !isOpenStep(step)).map((step) => PlanStep.parse(step));
}

function wholeGoal(goal: string): PlanStep {
  return { step_id: 's1', title: goal.replaceAll(/\s+/g, ' ').slice(0, 120), kind: 'answer', depends_on: [], notes: '' };
}

/** Steps that were begun keep their ids for themselves: a new plan's step of the same name is another one. */
function freshIds(steps: PlanStep[], { run }: AgentView): PlanStep[] {
  const begun = run.steps.filter(({ status }) => status !== 'pending').map(({ step_id }) => step_id);
  const over = new Set([...begun, ...run.calls.flatMap(({ stepId }) => stepId ?? [])]);
  if (!steps.some(({ step_id }) => over.has(step_id))) return steps;
  const fresh = (id: string) => `r${run.planRevision + 1}-${id}`.slice(0, 64);
  return steps.map((step) => ({ ...step, step_id: fresh(step.step_id), depends_on: step.depends_on.map(fresh) }));
}
