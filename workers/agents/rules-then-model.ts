import { isOpenStep } from '#lib/core/state.ts';
import type { AgentMove, AgentView, MoveAgent } from './agent.ts';
import { currentStep } from './rules/next-step.ts';
import { projectMemory } from './rules/project-memory.ts';
import { type Reading, readGoal } from './rules/reasoner/reason.ts';
import { allForModel, isForModel, partForModel, sharedPlan, withHidden } from './share-plan.ts';

const handedOver = 'No rule covers all of this, so the model does it.';
const shared = 'No rule covers all of this, so the model does the rest.';

/**
 * The rules agent, with a model behind it: steps that no rule covers go to the model, when one is set up. Whose turn it is follows from the ledger,
 * as everything does: from the step that comes next.
 */
export function rulesThenModel(rules: MoveAgent, model: MoveAgent): MoveAgent {
  return {
    description: rules.description,
    async next(seen, signal) {
      if (seen.models.providers.length === 0) return rules.next(seen, signal);
      const history = seen.history();
      const view = { ...seen, history: () => history };
      const askModel = async () => {
        const { run, hidden } = partForModel(view.run);
        return withHidden(await model.next({ ...view, run }, signal), hidden);
      };
      // Its first move of a run, whether it plans or answers at once.
      const handOver = async () => {
        const move = await askModel();
        return move.type === 'collect' ? { ...move, message: handedOver } : move;
      };
      switch (await turnOf(view)) {
        case 'share':
          return share(view);
        case 'rules': {
          const move = await rules.next(view, signal);
          const puzzled = move.type === 'say' && view.guidance.length > 0;
          if (!puzzled) return move;
          const { steps } = view.run;
          return steps.some(isOpenStep) ? { type: 'plan', reason: '', steps: allForModel(view.run), message: handedOver } : handOver();
        }
        case 'model':
          return view.run.steps.length === 0 ? handOver() : askModel();
      }
    },
  };
}

async function turnOf(view: AgentView): Promise<'rules' | 'model' | 'share'> {
  const { run, history } = view;
  if (run.steps.length === 0) {
    const answered = (await history()).some(({ type, runId }) => type === 'model.answered' && runId === run.runId);
    const reading = readWords(view);
    if (answered || !sharedOrUnderstood(reading)) return 'model';
    return reading.notUnderstood.length > 0 ? 'share' : 'rules';
  }
  const current = currentStep(run);
  if (current) return !current.blockedBy && isForModel(current.step) ? 'model' : 'rules';
  const last = run.steps.at(-1);
  return last && isForModel(last) ? 'model' : 'rules';
}

function readWords({ run, guidance, ...view }: AgentView): Reading {
  return readGoal([run.goal, ...guidance.map(({ text }) => text)].join('\n'), projectMemory({ run, guidance, ...view }));
}

function sharedOrUnderstood(reading: Reading): boolean {
  const { drafts, notUnderstood, problem } = reading;
  return (
    problem !== undefined || (notUnderstood.length === 0 && drafts.some(({ kind }) => kind !== 'answer')) || sharedPlan(reading) !== null
  );
}

function share(view: AgentView): AgentMove {
  const steps = sharedPlan(readWords(view)) ?? [];
  return { type: 'plan', reason: '', steps, message: shared, takes: view.guidance.map(({ guidanceId }) => guidanceId) };
}
