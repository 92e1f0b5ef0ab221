import type { PlanStep } from '#lib/core/plan.ts';
import type { RunState } from '#lib/core/state.ts';
import { readPlanLines } from '#lib/core/words/plan-lines.ts';
import type { Memory } from './reasoner/clause.ts';
import { readGoal } from './reasoner/reason.ts';
import { toSteps } from './reasoner/to-steps.ts';

const leaving = /^(?:please\s+)?(?:leave\s+out|drop|skip|remove|without)\s+(?:steps?\s+)?(\d+(?:(?:\s*,\s*|\s*,?\s*and\s+)\d+)*)[\s.!]*$/i;

/** The steps that a person's words about the plan that was `shown` ask for, a line each; null where they are no such words. Pure. */
export function wantedSteps(words: string, shown: readonly PlanStep[]): string[] | null {
  const left = leaving.exec(words)?.[1]?.match(/\d+/g)?.map(Number);
  if (!left) return readPlanLines(words);
  const kept = shown.filter((_, index) => !left.includes(index + 1));
  return left.every((number) => number > 0 && number <= shown.length) && kept.length > 0 ? kept.map(({ title }) => onOneLine(title)) : null;
}

/**
 * The plan as a person wants it, line by line: a line that is the title of an open step is that step, any other is an instruction. Steps that are over
 * stay. `unclear`: the lines that are neither.
 */
export function editPlan(
  run: RunState,
  lines: readonly string[],
  { memory, firstNumber }: { memory: Memory; firstNumber: number },
): { steps: PlanStep[]; unclear: string[] } {
  const isOpen = ({ status }: { status: string }) => status === 'pending' || status === 'running';
  const steps: PlanStep[] = run.steps.filter((step) => !isOpen(step));
  const unclear: string[] = [];
  const left = [...run.steps];
  let number = firstNumber;
  for (const line of lines) {
    const known = left.findIndex(({ title }) => onOneLine(title) === line);
    const fresh = known < 0 ? readGoal(line, memory) : null;
    if (fresh && (fresh.drafts.length === 0 || fresh.notUnderstood.length > 0)) unclear.push(line);
    const added = fresh ? toSteps(fresh.drafts, number) : left.splice(known, 1).filter(isOpen);
    number += added.length;
    steps.push(...added);
  }
  const earlier = new Set<string>();
  const ordered = steps.map((step) => {
    const depends_on = step.depends_on.filter((id) => earlier.has(id));
    earlier.add(step.step_id);
    return { ...step, depends_on };
  });
  return { steps: ordered, unclear };
}

function onOneLine(title: string): string {
  return title.replaceAll(/\s+/g, ' ').trim();
}
