import type { EventData } from '#lib/core/event.ts';
import type { RunState, StepState, ThreadState } from '#lib/core/state.ts';
import type { Style } from '../terminal.ts';
import { cleanLine } from './clean-text.ts';

const ticks: Record<StepState['status'], string> = { pending: '○', running: '◐', done: '✓', failed: '✗', skipped: '–' };
const paints: Partial<Record<StepState['status'], keyof Style>> = { done: 'green', failed: 'red' };

/** One line for each step, with how far it is. */
export function describePlan(steps: readonly StepState[], style: Style): string[] {
  return steps.map(({ status, title }, index) => `  ${paint(status, `${ticks[status]} ${index + 1}. ${cleanLine(title)}`, style)}`);
}

export function describeStepStart({ run }: ThreadState, stepId: string, style: Style): string {
  return style.bold(`▸ ${placeOf(run, stepId)}`);
}

/** The tick of a step that is over; of one that was not done with the reason, unless its last call said it just above. */
export function describeStepEnd({ run }: ThreadState, { stepId, status, note }: EventData<'step.finished'>, style: Style): string {
  const result = run?.calls.findLast((call) => call.stepId === stepId)?.result;
  const isKnown = status === 'done' || note === '' || Boolean(result && note.includes(result.error ?? `Exit code ${result.returncode}`));
  return paint(status, `${ticks[status]} ${placeOf(run, stepId)}${isKnown ? '' : `: ${cleanLine(note)}`}`, style);
}

function paint(status: StepState['status'], line: string, style: Style): string {
  const color = paints[status];
  return color ? style[color](line) : line;
}

function placeOf(run: RunState | null, stepId: string): string {
  const steps = run?.steps ?? [];
  const index = steps.findIndex((step) => step.step_id === stepId);
  return `${index + 1}/${steps.length} ${cleanLine(steps[index]?.title ?? stepId)}`;
}
