import type { GoalDefaults } from '#lib/agents/list-agents.ts';
import type { PricedAgent } from '#lib/agents/price-agents.ts';
import type { Client } from './client.ts';

type PricedAgents = { agents: PricedAgent[] } & GoalDefaults;

/** Every agent with what its next goal will cost: with this model where it fits, under the budgets of this thread or project. */
export function priceAgents(client: Client, asked: { model?: string; threadId?: string; projectId?: string }): Promise<PricedAgents> {
  const query = new URLSearchParams(Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return client.get(`/api/agents?${query}`);
}
