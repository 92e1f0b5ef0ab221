import { createHash } from 'node:crypto';
import type { Command } from '#lib/core/decide.ts';
import type { PlanStep } from '#lib/core/plan.ts';
import type { RunState } from '#lib/core/state.ts';
import { cleanText } from './clean-text.ts';
import type { PlanEntry } from './session-update.ts';

/** The agent's own list as the run's plan: a new revision where it names other things, else only how far each is. */
export function planCommands(run: Pick<RunState, 'runId' | 'steps'>, entries: PlanEntry[]): Command[] {
  const { runId } = run;
  const steps = toSteps(entries);
  const known = new Map(run.steps.map((step) => [step.step_id, step.status]));
  const same = known.size === steps.length && steps.every(({ step_id }) => known.has(step_id));
  const planned: Command[] = same ? [] : [{ type: 'propose-plan', runId, reason: 'The agent’s own list.', steps }];
  const moved = steps.flatMap(({ step_id: stepId }, index): Command[] => {
    const before = known.get(stepId) ?? 'pending';
    const now = entries[index]?.status;
    if (now === 'in_progress' && before === 'pending') return [{ type: 'start-step', runId, stepId }];
    if (now === 'completed' && before !== 'done') return [{ type: 'finish-step', runId, stepId, status: 'done', note: '' }];
    return [];
  });
  return [...planned, ...moved];
}

/** A step keeps its id for as long as it says the same, wherever it stands. */
function toSteps(entries: PlanEntry[]): PlanStep[] {
  const seen = new Map<string, number>();
  return entries.map(({ content }) => {
    const title = cleanText(content.trim() || 'A step', 300);
    const times = (seen.get(title) ?? 0) + 1;
    seen.set(title, times);
    const step_id = `t-${createHash('sha256').update(`${title}\0${times}`).digest('hex').slice(0, 12)}`;
    return { step_id, title, kind: 'edit', depends_on: [], notes: '' };
  });
}
