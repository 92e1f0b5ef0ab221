import type { PricedAgent } from '#lib/agents/price-agents.ts';
import type { RunLimits } from '#lib/core/limits/run-limits.ts';
import type { Client } from './client.ts';

type PricedAgents = { agents: PricedAgent[]; defaultAgent: string; autonomousLimits: RunLimits };

/** Every agent with what its next goal will cost: with this model where it fits, under the budgets of this thread or project. */
export function priceAgents(client: Client, asked: { model?: string; threadId?: string; projectId?: string }): Promise<PricedAgents> {
  const query = new URLSearchParams(Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return client.get(`/api/agents?${query}`);
}
