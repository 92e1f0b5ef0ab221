import { z } from 'zod';
import { PriceAgents } from '#lib/agents/price-agents.ts';
import { GoalCost, ShortBudget } from '#lib/core/goal-cost.ts';
import { RunLimits } from '#lib/core/limits/run-limits.ts';
import { providerIds } from '#lib/core/model-call.ts';
import { operation } from './operation.ts';

export const Agent = z.object({
  id: z.string(),
  name: z.string(),
  about: z.string(),
  capabilities: z.array(z.string()).describe('what it can'),
  cannot: z.array(z.string()).describe('what it cannot do here, a sentence each'),
  providers: z.array(z.enum(providerIds)).describe('it needs a model of one of these; empty: it needs none'),
  needs: z.array(z.string()),
  cost: z
    .object({
      estimate: GoalCost,
      words: z.string().describe('the estimate for a person'),
      budget: ShortBudget.nullable().describe('a budget over the goal that has less left than a long one costs'),
    })
    .describe('what the next goal will cost'),
  terminal: z.boolean().describe('a program of its own: what it does can be judged by action or by turn'),
  ready: z.boolean(),
  whyNot: z.string().describe('what to do when it is not ready; empty when it is'),
  installs: z.string().describe('what its first goal brings to the machine; empty when nothing is missing'),
});

export const listAgentsOperation = operation({
  method: 'GET',
  path: '/api/agents',
  summary: 'Agents: what each can and cannot, what the next goal will cost, and whether it is ready',
  query: PriceAgents,
  status: 200,
  reply: z.object({
    agents: z.array(Agent),
    defaultAgent: z.string(),
    autonomousLimits: RunLimits.describe('the limits of an autonomous run where none are named'),
  }),
});
