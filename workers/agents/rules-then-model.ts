import type { AgentMove, AgentView, MoveAgent } from './agent.ts';
import { readTask } from './rules/actionizer/task.ts';
import { projectMemory } from './rules/project-memory.ts';
import { readGoal } from './rules/reasoner/reason.ts';

const handedOver = 'No rule covers all of this, so the model does it.';

/**
 * The rules agent, with a model behind it: what the rules do not fully understand goes to the model, when one is set up. Who works on a run
 * follows from the ledger, as everything does: the model keeps what it has begun.
 */
export function rulesThenModel(rules: MoveAgent, model: MoveAgent): MoveAgent {
  return {
    description: rules.description,
    async next(seen, signal) {
      if (seen.models.providers.length === 0) return rules.next(seen, signal);
      const history = seen.history();
      const view = { ...seen, history: () => history };
      if (await isWithModel(view)) return model.next(view, signal);
      if (view.run.steps.length === 0 && !rulesUnderstand(view)) return announced(await model.next(view, signal));
      const move = await rules.next(view, signal);
      const puzzled = move.type === 'say' && view.guidance.length > 0;
      return puzzled ? announced(await model.next(view, signal)) : move;
    },
  };
}

/** The model has answered in this run, or planned it: its steps hold no task of the rules. */
async function isWithModel({ run, history }: AgentView): Promise<boolean> {
  if (run.steps.some(({ notes }) => readTask(notes) === null)) return true;
  return (await history()).some(({ type, runId }) => type === 'model.answered' && runId === run.runId);
}

function rulesUnderstand(view: AgentView): boolean {
  const goal = [view.run.goal, ...view.guidance.map(({ text }) => text)].join('\n');
  const { drafts, notUnderstood, problem } = readGoal(goal, projectMemory(view));
  return problem !== undefined || (notUnderstood.length === 0 && drafts.some(({ kind }) => kind !== 'answer'));
}

function announced(move: AgentMove): AgentMove {
  return move.type === 'plan' ? { ...move, message: handedOver } : move;
}
