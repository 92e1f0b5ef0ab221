import { rules } from '#lib/agents/catalog/rules.ts';
import { ownWords } from '#lib/core/comment.ts';
import { planLimit } from '#lib/core/plan.ts';
import type { AgentMove, AgentView, MoveAgent } from '../agent.ts';
import { heedGuidance } from './heed-guidance.ts';
import { nothingUnderstood, whatCanBeDone } from './help-text.ts';
import { currentStep } from './next-step.ts';
import { projectMemory } from './project-memory.ts';
import { readGoal } from './reasoner/reason.ts';
import { isSmallTalk } from './reasoner/small-talk.ts';
import { toSteps } from './reasoner/to-steps.ts';
import { summarizeRun } from './summarize-run.ts';
import { workOnStep } from './work-on-step.ts';

/** Carries out plain instructions by fixed rules: no model, no key, the same answer every time. */
export const rulesAgent: MoveAgent = {
  description: rules,
  next: (view) => nextMove(view),
};

async function nextMove(view: AgentView): Promise<AgentMove> {
  const { run } = view;
  const words = view.guidance[0];
  if (words && run.steps.length > 0) return heedGuidance(view, words);
  if (run.steps.length === 0) return makePlan(view);

  const current = currentStep(run);
  if (!current) {
    const failed = run.steps.every(({ status }) => status === 'failed');
    return failed ? { type: 'fail', error: summarizeRun(run) } : { type: 'complete', summary: summarizeRun(run) };
  }
  const { step, blockedBy } = current;
  if (blockedBy)
    return { type: 'finish-step', stepId: step.step_id, status: 'skipped', note: `It needs "${blockedBy.title}", which was not done.` };
  return workOnStep(view, step);
}

function makePlan(view: AgentView): AgentMove {
  const takes = view.guidance.length > 0 ? view.guidance.map(({ guidanceId }) => guidanceId) : undefined;
  const goal = [view.run.goal, ...view.guidance.map(({ text }) => text)].map(ownWords).join('\n');
  const { drafts, notUnderstood, problem } = readGoal(goal, projectMemory(view));
  const understood = drafts.filter(({ kind }) => kind !== 'answer').length;
  if (isSmallTalk(goal)) return { type: 'complete', summary: whatCanBeDone, takes };
  if (understood === 0) return { type: 'fail', error: nothingUnderstood(problem), takes };
  const left = notUnderstood.length;
  const over = drafts.length - planLimit;
  const reasons = [
    left > 0 &&
      `${understood} ${understood === 1 ? 'step is' : 'steps are'} clear; ${left} ${left === 1 ? 'part is' : 'parts are'} not, and will not be done.`,
    over > 0 && `A plan has at most ${planLimit} steps: the last ${over === 1 ? 'one' : over} will not be done.`,
  ];
  return { type: 'plan', reason: reasons.filter(Boolean).join(' '), steps: toSteps(drafts.slice(0, planLimit)), takes };
}
