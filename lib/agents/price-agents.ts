import { z } from 'zod';
import { requirePerson } from '#lib/auth/require-person.ts';
import { readScopeBudgets } from '#lib/budgets/spent.ts';
import type { Context } from '#lib/context.ts';
import { findShortBudget } from '#lib/core/find-short-budget.ts';
import type { GoalCost, ShortBudget } from '#lib/core/goal-cost.ts';
import { describeGoalCost, otherAgent } from '#lib/core/words/describe-goal-cost.ts';
import { findDefaultProject } from '#lib/projects/ensure-default-project.ts';
import { getProject } from '#lib/projects/get-project.ts';
import { RunChoice } from '#lib/threads/choose-run.ts';
import { requireThread } from '#lib/threads/require-thread.ts';
import { agentCatalog } from './agent-catalog.ts';
import { type AgentListing, type GoalDefaults, goalDefaults, listAgent } from './list-agents.ts';
import { openEstimates } from './open-estimates.ts';

export const PriceAgents = z.object({
  model: RunChoice.shape.model,
  threadId: z.string().max(200).optional().describe('the thread that the goal is for, whose budgets count'),
  projectId: z.string().max(200).optional().describe('the project of a new one, by name or id; the default project without it'),
});

/** `words`: the estimate for a person. `budget`: the one over the goal that a long one would pass; null where all reach. */
export type AgentCost = { estimate: GoalCost; words: string; budget: ShortBudget | null };
export type PricedAgent = AgentListing & { cost: AgentCost };

/** Every agent, with what its next goal will cost in US dollars. Throws `not-found` for a thread or a project that there is not. */
export async function priceAgents(
  context: Context,
  input: z.infer<typeof PriceAgents> = {},
): Promise<{ agents: PricedAgent[] } & GoalDefaults> {
  const { workspaceId } = requirePerson(context.actor);
  const { model, threadId = '', projectId: named } = PriceAgents.parse(input);
  const thread = threadId ? (await requireThread(context, threadId)).state : null;
  const projectId =
    thread?.projectId ?? (await (named ? getProject(context, { projectId: named }) : findDefaultProject(context)))?.id ?? '';
  const [estimateOf, budgets] = await Promise.all([
    openEstimates(context, { workspaceId }),
    readScopeBudgets(context, { workspaceId, threadId, projectId }),
  ]);
  // The next goal of a thread keeps the model of its last run.
  const kept = (agent: string) => (thread?.run?.agent === agent ? thread.run.model : undefined);
  const estimated = agentCatalog.map((agent) => ({ agent, estimate: estimateOf(agent, model ?? kept(agent.id)) }));
  const agents = estimated.map(({ agent, estimate }) => {
    const other = estimated.find((one) => one.agent.id === otherAgent(estimate))?.estimate;
    return {
      ...listAgent(context, agent),
      cost: { estimate, words: describeGoalCost(estimate, other), budget: findShortBudget(other ?? estimate, budgets) },
    };
  });
  return { agents, ...goalDefaults(context) };
}
