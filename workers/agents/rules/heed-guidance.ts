import { ownWords } from '#lib/core/comment.ts';
import { type PlanStep, planLimit } from '#lib/core/plan.ts';
import { type Guidance, isOpenStep, type RunState } from '#lib/core/state.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import type { AgentMove, AgentView } from '../agent.ts';
import { takePlanWords } from '../edit-plan.ts';
import { readTask, type Task } from './actionizer/task.ts';
import { askAboutStep } from './ask-about-step.ts';
import { exampleGoals } from './help-text.ts';
import { projectMemory } from './project-memory.ts';
import type { Memory } from './reasoner/clause.ts';
import { readGoal } from './reasoner/reason.ts';
import { toSteps } from './reasoner/to-steps.ts';
import { reviseTask } from './revise-task.ts';

/** The move that answers a person's words: a changed plan, an end, or a plain "not understood". */
export function heedGuidance(view: AgentView, guidance: Guidance): AgentMove {
  const { run } = view;
  const takes = [guidance.guidanceId];
  const text = ownWords(guidance.text).trim();
  if (/^(?:stop|cancel|abort|that's enough|enough|quit|never ?mind)[\s.!]*$/i.test(text))
    return { type: 'complete', summary: 'Stopped, as you asked.', takes };

  let number = nextNumber(run);
  const understand = (instruction: string, behind: readonly PlanStep[]) => {
    const { drafts, notUnderstood } = readGoal(instruction, memoryOf(view, behind));
    const steps = notUnderstood.length === 0 ? toSteps(drafts, number) : [];
    number += steps.length;
    return steps;
  };
  const edited = takePlanWords(run, guidance, understand);
  if (edited) return edited;
  const approval = run.approvals.find(({ approvalId }) => approvalId === guidance.approvalId);
  const call = run.calls.find(({ callId }) => callId === approval?.callId);
  const stepId = approval?.stepId ?? call?.stepId;
  const step = run.steps.find(({ step_id }) => step_id === stepId);
  const replacing =
    step ?? (/^(?:no|instead|rather|not that)\b/i.test(text) || /\binstead\b/i.test(text) ? run.steps.find(isOpenStep) : undefined);

  const task = replacing ? readTask(replacing.notes) : null;
  const revised = task ? reviseTask(task, text) : null;
  if (replacing && revised) {
    const changed = { ...replacing, title: revised.title, notes: JSON.stringify(revised.task) };
    return planWith(run, replacing.step_id, [withNewId(changed, nextNumber(run))], `Changed as you said: ${revised.title}`, takes);
  }
  const reading = readGoal(
    text.replace(/^(?:no|instead|rather)[\s,]+/i, '').replace(/[\s,]+(?:instead|rather)[\s.!]*$/i, ''),
    memoryOf(view, run.steps, task),
  );
  if (reading.drafts.length > 0 && reading.notUnderstood.length === 0) {
    const steps = toSteps(reading.drafts, nextNumber(run));
    if (run.steps.filter(isOpenStep).length + steps.length > planLimit)
      return { type: 'say', text: `A plan has at most ${planLimit} steps. The plan stays as it was.`, takes };
    return replacing
      ? planWith(run, replacing.step_id, steps, 'Replaced as you said.', takes)
      : { type: 'plan', reason: 'Added what you asked for.', steps: [...run.steps.map(toPlanStep), ...steps], takes };
  }
  if (step)
    return {
      ...askAboutStep(step.step_id, `I did not understand "${text.slice(0, 200)}". Shall I do "${step.title}" as planned?`),
      takes,
    };
  return {
    type: 'say',
    text: `I did not understand that and go on as planned. I work by rules; instructions like "${exampleGoals[0]}" work.`,
    takes,
  };
}

/** The plan with `stepId` replaced, and what waited for it now waiting for the last of the new steps. */
function planWith(run: RunState, stepId: string, steps: PlanStep[], reason: string, takes: string[]): AgentMove {
  const last = steps.at(-1)?.step_id ?? stepId;
  const replaced = run.steps.flatMap((step) => {
    if (step.step_id === stepId) return steps.map((fresh, index) => (index === 0 ? { ...fresh, depends_on: step.depends_on } : fresh));
    return [{ ...toPlanStep(step), depends_on: step.depends_on.map((id) => (id === stepId ? last : id)) }];
  });
  return { type: 'plan', reason, steps: replaced, takes };
}

function toPlanStep({ step_id, title, kind, depends_on, notes, confidence }: PlanStep): PlanStep {
  return { step_id, title, kind, depends_on, notes, confidence };
}

function withNewId(step: PlanStep, number: number): PlanStep {
  return { ...toPlanStep(step), step_id: `s${number}` };
}

/** Above every number that a step or a call of this run has had. */
function nextNumber(run: RunState): number {
  const ids = [...run.steps.map(({ step_id }) => step_id), ...run.calls.map(({ stepId }) => stepId ?? '')];
  return 1 + Math.max(0, ...ids.map((id) => Number(/^s(\d+)$/.exec(id)?.[1] ?? 0)));
}

function memoryOf(view: AgentView, steps: readonly PlanStep[], task: Task | null = null): Memory {
  const calls = [...steps.flatMap((step) => callsOf(readTask(step.notes))), ...callsOf(task)];
  const file = calls.map(fileOf).findLast((path) => path !== undefined);
  const known = projectMemory(view);
  if (file === undefined) return known;
  return { ...known, file, script: /(?<!\.d)\.(?:py|[cm]?[jt]s|sh|rb|go)$/.test(file) ? file : undefined };
}

function callsOf(task: Task | null): ToolCall[] {
  return task?.do === 'calls' ? task.calls : [];
}

function fileOf(call: ToolCall): string | undefined {
  if (call.tool === 'move_path') return call.args.to;
  return call.tool === 'create_file' || call.tool === 'edit_file' || call.tool === 'append_file' || call.tool === 'delete_path'
    ? call.args.path
    : undefined;
}
