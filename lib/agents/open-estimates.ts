import { measureGoalCosts } from '#lib/activity/measure-goal-costs.ts';
import type { GoalCost } from '#lib/core/goal-cost.ts';
import type { Database } from '#lib/db/connect-database.ts';
import type { ModelSetup } from '#lib/model-setup.ts';
import { tokenRates } from '#lib/prices/token-rates.ts';
import type { AgentDescription } from './agent-catalog.ts';
import { estimateGoalCost } from './estimate-goal-cost.ts';
import { expectedModel } from './expected-model.ts';

/** Reads once what is known of costs, and then tells of any agent what its next goal will cost; `chosen` is the person's model, which counts where it fits. */
export async function openEstimates(
  { database, models }: { database: Database; models: ModelSetup },
  { workspaceId }: { workspaceId: string },
): Promise<(agent: AgentDescription, chosen?: string) => GoalCost> {
  const [prices, past] = await Promise.all([models.prices(), measureGoalCosts({ database }, workspaceId)]);
  return (agent, chosen) => {
    const model = expectedModel(agent, models, chosen);
    return estimateGoalCost({
      model,
      modelUse: agent.modelUse,
      hasModels: models.providers.length > 0,
      past: past.find((goals) => goals.agent === agent.id && goals.model === `${model?.provider}/${model?.name}`),
      rates: model?.name ? tokenRates(prices, model.provider, model.name) : null,
      isOwnServer: model !== null && models.ownServers.includes(model.provider),
    });
  };
}
