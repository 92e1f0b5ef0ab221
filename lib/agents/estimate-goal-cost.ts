import type { GoalCosts } from '#lib/activity/measure-goal-costs.ts';
import type { GoalCost } from '#lib/core/goal-cost.ts';
import type { ProviderId } from '#lib/core/model-call.ts';
import type { TokenRates } from '#lib/prices/token-rates.ts';
import type { ModelUse } from './agent-catalog.ts';

/** The model that an agent will work with; `name` is null where only its server knows. */
export type ExpectedModel = { provider: ProviderId; name: string | null };

export type EstimateInput = {
  /** null: it needs no model. */
  model: ExpectedModel | null;
  modelUse: ModelUse;
  /** Whether any model is set up here. */
  hasModels: boolean;
  past: Pick<GoalCosts, 'goals' | 'usualUsd' | 'highUsd'> | undefined;
  /** null: no price is known. */
  rates: TokenRates | null;
  isOwnServer: boolean;
};

/** With fewer, one odd goal would be taken for the rule. */
const fewestGoals = 3;

/**
 * The goals that list prices are counted for. Published figures: 161 sessions of a maintainer on real issues took 22 to 39 steps, by the model; 1,460 runs on
 * the long tasks of SWE-Bench Pro 64 and 78, each step adding 900 to 1,300 tokens and answering with 110 to 230 beside what was thought.
 */
const usualSteps = 25;
const highSteps = 75;
const grownTokens = 1_000;
const answerTokens = 400;

/** What a goal will cost, from the best that is known: past goals, else list prices. Pure. */
export function estimateGoalCost({ model, modelUse, hasModels, past, rates, isOwnServer }: EstimateInput): GoalCost {
  if (!modelUse || 'through' in modelUse) return { basis: 'free', otherwise: modelUse && hasModels ? modelUse.through : null };
  if (!model) return { basis: 'unknown', model: null };
  if (model.name === null) return { basis: isOwnServer ? 'own-server' : 'unknown', model: null };
  const name = `${model.provider}/${model.name}`;
  if (past && past.goals >= fewestGoals)
    return { basis: 'past-goals', model: name, usualUsd: past.usualUsd, highUsd: past.highUsd, goals: past.goals };
  if (!rates) return { basis: isOwnServer ? 'own-server' : 'unknown', model: name };
  const cost = (steps: number) => roundSum(costOfSteps(rates, modelUse.promptTokens, steps));
  return { basis: 'list-prices', model: name, usualUsd: cost(usualSteps), highUsd: cost(highSteps), usualSteps, highSteps };
}

/** Each step reads all before it from the cache, adds to it, and answers. */
function costOfSteps(rates: TokenRates, promptTokens: number, steps: number): number {
  const written = promptTokens + (steps - 1) * grownTokens;
  const read = (steps - 1) * promptTokens + (grownTokens * (steps - 1) * (steps - 2)) / 2;
  return written * rates.cacheWrite + read * rates.cacheRead + steps * answerTokens * rates.output;
}

/** More than two digits would say more than is known. */
function roundSum(usd: number): number {
  return Number(usd.toPrecision(2));
}
