import { ownWords } from '#lib/core/comment.ts';
import { PlanStep, planLimit } from '#lib/core/plan.ts';
import { type Guidance, isOpenStep, type RunState, type StepState } from '#lib/core/state.ts';
import { lineOf, readPlanLines } from '#lib/core/words/plan-lines.ts';
import type { AgentMove } from './agent.ts';

/** The steps that an instruction behind those of a plan asks for; none where it is not understood. */
type Understand = (instruction: string, behind: readonly PlanStep[]) => PlanStep[];
/** `steps`: as they are by now. */
type Known = { shown: readonly PlanStep[]; steps: readonly StepState[]; understand: Understand };
type Problem = { problem: string };
/** A step that was shown, or an instruction. */
type Wanted = PlanStep | string;

const leaving = /^(?:please )?(?:leave out|drop|skip|remove|without) (?:steps? )?(\d+(?:(?: ?, ?| ?,? ?and )\d+)*)[ .!]*$/i;
const namedProblems = 3;

/** The move that makes a plan what a person wrote when they were asked about it; null where their words are none that say all of a plan. */
export function takePlanWords({ approvals, steps }: RunState, guidance: Guidance, understand: Understand): AgentMove | null {
  const asked = approvals.find(({ approvalId }) => approvalId === guidance.approvalId);
  if (asked?.kind !== 'plan') return null;
  const edited = editPlan(ownWords(guidance.text).trim(), { shown: asked.action.steps ?? [], steps, understand });
  const takes = [guidance.guidanceId];
  if (!edited) return null;
  return 'problem' in edited
    ? { type: 'say', text: `${edited.problem} The plan stays as it was.`, takes }
    : { type: 'plan', reason: 'As you wrote it.', steps: edited.steps.map((step) => PlanStep.parse(step)), takes };
}

/**
 * The plan as a person's words about the one that was `shown` want it: without some of its steps, or line by line, where a line that is the title of a
 * step is that step and any other is an instruction. What is over stays, and what other words have changed since. Null where these are no such words, a
 * problem where they cannot be followed. Pure.
 */
export function editPlan(words: string, { shown, steps: known, understand }: Known): { steps: PlanStep[] } | Problem | null {
  const wanted = stepsLeft(words, shown) ?? stepsInLines(words, shown);
  if (wanted === null || 'problem' in wanted) return wanted;
  const over = known.filter((step) => !isOpenStep(step));
  const open = known.filter(isOpenStep);
  const steps: PlanStep[] = [...over];
  const unclear: string[] = [];
  for (const one of wanted) {
    if (typeof one === 'string') {
      const understood = understand(one, steps);
      if (understood.length === 0) unclear.push(one);
      steps.push(...understood);
      continue;
    }
    const same = open.filter((step) => isSame(step, one));
    const step = same.find(({ step_id }) => step_id === one.step_id) ?? same[0];
    if (step) steps.push(...open.splice(open.indexOf(step), 1));
  }
  // Whoever left steps out knew nothing of these.
  steps.push(...open.filter((step) => !shown.some((one) => isSame(step, one))));
  if (unclear.length > 0) return { problem: `I did not understand ${listed(unclear)}.` };
  return steps.length > planLimit ? tooMany : { steps: withoutLoose(steps) };
}

const tooMany: Problem = { problem: `A plan has at most ${planLimit} steps.` };

function stepsLeft(words: string, shown: readonly PlanStep[]): Wanted[] | Problem | null {
  const numbers = leaving.exec(lineOf(words))?.[1]?.match(/\d+/g)?.map(Number);
  if (!numbers) return null;
  const strange = numbers.find((number) => !shown[number - 1]);
  if (strange !== undefined) return { problem: `The plan has no step ${strange}.` };
  const left = shown.filter((_, index) => !numbers.includes(index + 1));
  return left.length > 0 ? left : { problem: 'That leaves no step: reject the plan where nothing should be done.' };
}

/** Of steps with the same title a line is the one of its number, else the next one. */
function stepsInLines(words: string, shown: readonly PlanStep[]): Wanted[] | Problem | null {
  const lines = readPlanLines(words);
  if (!lines) return null;
  if (lines.length > planLimit) return tooMany;
  const left = shown.map((step, index) => ({ step, number: index + 1, line: lineOf(step.title) }));
  let last = 0;
  return lines.map(({ number, title }) => {
    const same = left.filter(({ line }) => line === title);
    const found = same.find((one) => one.number === number) ?? same.find((one) => one.number > last) ?? same[0];
    if (!found) return title;
    left.splice(left.indexOf(found), 1);
    last = found.number;
    return found.step;
  });
}

/** The same work, whatever it is called: a dry run that starts over gives its steps new ids. */
function isSame(one: PlanStep, other: PlanStep): boolean {
  return one.title === other.title && one.kind === other.kind && one.notes === other.notes;
}

/** Nothing waits for a step that was left out, or comes later by now. */
function withoutLoose(steps: readonly PlanStep[]): PlanStep[] {
  const earlier = new Set<string>();
  return steps.map((step) => {
    const depends_on = step.depends_on.filter((id) => earlier.has(id));
    earlier.add(step.step_id);
    return { ...step, depends_on };
  });
}

function listed(lines: readonly string[]): string {
  const more = lines.length - namedProblems;
  const named = lines.slice(0, namedProblems).map((line) => `"${line.slice(0, 200)}"`);
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
